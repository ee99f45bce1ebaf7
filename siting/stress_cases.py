"""Stress cases: what each changes in a scenario, by how much, and from where.

The cases are rows of the table `stress_cases`; a row is one change of a choice, of a
number of the book, or of a cell of a table.
"""

from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from typing import Any, Final

import pandas as pd

from data import World
from data.faults import Fault, InputError, nearest_name
from siting.scenario import SHAPES, Scenario

ONLY_IF: Final = {"climate.years": ("climate", "source", "synthetic")}
"""Setting → group, choice and value under which alone the change means something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the table."""

    setting: str
    how: str
    """set, add, times, flip, above_high, off or refuse."""
    value: float
    text: str
    grade: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One ready-made case."""

    key: str
    name: str
    statement: str
    """What happens, and where its size comes from."""
    changes: tuple[Change, ...]

    @property
    def refuses(self) -> bool:
        """Whether no site is left."""
        return any(change.how == "refuse" for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one change came to in a scenario."""

    setting: str
    before: str
    after: str
    change: Change


def cases_of(world: World, keys: tuple[str, ...] = ()) -> tuple[Case, ...]:
    """Return the cases of the table, or those named.

    Parameters
    ----------
    world : World
    keys : tuple of str
        Names of cases; none asks for all.

    Raises
    ------
    InputError
        Naming every unknown case, with the nearest known one.
    """
    table = world.tables["stress_cases"].reset_index()
    known = list(dict.fromkeys(map(str, table["stress_case"])))
    faults = [
        Fault("--case", None, "", key, _wanted(key, known))
        for key in keys
        if key not in known
    ]
    if faults:
        raise InputError(faults)
    chosen = [key for key in known if key in keys or not keys]
    return tuple(_case(key, table[table["stress_case"] == key]) for key in chosen)


def _wanted(key: str, known: list[str]) -> str:
    near = nearest_name(key, known)
    return f"a stress case{near}" if near else f"one of {', '.join(known)}"


def _case(key: str, rows: pd.DataFrame) -> Case:
    first = rows.iloc[0]
    changes = [
        Change(
            setting=row["setting"],
            how=row["change"],
            value=float(row["change_value"]),
            text=row["change_text"],
            grade=row["grade"],
            source=row["source"],
            as_of=row["as_of"],
        )
        for row in rows.to_dict("records")
    ]
    return Case(
        key=key,
        name=str(first["name"]),
        statement=str(first["statement"]),
        changes=tuple(changes),
    )


def applied(
    case: Case, scenario: Scenario, world: World
) -> tuple[Scenario, tuple[Turn, ...]]:
    """Return the scenario under a case, and what each change came to.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        What it is laid over; a change starts from the value in force there.
    world : World

    Returns
    -------
    scenario : Scenario
    turns : tuple of Turn
        Changes that mean nothing in the scenario are left out.
    """
    turns: list[Turn] = []
    for change in case.changes:
        if change.how == "refuse" or _idle(change, scenario):
            continue
        scenario, turn = _turned(change, scenario, world)
        turns.append(turn)
    return scenario, tuple(turns)


def _idle(change: Change, scenario: Scenario) -> bool:
    if change.setting not in ONLY_IF:
        return False
    group, choice, wanted = ONLY_IF[change.setting]
    return bool(getattr(getattr(scenario, group), choice) != wanted)


def _turned(change: Change, scenario: Scenario, world: World) -> tuple[Scenario, Turn]:
    group, _, choice = change.setting.partition(".")
    if group in SHAPES and choice in {f.name for f in fields(SHAPES[group])}:
        return _chosen(change, group, choice, scenario)
    names = [change.setting]
    if "*" in change.setting:
        book = map(str, world.tables["parameters"].index)
        names = [name for name in book if fnmatchcase(name, change.setting)]
    overrides = dict(scenario.overrides)
    before = {name: _in_force(name, overrides, world) for name in names}
    after = {name: _moved(change, value, name, world) for name, value in before.items()}
    told = f"{before[names[0]]:g}", f"{after[names[0]]:g}"
    if "*" in change.setting:
        told = f"{len(names)} of the book", f"× {change.value:g}"
    turn = Turn(setting=change.setting, before=told[0], after=told[1], change=change)
    merged = tuple(sorted((overrides | after).items()))
    return replace(scenario, overrides=merged), turn


def _in_force(name: str, overrides: dict[str, float], world: World) -> float:
    if name in overrides:
        return overrides[name]
    if ":" not in name:
        return _cell(world, "parameters", name, "value")
    return _cell(world, *name.split(":"))


def _cell(world: World, table: str, key: str, column: str) -> float:
    return float(world.tables[table][column].to_dict()[key])


def _moved(change: Change, value: float, name: str, world: World) -> float:
    if change.how == "above_high":
        high = _cell(world, "parameters", name, "high")
        return max(value, high + change.value)
    known = {"set": change.value, "add": value + change.value}
    return known.get(change.how, value * change.value)


def _chosen(
    change: Change, group: str, choice: str, scenario: Scenario
) -> tuple[Scenario, Turn]:
    room = getattr(scenario, group)
    old = getattr(room, choice)
    new: Any = type(old)(change.value) if change.how == "set" else not old
    if change.how == "off":
        new = tuple(dict.fromkeys((*old, change.text)))
        room = replace(room, on=tuple(i for i in room.on if i != change.text))
    changed = replace(room, **{choice: new})
    turn = Turn(
        setting=change.setting, before=_said(old), after=_said(new), change=change
    )
    return replace(scenario, **{group: changed}), turn


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "none"
    return {"True": "yes", "False": "no"}.get(str(value), str(value))
