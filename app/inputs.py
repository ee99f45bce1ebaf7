"""Controls that write to the one intent, each showing what is in force.

A widget's own state dies with its page, so every control draws its value from the
scenario and writes what was chosen back into the intent.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from app.cache import world
from app.figures import plain
from app.intent import choice, with_setting
from app.session import ask, intent
from siting.loading import load_scenario
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
    "shell": "Powered shell",
    "gpu_cloud": "GPU cloud",
    "pass_through": "The tenant pays the power",
    "all_in": "The rent includes the power",
    "by_workload": "As the workload needs",
    "one_feed": "One feed",
    "two_circuits": "Two circuits to one substation",
    "two_feeds": "Two feeds and generators",
    "p10": "Cautious (P10)",
    "p50": "Middle (P50)",
    "p90": "Hopeful (P90)",
    "off": "Transformers alone",
    "airside": "Outdoor air",
    "tower": "Cooling towers",
    "air_chiller": "Air-cooled chillers",
    "liquid_dry": "Direct liquid on dry coolers",
    "sea_water": "Sea water",
    "rear_door": "Rear doors",
    "immersion": "Immersion",
}
"""Choices in words; one that is not here is shown as the scenario file has it."""


def word(name: str) -> str:
    """Return a choice in words."""
    return WORDS.get(name, name)


def shadow(place: str, key: str, value: object) -> str:
    """Return the key of a widget, its state set to what is in force."""
    name = f"{place}.{key}"
    st.session_state[name] = value
    return name


def taken(place: str, key: str) -> Callable[[], None]:
    """Return what a control of one choice does when it is moved."""

    def take() -> None:
        value = st.session_state[f"{place}.{key}"]
        given = tuple(value) if isinstance(value, list) else value
        ask(with_setting(intent(), key, given))

    return take


def number(
    label: str,
    key: str,
    scenario: Scenario,
    step: Any,  # noqa: ANN401 - int or float, as the value
    *,
    place: str = "control",
) -> None:
    """Draw a number within the bounds of the scenario."""
    low, high = (type(step)(bound) for bound in BOUNDS[key])
    name = shadow(place, key, choice(scenario, key))
    whole = "%d" if isinstance(step, int) else "%g"
    st.number_input(
        label, low, high, step=step, format=whole, key=name, on_change=taken(place, key)
    )


def select(
    label: str,
    key: str,
    options: Sequence[str],
    scenario: Scenario,
    *,
    place: str = "control",
) -> None:
    """Draw a list one choice is taken from."""
    name = shadow(place, key, choice(scenario, key))
    st.selectbox(
        label, options, format_func=word, key=name, on_change=taken(place, key)
    )


def many(
    label: str, key: str, options: Sequence[str], scenario: Scenario, place: str
) -> None:
    """Draw a list several choices are taken from."""
    held: Any = choice(scenario, key)
    name = shadow(place, key, list(held))
    st.multiselect(
        label, options, format_func=word, key=name, on_change=taken(place, key)
    )


def switch(
    label: str, key: str, scenario: Scenario, said: str = "", *, place: str = "control"
) -> None:
    """Draw a choice that holds or does not."""
    name = shadow(place, key, choice(scenario, key))
    st.toggle(label, key=name, on_change=taken(place, key), help=said or None)


def weight(
    label: str, key: str, scenario: Scenario, *, place: str = "control", said: str = ""
) -> None:
    """Draw a weight from 0 to 100."""
    name = shadow(place, key, choice(scenario, key))
    st.slider(
        label,
        0.0,
        100.0,
        step=5.0,
        format="%.0f",
        key=name,
        on_change=taken(place, key),
        help=said or None,
    )


def tabled(name: str) -> float:
    """Return a number of the book as the scenario has it without settings."""
    shipped = choice(load_scenario(intent().scenario), name)
    if shipped is None:
        return float(world().tables["parameters"]["value"].to_dict()[name])
    return float(shipped)  # type: ignore[arg-type]


def book_number(label: str, name: str, scenario: Scenario, place: str) -> None:
    """Draw a number of the assumptions book, with its doubt and grade beside it."""
    row = world().tables["parameters"].loc[name]
    shipped = tabled(name)
    held = choice(scenario, name)
    key = shadow(place, name, shipped if held is None else held)

    def take() -> None:
        value = st.session_state[key]
        ask(with_setting(intent(), name, None if value == shipped else value))

    unit = "" if row["unit"] == "1" else f", {row['unit']}"
    st.number_input(
        f"{label}{unit}",
        format="%g",
        step=_step(shipped),
        key=key,
        on_change=take,
        help=f"{plain(str(row['note']))}  \nThe book says {shipped:g}, from {row['low']:g} "
        f"to {row['high']:g}, {row['grade']}.",
    )


def _step(value: float) -> float:
    """Return a step of one in the second digit of a value."""
    return float(f"{abs(value):.0e}") / 10.0 if value else 0.1
