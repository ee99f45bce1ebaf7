"""`siting cooling`: what an engineer reads, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main

SAID = "what the annual PUE is made of"


def test_every_system_is_shown_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cooling", "AZ20"]) == 0
    said = capsys.readouterr().out
    assert SAID in said
    for system in ("airside", "tower", "air_chiller", "liquid_dry", "sea_water"):
        assert system in said
    assert "tower is not for this site: air cannot cool training racks" in said
    assert "pue_monthly" in said
    assert "weather: synthetic, assumed" in said


@pytest.mark.parametrize("name", ["hours.csv", "hours.parquet"])
def test_hours_are_written_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    one = ["--set", 'cooling.systems=["tower"]', "--set", "campus.workload=inference"]
    assert main(["cooling", "AZ20", *one, "--hours", str(path)]) == 0
    table = pd.read_csv(path) if name.endswith("csv") else pd.read_parquet(path)
    assert len(table) == 8760
    parts = [column for column in table if str(column).endswith("_per_it")]
    assert (1.0 + table[parts].sum(axis=1) - table["pue"]).abs().max() < 1e-8
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["AZ1"], "did you mean"),
        (["AZ01"] * 9, "1 to 8 sites"),
        (["AZ01", "--hours", "hours.xlsx"], ".csv or .parquet"),
        (["AZ01", "--hours", "nowhere/hours.csv"], "nowhere does not"),
        (["AZ01", "--hours", "."], ".csv or .parquet"),
    ],
)
def test_bad_words_are_refused_before_any_work(
    words: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["cooling", *words]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert not list(tmp_path.iterdir())
