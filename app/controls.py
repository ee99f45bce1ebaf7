"""The sidebar: what is asked for. Every control writes to the one intent."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, get_args

import streamlit as st

from app.figures import plain
from app.intent import GROUPS, Intent, choice, settings, with_setting
from app.session import ask, intent
from data.choices import BuildOutPolicy, Workload
from data.text import scenario_names
from siting.ranking import ORDER
from siting.scenario import BOUNDS, Scenario

WORDS: Final = {
    "training": "Training",
    "inference": "Inference",
    "colocation": "Colocation",
    "in_service": "Only what runs today",
    "committed": "And what is being built",
    "all_planned": "And what is planned with a year",
    "score": "Score",
    "lcoc": "Levelised cost (LCOC)",
    "npv": "Net present value",
    "irr": "Internal rate of return",
    "cooling": "Cooling",
    "power": "Power",
    "connectivity": "Reach (connectivity)",
}
"""Choices in words; one that is not here is shown as the scenario file has it."""


def word(name: str) -> str:
    """Return a choice in words."""
    return WORDS.get(name, name)


def sidebar(scenario: Scenario) -> None:
    """Draw the controls, showing the choices of the scenario in force."""
    with st.sidebar:
        st.markdown("### Khazri")
        _scenario()
        left, right = st.columns(2)
        with left:
            _number("IT load, MW", "campus.mw", scenario, 10.0)
        with right:
            _number("In year", "campus.year", scenario, 1)
        _select("Workload", "campus.workload", get_args(Workload), scenario)
        policies = get_args(BuildOutPolicy)
        _select("Grid and cables that count", "build_out.policy", policies, scenario)
        st.toggle(
            "Data-centre tariff stands",
            key=_shadow("power.data_centre_tariff", scenario),
            on_change=_changed("power.data_centre_tariff"),
            help="The data-centre row of the 2021 tariff decision; whether it survived the later decisions is not settled.",
        )
        _select("Order by", "preferences.order_by", tuple(ORDER), scenario)
        with st.expander("Weights of the score"):
            st.caption("They re-order the sites at once; the model does not run again.")
            for group, _ in scenario.preferences.groups:
                key = f"{GROUPS}{group}"
                shadow = _shadow(key, scenario)
                st.slider(
                    word(group), 0.0, 100.0, step=5.0, format="%.0f", key=shadow,
                    on_change=_changed(key),
                )  # fmt: skip
        _changes(scenario.name)


def command(asked: Intent, *task: str) -> str:
    """Return the command that does a task of `siting` with what is asked.

    Examples
    --------
    >>> command(Intent(sets=(("campus.mw", "50"),)), "rank")
    'siting rank --scenario base --set campus.mw=50'
    """
    words = ["siting", *task, "--scenario", asked.scenario]
    for setting in settings(asked):
        words += ["--set", setting]
    return shlex.join(words)


def _shadow(key: str, scenario: Scenario) -> str:
    """Return the widget's key, its state set to what is in force."""
    name = f"control.{key}"
    st.session_state[name] = choice(scenario, key)
    return name


def _changed(key: str) -> Callable[[], None]:
    """Return what a control of one choice does when it is moved."""

    def take() -> None:
        ask(with_setting(intent(), key, st.session_state[f"control.{key}"]))

    return take


def _number(label: str, key: str, scenario: Scenario, step: Any) -> None:  # noqa: ANN401 - int or float, as the value
    low, high = (type(step)(bound) for bound in BOUNDS[key])
    name = _shadow(key, scenario)
    whole = "%d" if isinstance(step, int) else "%g"
    st.number_input(
        label, low, high, step=step, format=whole, key=name, on_change=_changed(key)
    )


def _select(label: str, key: str, options: tuple[str, ...], scenario: Scenario) -> None:
    name = _shadow(key, scenario)
    st.selectbox(label, options, format_func=word, key=name, on_change=_changed(key))


def _scenario() -> None:
    """Draw the choice of scenario; another one starts without settings."""
    name = "control.scenario"
    st.session_state[name] = intent().scenario

    def take() -> None:
        ask(replace(intent(), scenario=st.session_state[name], sets=()))

    st.selectbox("Scenario", scenario_names(), key=name, on_change=take)


def _changes(name: str) -> None:
    """Say what differs from the scenario as shipped, and offer to undo it."""
    changed = settings(intent())
    if not changed:
        st.caption(f"As the scenario {plain(name)} has it.")
        return
    st.caption(f"Changed from {plain(name)}: {plain('; '.join(changed))}")
    st.button("Undo the changes", on_click=lambda: ask(replace(intent(), sets=())))
