"""What a MW of each plant costs a year, and a MWh of its fuel: pure numbers."""

from data.assumptions.finance import FinanceBook
from data.assumptions.rooms import Assumptions

KW_PER_MW = 1000.0
STATED = 1e-12
"""Rate below which an annuity is capex over life."""


def annuity(rate: float, years: float) -> float:
    """Return the yearly payment on one unit of capex [1/year].

    ``r / (1 − (1 + r)^−n)``

    Parameters
    ----------
    rate : float
        Real rate r [1].
    years : float
        Life n [years].

    Examples
    --------
    >>> round(annuity(0.10, 20.0), 5)
    0.11746
    """
    if abs(rate) < STATED:
        return 1.0 / years
    return float(rate / (1.0 - (1.0 + rate) ** -years))


def real_rate(a: FinanceBook) -> float:
    """Return the cost of capital in money of one year [1]: prices here are real.

    ``(1 + wacc)/(1 + inflation) − 1``
    """
    return (1.0 + a.discount_pct / 100.0) / (1.0 + a.usd_inflation_pct / 100.0) - 1.0


def plant_usd_per_mw(a: Assumptions) -> dict[str, float]:
    """Return the yearly cost of a MW (MWh of battery energy) of each plant [USD].

    ``capex · (annuity + fixed share)``; engines carry their upkeep per MWh.
    """
    s, rate = a.supply, real_rate(a.finance)
    parts = {
        "solar": (s.solar_usd_per_kw, s.solar_life_years, s.solar_fixed_pct),
        "wind": (s.wind_usd_per_kw, s.wind_life_years, s.wind_fixed_pct),
        "battery power": (
            s.battery_usd_per_kw,
            s.battery_power_life_years,
            s.battery_fixed_pct,
        ),
        "battery energy": (
            s.battery_usd_per_kwh,
            s.battery_energy_life_years,
            s.battery_fixed_pct,
        ),
        "gas": (s.gas_usd_per_kw, s.gas_life_years, 0.0),
    }
    return {
        name: KW_PER_MW * usd * (annuity(rate, life) + fixed / 100.0)
        for name, (usd, life, fixed) in parts.items()
    }


def works_usd_per_year(capex_usd: float, a: FinanceBook) -> float:
    """Return the yearly cost of works that last as long as the campus [USD].

    ``capex · (annuity(life) + maintenance)``
    """
    paid = annuity(real_rate(a), a.life_years) + a.maintenance_pct / 100.0
    return capex_usd * paid


def contract_usd_per_mw(a: Assumptions) -> float:
    """Return the yearly cost of the campus's own transformers per MW contracted [USD].

    The part of a connection that follows its megawatts; lines and bays are fixed.
    """
    mva = a.power.transformer_own_redundancy / a.power.substation_power_factor
    return works_usd_per_year(mva * a.power.transformer_usd_per_mva, a.finance)
