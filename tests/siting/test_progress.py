"""The bar shows itself to a terminal and to nobody else."""

import io
import sys

import pytest

from siting.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_is_silent_when_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    assert list(progress([1, 2, 3], "sites")) == [1, 2, 3]
    assert quiet.getvalue() == ""


def test_it_draws_and_cleans_up(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)
    assert list(progress([1, 2], "sites")) == [1, 2]
    assert "50 %" in watched.getvalue()
    assert watched.getvalue().endswith("\r\033[K")
