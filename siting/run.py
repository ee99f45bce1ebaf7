"""One ranking with what is needed to rebuild it, and to write documents from it."""

import hashlib
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any

import pandas as pd
import xarray as xr

from data import World
from data.text import table_digests
from siting.ranking import Ranking
from siting.scenario import Scenario
from siting.trunk import evaluate

LIBRARIES = (
    "khazri",
    "numpy",
    "pandas",
    "scipy",
    "xarray",
    "pvlib",
    "pyarrow",
    "xlsxwriter",
)
MOST_LEADERS = 3
"""Best sites that documents show in full."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaders:
    """The best sites in full: every dim of their evaluation."""

    world: World
    """As shipped; not yet built or amended."""
    evaluation: xr.Dataset
    """Of the best sites, best first; it may hold none."""

    @property
    def names(self) -> list[str]:
        """Their site_ids."""
        return [str(site) for site in self.evaluation["site"].to_numpy()]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One ranking and what is needed to rebuild it."""

    ranking: Ranking
    scenario: Scenario
    weather: Mapping[str, Any]
    """Source, method and grade of the weather, and whether it is synthetic."""
    inputs: Mapping[str, str]
    """sha256 by name of every file read beside the shipped tables."""
    warnings: tuple[str, ...] = ()
    leaders: Callable[[], Leaders] | None = None
    """Evaluates the best sites in full, for the formats that are documents."""


def leaders_of(
    ranking: Ranking, sites: pd.DataFrame, scenario: Scenario, world: World
) -> Callable[[], Leaders]:
    """Return what evaluates the best sites in full when it is first called.

    A ranking keeps no years and no routes, so that a long list fits in memory; the
    few sites that a document shows are evaluated once more.

    Parameters
    ----------
    ranking : Ranking
    sites : DataFrame
        The list that was ranked.
    scenario : Scenario
    world : World
    """
    table = ranking.table
    best = table.loc[table["rank"].notna(), "site_id"].head(MOST_LEADERS)
    if best.empty:
        best = table["site_id"].head(1)
    chosen = sites.loc[list(best)]

    @cache
    def evaluated() -> Leaders:
        return Leaders(world, evaluate(chosen, scenario, world))

    return evaluated


def sha256(content: bytes) -> str:
    """Return the hexadecimal digest of some bytes."""
    return hashlib.sha256(content).hexdigest()


def provenance(run: Run) -> dict[str, Any]:
    """Return what went into a run, and with what it was made: the manifest's body."""
    return {
        "scenario": plain(asdict(run.scenario)),
        "overrides": dict(run.scenario.overrides),
        "seed": run.scenario.climate.seed,
        "weather": {
            **run.weather,
            "synthetic": run.weather.get("source") == "synthetic",
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
        "inputs_sha256": {**dict(run.inputs), **table_digests()},
        "criteria_not_computed": list(run.ranking.not_computed),
        "warnings": list(run.warnings),
    }


def plain(tree: Any) -> Any:  # noqa: ANN401 - a tree of anything
    """Return a tree with its dates as text and its tuples as lists."""
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [plain(item) for item in tree]
    return tree.isoformat() if isinstance(tree, date) else tree
