"""`siting design` as a user meets it."""

import pandas as pd
import pytest

from siting.cli import main


def test_it_tells_design_costs_limits_and_grades(capsys, tmp_path):
    out, hours = tmp_path / "designs.csv", tmp_path / "hours.parquet"
    words = ["design", "AZ20", "AZ01", "--mw", "40", "--set"]
    words += ["supply.carbon_free_pct=75", "--out", str(out), "--hours", str(hours)]
    assert main(words) == 0
    told = capsys.readouterr().out
    for said in (
        "40 MW of IT in 2029",
        "connection: ",
        "grid alone",
        "binds: carbon-free energy; one percentage point less",
        "interior point: optimal",
        "supply.battery.usd_per_kwh",
        "wind of AZ20 is the weather's own",
        "not covered: land",
    ):
        assert said in told
    table = pd.read_csv(out)
    assert list(table["site_id"]) == ["AZ20", "AZ01", "AZ01"]
    assert (table["carbon_free_pct"] >= 75.0 - 1e-3).all()
    assert table["cannot_be_met"].isna().all()
    assert len(pd.read_parquet(hours)) == 2 * 8760


def test_it_says_what_cannot_be_met(capsys):
    words = ["design", "AZ20", "--set", "supply.grid=false", "--set"]
    assert main([*words, 'supply.technologies=["solar"]']) == 0
    told = capsys.readouterr().out
    assert "no grid connection" in told
    assert "cannot be met: firm power, short by" in told
    assert "cannot be met: energy served, short by" in told
    assert "grid alone" not in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["AZ1"], "did you mean"),
        (["AZ01", "--mw", "0"], "campus.mw"),
        (["AZ01", "--set", "supply.carbon_free_pct=120"], "between 0 and 100"),
        (["AZ01", "--set", 'supply.technologies=["fusion"]'], "solar"),
        (["AZ01", "--set", "supply.wind.life_years=0"], "above 0"),
        (["AZ01", "--out", "designs.xlsx"], ".csv or .parquet"),
    ],
)
def test_bad_words_are_refused(words, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["design", *words]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert not list(tmp_path.iterdir())
