"""What a reader brings: a list of sites or a scenario, checked as the command does.

A file is read once and let go; a list is kept in the session alone.
"""

from dataclasses import replace
from typing import Final

import streamlit as st

from app.figures import plain
from app.lists import MOST_ROWS, OWN, own_list, read_list
from app.session import FAULTS, ask, intent
from data.faults import InputError
from siting.loading import load_scenario, parse_scenario
from siting.scenario_file import changed

BROUGHT: Final = "brought"
"""Key of the session: how many files were brought, which names the next widget."""
LISTS: Final = ["csv", "geojson", "json", "parquet"]
LIST_MB: Final = 20
SCENARIO_MB: Final = 1


def bring_sites() -> None:
    """Draw the way in for a list of sites, and the way back."""
    held = own_list()
    with st.expander("Your own sites", expanded=held is not None):
        if held is not None:
            st.caption(
                f"{len(held.sites)} sites of {plain(held.name)}, in this session alone."
            )
            st.button("Back to the shipped sites", on_click=_drop, key="own.drop")
            return
        key = f"own.{st.session_state.get(BROUGHT, 0)}"
        st.file_uploader(
            "CSV, GeoJSON or Parquet",
            type=LISTS,
            key=key,
            max_upload_size=LIST_MB,
            on_change=lambda: _take_list(key),
            help=f"site_id, name, lat, lon and what else you know; up to {MOST_ROWS} "
            "sites. Nothing is kept beyond this session.",
        )


def _take_list(key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    _next()
    try:
        st.session_state[OWN] = read_list(file.name, file.getvalue())
    except InputError as error:
        st.session_state[FAULTS] = ("Your list cannot be used", error.faults)


def _drop() -> None:
    st.session_state.pop(OWN, None)


def _next() -> None:
    """Let go of the file: the next run draws another widget."""
    st.session_state[BROUGHT] = st.session_state.get(BROUGHT, 0) + 1


def bring_scenario() -> None:
    """Draw the way in for a scenario file."""
    key = f"scenario.{st.session_state.get(BROUGHT, 0)}"
    st.file_uploader(
        "Open a scenario file",
        type=["toml"],
        key=key,
        max_upload_size=SCENARIO_MB,
        on_change=lambda: _take_scenario(key),
    )


def _take_scenario(key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    _next()
    try:
        asked = parse_scenario(_text(file.getvalue()), file.name)
    except InputError as error:
        st.session_state[FAULTS] = ("This scenario cannot be used", error.faults)
        return
    unnamed = replace(asked, name="base", description=load_scenario("base").description)
    pairs = changed(unnamed, load_scenario("base"))
    ask(replace(intent(), scenario="base", sets=pairs))


def _text(raw: bytes) -> str:
    """Return the text of a file; what is no UTF-8 shows as such in the fault."""
    return raw.decode("utf-8-sig", errors="replace")
