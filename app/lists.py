"""The list of sites in force: the shipped one, or the reader's own.

A list of the reader's own lives in the session that brought it and dies with it: it
is in no link, no file, and no cache that another session could reach. What is
computed of it is kept under a name nobody else knows, in the session's own cache.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, TypeVarTuple

import pandas as pd
import streamlit as st

from data.faults import Fault, InputError
from data.sites import parse_sites
from siting.doubt.keep import kept_rooms
from siting.doubt.responses import respond
from siting.doubt.study import RoomsOf

OWN: Final = "own_list"
"""Key of the session."""
MOST_ROWS: Final = 1000
"""Sites of one list here; the command takes a hundred times as many."""
MOST_BYTES: Final = 20_000_000
MOST_DRAWN: Final = 36
"""Sites of one list whose numbers are drawn here: as many as are shipped."""
KEPT: Final = 4
"""Results of each kind kept for one session."""

Ts = TypeVarTuple("Ts")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, eq=False)
class OwnList:
    """A list of sites the reader brought."""

    name: str
    """Name of the file."""
    sites: pd.DataFrame
    """Indexed by site_id."""
    sha256: str
    secret: str
    """Under which its results are kept."""


def own_list() -> OwnList | None:
    """Return the reader's own list, if it is in force."""
    held = st.session_state.get(OWN)
    return held if isinstance(held, OwnList) else None


def drawn_here() -> bool:
    """Return whether the list in force is short enough to be drawn on a page."""
    held = own_list()
    return held is None or len(held.sites) <= MOST_DRAWN


def rooms_of() -> RoomsOf:
    """Return what moves the rooms: of the reader's own list nothing is kept on disk."""
    return kept_rooms if own_list() is None else respond


def read_list(name: str, raw: bytes) -> OwnList:
    """Return a list from the bytes of a file, checked as the command checks it.

    Raises
    ------
    InputError
        With every fault the command would print, or that it is too large for a page.
    """
    if len(raw) > MOST_BYTES:
        expected = f"at most {MOST_BYTES / 1e6:.0f} MB"
        raise InputError([Fault(name, None, "", f"{len(raw)} bytes", expected)])
    sites = parse_sites(name, raw)
    if len(sites) > MOST_ROWS:
        expected = f"at most {MOST_ROWS} sites here; siting rank FILE takes more"
        raise InputError([Fault(name, None, "", f"{len(sites)} sites", expected)])
    digest = hashlib.sha256(raw).hexdigest()
    return OwnList(name, sites, digest, secrets.token_hex(16))


def per_list(
    keep: Any,  # noqa: ANN401 - st.cache_data or st.cache_resource
    spinner: str,
    entries: int,
) -> Callable[[Callable[[*Ts], R]], Callable[[*Ts], R]]:
    """Return a decorator that keeps results by the list in force and the arguments.

    Results of the shipped list are shared by all sessions; those of the reader's own
    are one session's alone.

    Parameters
    ----------
    keep : callable
        `st.cache_data` or `st.cache_resource`.
    spinner : str
        What is said while it runs; blank for nothing.
    entries : int
        Results shared at most; a session keeps `KEPT` of its own, or as few.
    """

    def wrap(function: Callable[[*Ts], R]) -> Callable[[*Ts], R]:
        def of_list(secret: str, *args: *Ts) -> R:
            return function(*args)

        of_list.__qualname__ = function.__qualname__
        of_list.__module__ = function.__module__
        told = spinner or False
        shared = keep(show_spinner=told, max_entries=entries)(of_list)
        own = keep(show_spinner=told, max_entries=min(entries, KEPT), scope="session")(
            of_list
        )

        def kept(*args: *Ts) -> R:
            held = own_list()
            if held is None:
                return shared("", *args)  # type: ignore[no-any-return]
            return own(held.secret, *args)  # type: ignore[no-any-return]

        return kept

    return wrap
