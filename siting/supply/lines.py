"""Every dollar of a year of supply, line by line."""

import numpy as np

from siting.supply.build import SHORT
from siting.supply.case import Case, emissions
from siting.supply.programme import Array, Programme, Solution

TITLES = {
    "contract": "grid contract",
    "solar": "solar",
    "wind": "wind",
    "gas": "gas engines",
    "battery power": "battery power",
    "battery energy": "battery energy",
}
"""Capacity → its line."""


def cost_lines(case: Case, p: Programme, found: Solution) -> dict[str, float]:
    """Return the lines of a supply [USD/year]; they sum to its programme's cost.

    Penalties of limits that cannot be met are no cost and are left out.
    """
    at = {name: i for i, name in enumerate(p.flows)}
    lines = {
        TITLES[name]: float(usd * mw)
        for name, usd, mw in zip(p.capacities, p.price, found.capacity, strict=True)
        if not name.startswith(SHORT)
    }
    co2, s = emissions(case), case.a.supply

    def energy(name: str, by: Array | float) -> float:
        return float((np.asarray(by) * found.flow[at[name]]).sum()) / case.years

    carbon = 0.0
    if "grid" in at:
        lines["grid energy"] = energy("grid", case.price)
        carbon += energy("grid", co2["grid"])
    if "gas" in at:
        fuel = case.gas_usd_per_mwh_th / (s.gas_efficiency_pct / 100.0)
        lines["gas fuel"] = energy("gas", fuel)
        lines["engine upkeep"] = energy("gas", s.gas_usd_per_mwh)
        carbon += energy("gas", co2["gas"])
    if case.choices.carbon_usd_per_t > 0.0:
        lines["carbon price"] = case.choices.carbon_usd_per_t * carbon
    lines["unserved"] = energy("unserved", s.voll_usd_per_mwh)
    return lines
