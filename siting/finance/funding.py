"""Sources and uses: what is spent before the first full year, and who pays for it."""

from datetime import date
from typing import Final, NamedTuple

import numpy as np

from siting.finance.cash import Appraisal
from siting.finance.equity import first_repayment
from siting.finance.measures import Array, over_years

USES: Final = {
    "capex": ("capex_nominal_usd",),
    "vat": ("vat_usd",),
    "customs": ("customs_usd",),
    "operating": ("opex_usd",),
    "taxes": ("property_tax_usd", "profit_tax_usd", "dividend_tax_usd"),
    "working_capital": ("working_capital_usd",),
    "interest": ("debt_interest_usd",),
    "fee": ("debt_fee_usd",),
    "debt_service": ("debt_service_usd",),
}
"""What each use is the sum of, besides the reserve."""
SOURCES: Final = {
    "debt": ("debt_drawn_usd", "debt_interest_usd"),
    "income": ("revenue_usd", "residual_usd", "interest_tax_saved_usd"),
}
"""What each source is the sum of, besides the equity."""


class Funding(NamedTuple):
    """Money spent and found up to the first full year of operation; arrays (...)."""

    uses: dict[str, Array]
    """[USD]."""
    sources: dict[str, Array]
    """[USD]."""


def sources_and_uses(money: Appraisal, decision: date) -> Funding:
    """Return what is spent before the first full year of operation and who pays.

    Interest of that time is a use and, being added to the loan, a source. The
    equity is its own cash flow, not the difference, so that the two sides check
    the schedule; see `out_of_balance`.

    Parameters
    ----------
    money : Appraisal
    decision : date

    Returns
    -------
    Funding
    """
    ready = money.measures["ready_months"]
    first = over_years(first_repayment(ready, decision))
    place = np.arange(money.years.size)
    early = np.where(np.isfinite(first), (place < first) * 1.0, np.nan)
    last = (place == first - 1.0) * 1.0

    def spent(names: tuple[str, ...], when: Array = early) -> Array:
        parts = [(money.yearly[name] * when).sum(axis=-1) for name in names]
        return np.asarray(sum(parts, start=np.zeros(())))

    uses = {name: spent(parts) for name, parts in USES.items()}
    sources = {name: spent(parts) for name, parts in SOURCES.items()}
    return Funding(
        uses=uses | {"reserve": spent(("debt_reserve_usd",), last)},
        sources=sources | {"equity": -spent(("equity_flow_usd",))},
    )


def out_of_balance(funding: Funding) -> Array:
    """Return what uses exceed sources by: nothing, to rounding (...) [USD]."""
    uses = sum(funding.uses.values(), start=np.zeros(()))
    return np.asarray(uses - sum(funding.sources.values(), start=np.zeros(())))
