"""Bad fibre links: each named with its row, its column and what was expected."""

import pytest

from data import load_world
from data.faults import InputError
from data.fibre_rules import link_faults
from data.load import read_raw, table_faults
from data.schema import TABLES
from siting.cli import main

LINKS = read_raw("fibre_links")
KEYS = {
    name: frozenset(read_raw(name)[TABLES[name].key[0]])
    for name in ("sources", "fibre_nodes", "fibre_corridors")
}


def broken(link: str, **cells: str) -> list[str]:
    """What is said when cells of one shipped link are changed."""
    table = LINKS.copy()
    (line,) = table.index[table["link_id"] == link]
    for column, value in cells.items():
        table.loc[line, column] = value
    faults = [*table_faults("fibre_links", table, KEYS), *link_faults(table)]
    told = [str(fault) for fault in faults]
    assert all(f"fibre_links.csv:{line}:" in text for text in told)
    return told


def test_the_shipped_links_have_no_fault() -> None:
    assert broken("tcfo") == []


@pytest.mark.parametrize(
    ("link", "cells", "says"),
    [
        ("tcfo", {"to_node_id": "aktaw"}, "to_node_id: aktaw — expected a key of"),
        (
            "tcfo",
            {"route_km": "-380", "route_km_low": "", "route_km_high": ""},
            "route_km: -380 — expected between 0 and 20000 km",
        ),
        ("ccs", {"capacity_tbps": "12600"}, "between 0 and 1000 Tbps"),
        ("ccs", {"capacity_tbps": "200"}, "is it in Gbps?"),
        ("rail_yevlakh_ganja", {"note": ""}, "a year, or in the note the window"),
    ],
)
def test_a_bad_link_is_named_with_its_line(
    link: str, cells: dict[str, str], says: str
) -> None:
    assert any(says in text for text in broken(link, **cells))


def test_a_stated_year_or_window_is_enough() -> None:
    assert broken("rail_yevlakh_ganja", note="", year="2028") == []
    assert broken("rail_yevlakh_ganja", note="between 2027 and 2030") == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("fibre_links:tcfo:route_km", -5.0, "0 to 20000"),
        ("fibre_links:ccs:capacity_tbps", 12_600.0, "0 to 1000"),
        ("fibre_links:ccs:capacity_tbps", 200.0, "is it in Gbps?"),
        ("fibre_links:tcf:route_km", 5.0, "did you mean tcfo"),
    ],
)
def test_an_override_of_a_link_is_held_to_the_same(
    name: str, value: float, says: str
) -> None:
    with pytest.raises(InputError, match="fibre_links") as error:
        load_world().amended({name: value})
    assert says in str(error.value)


def test_a_cable_to_come_may_carry_more() -> None:
    world = load_world().amended({"fibre_links:tcfo:capacity_tbps": 300.0})
    assert world.tables["fibre_links"].loc["tcfo", "capacity_tbps"] == 300


def test_the_command_refuses_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    setting = "fibre_links:ccs:capacity_tbps=200"
    assert main(["fibre", "capacity", "AZ09", "--set", setting]) == 2
    assert "is it in Gbps?" in capsys.readouterr().err
