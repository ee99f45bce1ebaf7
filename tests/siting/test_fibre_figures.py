"""`siting fibre latency` and `market`: bounds, what projects change, people."""

import re

import pytest

from siting.cli import main

FEW = ["--set", "fibre.years_drawn=60"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["fibre", *words]) == 0
    return capsys.readouterr().out


def cells(text: str, start: str) -> list[str]:
    return next(line for line in text.splitlines() if line.startswith(start)).split()


def test_measured_pairs_give_the_factors_of_the_book(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "latency")
    assert "13 pairs calibrate: median 1.67, 1.23 to 2.28" in text
    assert "24 measured minima, 0 below the bound" in text
    assert cells(text, "Germany (best)")[-2:] == ["1.23", "yes"]
    # Outside 1.2 to 2.3 only with a reason beside it.
    rows = [line for line in text.splitlines()[2:] if line.split()[-1] != "bound"]
    for line in rows[:24]:
        ratio = float(re.findall(r"\d+\.\d\d(?= )", line)[0])
        assert line.endswith("yes") <= (1.2 <= ratio <= 2.3)
        assert line.endswith("yes") or "not used" in line


def test_times_of_a_site_and_what_the_caspian_cable_changes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "latency", "AZ09", *FEW)
    assert cells(text, "Frankfurt")[1:6] == ["europe", "4432", "43.4", "73", "52–100"]
    assert cells(text, "Moscow")[2:] == ["–"] * 4 + ["no", "permitted", "way"]
    cable = next(li for li in text.splitlines() if li.startswith("Trans-Caspian"))
    assert "– → 53" in cable
    assert "102 → 183" in cable
    rail = next(li for li in text.splitlines() if li.startswith("Railway"))
    assert "people" not in rail
    assert rail.count("→") <= 2  # it hastens nothing and reaches nobody new


def test_a_switch_of_the_scenario_outlives_a_projects_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the cable off by choice, only its own line has it."""
    off = ["--set", 'build_out.off=["tcfo"]']
    text = said(capsys, "latency", "AZ09", *FEW, *off)
    assert "– → 53" in next(
        li for li in text.splitlines() if li.startswith("Trans-Caspian")
    )
    bssc = next(li for li in text.splitlines() if li.startswith("Black Sea cable"))
    assert "53" not in bssc


def test_a_node_has_times_but_no_laterals_to_compare(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "latency", "ganja")
    assert "announced project" not in text
    assert "Baku → Sumgait → Aktau" in text


def test_the_market_by_country(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "market", "AZ09", "--set", "fibre.iran=true")
    assert "not addressable" in next(
        line for line in text.splitlines() if line.startswith("Iran")
    )
    assert "people within 20 ms: 16.9 million" in text
    assert "people within 100 ms: 183.1 million" in text
    assert cells(text, "Interactive chat")[2:4] == ["500", "183.1"]
