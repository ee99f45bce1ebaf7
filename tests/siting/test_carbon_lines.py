"""`siting grid carbon`: what is printed, written and refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main


def test_factors_are_told_apart_and_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out, hours = tmp_path / "years.csv", tmp_path / "hours.parquet"
    words = ["grid", "carbon", "--year", "2024", "--year", "2035"]
    assert main([*words, "--out", str(out), "--hours", str(hours)]) == 0
    said = capsys.readouterr().out
    for told in ("Scope 2 location-based", "life-cycle", "no reported figure", "Baku"):
        assert told in said
    table = pd.read_csv(out)
    assert table["year"].tolist() == [2024, 2029, 2035]
    assert table["nuclear_twh"].isna().all()
    fuels = ["hydro", "solar", "wind", "nuclear", "waste", "gas", "new_plant"]
    energy = table[[f"{fuel}_twh" for fuel in fuels]].sum(axis=1)
    assert energy.tolist() == pytest.approx(table["demand_twh"].tolist())
    written = pd.read_parquet(hours)
    assert len(written) == 8760
    assert written["demand_mw"].sum() / 1e6 == pytest.approx(table["demand_twh"][1])


def test_noon_in_baku_is_noon_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Sun lowers the average at 12 local time below that at 20."""
    assert main(["grid", "carbon", "--year", "2029"]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = next(n for n, line in enumerate(lines) if "average of the mix" in line)
    june = lines[start + 1 + 6].split()
    assert june[0] == "6"
    assert float(june[1 + 12]) < float(june[1 + 20])
    assert min(range(24), key=lambda hour: float(june[1 + hour])) in range(7, 15)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["carbon", "--year", "1999"], "a year from 2024 to 2060"),
        (["carbon", "--hours", "x.xlsx"], ".csv or .parquet"),
        (["hosting", "--hours", "x.csv"], "only with `siting grid carbon`"),
        (["carbon", "--set", 'build_out.on=["PV_X"]'], "PV_X"),
    ],
)
def test_bad_words_are_refused(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grid", *words]) == 2
    assert says in capsys.readouterr().err
