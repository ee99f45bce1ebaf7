"""`siting doubt`: every part is told, tables are written together, odd words refused."""

import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from data import World
from siting import doubt_lines
from siting.cli import main
from siting.doubt import study
from siting.doubt.check import check

FEW = {
    "air": ["climate.temp_bias_k"],
    "line": [],
    "fibre": ["fibre.rtt_factor_expected"],
}
TABLES = ("odds", "tornado", "flips", "shares", "worth", "weights", "check")
DRAWS = ["--draws", "60"]


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three sites, few numbers of the slow rooms and one full run."""

    def sites_of(_: str | None, world: World) -> pd.DataFrame:
        return world.tables["sites"].loc[["AZ01", "AZ25", "AZ06"]]

    monkeypatch.setattr(doubt_lines, "sites_of", sites_of)
    monkeypatch.setattr(doubt_lines, "check", partial(check, runs=1))
    monkeypatch.setattr(study, "of_rooms", lambda *_: FEW)


def test_every_part_is_told_and_every_table_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "doubt"
    assert main(["doubt", *DRAWS, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "60 draws of" in said
    assert "seed 0" in said
    assert "Export licence of the accelerators a year late 20%" in said
    for part in (
        "How often each site is first",
        "npv_usd of AZ01 with one number moved at a time [million USD]",
        "What would put AZ25 before AZ01",
        "Part of the variance of npv_usd of AZ01",
        "Which number to find out next",
        "Whatever the weights",
        "Predicted against",
    ):
        assert part in said
    assert re.search(r"\bnan\b", said) is None
    assert {path.name for path in out.iterdir()} == {f"{name}.csv" for name in TABLES}
    odds = pd.read_csv(out / "odds.csv")
    assert 0.9 < odds["p_rank_1"].sum() <= 1.0 + 1e-9  # in some draws none is ranked
    assert odds["p_rank_1"].is_monotonic_decreasing
    moved = pd.read_csv(out / "tornado.csv")
    assert set(moved["site_id"]) == {"AZ01", "AZ25", "AZ06"}
    weights = pd.read_csv(out / "weights.csv")
    assert weights["first_pct"].sum() == pytest.approx(100.0)
    checked = pd.read_csv(out / "check.csv")
    assert (checked["compared"] > 0).all()


def test_the_metric_and_the_pair_asked_for_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["AZ25", "AZ01", "--metric", "pue_annual", "--no-check", *DRAWS]
    assert main(["doubt", *words]) == 0
    said = capsys.readouterr().out
    assert "pue_annual of AZ25 with one number moved at a time [1]" in said
    # the rival leads already: what is told is what would turn the order
    assert "What would put AZ25 before AZ01" in said
    assert "climate.temp_bias_k" in said
    assert "Predicted against" not in said


def test_where_no_site_is_ranked_it_is_said_without_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--set", "preferences.gates.max_seismic_msk=5", "--no-check", *DRAWS]
    assert main(["doubt", *words]) == 0
    said = capsys.readouterr().out
    assert "of 0.0 million USD that knowing everything would be worth" in said
    assert "no single number would change the decision" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["AZ99"], "SITE: AZ99"),
        (["AZ01", "AZ01"], "a site and its rival, no more"),
        (["AZ01", "AZ25", "AZ06"], "a site and its rival, no more"),
        (["--draws", "-5"], "uncertainty.draws"),
        (["--draws", "9000000"], "uncertainty.draws"),
        (["--set", "uncertainty.drws=5"], "uncertainty.draws"),
        (["--set", "finance.wacc=5"], "finance.wacc_pct"),
    ],
)
def test_odd_words_are_faults(
    words: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    out = tmp_path / "none"
    assert main(["doubt", *words, "--out", str(out)]) == 2
    assert says in capsys.readouterr().err
    assert not out.exists() or not list(out.iterdir())


def test_an_unknown_metric_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["doubt", "--metric", "luck"])
    assert left.value.code == 2
    assert "luck" in capsys.readouterr().err


def test_tables_are_written_together_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> str:
        msg = "no room on the disk"
        raise OSError(msg)

    monkeypatch.setattr("siting.export_table.csv_text", broken)
    out = tmp_path / "doubt"
    assert main(["doubt", "--no-check", *DRAWS, "--out", str(out)]) != 0
    assert list(out.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    assert main(["doubt", "--out", str(file)]) == 2
    assert "file" in capsys.readouterr().err
    assert file.read_text() == "x"
