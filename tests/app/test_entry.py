"""Everyone comes in, unless the server asks for a sign-in."""

from types import SimpleNamespace

import pytest
import streamlit as st

from app.entry import SWITCH
from tests.app.conftest import Reader


def test_nobody_is_asked_by_default(reader: Reader) -> None:
    page = reader.turn("export")
    assert not page.exception
    assert page.subheader[0].value == "What can be taken away?"


def test_a_stranger_is_asked_and_sees_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, "1")
    monkeypatch.setattr(st, "user", SimpleNamespace(is_logged_in=False))
    page = reader.turn("export")
    assert not page.exception
    assert [text.value for text in page.subheader] == ["Who asks?"]
    assert not page.get("download_button")
    monkeypatch.setattr(st, "user", SimpleNamespace(is_logged_in=True))
    assert reader.turn("export").subheader[0].value == "What can be taken away?"


def test_a_sign_in_that_is_not_set_up_is_a_sentence(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, "1")
    monkeypatch.setattr(st, "user", SimpleNamespace())
    page = reader.turn("export")
    assert "has no [auth]" in reader.errors
    assert not page.get("download_button")
