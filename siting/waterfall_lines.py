"""What `siting compare` prints of the gap between two sites, driver by driver."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from data import World
from siting.scenario import Scenario
from siting.texts import aligned
from siting.waterfall import DRIVERS, MEANS, MEASURES, gap

HEADS: Final = ("LCOC $/kW-mo", "required rent $/kW-mo", "NPV M$")
PER: Final = (1.0, 1.0, 1e6)
"""What each measure is divided by to be told."""
DIGITS: Final = 2
NO_PREMIUM: Final = (
    "risk premium is zero: one discount rate and one currency for the country; no "
    "source puts a premium on border or de-occupied districts"
)


def driver_lines(
    evaluation: xr.Dataset, sites: Sequence[str], world: World, scenario: Scenario
) -> Iterator[str]:
    """Yield the gap of every later site to the first, split into its seven drivers.

    Parameters
    ----------
    evaluation : Dataset
    sites : sequence of str
        The first is the one the others are measured against.
    world, scenario
        As evaluated.
    """
    yield (
        "What the gap is made of: seven drivers that sum to it (Shapley averages: no "
        "order of changing one after the other is preferred)"
    )
    for site in sites[1:]:
        table = gap(evaluation, (sites[0], site), world, scenario)
        yield from aligned(_rows(table, sites[0], site), texts=(0, 4))
        if table.isna().any(axis=None):
            yield (
                "a dash: a site has no such figure (of a shell, NPV needs a stated "
                "rent), so there is no gap to split"
            )
        yield ""
    if passed_through(scenario):
        yield (
            "the tenant pays the power: its price moves LCOC, hardly required rent and "
            "NPV (--set finance.contract=all_in)"
        )
    yield NO_PREMIUM


def passed_through(scenario: Scenario) -> bool:
    """Return whether a landlord pays for power that the tenant pays back."""
    money = scenario.finance
    return money.role == "colocation" and money.contract == "pass_through"


def _rows(table: pd.DataFrame, first: str, second: str) -> list[list[str]]:
    told = table[list(MEASURES)].to_numpy(dtype=float) / PER
    start, *parts, end = told
    drivers = [
        [f"  {driver}", *_cells(part, "+"), MEANS[driver]]
        for driver, part in zip(DRIVERS, parts, strict=True)
    ]
    return [
        ["", *HEADS, ""],
        [first, *_cells(start, ""), ""],
        *drivers,
        [second, *_cells(end, ""), ""],
        [f"{second} − {first}", *_cells(end - start, "+"), "sum of the drivers"],
    ]


def _cells(values: NDArray[np.float64], sign: str) -> list[str]:
    return [_cell(float(value), sign) for value in values]


def _cell(value: float, sign: str) -> str:
    if np.isnan(value):
        return "–"
    rounded = round(value, DIGITS) + 0.0
    return f"{rounded:{sign if rounded else ''}.{DIGITS}f}"
