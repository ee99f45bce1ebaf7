"""The session's one value: the intent, kept beside the widgets and in the link.

A widget's state dies with its page; the intent does not. A change is taken only
if the scenario it makes is sound, so a page is never left without one.
"""

from collections.abc import Iterable

import streamlit as st

from app.cache import world
from app.figures import plain
from app.intent import Intent, scenario_of
from app.link import from_link, to_link
from data.faults import Fault, InputError
from siting.asked import checked

INTENT, LINK, ASKED, FAULTS, PAGE = "intent", "link", "asked", "faults", "page"
"""Keys of the session: the value, the link last written, whether a widget asked
in this run, what was wrong with what it asked, and the page last shown."""


def intent() -> Intent:
    """Return what is asked for now."""
    held = st.session_state.get(INTENT)
    return held if isinstance(held, Intent) else Intent()


def ask(wanted: Intent) -> None:
    """Take a new intent, or keep the old one and remember the faults."""
    st.session_state[ASKED] = True
    try:
        checked(scenario_of(wanted), world())
        to_link(wanted)
    except InputError as error:
        st.session_state[FAULTS] = ("That cannot be asked for", error.faults)
    else:
        st.session_state[INTENT] = wanted


def follow_link(page: str) -> None:
    """Take the intent from the address where the reader, not a widget, changed it.

    The menu leads to a bare address: turning the page changes nothing.
    """
    here = st.query_params.to_dict()
    asked = st.session_state.pop(ASKED, False)
    turned = st.session_state.get(PAGE, page) != page
    st.session_state[PAGE] = page
    if asked or st.session_state.get(LINK) == here or (turned and not here):
        return
    st.session_state[LINK] = here
    try:
        asked_for = from_link(here)
        checked(scenario_of(asked_for), world())
        st.session_state[INTENT] = asked_for
    except InputError as error:
        said = "This link asks for what cannot be; the base case is shown"
        st.session_state[FAULTS] = (said, error.faults)
        st.session_state[INTENT] = Intent()


def write_link() -> None:
    """Write the intent into the address, so that a copied link gives this page."""
    link = to_link(intent())
    st.session_state[LINK] = link
    if st.query_params.to_dict() != link:
        st.query_params.from_dict(link)


def tell_faults() -> None:
    """Say once what was wrong with what was asked."""
    told = st.session_state.pop(FAULTS, None)
    if told is not None:
        show_faults(*told)


def show_faults(said: str, faults: Iterable[Fault]) -> None:
    """Show faults as sentences."""
    rows = "\n".join(f"- {plain(str(fault))}" for fault in faults)
    st.error(f"{said}:\n\n{rows}")
