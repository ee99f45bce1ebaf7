"""Write a scenario as the TOML file that `load_scenario` reads back to the same."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from siting.loading import FOLLOWS
from siting.scenario import SHAPES, Scenario

BARE = re.compile(r"[A-Za-z0-9_-]+")
"""A key that TOML takes without quotes."""
PLAIN = re.compile(r"(?!(?:true|false|inf|nan)$)[A-Za-z_]\w*", re.ASCII)
"""A word that a setting takes without quotes."""
TEXTS = ("name", "description")
LISTED = ("groups", "criteria", "gates")
"""Tables within `preferences`."""


def choices(scenario: Scenario) -> dict[str, Any]:
    """Return every choice of a scenario by its dotted key, in the order of a file.

    Returns
    -------
    dict of str to value
        What is left unsaid (None) and what follows from another choice is left out;
        overrides stand last under their own names.

    Examples
    --------
    >>> from siting.loading import load_scenario
    >>> choices(load_scenario("base"))["campus.mw"]
    100.0
    """
    told = {f"{head}.{leaf}": v for head, leaf, v in _flat(scenario)}
    return told | dict(scenario.overrides)


def changed(scenario: Scenario, shipped: Scenario) -> tuple[tuple[str, str], ...]:
    """Return the settings that make one scenario of another, as `--set` takes them.

    Parameters
    ----------
    scenario : Scenario
        The one wanted.
    shipped : Scenario
        The one the settings are laid over.

    Returns
    -------
    tuple of (str, str)
        Dotted key and value. A choice that `scenario` leaves unsaid and `shipped`
        does not cannot be set, and is left out.
    """
    ours, theirs = choices(scenario), choices(shipped)
    return tuple(
        (key, setting(value)) for key, value in ours.items() if theirs.get(key) != value
    )


def setting(value: object) -> str:
    """Return a value as it stands in a link or after `--set key=`: a word bare.

    Examples
    --------
    >>> setting(100.0), setting(True), setting("training"), setting(("A", "B"))
    ('100', 'true', 'training', '["A", "B"]')
    """
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else _toml(value)
    if isinstance(value, float):
        short = f"{value:.10g}"
        return short if float(short) == value else repr(value)
    return _toml(value)


def scenario_toml(scenario: Scenario) -> str:
    """Return a scenario as a TOML file with every choice in it.

    Read back by `load_scenario` it gives an equal scenario.
    """
    lines = [f"{key} = {_toml(getattr(scenario, key))}" for key in TEXTS]
    head = ""
    for table, leaf, value in _flat(scenario):
        if table != head:
            lines += ["", f"[{table}]"]
            head = table
        lines.append(f"{_key(leaf)} = {_toml(value)}")
    if scenario.overrides:
        lines += ["", "[overrides]"]
        lines += [f"{_toml(key)} = {_toml(v)}" for key, v in scenario.overrides]
    return "\n".join([*lines, ""])


def _flat(scenario: Scenario) -> Iterator[tuple[str, str, Any]]:
    """Yield table, key and value of every choice that is said."""
    for name in SHAPES:
        yield from _said(name, asdict(getattr(scenario, name)))
    taste = scenario.preferences
    shell = {f.name: getattr(taste, f.name) for f in fields(taste)}
    yield from _said("preferences", {k: v for k, v in shell.items() if k not in LISTED})
    yield from _said("preferences.gates", asdict(taste.gates))
    yield from _said("preferences.groups", dict(taste.groups))
    for criterion in taste.criteria:
        row = asdict(criterion)
        yield from _said(f"preferences.criteria.{row.pop('metric')}", row)


def _said(table: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for key, value in values.items():
        if value is not None and f"{table}.{key}" not in FOLLOWS:
            yield table, key, value


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _toml(name)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
