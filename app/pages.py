"""The pages of the app and the way from one to another."""

from typing import Final

import streamlit as st

PAGES: Final = {
    "overview": "Overview",
    "site": "Site",
    "compare": "Compare",
    "what-if": "What-if",
    "doubt": "Doubt",
    "power": "Power",
    "cooling": "Cooling",
    "assumptions": "Assumptions",
    "data": "Data",
    "export": "Export",
}
"""Address of a page and its name in the menu, in order."""


def turn_to(address: str, label: str) -> None:
    """Draw a link to another page that keeps the session."""
    place = st.Page(_elsewhere, title=PAGES[address], url_path=address)
    st.page_link(place, label=label, icon=":material/arrow_forward:")


def _elsewhere() -> None:
    """Stand for a page that is drawn by its own view."""
