"""`siting fibre outages`: the ranking's own figure, by cause and by year."""

import numpy as np
import pytest

from data import load_world
from data.choices import FibreChoices
from grid import fibre
from grid.fibre.outages import HOURS, Chronicle, packed
from siting.cli import main
from siting.fibre_outages import _years
from siting.loading import load_scenario

FEW = ["--set", "fibre.years_drawn=200"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["fibre", "outages", *words, *FEW]) == 0
    return capsys.readouterr().out.splitlines()


def figure(lines: list[str], start: str, column: int) -> float:
    line = next(line for line in lines if line.startswith(start))
    return float(line.removeprefix(start).split()[column])


def test_a_site_is_told_what_the_ranking_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    world = load_world()
    a = world.book.resolve({"fibre.years_drawn": 200}).fibre
    built = world.built(load_scenario("base").build_out)
    on = fibre.trunk(built, FibreChoices(), a, 2029, 0)
    got = fibre.reach(world.tables["sites"].loc[["AZ12"]], on, a)
    lines = said(capsys, "AZ12")
    for start, name in (
        ("any hub", "isolation"),
        ("europe", "europe_outage"),
        ("central asia", "central_asia_outage"),
    ):
        ranked = float(got[f"{name}_h_per_year"][0])
        assert figure(lines, start, 0) == pytest.approx(ranked, abs=0.006)
    assert "200 years of failures drawn, seed 0" in lines


def test_a_node_is_joined_by_a_cable_of_no_length(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = said(capsys, "baku")
    # One town: its own event, 0.07 a year and 7.5 h, and little else.
    assert figure(lines, "hubs alone", 0) == pytest.approx(0.07 * 7.5, rel=0.6)
    assert figure(lines, "cuts alone", 0) < 0.3


def test_a_tighter_cap_is_passed_more_often(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shares = []
    for cap in ("60", "100", "400"):
        last = said(capsys, "AZ09", "--cap", cap)[-1]
        shares.append(float(last.split(": ")[1].split(" %")[0]))
        none = float(last.split("no way: ")[1].split(" %")[0])
    assert shares[0] == 100.0  # 73 ms with everything up
    assert shares[1] >= shares[2] == none


def test_years_of_a_chronicle_by_hand() -> None:
    """Two years in four spans: 10 h off over their border, 5 h more later."""
    hours = np.array([HOURS - 4, 4.0, 6.0, 1000.0, 5.0, HOURS - 1011])
    drawn = Chronicle(packed(np.ones((1, 6))), hours, np.array([0, 2]))
    off = np.array([False, True, True, False, True, False])
    some, bad, longest = _years(drawn, off)
    assert some == "100.0"
    assert float(bad) == pytest.approx(np.quantile([4.0, 11.0], 0.95), abs=0.06)
    assert longest == "10"
