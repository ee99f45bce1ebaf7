"""Intent: what the reader asked for and looks at, as one value that fits in a link.

A scenario here is a shipped name and settings on top of it, written as on the
command line, so that page, link and `siting rank --set` say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from data.faults import Fault, InputError
from data.text import scenario_names
from siting.loading import load_scenario
from siting.scenario import Scenario
from siting.scenario_file import choices, setting

GROUPS: Final = "preferences.groups."
EMBEDDED: Final = "synthetic"
"""The one source of weather a page uses."""
MOST_DRAWS: Final = 10_000
"""Draws that many readers at once may each ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What is asked and what is looked at."""

    scenario: str = "base"
    """Name of a shipped scenario."""
    sets: tuple[tuple[str, str], ...] = ()
    """Settings on top of it: dotted key and value as in `--set`."""
    site: str = ""
    """Selected site_id; blank for the first of the ranking."""
    colour: str = "score"
    """Metric the map is coloured by."""
    layers: tuple[str, ...] = ("grid",)
    """Layers drawn over the map."""
    system: str = ""
    """Cooling system looked at; blank for the one that is built."""
    refused: bool = False
    """Cooling systems that cannot be built are drawn too."""
    metric: str = ""
    """Metric explained; blank for what the page opens with."""
    beside: tuple[str, ...] = ()
    """Sites set side by side; none for the first of the ranking."""


def settings(intent: Intent) -> tuple[str, ...]:
    """Return the settings as the command line takes them.

    Examples
    --------
    >>> settings(Intent(sets=(("campus.mw", "50"),)))
    ('campus.mw=50',)
    """
    return tuple(f"{key}={value}" for key, value in intent.sets)


def scenario_of(intent: Intent) -> Scenario:
    """Return the scenario asked for.

    Raises
    ------
    InputError
        With every fault. A name that is not shipped is one: a link opens no file.
        Nor does it ask a weather service: real weather is for the command.
    """
    if intent.scenario not in scenario_names():
        raise InputError([unknown("scenario", intent.scenario, scenario_names())])
    scenario = load_scenario(intent.scenario, settings(intent))
    source = scenario.climate.source
    if source != EMBEDDED:
        raise InputError([unknown("climate.source", source, (EMBEDDED,))])
    draws = scenario.uncertainty.draws
    if draws > MOST_DRAWS:
        expected = f"at most {MOST_DRAWS} draws here; siting doubt takes more"
        raise InputError([Fault("uncertainty.draws", None, "", str(draws), expected)])
    return scenario


def choice(scenario: Scenario, key: str) -> object:
    """Return the choice of a scenario at a dotted key; None where it says nothing.

    Examples
    --------
    >>> choice(load_scenario("base"), "campus.mw")
    100.0
    """
    return choices(scenario).get(key)


def with_setting(intent: Intent, key: str, value: object) -> Intent:
    """Return the intent with one choice changed; as shipped, it is left unsaid."""
    return with_settings(intent, {key: value})


def with_settings(intent: Intent, wanted: Mapping[str, object]) -> Intent:
    """Return the intent with some choices changed.

    Parameters
    ----------
    intent : Intent
    wanted : mapping of str to value
        Dotted key or name of the book, and its value; None is as shipped, and a
        choice that is as shipped is left unsaid.
    """
    shipped = choices(load_scenario(intent.scenario))
    said = {key: text for key, text in intent.sets if key not in wanted}
    for key, value in wanted.items():
        if value is not None and value != shipped.get(key):
            said[key] = setting(value)
    return replace(intent, sets=tuple(said.items()))


def unknown(key: str, value: str, known: tuple[str, ...]) -> Fault:
    """Return the fault of a word that is none of those known."""
    return Fault(key, None, "", value, f"one of {', '.join(known)}")
