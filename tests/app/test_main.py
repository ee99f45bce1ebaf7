"""The app opens, and what goes wrong is told in sentences."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web import cli

from app import __main__, ahead
from data.faults import Fault, InputError
from siting import cli as siting_cli


def said(page: AppTest) -> str:
    return " ".join(error.value for error in page.error)


def test_it_opens(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert not page.error
    assert page.subheader[0].value.startswith("Where to put 100 MW of training")


def test_every_page_stands_under_its_weather_and_vintage(page: AppTest) -> None:
    page.run()
    banner = " ".join(text.value for text in page.markdown if "badge" in text.value)
    assert "Synthetic weather" in banner
    assert "data 2026-11 · khazri " in banner


def test_a_fault_of_the_input_is_a_sentence(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise InputError([Fault("lines.csv", 7, "to_id", "<b>x</b>", "a substation")])

    monkeypatch.setattr("app.views.overview.ranked", fail)
    page.run()
    assert not page.exception
    assert "expected a substation" in said(page)
    assert "<b>" not in said(page)


def test_a_fault_of_ours_is_a_sentence(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        message = "a secret of the server"
        raise RuntimeError(message)

    monkeypatch.setattr("app.views.overview.ranked", fail)
    page.run()
    assert not page.exception
    assert "our fault" in said(page)
    assert "secret" not in said(page)


def test_an_override_of_nothing_is_a_sentence(page: AppTest) -> None:
    page.query_params["substations:NOWHERE:transformer_mva"] = "200"
    page.run()
    assert not page.exception
    assert "NOWHERE" in said(page)


def test_options_go_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(ahead, "start", lambda: told.append("ahead"))
    monkeypatch.setattr(cli, "main", lambda words, **_: told.append(words))
    monkeypatch.setattr(sys, "argv", ["app", "--server.port=8600"])
    __main__.main()
    begun, (run, page, *options) = told  # type: ignore[misc]
    assert begun == "ahead"
    assert run == "run"
    assert Path(page).is_file()
    assert options == ["--server.port=8600"]


def test_a_file_of_the_same_name_is_not_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda words, **_: asked.append(words))
    assert siting_cli.main(["app"]) == 0
    (tmp_path / "app.py").write_text("raise SystemExit(3)")
    *words, port = asked[0]
    assert port == "--server.port=8501"
    told = run([*words, "--help"], cwd=tmp_path, capture_output=True, check=False)
    assert told.returncode == 0
    assert b"Usage: streamlit run" in told.stdout
