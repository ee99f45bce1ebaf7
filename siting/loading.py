"""Read a scenario: a TOML file laid over the base case, then `--set` on top."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from data.faults import Fault, InputError, nearest_name
from data.schema import glossary
from data.text import book_names, scenario_text
from siting.finance_choices import check_finance
from siting.reading import Reader, build, is_number, lines_of, nearest
from siting.scenario import (
    BOUNDS,
    SHAPES,
    Campus,
    Criterion,
    Gates,
    Preferences,
    Scenario,
)
from siting.weather_choices import check_weather

TOP = ("name", "description", *SHAPES, "preferences", "overrides")
FOLLOWS = {"cooling.workload": "campus.workload"}
"""Choices that follow from another one, so that each is said once."""
FIRST_DECISION = 2024
"""Year before which no prices or projects of the tables speak."""
MOST_WEIGHT = 1e6
WEIGHT = f"a weight from 0 to {MOST_WEIGHT:g}"


def load_scenario(name_or_path: str = "base", sets: Iterable[str] = ()) -> Scenario:
    """Return a scenario: the base case, the file over it, the settings on top.

    Parameters
    ----------
    name_or_path : str
        A shipped scenario or a TOML file; what it leaves out is as in `base`.
    sets : iterable of str
        `key=value` settings; a key that is no choice is an override of the
        assumptions book or of a table cell.

    Raises
    ------
    InputError
        Listing every unknown key (with the nearest known one), wrong type and
        value out of bounds.

    Examples
    --------
    >>> load_scenario("base", ["campus.mw=50"]).campus.mw
    50.0
    """
    file = (
        f"{name_or_path}.toml" if "." not in name_or_path else Path(name_or_path).name
    )
    return parse_scenario(scenario_text(name_or_path), file, sets)


def parse_scenario(text: str, file: str, sets: Iterable[str] = ()) -> Scenario:
    """Return the scenario a TOML text stands for, laid over the base case.

    Parameters
    ----------
    text : str
        What the file holds.
    file : str
        Its name, for messages; a text without a `name` is called by it.
    sets : iterable of str
        As `load_scenario` takes them.

    Raises
    ------
    InputError
        As `load_scenario` raises it.
    """
    unnamed = {"name": Path(file).stem, "description": ""}
    tree = _parsed(scenario_text("base"), "base.toml")
    tree = _merged(tree, unnamed | _parsed(text, file))
    pairs = [_setting(setting) for setting in sets]
    for key, value in pairs:
        tree = _merged(tree, _placed(key, value))
    settings = frozenset(key for key, _ in pairs)
    return _scenario(tree, Reader(file, lines_of(text), settings))


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(file, None, "", str(error), "valid TOML")]) from None


def _setting(text: str) -> tuple[str, Any]:
    """Return key and value of one `--set key=value`; a bare word is text."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise InputError([Fault("--set", None, "", text, "key=value")])
    try:
        parsed = tomllib.loads(f"value = {value}")
    except (ValueError, RecursionError):
        parsed = {}
    return key.strip(), parsed["value"] if len(parsed) == 1 else value.strip()


def _placed(key: str, value: object) -> dict[str, Any]:
    """Return the setting as a tree: a choice where it is one, else an override."""
    head, _, rest = key.partition(".")
    shape = SHAPES.get(head)
    is_choice = (
        key in SHAPES
        or head in ("name", "description", "preferences")
        or (shape is not None and rest in _fields(shape))
    )
    if not is_choice:
        return {"overrides": {key.removeprefix("overrides."): value}}
    tree: Any = value
    for part in reversed(key.split(".")):
        tree = {part: tree}
    return dict(tree)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        under = merged.get(key)
        if isinstance(value, dict) and isinstance(under, dict):
            merged[key] = _merged(under, value)
        else:
            merged[key] = value
    return merged


def _scenario(tree: Mapping[str, Any], reader: Reader) -> Scenario:
    _check_top(tree, reader)
    rooms: dict[str, Any] = {
        name: build(shape, tree.get(name, {}), name, reader, BOUNDS)
        for name, shape in SHAPES.items()
    }
    cooling, finance = rooms["cooling"], rooms["finance"]
    if cooling and not cooling.systems:
        reader.fault("cooling.systems", "[]", "at least one system")
    check_finance(finance, reader)
    _check_calendar(rooms["campus"], reader)
    check_weather(rooms["climate"], reader)
    preferences = _preferences(tree.get("preferences", {}), reader)
    overrides = _overrides(tree.get("overrides", {}), reader)
    if reader.faults or preferences is None:
        raise InputError(reader.faults)
    rooms["cooling"] = replace(rooms["cooling"], workload=rooms["campus"].workload)
    return Scenario(
        name=str(tree.get("name", "base")),
        description=str(tree.get("description", "")),
        preferences=preferences,
        overrides=overrides,
        **rooms,
    )


def _check_top(tree: Mapping[str, Any], reader: Reader) -> None:
    for key in tree:
        if key not in TOP:
            reader.fault(key, key, nearest(key, TOP))
    for key in ("name", "description"):
        if not isinstance(tree.get(key, ""), str):
            reader.fault(key, tree[key], "a text")
    for name, origin in FOLLOWS.items():
        head, leaf = name.split(".")
        group = tree.get(head)
        if isinstance(group, dict) and leaf in group:
            reader.fault(name, group[leaf], f"nothing: it follows from {origin}")


def _check_calendar(campus: Campus | None, reader: Reader) -> None:
    if campus is None:
        return
    decided = campus.decision_date
    if not FIRST_DECISION <= decided.year <= BOUNDS["campus.year"][1]:
        expected = f"a date from {FIRST_DECISION}"
        reader.fault("campus.decision_date", decided, expected)
    elif campus.year < decided.year:
        expected = f"the year of the decision, {decided.year}, or later"
        reader.fault("campus.year", campus.year, expected)


def _preferences(tree: object, reader: Reader) -> Preferences | None:
    if not isinstance(tree, dict):
        reader.fault("preferences", tree, "a table [preferences]")
        return None
    groups, rows = tree.get("groups", {}), tree.get("criteria", {})
    for key, table in (("groups", groups), ("criteria", rows)):
        if not isinstance(table, dict):
            reader.fault(f"preferences.{key}", table, f"a table [preferences.{key}]")
    if not isinstance(groups, dict) or not isinstance(rows, dict):
        return None
    plain = {k: v for k, v in tree.items() if k not in ("groups", "criteria", "gates")}
    shell = build(
        Preferences,
        {**plain, "groups": [], "criteria": []},
        "preferences",
        reader,
        BOUNDS,
    )
    gates = build(Gates, tree.get("gates", {}), "preferences.gates", reader, BOUNDS)
    criteria = [_criterion(metric, row, reader) for metric, row in rows.items()]
    _check_groups(groups, reader)
    _check_idle(groups, rows, reader)
    for criterion in criteria:
        if criterion is not None:
            _check_criterion(criterion, groups, reader)
    if shell is None or gates is None or None in criteria or reader.faults:
        return None
    return replace(
        shell,
        groups=tuple((str(g), float(w)) for g, w in groups.items()),
        criteria=tuple(c for c in criteria if c is not None),
        gates=gates,
    )


def _criterion(metric: str, row: object, reader: Reader) -> Criterion | None:
    place = f"preferences.criteria.{metric}"
    if metric not in _numbers():
        reader.fault(
            place, metric, f"a numeric metric{nearest_name(metric, _numbers())}"
        )
        return None
    body = {"metric": metric, **row} if isinstance(row, dict) else row
    return build(Criterion, body, place, reader, BOUNDS)


def _check_groups(groups: Mapping[str, Any], reader: Reader) -> None:
    for group, weight in groups.items():
        if not _is_weight(weight):
            reader.fault(f"preferences.groups.{group}", weight, WEIGHT)
    if not sum(w for w in groups.values() if is_number(w)) > 0:
        reader.fault("preferences.groups", "", "weights that sum to more than zero")


def _is_weight(value: object) -> bool:
    return is_number(value) and 0 <= value <= MOST_WEIGHT


def _numbers() -> list[str]:
    """Return the metrics a value function can stand on."""
    kinds = ("float", "int")
    return [n for n, t in glossary().items() if t.kind == "metric" and t.dtype in kinds]


def _check_idle(
    groups: Mapping[str, Any], rows: Mapping[str, Any], reader: Reader
) -> None:
    used = [str(row.get("group")) for row in rows.values() if isinstance(row, dict)]
    for group, weight in groups.items():
        if group not in used and weight:
            hint = nearest_name(group, used)
            expected = f"at least one criterion in a group that weighs{hint}"
            reader.fault(f"preferences.groups.{group}", weight, expected)


def _check_criterion(
    criterion: Criterion, groups: Mapping[str, Any], reader: Reader
) -> None:
    place = f"preferences.criteria.{criterion.metric}"
    if criterion.group not in groups:
        reader.fault(
            f"{place}.group", criterion.group, nearest(criterion.group, groups)
        )
    if not _is_weight(criterion.weight):
        reader.fault(f"{place}.weight", criterion.weight, WEIGHT)
    if criterion.best == criterion.worst:
        reader.fault(f"{place}.best", criterion.best, "best different from worst")
    if criterion.scale == "log" and min(criterion.best, criterion.worst) <= 0:
        reader.fault(f"{place}.worst", criterion.worst, "above 0 on a log scale")


def _overrides(tree: object, reader: Reader) -> tuple[tuple[str, float], ...]:
    flat = _flat(tree if isinstance(tree, dict) else {"overrides": tree})
    known = (*_choices(), *book_names())
    for name, value in flat.items():
        given = name if name in reader.settings else f"overrides.{name}"
        if ":" not in name and name not in known:
            hint = nearest_name(name, known)
            reader.fault(given, name, f"a choice or a name of the book{hint}")
        elif not is_number(value):
            reader.fault(given, value, "a number")
    return tuple(sorted((n, float(v)) for n, v in flat.items() if is_number(v)))


def _choices() -> list[str]:
    return [f"{group}.{f}" for group, shape in SHAPES.items() for f in _fields(shape)]


def _fields(shape: type[Any]) -> list[str]:
    return [field.name for field in fields(shape)]


def _flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return flat
