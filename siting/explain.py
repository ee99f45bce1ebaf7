"""Explain: any number down to table rows and choices, with grade, source and date."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from climate.cooling import SYSTEMS
from data import World
from data.faults import Fault, InputError
from data.schema import TABLES, glossary, unit_of
from siting.ranking import value
from siting.scenario import Scenario
from siting.survey import tabled

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


def _shown(value: Any) -> str:  # noqa: ANN401 - a cell of any table
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


def _filled(text: str, ground: Ground) -> str:
    """Return a reference with `{name}` replaced by what it is at the site.

    A name is a metric or a column of the site's own row; what is neither is blank.
    """
    known = {"site_id": ground.site, **ground.row, **ground.values}
    return re.sub(r"\{(\w+)\}", lambda match: str(known.get(match[1], "")), text)


def _row_node(label: str, row: Mapping[str, Any], column: str, world: World) -> Node:
    shown = _shown(row[column])
    absent = shown in ("absent", "")
    return Node(
        label=label,
        value=shown,
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
    shown = _shown(overrides[name])
    return replace(node, value=shown, grade=CHOICE, source=was, as_of="")


def _book_node(name: str, ground: Ground) -> Node:
    row = dict(ground.world.tables["parameters"].loc[name])
    node = _row_node(f"book {name}", row, "value", ground.world)
    return _in_force(node, name, ground)


def _table_node(reference: str, ground: Ground) -> Node:
    table, *place = reference.split(":")
    frame = ground.world.tables[table]
    if not place:
        grades = ", ".join(
            f"{n} {grade}" for grade, n in frame["grade"].value_counts().items()
        )
        return Node(f"{table}.csv", f"{len(frame)} rows", source=grades)
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


def _own_node(column: str, ground: Ground) -> Node:
    """Return what the user's own list says of the site."""
    shown = _shown(ground.row.get(column))
    label = f"your list · {ground.site} · {column}"
    if shown in ("absent", ""):
        return Node(label, "absent", source="not given: derived, or left absent")
    return Node(label, shown, unit_of(column), grade=CHOICE, source="your list")


def _scenario_node(path: str, ground: Ground) -> Node:
    choice: Any = ground.scenario
    for part in path.split("."):
        choice = getattr(choice, part)
    source = f"scenario {ground.scenario.name}"
    return Node(f"scenario {path}", _shown(choice), grade=CHOICE, source=source)


def _weather_node(name: str, ground: Ground) -> Node:
    about = ground.about
    return Node(
        f"weather {name}",
        "hourly",
        unit_of(name),
        grade=str(about.get("weather_grade", "")),
        source=f"{about.get('weather_source', '')}: {about.get('weather_method', '')}",
    )


def _criterion_nodes(
    group: str, ground: Ground, above: tuple[str, ...]
) -> Iterator[Node]:
    """Yield what a group score is made of: each criterion's worth on its scale."""
    for criterion in ground.scenario.preferences.criteria:
        if criterion.group != group or criterion.metric not in ground.values:
            continue
        metric = _metric_node(criterion.metric, ground, above)
        given = np.array([float(ground.values[criterion.metric])])
        yield Node(
            label=f"value of {criterion.metric}",
            value=_shown(float(value(criterion, given)[0])),
            formula=f"0 at {criterion.worst:g}, 100 at {criterion.best:g}, "
            f"{criterion.scale}; weight {criterion.weight:g} in {group}",
            grade=CHOICE,
            source=f"scenario {ground.scenario.name}",
            children=(metric,),
        )


def _metric_node(name: str, ground: Ground, above: tuple[str, ...]) -> Node:
    if name in ground.drawn:
        return ground.drawn[name]
    term = glossary()[name]
    grade = str(ground.values.get(f"{name.rsplit('_', 1)[0]}_grade", ""))
    group = name.removesuffix("_score")
    if group in dict(ground.scenario.preferences.groups):
        children = tuple(_criterion_nodes(group, ground, (*above, name)))
    else:
        children = tuple(_children(term.inputs, ground, (*above, name)))
    shown = _shown(ground.values[name])
    node = Node(name, shown, term.unit, term.formula, grade, children=children)
    ground.drawn[name] = node
    return node


def _plant_nodes(system: str, ground: Ground) -> Iterator[Node]:
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


def _children(
    inputs: tuple[str, ...], ground: Ground, above: tuple[str, ...]
) -> Iterator[Node]:
    for reference in inputs:
        kind, _, rest = _filled(reference, ground).partition(":")
        if kind == "plant":
            yield from _plant_nodes(rest, ground)
        elif kind != "metric":
            yield LEAVES[kind](rest, ground)
        elif rest in above:
            yield Node(rest, "see above")
        elif rest in ground.values:
            yield _metric_node(rest, ground, above)


def explain(
    site: str,
    metric: str,
    evaluation: xr.Dataset,
    world: World,
    scenario: Scenario,
    own: pd.DataFrame | None = None,
) -> Node:
    """Return the tree of one number: formula, inputs, grades, sources, dates.

    Parameters
    ----------
    site : str
        A site_id of the evaluation.
    metric : str
        A site-level metric of the glossary.
    evaluation, world, scenario
        The run to explain.
    own : DataFrame, optional
        The list that was evaluated, where it was not the shipped one.

    Raises
    ------
    InputError
        If the site or the metric is not known, with the nearest that is.
    """
    return explain_all(site, (metric,), evaluation, world, scenario, own)[0]


def explain_all(
    site: str,
    metrics: Sequence[str],
    evaluation: xr.Dataset,
    world: World,
    scenario: Scenario,
    own: pd.DataFrame | None = None,
) -> tuple[Node, ...]:
    """Return the trees of some numbers of one site; what they share is made once.

    Parameters and faults as of `explain`.
    """
    columns = {str(n): v for n, v in evaluation.variables.items() if n != "site"}
    known = [name for name, v in columns.items() if v.dims == ("site",)]
    sites = [str(s) for s in evaluation["site"].to_numpy()]
    faults = _unknown("SITE", site, "a site_id of the list", sites)
    for metric in metrics:
        faults += _unknown("METRIC", metric, "a metric of the ranking", known)
    if faults:
        raise InputError(faults)
    at = sites.index(site)
    shipped = world.tables["sites"]
    listed = shipped if own is None else own
    ground = Ground(
        site=site,
        values={n: columns[n].values[at : at + 1].tolist()[0] for n in known},
        about=evaluation.attrs,
        world=world,
        scenario=scenario,
        row=dict(listed.loc[site]),
        own=own is not None,
        known=bool(tabled(listed.loc[[site]], shipped)[0]),
        drawn={},
    )
    return tuple(_metric_node(metric, ground, ()) for metric in metrics)


def _unknown(place: str, word: str, expected: str, known: list[str]) -> list[Fault]:
    if word in known:
        return []
    return [Fault(place, None, "", word, f"{expected}{nearest_hint(word, known)}")]


def nearest_hint(word: str, known: list[str]) -> str:
    """Return the nearest known words as a question; blank if none is near."""
    near = get_close_matches(word, known, n=3, cutoff=0.4)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def lines(node: Node) -> Iterator[str]:
    """Yield the tree as text, one node a line and its formula beneath it.

    What has been shown once is named again, not drawn again.
    """
    yield from _drawn(node, "", "", set())


def _drawn(node: Node, stem: str, branch: str, seen: set[str]) -> Iterator[str]:
    unit = f" {node.unit}" if node.unit not in ("", "1") else ""
    again = "see above" if node.label in seen and node.children else ""
    told = (again, node.grade, node.as_of, node.source)
    marks = " · ".join(part for part in told if part)
    yield f"{stem}{branch}{node.label} = {node.value}{unit}" + (
        f"  [{marks}]" if marks else ""
    )
    if again:
        return
    seen.add(node.label)
    below = stem + {"": "", "├─ ": "│  ", "└─ ": "   "}[branch]
    if node.formula:
        yield f"{below}{'│' if node.children else ' '}  {node.formula}"
    for number, child in enumerate(node.children, start=1):
        last = number == len(node.children)
        yield from _drawn(child, below, "└─ " if last else "├─ ", seen)
