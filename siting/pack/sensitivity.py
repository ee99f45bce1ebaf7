"""What the money says when one number of the book stands at its low or high."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from data.assumptions.rooms import Assumptions
from siting.appraisal import cash_inputs, finance_book
from siting.finance import appraise_cash
from siting.pack.case import Case
from siting.pack.inputs import LIVE

MOST = 10
MEASURES = ("required_rent_usd_per_kw_month", "lcoc_usd_per_kw_month", "npv_usd")
BEHIND_INPUTS = (
    "campus.",
    "power.",
    "finance.vat_recoverable_pct",
    "finance.equipment_share_pct",
    "finance.qualifying_",
    "finance.it_customs_pct",
)
"""Numbers that the inputs of the cash flow are made with, so that those change too."""


class Swing(NamedTuple):
    """One number at its two ends, all else as it is."""

    name: str
    unit: str
    low: float
    value: float
    high: float
    at_low: tuple[float, ...]
    """`MEASURES` there."""
    at_high: tuple[float, ...]

    @property
    def width(self) -> float:
        """How far the required rent moves between the two ends."""
        return abs(self.at_high[0] - self.at_low[0])


def with_number(a: Assumptions, name: str, value: float) -> Assumptions:
    """Return the numbers in force with one replaced."""
    room, _, rest = name.partition(".")
    slice_ = replace(getattr(a, room), **{rest.replace(".", "_"): value})
    return replace(a, **{room: slice_})


def measured(case: Case, name: str, value: float) -> tuple[float, ...]:
    """Return `MEASURES` with one number of the book replaced, the design kept."""
    a = with_number(case.a, name, value)
    inputs = case.money.inputs
    if name.startswith(BEHIND_INPUTS):
        inputs = cash_inputs(case.here, case.world, case.scenario, a)
    book = finance_book(case.world, a)
    told = appraise_cash(inputs, book, case.money.terms).measures
    return tuple(float(np.ravel(told[measure])[0]) for measure in MEASURES)


def widest(case: Case, most: int = MOST) -> list[Swing]:
    """Return the numbers that move the required rent most, the widest first.

    Each goes to its low and to its high alone. Where both ends are absent, or one and
    the same, there is no doubt to show.

    Parameters
    ----------
    case : Case
    most : int
    """
    table = case.world.book.table
    swings = []
    ends = table[["low", "high"]].to_dict("index")
    units = table["unit"].to_dict()
    for name in LIVE.values():
        low, high = ends[name]["low"], ends[name]["high"]
        if not np.isfinite([low, high]).all() or low == high:
            continue
        room, _, rest = name.partition(".")
        value = float(getattr(getattr(case.a, room), rest.replace(".", "_")))
        told = measured(case, name, low), measured(case, name, high)
        swings.append(Swing(name, str(units[name]), low, value, high, *told))
    swings = [swing for swing in swings if swing.width > 0.0]
    swings.sort(key=lambda swing: (-swing.width, swing.name))
    return swings[:most]
