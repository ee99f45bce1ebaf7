"""Files: whole or not at all, repeatable, defused, and honest about absence."""

import json
import stat
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.faults import InputError
from siting import export
from siting.cli import DATA_FORMATS
from siting.cli import FORMATS as ASKED
from siting.export import FORMATS, write
from siting.export_rows import grades_of, neutralised, rounded
from siting.loading import load_scenario
from siting.ranking import Ranking
from siting.run import Run, sha256


@pytest.fixture(scope="module")
def run() -> Run:
    table = pd.DataFrame(
        {
            "rank": [1.0, np.nan],
            "site_id": ["AZ01", "X"],
            "name": ["Ələt", '=HYPERLINK("http://x")'],
            "lat": [39.967, 40.1],
            "lon": [49.4, 49.9],
            "score": [61.123456789012, np.nan],
        }
    )
    scenario = load_scenario("base")
    ranking = Ranking(table, table[["score"]], scenario.preferences, ("ghost",))
    return Run(ranking, scenario, {"source": "synthetic"}, {"base": "00"})


def test_the_command_knows_every_format_and_no_other() -> None:
    assert tuple(FORMATS) == ASKED
    assert set(DATA_FORMATS) < set(ASKED)


def test_writes_what_was_asked_for_and_the_manifest_last(
    run: Run, tmp_path: Path
) -> None:
    written = write(run, tmp_path, DATA_FORMATS)
    assert [p.name for p in written] == [
        "ranking.csv",
        "ranking.json",
        "ranking.geojson",
        "ranking.parquet",
        "manifest.json",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in written)


def test_the_same_run_writes_the_same_bytes(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(run, one, DATA_FORMATS)
    write(run, two, DATA_FORMATS)
    for path in sorted(one.iterdir()):
        first, second = path.read_bytes(), (two / path.name).read_bytes()
        if path.name == "manifest.json":
            first, second = (
                json.dumps({**json.loads(body), "written_at": ""}).encode()
                for body in (first, second)
            )
        assert first == second, path.name


def test_absent_is_blank_in_csv_and_null_in_json(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path, ("csv", "json", "geojson"))
    row = (tmp_path / "ranking.csv").read_text(encoding="utf-8").splitlines()[2]
    assert row.startswith(",X,")
    assert row.endswith(",")
    sites = json.loads((tmp_path / "ranking.json").read_text())["sites"]
    assert sites[1]["score"] is None
    point = json.loads((tmp_path / "ranking.geojson").read_text())["features"][0]
    assert point["geometry"]["coordinates"] == [49.4, 39.967]
    assert point["properties"]["name"] == "Ələt"


def test_parquet_keeps_types_and_values(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path, ("parquet",))
    back = pd.read_parquet(tmp_path / "ranking.parquet")
    assert back["score"].iloc[0] == pytest.approx(61.12345679, abs=5e-9)
    assert back["name"].tolist() == run.ranking.table["name"].tolist()


def test_text_that_a_spreadsheet_would_run_is_quoted(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path, ("csv",))
    text = (tmp_path / "ranking.csv").read_text(encoding="utf-8")
    assert "\"'=HYPERLINK" in text
    cells = pd.DataFrame(
        {"name": ["=1", "+1", "-1", "@x", "\tx", "Bakı"], "x": [-1.0] * 6}
    )
    safe = neutralised(cells)
    assert safe["name"].tolist() == ["'=1", "'+1", "'-1", "'@x", "'\tx", "Bakı"]
    assert safe["x"].tolist() == [-1.0] * 6


def test_a_failure_leaves_what_was_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(run, tmp_path, ("csv",))
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(run, tmp_path, DATA_FORMATS)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(InputError, match="a folder to write in"):
        write(run, blocked / "out", ("csv",))
    assert stat.S_ISREG(blocked.stat().st_mode)


def test_the_manifest_tells_how_to_rebuild(run: Run, tmp_path: Path) -> None:
    write(run, tmp_path, ("csv",))
    told = json.loads((tmp_path / "manifest.json").read_text())
    body = (tmp_path / "ranking.csv").read_bytes()
    assert told["outputs_sha256"]["ranking.csv"] == sha256(body)
    assert told["weather"] == {"source": "synthetic", "synthetic": True}
    assert told["criteria_not_computed"] == ["ghost"]
    assert told["scenario"]["campus"]["decision_date"] == "2026-12-01"
    assert {"parameters.csv", "sites.csv", "base"} <= set(told["inputs_sha256"])


@given(st.floats(allow_nan=True, allow_infinity=False, width=64))
def test_rounding_keeps_ten_digits(x: float) -> None:
    kept = rounded(pd.DataFrame({"x": [x]}))["x"].iloc[0]
    assert np.isnan(kept) if np.isnan(x) else kept == pytest.approx(x, rel=1e-9)


def test_grades_of_a_table_are_counted() -> None:
    table = pd.DataFrame({"grade": ["assumed", "published", "assumed"]})
    assert grades_of(table) == "assumed 2, published 1"
    assert grades_of(pd.DataFrame({"x": [1]})) == ""
