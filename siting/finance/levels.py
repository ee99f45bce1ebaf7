"""Levelised cost, the price required, and the cost of a full year."""

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.costs import HOURS_PER_MONTH, CashInputs, Role, it_kw
from siting.finance.ledger import Ledger
from siting.finance.measures import Array, discount_factors, ratio
from siting.finance.rent import required_rent
from siting.finance.servers import gpu_hours_per_kw_month
from siting.finance.spread import by_line, index


def levelised(ledger: Ledger, inputs: CashInputs, a: FinanceBook) -> dict[str, Array]:
    """Return the levelised cost of compute, in total and by line.

    The denominator is the IT capacity under contract; per MWh-IT it is that
    capacity times utilisation. The lines sum to the total. The real cost is the
    price in money of the price year that pays the same costs if it rises with
    dollar inflation: ``PV(costs) / PV(kW-months · index)``.

    Parameters
    ----------
    ledger : Ledger
    inputs : CashInputs
    a : FinanceBook

    Returns
    -------
    dict of str to array (...)
        By glossary name [USD/kW-month, USD/MWh].
    """
    factors = discount_factors(a.discount_pct, ledger.clock.years.size)
    worth = {
        name: (spread * factors).sum(axis=-1) for name, spread in ledger.shape.items()
    }
    kw_months = 12.0 * it_kw(inputs) * (ledger.clock.leased * factors).sum(axis=-1)
    years = ledger.clock.years.astype(np.float64)
    risen = factors * index(a.usd_inflation_pct, years, a)
    real_months = 12.0 * it_kw(inputs) * (ledger.clock.leased * risen).sum(axis=-1)
    costs = by_line((*ledger.capex, *ledger.opex, *ledger.ends), worth)
    split = {
        f"lcoc_{name}_usd_per_kw_month": ratio(usd, kw_months)
        for name, usd in costs.items()
    }
    total = sum(split.values(), start=np.zeros(()))
    mwh = HOURS_PER_MONTH * np.asarray(inputs.utilisation, dtype=np.float64) / 1000.0
    return {
        "lcoc_usd_per_kw_month": total,
        "lcoc_real_usd_per_kw_month": ratio(total * kw_months, real_months),
        "lcoc_usd_per_mwh_it": ratio(total, mwh),
        **split,
        "contracted_kw_months_pv": kw_months,
    }


def overnight(ledger: Ledger, inputs: CashInputs) -> dict[str, Array]:
    """Return capex and a full year's operating cost in money of the price year.

    Parameters
    ----------
    ledger : Ledger
    inputs : CashInputs

    Returns
    -------
    dict of str to array (...)
        By glossary name [USD, USD/kW, USD/year].
    """
    ones = dict.fromkeys(ledger.shape, np.ones(()))
    capex, opex = by_line(ledger.capex, ones), by_line(ledger.opex, ones)
    total = sum(capex.values(), start=np.zeros(()))
    return {
        "capex_usd": total,
        "capex_usd_per_kw": ratio(total, it_kw(inputs)),
        **{f"capex_{name}_usd": usd for name, usd in capex.items()},
        "opex_usd_per_year": sum(opex.values(), start=np.zeros(())),
        **{f"opex_{name}_usd_per_year": usd for name, usd in opex.items()},
    }


def prices(
    ledger: Ledger, inputs: CashInputs, a: FinanceBook, role: Role
) -> dict[str, Array]:
    """Return the levelised cost and the price required, per kilowatt and per GPU-hour.

    Parameters
    ----------
    ledger : Ledger
    inputs : CashInputs
    a : FinanceBook
        As the role reads it.
    role : Role

    Returns
    -------
    dict of str to array (...)
        By glossary name; per GPU-hour NaN for all but a GPU cloud.
    """
    split = levelised(ledger, inputs, a)
    required = required_rent(ledger, a)
    cloud = role == "gpu_cloud"
    hours = gpu_hours_per_kw_month(a) if cloud else np.full((), np.nan)
    power = np.zeros(()) if cloud else split["lcoc_energy_usd_per_kw_month"]
    return {
        **split,
        "required_rent_usd_per_kw_month": required,
        "required_all_in_usd_per_kw_month": required + power,
        "cost_usd_per_gpu_hour": split["lcoc_usd_per_kw_month"] / hours,
        "required_usd_per_gpu_hour": required / hours,
    }
