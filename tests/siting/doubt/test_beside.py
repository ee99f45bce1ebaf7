"""Odds beside the ranking: the same columns in every file, the same bytes for a seed."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from data.faults import InputError
from data.schema import glossary
from siting.cli import main
from siting.doubt import OUTCOMES, beside
from siting.doubt.beside import MOST, check_draws, with_odds
from siting.doubt.designed import only
from siting.doubt.outcomes import Basis
from siting.ranking import Ranking
from siting.scenario import Scenario

COLUMNS = [
    *("p_rank_1", "p_top_3", "p_ranked", "rank_p10", "rank_p50", "rank_p90"),
    *("p_built", "p_npv_positive", "p_debt_unpaid"),
    *(f"{name}_{q}" for name in OUTCOMES for q in ("p10", "p50", "p90")),
]
DECIDED = ("--set", "fibre.georgia=false", "--set", 'build_out.off=["tcfo"]')
"""One network of fibre in place of four."""
TWO = "site_id,name,lat,lon\nB2,Ələt 2,39.97,49.40\nA1,Gəncə,40.68,46.36\n"

pytestmark = pytest.mark.usefixtures("few")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("list") / "sites.csv"
    path.write_text(TWO, encoding="utf-8")
    return path


def written(two: Path, out: Path, *words: str) -> bytes:
    command = ["rank", str(two), "--out", str(out), "--quiet", *DECIDED, *words]
    assert main(command) == 0
    return (out / "ranking.csv").read_bytes()


def test_draws_add_their_columns_to_every_file_and_a_seed_repeats(
    two: Path, tmp_path: Path
) -> None:
    words = ["--draws", "50", "--format", "csv,json,parquet"]
    first = written(two, tmp_path / "1", *words)
    written(two, tmp_path / "0", "--draws", "0", "--format", "csv")
    table = pd.read_csv(tmp_path / "1" / "ranking.csv")
    bare = pd.read_csv(tmp_path / "0" / "ranking.csv")
    assert [c for c in table if c not in set(bare)] == COLUMNS
    pd.testing.assert_frame_equal(table[list(bare)], bare)
    assert table.columns[-1] == "excluded_because"
    assert table["p_rank_1"].sum() == pytest.approx(1.0)
    told = json.loads((tmp_path / "1" / "ranking.json").read_text("utf-8"))["sites"]
    kept = pd.read_parquet(tmp_path / "1" / "ranking.parquet")
    for column in COLUMNS:
        values = table[column].to_numpy(float)
        assert kept[column].to_numpy(float) == pytest.approx(values, nan_ok=True)
        own = [np.nan if row[column] is None else row[column] for row in told]
        assert own == pytest.approx(values.tolist(), nan_ok=True)
    assert written(two, tmp_path / "2", *words[:2], "--format", "csv") == first
    other = ["--draws", "50", "--set", "uncertainty.seed=9", "--format", "csv"]
    assert written(two, tmp_path / "3", *other) != first


def test_every_column_is_in_the_glossary() -> None:
    known = glossary()
    assert [c for c in COLUMNS if known[c].kind != "metric"] == []


def test_the_order_of_the_list_changes_no_odds(
    basis: Basis,
    monkeypatch: pytest.MonkeyPatch,
    ranking: Ranking,
    evaluation: xr.Dataset,
    sites: pd.DataFrame,
    world: World,
) -> None:
    scenario = basis.centre.scenario

    def basis_of(some: pd.DataFrame, *_: object) -> Basis:
        return only(basis, list(some.index))

    monkeypatch.setattr(beside, "basis_of", basis_of)
    asked = replace(scenario, uncertainty=replace(scenario.uncertainty, draws=30))
    tables = [
        with_odds(ranking, evaluation.isel(site=at), sites.iloc[at], asked, world).table
        for at in ([0, 1, 2], [2, 0, 1])
    ]
    one, other = tables
    pd.testing.assert_frame_equal(one, other)


def test_no_draws_leave_the_ranking_as_it_is(
    ranking: Ranking,
    evaluation: xr.Dataset,
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
) -> None:
    assert with_odds(ranking, evaluation, sites, scenario, world) is ranking


def test_more_draws_than_memory_holds_are_refused() -> None:
    check_draws(MOST // 36, 36)
    with pytest.raises(InputError, match="at most 277777 draws for 36 sites"):
        check_draws(300_000, 36)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--draws", "-1"], "uncertainty.draws"),
        (["--draws", "2000000"], "uncertainty.draws"),
        (["--draws", "1000000"], "at most 277777 draws for 36 sites"),
        (["--draws", "10", "--set", "uncertainty.weights=0"], "uncertainty.weights"),
        (["--draws", "10", "--set", "uncertainty.draw=5"], "draws"),
    ],
)
def test_impossible_draws_are_a_fault_and_nothing_is_written(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["rank", "--out", str(out), *words]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert not out.exists() or not list(out.iterdir())


def test_draws_that_are_no_number_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["rank", "--draws", "many"])
    assert left.value.code == 2
    assert "--draws" in capsys.readouterr().err
