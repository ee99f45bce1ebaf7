"""What announced projects change between Baku, Frankfurt and Almaty."""

import pandas as pd
import pytest

from data.choices import FibreChoices
from grid.fibre.projects import IN_SERVICE, TOGETHER, links_of, year_table

YEARS = (2026, 2032)


@pytest.fixture(scope="module")
def west(world, book):
    table = year_table(world, ("baku", "frankfurt"), FibreChoices(), YEARS, book)
    return table.set_index(["project", "undated", "year"])


def figures(table: pd.DataFrame, *key: object) -> tuple[int, int]:
    row = table.loc[key]
    return int(row["routes_edge"]), int(row["routes_node"])


def test_every_project_is_made_of_links_not_in_service(world):
    links = world.tables["fibre_links"]
    for project in world.tables["fibre_projects"].index:
        ids = links_of(world, project)
        assert set(ids) <= set(links.index)
        assert not (links.loc[list(ids), "status"] == "in_service").any()
    assert links_of(world, IN_SERVICE) == ()
    assert set(links_of(world, TOGETHER)) >= {"tcfo", "bssc", "tripp_duct"}


def test_only_tripp_gives_a_second_way_west_that_shares_no_node(west):
    assert figures(west, IN_SERVICE, False, 2032) == (1, 1)
    assert figures(west, "rail", True, 2032) == (2, 1)
    assert figures(west, "tripp", True, 2032) == (2, 2)
    for project in ("trans_caspian", "armenia_transit", "bssc", "kardesa"):
        assert figures(west, project, False, 2032) == (1, 1)
    assert figures(west, TOGETHER, True, 2032) == (3, 2)


def test_a_cable_shortens_the_way_from_its_year(west):
    ms = west["rtt_expected_ms"]
    assert ms["bssc", False, 2026] == ms[IN_SERVICE, False, 2026]
    assert ms["bssc", False, 2032] < ms[IN_SERVICE, False, 2032] - 3.0


def test_what_has_no_year_does_not_come_by_itself(west):
    assert figures(west, "rail", False, 2032) == (1, 1)
    assert figures(west, "tripp", False, 2032) == (1, 1)


def test_the_caspian_cable_opens_central_asia(world, book):
    table = year_table(world, ("baku", "almaty"), FibreChoices(), (2029,), book)
    table = table.set_index(["project", "undated", "year"])
    assert figures(table, IN_SERVICE, False, 2029) == (0, 0)
    assert pd.isna(table.loc[(IN_SERVICE, False, 2029), "rtt_expected_ms"])
    assert figures(table, "trans_caspian", False, 2029) == (1, 1)
