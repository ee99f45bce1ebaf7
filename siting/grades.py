"""How well a figure is known: the grades of everything its tree leads down to."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import xarray as xr

from data import World
from data.schema import GRADES
from siting.explain import Node, explain_all
from siting.scenario import Scenario


def leaf_grades(tree: Node) -> Counter[str]:
    """Return how many different leaves of a tree have each grade.

    Parameters
    ----------
    tree : Node
        As `explain` gives it; what stands in it twice is counted once. Choices of the
        reader have no grade.
    """
    seen: dict[str, Node] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.label not in seen or (node.children and not seen[node.label].children):
            seen[node.label] = node
            waiting.extend(node.children)
    return Counter(
        node.grade
        for node in seen.values()
        if not node.children and node.grade in GRADES
    )


def weakest(counts: Counter[str]) -> str:
    """Return the grade of the least known of some leaves; blank where none has one.

    `GRADES` go from the best known to the least.

    Examples
    --------
    >>> weakest(Counter({"measured": 4, "derived": 1}))
    'derived'
    """
    return next((grade for grade in reversed(GRADES) if counts[grade]), "")


def grade_table(
    site: str,
    metrics: Sequence[str],
    evaluation: xr.Dataset,
    world: World,
    scenario: Scenario,
    own: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how well some figures of a site are known.

    Parameters
    ----------
    site : str
        A site_id of the evaluation.
    metrics : sequence of str
        Site-level metrics of it.
    evaluation, world, scenario, own
        As `explain` takes them.

    Returns
    -------
    DataFrame
        Indexed by `metric`: `grade`, that of the least known number it rests on, and
        how many different numbers of each of `GRADES` it rests on.
    """
    rows = {}
    trees = explain_all(site, metrics, evaluation, world, scenario, own)
    for metric, tree in zip(metrics, trees, strict=True):
        counts = leaf_grades(tree)
        rows[metric] = {"grade": weakest(counts), **{g: counts[g] for g in GRADES}}
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.rename_axis("metric")
