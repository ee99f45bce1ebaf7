"""`siting grid date`: what is printed and written, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main

FEW = ["--set", "power.network.draws=3000", "--set", "power.network_seed=1"]


def test_a_bus_is_printed_and_written(capsys, tmp_path: Path):
    path = tmp_path / "date.csv"
    words = ["grid", "date", "MUS 220", "--year", "2029", "--steps", "1"]
    assert main([*words, "--out", str(path), *FEW]) == 0
    said = capsys.readouterr().out
    for word in ("MUS 220, Mushfig", "firm 2029", "ready", "waits longest for", "kUSD"):
        assert word in said
    table = pd.read_csv(path)
    assert table["place"].unique().tolist() == ["MUS 220"]
    assert {"months_p90", "ready", "total_usd", "usd_per_firm_mw"} <= set(table)


def test_a_project_moved_is_said_and_changes_what_stands(capsys):
    """Navahi's second phase, tabled for 2028, gives it more than one way out."""
    words = ["grid", "date", "NAV 330", "--year", "2029", "--steps", "0", *FEW]
    assert main(words) == 0
    before = _firm(capsys.readouterr().out)
    assert main([*words, "--shift", "NAV500-AZT-500-1=1"]) == 0
    said = capsys.readouterr().out
    assert "NAV500-AZT-500-1 is on, 1 years later than tabled" in said
    assert _firm(said) > before
    assert main([*words, "--shift", "NAV500-AZT-500-1=2"]) == 0
    assert _firm(capsys.readouterr().out) == before


def _firm(said: str) -> float:
    (line,) = (one for one in said.splitlines() if one.startswith("the network as"))
    return float(line.split("–")[2].split()[1])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["AZ99"], "a site_id or a bus"),
        (["MUS 220", "--steps", "9"], "0 to 8 steps"),
        (["MUS 220", "--year", "1999"], "a year from 2024"),
        (["MUS 220", "--shift", "NAV500"], "ID=YEARS"),
        (["MUS 220", "--shift", "ALT=1"], "a row with a year"),
        (["MUS 220", "--shift", "nope=1"], "siting projects"),
    ],
)
def test_bad_words_are_refused(words, says, capsys):
    assert main(["grid", "date", *words, *FEW]) == 2
    assert says in capsys.readouterr().err


def test_places_are_asked_of_date_alone(capsys):
    assert main(["grid", "hosting", "AZ01", "--steps", "2"]) == 2
    said = capsys.readouterr().err
    assert "only with `siting grid date or flexible`" in said
    assert "only with `siting grid date`" in said
