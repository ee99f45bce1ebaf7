"""How long power takes, as a distribution: every wait drawn from its doubt.

``months = max(study and permits, equipment, line works, upstream) + commissioning``
with each term triangular over the low, value and high of the assumptions book, drawn
by Latin hypercube from a fixed seed: the same question always has the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import xarray as xr

from grid.electricity.network.draws import doubted, triangular
from grid.electricity.offer import is_large

if TYPE_CHECKING:
    import datetime

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from data.assumptions.power import PowerBook
    from data.book import Book

    FloatArray = NDArray[np.float64]

TERMS: Final = ("study_permits", "equipment", "line_works", "upstream")
"""What power may wait for longest."""
DRAWN: Final = (
    "time_study_permits_months",
    "time_line_base_months",
    "time_line_months_per_km",
    "time_commissioning_months",
    "time_large_transformer_months",
    "time_medium_transformer_months",
    "time_switchgear_months",
    "time_upstream_month_of_year",
)
"""Numbers of the book in doubt, in the order they are drawn."""
COUNT: Final = 2000
SEED: Final = 0
QUANTILES: Final = (0.1, 0.5, 0.9)
NO_UNIT: Final = np.nan
"""Size of the transformer ordered where none is [MVA]."""


@dataclass(frozen=True, slots=True)
class Works:
    """What is ordered and built; arrays of one shape, NaN where there is none."""

    line_km: FloatArray
    """Length of the longest line built [km]."""
    unit_mva: FloatArray
    """Largest transformer ordered [MVA]; NaN where none is."""
    kv: FloatArray
    """Voltage of its high side [kV]."""
    exists_from: FloatArray
    """Year the substation enters service; -inf for one that stands."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Draws of the waits of some works."""

    term_months: FloatArray
    """(…, term, draw)."""
    commissioning_months: FloatArray
    """(draw,)."""

    @property
    def months(self) -> FloatArray:
        """(…, draw): decision to energised connection [months]."""
        longest: FloatArray = self.term_months.max(axis=-2)
        return longest + self.commissioning_months

    @property
    def longest_pct(self) -> FloatArray:
        """(…, term): draws in which each term is the longest [%]."""
        first = self.term_months.argmax(axis=-2)
        here = np.isfinite(self.term_months).all(axis=-2)
        shares = [
            np.where(here, first == k, np.nan).mean(axis=-1) for k in range(len(TERMS))
        ]
        return 100.0 * np.stack(shares, axis=-1)


def hypercube(dimensions: int, count: int, seed: int) -> FloatArray:
    """Return (dimension, draw) uniform numbers, one in each of `count` equal strata.

    Parameters
    ----------
    dimensions, count
        How many unknowns and draws.
    seed
        Of the order within each dimension and the place within each stratum.

    References
    ----------
    .. [1] McKay, Beckman & Conover (1979), "A comparison of three methods for selecting
       values of input variables in the analysis of output from a computer code",
       Technometrics 21, 239.
    """
    rng = np.random.default_rng(seed)
    strata = rng.permuted(np.tile(np.arange(count), (dimensions, 1)), axis=1)
    found: FloatArray = (strata + rng.random((dimensions, count))) / count
    return found


def waits(works: Works, decision: datetime.date, a: PowerBook, book: Book) -> Waits:
    """Return how long some works take, draw by draw.

    Parameters
    ----------
    works
        What is ordered and built.
    decision
        Day the campus is decided.
    a
        The numbers in force.
    book
        Their doubt.
    """
    u = hypercube(len(DRAWN), COUNT, SEED)
    study, base, per_km, commissioning, large, medium, gear, month = (
        triangular(row, *doubted(name, a, book))
        for name, row in zip(DRAWN, u, strict=True)
    )
    km, mva, kv, since = (
        np.asarray(array, dtype=np.float64)[..., None]
        for array in (works.line_km, works.unit_mva, works.kv, works.exists_from)
    )
    unit = np.where(is_large(mva, kv, a), large, medium)
    equipment = np.fmax(gear, np.where(np.isnan(mva), np.nan, unit))
    decided = 12.0 * decision.year + (decision.timetuple().tm_yday - 1) * 12.0 / 365.0
    upstream = np.maximum(0.0, 12.0 * since + month - decided)
    line = base + per_km * km
    there = np.where(np.isnan(km), np.nan, 0.0)
    terms = np.broadcast_arrays(
        study + there, equipment + there, line, upstream + there
    )
    return Waits(np.stack(terms, axis=-2), commissioning)


def together(*each: Waits) -> Waits:
    """Return the waits of works begun on one day: the longest of each term.

    Parameters
    ----------
    each
        Waits of one shape, drawn alike.
    """
    terms = np.maximum.reduce([one.term_months for one in each])
    return Waits(terms, each[0].commissioning_months)


def connection_works(
    access: xr.Dataset, facility_mw: xr.DataArray, table: pd.DataFrame, a: PowerBook
) -> Works:
    """Return the works of a site's own connection, as `offer.time_to_power` has them.

    Parameters
    ----------
    access
        As `grid.electricity.connect` returns it.
    facility_mw
        Peak load of the whole facility [MW].
    table
        Substations, with `exists_from`.
    a
        The power room's book.
    """
    own = facility_mw / a.substation_power_factor
    mva, kv, km, since = xr.broadcast(
        xr.apply_ufunc(np.maximum, own, access["step_mva"]),
        access["connection_kv"],
        access["lateral_km"],
        _since(access["substation_id"], table),
    )
    return Works(*(np.asarray(x, dtype=np.float64) for x in (km, mva, kv, since)))


def _since(station: xr.DataArray, table: pd.DataFrame) -> xr.DataArray:
    """Year each substation enters service."""
    year = table["exists_from"].reindex(station.values.ravel()).to_numpy(dtype=float)
    return station.copy(data=year.reshape(station.shape))


def quantiles(values: ArrayLike) -> FloatArray:
    """Return P10, P50 and P90 over the last axis, which comes first."""
    found: FloatArray = np.quantile(np.asarray(values), QUANTILES, axis=-1)
    return found
