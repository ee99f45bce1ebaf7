"""`siting fibre capacity` and `price`: assumptions named, no price made up."""

import pytest

from siting.cli import main

FEW = ["--set", "fibre.years_drawn=200"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["fibre", *words, *FEW]) == 0
    return capsys.readouterr().out


def line_of(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def test_no_flow_without_its_scenarios_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "capacity", "AZ09")
    rows = [line for line in text.splitlines() if "Tbps  " in line]
    named = [row.split()[0] for row in rows if not row.startswith("capacity")]
    assert named == ["thin"] * 3 + ["middle"] * 3 + ["thick"] * 3
    assert "never scored" in text
    # One land cable of 10 Tbps west of Ganja, for 100 MW at 1 Gbps/MW.
    europe = next(row.split() for row in rows if row.split()[3:5] == ["Europe", "10.0"])
    assert europe[5:] == ["100", "100", "tae_ganja_yevlakh"]


@pytest.mark.parametrize(
    ("workload", "gbps"), [("training", "100"), ("colocation", "200")]
)
def test_need_follows_the_workload(
    workload: str, gbps: str, capsys: pytest.CaptureFixture[str]
) -> None:
    choice = f'campus.workload="{workload}"'
    text = said(capsys, "capacity", "AZ09", "--set", choice)
    assert f"100 MW of {workload}" in text
    assert f"(assumed): {gbps} Gbps" in text


def test_prices_carry_their_year_and_baku_has_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "price", "AZ09")
    assert line_of(text, "Tashkent").split()[-3:] == ["103.03", "2016", "published"]
    assert "not found" in line_of(text, "Baku (current IP transit)")
    # 100,000 Mbps at 1.00 and 103.03 USD.
    assert "prices of 2009–2017: 0.10–10.3 million USD a month" in text


def test_the_shadow_price_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """TRIPP duct: 97 km at 30,000 USD/km over 15 years at 10 %: 0.38 million a year."""
    text = said(capsys, "price", "AZ09")
    cells = line_of(text, "TRIPP duct").split()
    recovery = 0.1 / (1 - 1.1**-15)
    million = 97 * 30_000 * recovery / 1e6
    assert float(cells[3]) == pytest.approx(million, abs=0.006)
    saved = float(cells[6])
    assert float(cells[8]) == pytest.approx(million * 1e3 / saved, rel=0.03)
    assert "(TRIPP duct)" in line_of(text, "without Europe: ")
    black_sea = line_of(text, "Kardesa").split()
    assert black_sea[-2:] == ["–", "–"]


def test_a_second_path_is_a_ceiling(capsys: pytest.CaptureFixture[str]) -> None:
    alone = said(capsys, "price", "baku")
    assert "shares no node: none" in alone
    assert "shadow price" not in alone
    opened = said(capsys, "price", "baku", "--set", "fibre.russia=true")
    told = line_of(opened, "second path")
    low, high = told.split("(")[1].split(")")[0].split("–")
    middle = float(told.split(" km; ")[1].split()[0])
    assert float(low) < middle < float(high)
    assert "no price of one was found" in opened
