"""The data dictionary: in step with the glossary and the tables, and whole."""

import re
import runpy
from pathlib import Path

import pytest

from data.schema import TABLES, glossary

ROOT = Path(__file__).parents[2]
RECIPE = runpy.run_path(str(ROOT / "data/recipes/dictionary.py"))
KINDS = {"column", "weather", "metric", "internal"}


@pytest.fixture(scope="module")
def shipped():
    return (ROOT / "docs/dictionary.md").read_text(encoding="utf-8")


def test_the_shipped_dictionary_is_what_the_recipe_writes(shipped):
    assert shipped == RECIPE["dictionary"](), "run: python data/recipes/dictionary.py"


def test_every_term_and_every_table_is_in_it_once(shipped):
    terms = re.findall(r"^\| `(\w+)` \|", shipped, re.MULTILINE)
    assert sorted(terms) == sorted(glossary())
    assert re.findall(r"^### (\w+)$", shipped, re.MULTILINE) == list(TABLES)


def test_every_column_of_a_table_is_a_term(shipped):
    listed = re.findall(r"^Columns: (.*)\.$", shipped, re.MULTILINE)
    named = {name for line in listed for name in re.findall(r"`(\w+)`", line)}
    assert named <= set(glossary())
    columns = {t.name for t in glossary().values() if t.kind == "column"}
    assert columns <= named


def test_rows_have_as_many_cells_as_their_head(shipped):
    rows = re.findall(r"^\|.*\|$", shipped, re.MULTILINE)
    cells = {len(re.split(r"(?<!\\)\|", line)) for line in rows}
    assert cells == {8, 9}


def test_every_kind_of_term_has_a_section():
    assert {term.kind for term in glossary().values()} == set(RECIPE["KINDS"]) == KINDS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("relative_humidity", "0 to 100"),
        ("lcoc_usd_per_kw_month", "≥ 0"),
        ("ready_date", ""),
    ],
)
def test_bounds_in_words(name, expected):
    assert RECIPE["bounds"](glossary()[name]) == expected


def test_a_cell_is_neither_split_by_a_bar_nor_hidden_as_a_tag():
    assert RECIPE["row"](["a|b", "<c>"]) == "| a\\|b | &lt;c> |"
