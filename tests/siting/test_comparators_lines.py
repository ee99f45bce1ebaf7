"""`siting comparators`: what an investor reads, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main
from siting.comparators import COLUMNS, MARKETS


def test_sites_stand_beside_markets_and_gaps_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "beside.csv"
    assert main(["comparators", "--out", str(path)]) == 0
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[0].startswith("The best 3 sites")
    for market in MARKETS:
        assert any(line.startswith(f"{market}  ") for line in lines)
    turkiye = next(line for line in lines if line.startswith("Turkiye  "))
    assert turkiye.split()[1] == "–"
    assert "Turkiye (power)" in said
    assert "25 years p" in said
    assert "yes a" in said
    assert "Armenia, power: Industrial tariff: 7 US cents/kWh" in said
    assert "[published · 2017 · jam-news-net-e659c]" in said
    table = pd.read_csv(path)
    assert table.columns.tolist() == [*COLUMNS, "citation"]
    assert table["place"].nunique() == 3 + len(MARKETS)
    best = table["place"].unique()[:3].tolist()
    assert best == [line.split()[0] for line in lines[4:7]]


def test_faults_come_in_one_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["--out", str(tmp_path / "x.txt"), "--set", "campus.mv=3"]
    assert main(["comparators", *words]) == 2
    said = capsys.readouterr().err
    assert "2 fault(s)" in said
    assert "campus.mw" in said


def test_a_list_without_a_ranked_site_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--set", "preferences.gates.min_border_km=500"]
    assert main(["comparators", *words]) == 2
    assert "rank at least one site" in capsys.readouterr().err
