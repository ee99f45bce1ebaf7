"""Intent: what the reader asked for and looks at, as one value that fits in a link.

A scenario here is a shipped name and settings on top of it, written as on the
command line, so that page, link and `siting rank --set` say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from app.figures import COLOURS
from climate.cooling import SYSTEMS
from data.faults import Fault, InputError
from data.text import scenario_names
from siting.loading import load_scenario
from siting.scenario import Scenario

GROUPS: Final = "preferences.groups."
EMBEDDED: Final = "synthetic"
"""The one source of weather a page uses."""
LAYERS: Final = ("grid", "fibre")
"""What can be drawn over the map."""
SAYABLE: Final = {
    "colour": COLOURS,
    "system": ("", *SYSTEMS),
    "refused": ("false", "true"),
}
"""What a link may say of the looks of a page."""


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
        raise InputError([_fault("scenario", intent.scenario, scenario_names())])
    scenario = load_scenario(intent.scenario, settings(intent))
    source = scenario.climate.source
    if source != EMBEDDED:
        raise InputError([_fault("climate.source", source, (EMBEDDED,))])
    return scenario


def choice(scenario: Scenario, key: str) -> object:
    """Return the choice of a scenario at a dotted key.

    Examples
    --------
    >>> choice(load_scenario("base"), "campus.mw")
    100.0
    """
    if key.startswith(GROUPS):
        return dict(scenario.preferences.groups)[key.removeprefix(GROUPS)]
    return attrgetter(key)(scenario)


def with_setting(intent: Intent, key: str, value: object) -> Intent:
    """Return the intent with one choice changed; as shipped, it is left unsaid."""
    kept = [pair for pair in intent.sets if pair[0] != key]
    if value != choice(load_scenario(intent.scenario), key):
        kept.append((key, _written(value)))
    return replace(intent, sets=tuple(kept))


def _written(value: object) -> str:
    """Return a value as it stands in a link: a number bare and short, a word bare."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def to_link(intent: Intent) -> dict[str, str]:
    """Return the query parameters that reproduce the page."""
    same = _looks(Intent())
    said = {key: value for key, value in _looks(intent).items() if value != same[key]}
    return said | dict(intent.sets)


def _looks(intent: Intent) -> dict[str, str]:
    return {
        "scenario": intent.scenario,
        "site": intent.site,
        "colour": intent.colour,
        "layers": ",".join(intent.layers),
        "system": intent.system,
        "refused": _written(intent.refused),
    }


def from_link(link: Mapping[str, str]) -> Intent:
    """Return the intent a link stands for.

    Raises
    ------
    InputError
        Listing everything in it that says nothing known.
    """
    plain = _looks(Intent())
    looks = {key: link.get(key, value) for key, value in plain.items()}
    intent = Intent(
        scenario=looks["scenario"],
        site=looks["site"],
        colour=looks["colour"],
        layers=_listed(looks["layers"]),
        system=looks["system"],
        refused=looks["refused"] == "true",
        sets=tuple(sorted((k, v) for k, v in link.items() if k not in plain)),
    )
    faults = [_fault("layers", x, LAYERS) for x in intent.layers if x not in LAYERS]
    for key, words in SAYABLE.items():
        if looks[key] not in words:
            faults.append(_fault(key, looks[key], words))
    known = intent
    if intent.scenario not in scenario_names():
        faults.append(_fault("scenario", intent.scenario, scenario_names()))
        known = replace(intent, scenario=plain["scenario"])
    try:
        scenario_of(known)
    except InputError as error:
        faults.extend(error.faults)
    if faults:
        raise InputError(faults)
    return intent


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def _fault(key: str, value: str, known: tuple[str, ...]) -> Fault:
    return Fault(key, None, "", value, f"one of {', '.join(known)}")
