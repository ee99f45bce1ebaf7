"""The app: `siting app`. Pages, and what happens when something is wrong."""

import logging

import streamlit as st

from app.cache import vintage
from app.entry import admitted
from app.pages import PAGES
from app.session import follow_link, show_faults, tell_faults, write_link
from app.views import (
    assumptions,
    compare,
    cooling,
    data,
    doubt,
    export,
    overview,
    power,
    site,
    what_if,
)
from data.faults import InputError
from siting import __version__

LOG = logging.getLogger("khazri")
# A wide page starts close under the menu and uses its width; on a tablet what stands
# side by side goes one under the other.
CLOSER = """<style>
.stMainBlockContainer {padding: 4.25rem 2.5rem 4rem}
@media (max-width: 1100px) {
  .stMainBlockContainer {padding: 4.25rem 1.25rem 4rem}
  .stMain [data-testid="stHorizontalBlock"] {flex-wrap: wrap}
  .stMain [data-testid="stColumn"] {flex: 1 1 19rem; min-width: min(100%, 19rem)}
}
</style>"""

VIEWS = {
    "overview": overview.page,
    "site": site.page,
    "compare": compare.page,
    "what-if": what_if.page,
    "doubt": doubt.page,
    "power": power.page,
    "cooling": cooling.page,
    "assumptions": assumptions.page,
    "data": data.page,
    "export": export.page,
}
"""Address of a page and what draws it."""


def banner() -> str:
    """Return what every figure of every page stands under."""
    return (
        ":orange-badge[Synthetic weather] :gray[:small[made from monthly normals, not "
        f"measured hours · data {vintage()} · khazri {__version__} · screening "
        "estimates, no substitute for a study]]"
    )


def main() -> None:
    """Run the page asked for; what goes wrong is said in sentences."""
    st.set_page_config(page_title="Khazri", layout="wide")
    st.html(CLOSER)
    page = st.navigation(
        [
            st.Page(view, title=PAGES[name], url_path=name, default=name == "overview")
            for name, view in VIEWS.items()
        ],
        position="top",
    )
    if not admitted():
        return
    try:
        follow_link(page.title)
        write_link()
        tell_faults()
        st.markdown(banner())
        page.run()
    except InputError as error:
        show_faults("This cannot be computed", error.faults)
    except Exception:
        LOG.exception("the page failed")
        st.error(
            "Khazri failed, which is our fault; the log of the server shows where."
        )


main()
