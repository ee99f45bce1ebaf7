"""The app: `siting app`. Pages, and what happens when something is wrong."""

import logging

import streamlit as st

from app.session import follow_link, show_faults, tell_faults, write_link
from app.views import cooling, overview, power
from data.faults import InputError

LOG = logging.getLogger("khazri")
# A wide page starts close under the menu and uses its width.
CLOSER = "<style>.stMainBlockContainer {padding: 4.25rem 2.5rem 4rem}</style>"


def main() -> None:
    """Run the page asked for; what goes wrong is said in sentences."""
    st.set_page_config(page_title="Khazri", layout="wide")
    st.html(CLOSER)
    page = st.navigation(
        [
            st.Page(overview.page, title="Overview", url_path="overview", default=True),
            st.Page(power.page, title="Power", url_path="power"),
            st.Page(cooling.page, title="Cooling", url_path="cooling"),
        ],
        position="top",
    )
    try:
        follow_link(page.title)
        write_link()
        tell_faults()
        page.run()
    except InputError as error:
        show_faults("This cannot be computed", error.faults)
    except Exception:
        LOG.exception("the page failed")
        st.error(
            "Khazri failed, which is our fault; the log of the server shows where."
        )


main()
