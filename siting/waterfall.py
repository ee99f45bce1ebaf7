"""Waterfall: the gap between two sites split into seven drivers that sum exactly.

A driver is a group of what the physics hands to the money. The cash flow is run with
each driver's inputs from one site or the other, all 2⁷ ways at once, and a driver's
part is its Shapley value: the mean, over all orders of changing one driver after the
other, of what its change adds.

``φ_i = Σ_S |S|! (n − 1 − |S|)! / n! · [v(S ∪ i) − v(S)]``, S without i.

The parts sum to the gap; exchanging the sites changes their sign; a driver whose
inputs agree has none. After L. S. Shapley, A value for n-person games (1953).
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from math import factorial
from typing import Any, Final

import numpy as np
import pandas as pd
import xarray as xr

from data import World
from data.assumptions.finance import FinanceBook
from siting.appraisal import cash_inputs, cash_terms, finance_book
from siting.finance import Array, CashInputs, CashTerms, appraise_cash
from siting.scenario import Scenario
from siting.trunk import in_force

DRIVERS: Final[dict[str, tuple[str, ...]]] = {
    "power": (
        "it_mw",
        "utilisation",
        "energy_usd_per_year",
        "standing_usd_per_year",
    ),
    "cooling": ("cooling_capex_usd", "water_azn_per_year"),
    "capex": (
        "connection_capex_usd",
        "second_feed_capex_usd",
        "generators_usd",
        "connection_charge_usd",
        "land_ha",
    ),
    "tax": ("tax",),
    "fibre": ("fibre_capex_usd",),
    "delay": ("clocks",),
    "risk premium": ("azn_per_usd",),
}
"""Driver → fields of `CashInputs`; every field belongs to one driver. Of the energy
bill the price is power's and the megawatt-hours are cooling's."""
MEANS: Final[dict[str, str]] = {
    "power": "price per MWh at the meter, standing charge, megawatts that can be had",
    "cooling": "PUE, cooling plant, water",
    "capex": "connection, second feed, generators, joining charge, land",
    "tax": "profit and property tax, VAT on investment, holidays",
    "fibre": "cables to the trunk",
    "delay": "months to first service",
    "risk premium": "discount rate and currency",
}
TOTALS: Final = frozenset(
    {
        "energy_usd_per_year",
        "standing_usd_per_year",
        "cooling_capex_usd",
        "water_azn_per_year",
        "connection_capex_usd",
        "second_feed_capex_usd",
        "generators_usd",
        "connection_charge_usd",
        "land_ha",
        "fibre_capex_usd",
    }
)
"""Fields that grow with the site's megawatts: exchanged per megawatt of IT."""
MEASURES: Final = (
    "lcoc_usd_per_kw_month",
    "required_rent_usd_per_kw_month",
    "npv_usd",
)
"""What is split."""
SIZE: Final = len(DRIVERS)
ROWS: Final = (np.arange(2**SIZE)[:, None] >> np.arange(SIZE) & 1).astype(bool)
"""Coalitions (coalition, driver): True takes the driver's inputs from the second site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two sites, as the money sees it."""

    inputs: CashInputs
    """Of one case: arrays of size 1."""
    energy_mwh_per_year: Array
    """Energy of that power bill [MWh/year]."""
    wacc_pct: float
    """Discount rate the site is valued at [%]."""


def side_of(
    evaluation: xr.Dataset, site: str, world: World, scenario: Scenario
) -> Side:
    """Return what the money saw of a site of an evaluation.

    Parameters
    ----------
    evaluation : Dataset
    site : str
        One of its sites.
    world, scenario
        As evaluated.
    """
    built, a = in_force(scenario, world)
    here = evaluation.sel(site=[site])
    return Side(
        inputs=cash_inputs(here, built, scenario, a),
        energy_mwh_per_year=here["energy_mwh_per_year"].to_numpy(),
        wacc_pct=float(a.finance.discount_pct),
    )


def coalitions(one: Side, two: Side) -> tuple[CashInputs, Array]:
    """Return the inputs and the discount rate of every mixture of two sites.

    Parameters
    ----------
    one, two : Side

    Returns
    -------
    inputs : CashInputs
        Arrays (coalition); the first is all of `one`, the last all of `two`.
    wacc_pct : array (coalition)
        Discount rate [%].
    """
    owner = {name: driver for driver, names in DRIVERS.items() for name in names}
    mw = _mixed("power", one.inputs.it_mw, two.inputs.it_mw)
    mixed: dict[str, Any] = {}
    for field in fields(CashInputs):
        pair = [getattr(side.inputs, field.name) for side in (one, two)]
        if field.name in TOTALS:
            per_mw = [x / s.inputs.it_mw for x, s in zip(pair, (one, two), strict=True)]
            mixed[field.name] = _mixed(owner[field.name], *per_mw) * mw
        else:
            mixed[field.name] = _mixed(owner[field.name], *pair)
    mixed["energy_usd_per_year"] = _energy(one, two) * mw
    rate = _mixed("risk premium", one.wacc_pct, two.wacc_pct)
    return CashInputs(**mixed), np.asarray(rate, dtype=np.float64)


def _energy(one: Side, two: Side) -> Array:
    """Return the power bill per megawatt: power's price times cooling's energy."""
    price, use = [], []
    for side in (one, two):
        mwh = np.asarray(side.energy_mwh_per_year, dtype=np.float64)
        bill = np.asarray(side.inputs.energy_usd_per_year, dtype=np.float64)
        price.append(np.where(mwh == 0.0, bill, bill / np.where(mwh == 0.0, 1.0, mwh)))
        use.append(np.where(mwh == 0.0, 1.0, mwh) / side.inputs.it_mw)
    bill = _mixed("power", *price) * _mixed("cooling", *use)
    return np.asarray(bill, dtype=np.float64)


def _mixed(driver: str, one: Any, two: Any) -> Any:  # noqa: ANN401 - arrays, or a group of them
    """Return a driver's input in every coalition, a group of inputs field by field."""
    if is_dataclass(one) and not isinstance(one, type):
        return replace(
            one,
            **{
                f.name: _mixed(driver, getattr(one, f.name), getattr(two, f.name))
                for f in fields(one)
            },
        )
    from_two = ROWS[:, list(DRIVERS).index(driver)]
    return np.where(from_two, np.ravel(two), np.ravel(one))


def shapley(worth: Array) -> Array:
    """Return each driver's part of the gap between the last coalition and the first.

    Parameters
    ----------
    worth : array (coalition)
        Value of every coalition, in the order of `ROWS`.

    Returns
    -------
    array (driver)
        Parts that sum to ``worth[-1] − worth[0]``.
    """
    count = ROWS.sum(axis=1)
    orders = np.array(
        [factorial(k) * factorial(SIZE - 1 - k) for k in range(SIZE)], dtype=np.float64
    ) / factorial(SIZE)
    parts = []
    for driver in range(SIZE):
        without = np.flatnonzero(~ROWS[:, driver])
        gain = worth[without + 2**driver] - worth[without]
        parts.append((orders[count[without]] * gain).sum())
    return np.array(parts)


def drivers(one: Side, two: Side, book: FinanceBook, terms: CashTerms) -> pd.DataFrame:
    """Return the gap between two sites, driver by driver.

    Parameters
    ----------
    one, two : Side
        The gap is `two` less `one`.
    book : FinanceBook
        As both are valued, but for the discount rate.
    terms : CashTerms

    Returns
    -------
    DataFrame
        Rows: `first`, the drivers, `second`; columns: `MEASURES`. The drivers of a
        column sum to second − first; NaN where a site has no figure.
    """
    inputs, rate = coalitions(one, two)
    held = book.country_risk_in_wacc_pct
    over_coalitions: dict[str, Any] = {"wacc_pct": rate, "country_risk_pct": held}
    found = appraise_cash(inputs, replace(book, **over_coalitions), terms).measures
    table = {}
    for measure in MEASURES:
        worth = np.asarray(found[measure])
        table[measure] = [worth[0], *shapley(worth), worth[-1]]
    return pd.DataFrame(table, index=["first", *DRIVERS, "second"])


def gap(
    evaluation: xr.Dataset, pair: tuple[str, str], world: World, scenario: Scenario
) -> pd.DataFrame:
    """Return `drivers` of two sites of an evaluation.

    Parameters
    ----------
    evaluation : Dataset
    pair : tuple of str
        The first site and the one measured against it.
    world, scenario
        As evaluated.
    """
    built, a = in_force(scenario, world)
    one, two = (side_of(evaluation, site, world, scenario) for site in pair)
    return drivers(one, two, finance_book(built, a), cash_terms(scenario))
