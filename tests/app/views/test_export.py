"""The Export page: the files of the command, and a scenario that comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.cache import ranked
from app.files import MIME, with_inputs
from app.intent import Intent, scenario_of
from siting import cli
from siting.export import FORMATS, content, manifest_of
from siting.loading import load_scenario, parse_scenario
from siting.scenario_file import scenario_toml

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.app.conftest import Reader

SETS = {"preferences.groups.cooling": "55", "preferences.order_by": "lcoc"}


def test_every_format_and_the_scenario_are_offered(reader: Reader) -> None:
    page = reader.turn("export")
    assert not page.exception
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [
        *(f"ranking.{name}" for name in FORMATS),
        "scenario.toml",
        "manifest.json",
    ]
    assert set(FORMATS) <= set(MIME)


def test_files_are_those_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Intent(sets=tuple(SETS.items()))
    monkeypatch.setattr("app.files.intent", lambda: asked)
    run = with_inputs(ranked(scenario_of(asked)))
    words = [word for pair in SETS.items() for word in ("--set", "=".join(pair))]
    words += ["--format", ",".join(FORMATS)]
    assert cli.main(["rank", *words, "--out", str(tmp_path), "--quiet"]) == 0
    for name in FORMATS:
        assert content(run, name) == (tmp_path / f"ranking.{name}").read_bytes(), name
    ours, theirs = (
        json.loads(text)
        for text in (manifest_of(run), (tmp_path / "manifest.json").read_bytes())
    )
    ours.pop("written_at"), theirs.pop("written_at")
    assert ours == theirs


def test_the_scenario_file_is_the_scenario(tmp_path: Path) -> None:
    asked = scenario_of(Intent(scenario="edge", sets=tuple(SETS.items())))
    path = tmp_path / "mine.toml"
    path.write_text(scenario_toml(asked), encoding="utf-8")
    assert load_scenario(str(path)) == asked


def test_a_scenario_file_is_opened(reader: Reader) -> None:
    text = scenario_toml(load_scenario("inference", ["power.azn_per_usd=1.9"]))
    page = reader.turn("export")
    page.file_uploader(key="scenario.0").upload("mine.toml", text.encode()).run()
    assert not page.exception
    assert not page.error
    assert page.number_input(key="control.campus.mw").value == 20
    assert page.query_params["power.azn_per_usd"] == "1.9"
    wanted = parse_scenario(text, "mine.toml")
    assert ranked(wanted).ranking.table["score"].notna().any()


def test_a_bad_scenario_file_is_a_list_of_faults(reader: Reader) -> None:
    page = reader.turn("export")
    raw = b"[campus]\nmv = 50\nyear = 'soon'\n"
    page.file_uploader(key="scenario.0").upload("bad.toml", raw).run()
    assert not page.exception
    assert "bad.toml:2:campus.mv" in reader.errors
    assert "bad.toml:3:campus.year" in reader.errors
    page.file_uploader(key="scenario.1").upload("x.toml", b"\xff\xfe\x00 = <b>").run()
    assert not page.exception
    assert "expected valid TOML" in reader.errors
    assert page.number_input(key="control.campus.mw").value == 100
