"""The sidebar: what is asked for. Every control writes to the one intent."""

import shlex
from dataclasses import replace
from typing import get_args

import streamlit as st

from app.figures import plain
from app.inputs import number, select, switch, weight, word
from app.intent import GROUPS, Intent, settings
from app.lists import own_list
from app.session import ask, intent
from app.uploads import bring_sites
from data.choices import BuildOutPolicy, Workload
from data.text import scenario_names
from siting.ranking import ORDER
from siting.scenario import Scenario


def sidebar(scenario: Scenario) -> None:
    """Draw the controls, showing the choices of the scenario in force."""
    with st.sidebar:
        st.markdown("### Khazri")
        _scenario()
        left, right = st.columns(2)
        with left:
            number("IT load, MW", "campus.mw", scenario, 10.0)
        with right:
            number("In year", "campus.year", scenario, 1)
        select("Workload", "campus.workload", get_args(Workload), scenario)
        policies = get_args(BuildOutPolicy)
        select("Grid and cables that count", "build_out.policy", policies, scenario)
        switch(
            "Data-centre tariff stands",
            "power.data_centre_tariff",
            scenario,
            "The data-centre row of the 2021 tariff decision; whether it survived the later decisions is not settled.",
        )
        select("Order by", "preferences.order_by", tuple(ORDER), scenario)
        with st.expander("Weights of the score"):
            st.caption("They re-order the sites at once; the model does not run again.")
            for group, _ in scenario.preferences.groups:
                weight(word(group), f"{GROUPS}{group}", scenario)
        changes(scenario.name)
        bring_sites()


def command(asked: Intent, *task: str) -> str:
    """Return the command that does a task of `siting` with what is asked.

    Examples
    --------
    >>> command(Intent(sets=(("campus.mw", "50"),)), "rank")
    'siting rank --scenario base --set campus.mw=50'
    """
    words = ["siting", *task, *_own(task), "--scenario", asked.scenario]
    for setting in settings(asked):
        words += ["--set", setting]
    return shlex.join(words)


LISTLESS = (("grid", "hosting"), ("scenario", "check"))
"""Tasks that take no list of sites."""


def _own(task: tuple[str, ...]) -> list[str]:
    """Return how a task is given the reader's own list, if that is in force."""
    held = own_list()
    if held is None or task[:2] in LISTLESS:
        return []
    return [held.name] if task == ("rank",) else ["--sites", held.name]


def _scenario() -> None:
    """Draw the choice of scenario; another one starts without settings."""
    name = "control.scenario"
    st.session_state[name] = intent().scenario

    def take() -> None:
        ask(replace(intent(), scenario=st.session_state[name], sets=()))

    st.selectbox("Scenario", scenario_names(), key=name, on_change=take)


SHOWN = 8
"""Settings named in the sidebar; more are counted."""


def changes(name: str) -> None:
    """Say what differs from the scenario as shipped, and offer to undo it."""
    changed = settings(intent())
    if not changed:
        st.caption(f"As the scenario {plain(name)} has it.")
        return
    told = "; ".join(changed[:SHOWN])
    hidden = len(changed) - SHOWN
    more = f" and {hidden} more" if hidden > 0 else ""
    st.caption(f"Changed from {plain(name)}: {plain(told)}{more}")
    st.button("Undo the changes", on_click=lambda: ask(replace(intent(), sets=())))
