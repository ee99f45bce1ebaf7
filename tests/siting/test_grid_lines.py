"""`siting grid`: what an engineer reads, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main

FEW = ["--set", "power.network.draws=3000", "--seed", "1"]


def test_hosting_is_printed_and_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "hosting.csv"
    assert main(["grid", "hosting", "--year", "2026", "--out", str(path), *FEW]) == 0
    said = capsys.readouterr().out
    for words in ("AZT 500", "held by", "as run", "medians", "N-1", "not covered"):
        assert words in said
    table = pd.read_csv(path)
    assert set(table["year"]) == {2026}
    assert {"bus", "network_firm_mw_p50", "binding", "contingency"} <= set(table)


def test_validation_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grid", "validate", *FEW]) == 0
    said = capsys.readouterr().out
    assert "Mingachevir" in said
    assert "export to Georgia" in said
    assert "ABS-KHI-220-1" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--year", "1999"], "a year from 2024 to 2060"),
        (["--out", "x.xlsx"], ".csv or .parquet"),
        (["--set", "power.network.drawz=1"], "did you mean power.network.draws"),
    ],
)
def test_bad_words_are_refused(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grid", "hosting", *words]) == 2
    assert says in capsys.readouterr().err
