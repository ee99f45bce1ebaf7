"""A list of the reader's own: checked as the command checks, kept to the session."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import streamlit as st

from app import lists
from app.lists import OWN, own_list, per_list, read_list
from data.faults import InputError
from siting.doubt.keep import kept_rooms
from siting.doubt.responses import respond

GOOD = b"site_id,name,lat,lon\nM1,North of Alat,40.05,49.40\n"


def test_a_good_list_has_its_own_secret() -> None:
    one, two = read_list("mine.csv", GOOD), read_list("mine.csv", GOOD)
    assert one.sites.index.tolist() == ["M1"]
    assert one.sha256 == two.sha256
    assert one.secret != two.secret
    assert len(one.secret) >= 32


def test_faults_are_those_of_the_command() -> None:
    with pytest.raises(InputError) as caught:
        read_list("bad.csv", GOOD.replace(b"40.05,49.40", b"49.40,40.05"))
    assert "lat and lon look swapped" in str(caught.value)
    with pytest.raises(InputError, match=r"a \.csv, \.geojson"):
        read_list("list.exe", GOOD)


def test_size_and_length_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="at most 0 MB"):
        read_list("mine.csv", GOOD)
    monkeypatch.undo()
    rows = b"".join(b"S%d,Site,40.05,49.40\n" % n for n in range(lists.MOST_ROWS + 1))
    with pytest.raises(InputError, match="siting rank FILE takes more"):
        read_list("long.csv", b"site_id,name,lat,lon\n" + rows)


def keep(**options: Any) -> Callable[[Any], Any]:
    """Stand for a cache of Streamlit, which asks for a running session."""

    def wrap(function: Callable[..., str]) -> Callable[..., tuple[str, str]]:
        @cache
        def kept(secret: str, *args: int) -> tuple[str, str]:
            return options.get("scope", "global"), secret + function(secret, *args)

        return kept

    return wrap


def test_results_are_kept_by_list(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    runs: list[int] = []

    def counted(number: int) -> str:
        runs.append(number)
        return str(number)

    kept = per_list(keep, "", 8)(counted)
    assert (own_list(), kept(1), kept(1)) == (None, ("global", "1"), ("global", "1"))
    for _ in range(2):
        mine = state[OWN] = read_list("mine.csv", GOOD)
        assert kept(1) == kept(1) == ("session", f"{mine.secret}1")
    del state[OWN]
    assert kept(1) == ("global", "1")
    assert runs == [1, 1, 1]


def test_nothing_of_ones_own_list_is_kept_on_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    assert lists.rooms_of() is kept_rooms
    state[OWN] = read_list("mine.csv", GOOD)
    assert lists.rooms_of() is respond
    monkeypatch.setattr(lists, "MOST_DRAWN", 1)
    assert lists.drawn_here()
    monkeypatch.setattr(lists, "MOST_DRAWN", 0)
    assert not lists.drawn_here()
