"""What the tables hold is counted, and sources are led to."""

import pandas as pd
import pytest

from data import World, load_world
from siting.data_told import table_counts, with_addresses


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_grades_add_up_to_the_rows_that_have_one(world: World) -> None:
    table = table_counts(world)
    assert set(table.index) == set(world.tables)
    book = table.loc["parameters"]
    graded = sum(book[g] for g in ("measured", "published", "derived", "assumed"))
    assert book["rows"] == graded == len(world.tables["parameters"])
    assert table.loc["sources", "assumed"] == 0
    assert table.loc["sources", "newest"] == world.tables["sources"]["as_of"].max()


def test_a_row_leads_to_its_first_source(world: World) -> None:
    sources = world.tables["sources"]
    one, two = sources.index[:2]
    table = pd.DataFrame({"source": [f"{one} {two}", "nowhere", ""]})
    assert with_addresses(table, world)["url"].tolist() == [
        sources.loc[one, "url"],
        "",
        "",
    ]
