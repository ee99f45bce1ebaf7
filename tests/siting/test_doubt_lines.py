"""`siting doubt`: every part is told, tables are written together, odd words refused."""

import re
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import World
from siting import doubt_lines
from siting.cli import main
from siting.doubt import study
from siting.doubt.check import check
from siting.doubt_lines import (
    check_lines,
    flip_lines,
    odds_lines,
    share_lines,
    tornado_lines,
    weight_lines,
    worth_lines,
)

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
    assert odds["p_rank_1"].sum() == pytest.approx(1.0, abs=1e-6)
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


def test_what_is_not_there_is_a_dash() -> None:
    rows = pd.DataFrame(
        {
            "name": ["a"],
            "low": [1.0],
            "high": [2.0],
            "at_low": [np.nan],
            "at_high": [3e6],
            "swing": [np.nan],
        }
    )
    head, row = tornado_lines(rows, 1e6)
    assert head.split() == ["number", "low", "high", "at", "low", "at", "high", "swing"]
    assert row.split() == ["a", "1", "2", "–", "3", "–"]


def test_a_flip_says_where_and_how_far() -> None:
    rows = pd.DataFrame(
        {
            "name": ["a", "b"],
            "where": ["", "S1"],
            "value": [10.0, 2.0],
            "flips_at": [12.34567, 1.0],
            "part_pct": [33.3, 80.0],
        }
    )
    _, one, other = flip_lines(rows, "S1", "S2")
    assert one.split() == ["a", "both", "10", "12.35", "33"]
    assert other.split() == ["b", "S1", "2", "1", "80"]
    assert list(flip_lines(rows[:0], "S1", "S2")) == [
        "no single number within its bounds puts S2 before S1"
    ]


def test_shares_below_a_thousandth_are_left_out() -> None:
    rows = pd.DataFrame({"name": ["a", "b"], "share": [0.4567, 0.0004]})
    _, row = share_lines(rows)
    assert row.split() == ["a", "45.7"]


def test_worth_is_told_in_millions() -> None:
    rows = pd.DataFrame(
        {"name": ["a", "b", "c"], "where": ["", "S1", ""], "usd": [2.5e6, 1e6, 0.0]}
    )
    _, one, other = worth_lines(rows)
    assert one.split() == ["a", "everywhere", "2.50"]
    assert other.split() == ["b", "S1", "1.00"]


def test_weights_leave_out_who_is_never_near_the_top() -> None:
    rows = pd.DataFrame(
        {
            "site_id": ["S1", "S2"],
            "name": ["One", "Two"],
            "first_pct": [60.0, 0.0],
            "top_3_pct": [90.0, 0.0],
        }
    )
    _, row = weight_lines(rows)
    assert row.split() == ["S1", "One", "60.0", "90.0"]


def test_the_check_is_told_with_what_was_compared() -> None:
    errors = {"mean_pct": 1.0, "p90_pct": 2.0, "worst_pct": 3.0, "bias_pct": -0.5}
    none = dict.fromkeys(errors, np.nan)
    rows = pd.DataFrame(
        [
            {"outcome": "npv_usd", **errors, "compared": 60.0},
            {"outcome": "score", **none, "compared": 0.0},
        ]
    )
    _, one, other = check_lines(rows)
    assert one.split() == ["npv_usd", "1.00", "2.00", "3.00", "-0.50", "60"]
    assert other.split() == ["score", "–", "–", "–", "–", "0"]


def test_odds_of_a_site_never_built_are_dashes() -> None:
    names = ["rank", "it_mw", "lcoc_usd_per_kw_month", "npv_usd", "irr_pct"]
    names += ["pue_annual"]
    row = {f"{n}_{q}": np.nan for n in names for q in ("p10", "p90")}
    row |= {"rank_p10": 5.0, "rank_p90": 5.0}
    whole = {"site_id": "S", "name": "Far", "p_rank_1": 0.0, "p_top_3": 0.0}
    table = pd.DataFrame([{**whole, **row, "p_npv_positive": 0.0}])
    _, line = odds_lines(table)
    assert line.split() == [
        *("S", "Far", "0.00", "0.00", "5", "to", "5"),
        *["–"] * 5,
        "0.00",
    ]
