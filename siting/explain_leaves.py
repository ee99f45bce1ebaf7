"""The ends of a tree: a row of a table, a number of the book, a choice, the weather.

Each says its value, grade, source and date.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from climate.cooling import SYSTEMS
from data import World
from data.schema import GRADES, TABLES, glossary, unit_of
from siting.scenario import Scenario

CHOICE = "choice"
"""What stands in the place of a grade where the reader decided."""
OF_A_SITE = ("hazards", "logistics")
"""Tables with rows for the shipped sites, and for no other place of the same id."""


@dataclass(frozen=True, slots=True)
class Node:
    """One number of the tree and what it was made of."""

    label: str
    value: str
    unit: str = ""
    formula: str = ""
    grade: str = ""
    source: str = ""
    as_of: str = ""
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Everything a tree may lead down to, at one site."""

    site: str
    values: Mapping[str, Any]
    """Every site-level variable at the site."""
    about: Mapping[Any, Any]
    """What the evaluation says of itself: the weather and its grade."""
    world: World
    scenario: Scenario
    row: Mapping[str, Any]
    """The site in the list that was evaluated."""
    own: bool
    """True: that list is the user's."""
    known: bool
    """True: the site is that of the shipped tables, whose hazards and reach count."""
    drawn: dict[str, Node]
    """Metrics explained so far."""


def shown(value: Any) -> str:  # noqa: ANN401 - a cell of any table
    """Return a value as a tree shows it; blank numbers are absent."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "absent"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{float(value):.6g}" if isinstance(value, (int, float)) else str(value)


def _citation(source: str, world: World) -> str:
    sources = world.tables["sources"]
    found = [
        str(sources.loc[s, "citation"]) for s in source.split() if s in sources.index
    ]
    return " | ".join(found)


def filled(text: str, ground: Ground) -> str:
    """Return a reference with `{name}` replaced by what it is at the site.

    A name is a metric or a column of the site's own row; what is neither is blank.
    """
    known = {"site_id": ground.site, **ground.row, **ground.values}
    return re.sub(r"\{(\w+)\}", lambda match: str(known.get(match[1], "")), text)


def _row_node(label: str, row: Mapping[str, Any], column: str, world: World) -> Node:
    text = shown(row[column])
    absent = text in ("absent", "")
    return Node(
        label=label,
        value=text,
        unit=str(row.get("unit") or (unit_of(column) if column in glossary() else "")),
        grade="" if absent else str(row.get("grade", "")),
        source=_citation(str(row.get("source", "")), world),
        as_of=str(row.get("as_of", "")),
    )


def _in_force(node: Node, name: str, ground: Ground) -> Node:
    """Return the node with the value a setting puts in the place of the tabled one."""
    overrides = dict(ground.scenario.overrides)
    if name not in overrides:
        return node
    place = "book" if node.label.startswith("book ") else "table"
    was = f"override (the {place} says {node.value})"
    text = shown(overrides[name])
    return replace(node, value=text, grade=CHOICE, source=was, as_of="")


def _book_node(name: str, ground: Ground) -> Node:
    row = dict(ground.world.tables["parameters"].loc[name])
    node = _row_node(f"book {name}", row, "value", ground.world)
    return _in_force(node, name, ground)


def _table_node(reference: str, ground: Ground) -> Node:
    table, *place = reference.split(":")
    frame = ground.world.tables[table]
    if not place:
        return _whole_node(table, frame)
    key, column = place
    if table == "sites" and ground.own:
        return _own_node(column, ground)
    wanted: Any = tuple(key.split("/")) if len(TABLES[table].key) > 1 else key
    label = f"{table}.csv · {key} · {column}"
    foreign = table in OF_A_SITE and not ground.known
    if foreign or wanted not in frame.index or column not in frame:
        return Node(
            label, "absent", source="no such row: given or derived with the site"
        )
    node = _row_node(label, dict(frame.loc[wanted]), column, ground.world)
    return _in_force(node, reference, ground)


def _whole_node(table: str, frame: pd.DataFrame) -> Node:
    """Return a table that is used whole: its weakest grade, its grades, its dates."""
    counts = {str(g): n for g, n in frame["grade"].value_counts().items()}
    dates = sorted(date for date in frame["as_of"] if date)
    return Node(
        f"{table}.csv",
        f"{len(frame)} rows",
        grade=max(counts, key=GRADES.index),
        source=", ".join(f"{count} {grade}" for grade, count in counts.items()),
        as_of=" to ".join(dict.fromkeys((dates[0], dates[-1]))),
    )


def _own_node(column: str, ground: Ground) -> Node:
    """Return what the user's own list says of the site."""
    text = shown(ground.row.get(column))
    label = f"your list · {ground.site} · {column}"
    if text in ("absent", ""):
        return Node(label, "absent", source="not given: derived, or left absent")
    return Node(label, text, unit_of(column), grade=CHOICE, source="your list")


def _scenario_node(path: str, ground: Ground) -> Node:
    choice: Any = ground.scenario
    for part in path.split("."):
        choice = getattr(choice, part)
    if isinstance(choice, tuple):
        choice = ", ".join(
            f"{item[0]} {item[1]:g}" if isinstance(item, tuple) else str(item)
            for item in choice
        )
    source = f"scenario {ground.scenario.name}"
    return Node(f"scenario {path}", shown(choice), grade=CHOICE, source=source)


def _weather_node(name: str, ground: Ground) -> Node:
    about = ground.about
    return Node(
        f"weather {name}",
        "hourly",
        unit_of(name),
        grade=str(about.get("weather_grade", "")),
        as_of=_climate_of(ground.scenario),
        source=f"{about.get('weather_source', '')}: {about.get('weather_method', '')}",
    )


def _climate_of(scenario: Scenario) -> str:
    """Return which climate the weather stands for."""
    if scenario.climate.pathway == "none":
        return "climate of its own years"
    return f"climate of {scenario.climate.target_year}"


def plant_nodes(system: str, ground: Ground) -> Iterator[Node]:
    """Yield every number of the book that a cooling system computes with."""
    known = SYSTEMS[system].numbers if system in SYSTEMS else ()
    for name in map(str, ground.world.tables["parameters"].index):
        if name.startswith(known) and known:
            yield _book_node(name, ground)


LEAVES = {
    "book": _book_node,
    "table": _table_node,
    "scenario": _scenario_node,
    "weather": _weather_node,
}
