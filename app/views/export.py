"""Export: everything on the screen as files, and the way back from a file."""

from urllib.parse import urlencode

import streamlit as st

from app.cache import ranked
from app.controls import command, sidebar
from app.files import rankings, scenario_and_manifest
from app.intent import scenario_of
from app.link import to_link
from app.lists import own_list
from app.session import intent
from app.uploads import bring_scenario
from siting.export import FORMATS


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    run = ranked(scenario)
    st.subheader("What can be taken away?")
    st.markdown(
        f"**The ranking of {len(run.ranking.table)} sites in {len(FORMATS)} formats**, the "
        "scenario as a file, and a manifest with the digest of every input and output. "
        "They are the files of the command, byte for byte, but for the manifest's time."
    )
    st.markdown("##### The ranking")
    rankings(run)
    st.markdown("##### The scenario, and what went in")
    scenario_and_manifest(run)
    st.caption("The same from the command line:")
    st.code(command(intent(), "rank"), language=None)
    st.markdown("##### This page, shared")
    st.markdown(
        "The address of the page holds everything chosen: copied, it shows the same to "
        "anyone who opens it."
    )
    link = to_link(intent())
    if link:
        st.code(f"?{urlencode(link)}", language=None, wrap_lines=True)
    else:
        st.caption("Nothing is chosen: the bare address shows the base case.")
    if own_list() is not None:
        st.info("Your own sites are in this session alone: no link carries them.")
    st.markdown("##### Open a scenario")
    bring_scenario()
