"""Explain: any number down to table rows and choices, with grade, source and date."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np
import pandas as pd
import xarray as xr

from data import World
from data.faults import Fault, InputError
from data.schema import Term, glossary
from siting.explain_leaves import (
    CHOICE,
    LEAVES,
    Ground,
    Node,
    filled,
    plant_nodes,
    shown,
)
from siting.ranking import value
from siting.scenario import Scenario
from siting.survey import tabled

__all__ = ["CHOICE", "Node", "explain", "lines", "nearest_hint"]


def _criterion_nodes(
    group: str, ground: Ground, above: tuple[str, ...]
) -> Iterator[Node]:
    """Yield what a group score is made of: each criterion's worth on its scale."""
    for criterion in ground.scenario.preferences.criteria:
        if criterion.group != group or criterion.metric not in ground.values:
            continue
        metric = metric_node(criterion.metric, ground, above)
        given = np.array([float(ground.values[criterion.metric])])
        yield Node(
            label=f"value of {criterion.metric}",
            value=shown(float(value(criterion, given)[0])),
            formula=f"0 at {criterion.worst:g}, 100 at {criterion.best:g}, "
            f"{criterion.scale}; weight {criterion.weight:g} in {group}",
            grade=CHOICE,
            source=f"scenario {ground.scenario.name}",
            children=(metric,),
        )


def metric_node(name: str, ground: Ground, above: tuple[str, ...]) -> Node:
    """Return a metric of a site with what it was made of.

    Parameters
    ----------
    name : str
        A site-level metric.
    ground : Ground
        Keeps what has been drawn, so that a second tree costs little.
    above : tuple of str
        Metrics it stands under, which are not drawn again.
    """
    if name in ground.drawn:
        return ground.drawn[name]
    term = glossary().get(name) or _own_term(name)
    grade = str(ground.values.get(f"{name.rsplit('_', 1)[0]}_grade", ""))
    groups = dict(ground.scenario.preferences.groups)
    group = name.removesuffix("_score").removesuffix("_coverage_pct")
    inputs = term.inputs
    if name == "score":
        weighed = (f"metric:{g}_score" for g, weight in groups.items() if weight > 0)
        inputs = (*weighed, "scenario:preferences.groups")
    if group in groups:
        children = tuple(_criterion_nodes(group, ground, (*above, name)))
    else:
        children = tuple(_children(inputs, ground, (*above, name)))
    text = shown(ground.values[name])
    node = Node(name, text, term.unit, term.formula, grade, children=children)
    ground.drawn[name] = node
    return node


def _own_term(name: str) -> Term:
    """Return the term of a score of a group that the reader named."""
    known = glossary()
    like = known["cooling_score" if name.endswith("_score") else "cooling_coverage_pct"]
    return replace(like, name=name, meaning="", inputs=())


def _children(
    inputs: tuple[str, ...], ground: Ground, above: tuple[str, ...]
) -> Iterator[Node]:
    for reference in inputs:
        kind, _, rest = filled(reference, ground).partition(":")
        if kind == "plant":
            yield from plant_nodes(rest, ground)
        elif kind != "metric":
            yield LEAVES[kind](rest, ground)
        elif rest in above:
            yield Node(rest, "see above")
        elif rest in ground.values:
            yield metric_node(rest, ground, above)


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
    ground = ground_of(site, evaluation, world, scenario, own)
    return tuple(metric_node(metric, ground, ()) for metric in metrics)


def _unknown(place: str, word: str, expected: str, known: list[str]) -> list[Fault]:
    if word in known:
        return []
    return [Fault(place, None, "", word, f"{expected}{nearest_hint(word, known)}")]


def ground_of(
    site: str,
    evaluation: xr.Dataset,
    world: World,
    scenario: Scenario,
    own: pd.DataFrame | None = None,
) -> Ground:
    """Return what every tree of a site may lead down to.

    Parameters
    ----------
    site : str
        A site_id of the evaluation.
    evaluation, world, scenario, own
        As for `explain`.
    """
    at = [str(s) for s in evaluation["site"].to_numpy()].index(site)
    values = {
        str(name): variable.values[at : at + 1].tolist()[0]
        for name, variable in evaluation.variables.items()
        if variable.dims == ("site",) and name != "site"
    }
    shipped = world.tables["sites"]
    listed = shipped if own is None else own
    return Ground(
        site=site,
        values=values,
        about=evaluation.attrs,
        world=world,
        scenario=scenario,
        row=dict(listed.loc[site]),
        own=own is not None,
        known=bool(tabled(listed.loc[[site]], shipped)[0]),
        drawn={},
    )


def nearest_hint(word: str, known: list[str]) -> str:
    """Return the nearest known words as a question, small letters as good as large.

    Blank if none is near.
    """
    large = {name.upper(): name for name in known}
    near = get_close_matches(word.upper(), list(large), n=3, cutoff=0.4)
    return f" (did you mean {' or '.join(large[n] for n in near)}?)" if near else ""


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
