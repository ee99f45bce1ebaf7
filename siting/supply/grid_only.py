"""Grid supply alone: closed form for every site, cooling system and connection."""

import numpy as np
import xarray as xr

from grid import electricity
from grid.electricity.prices import path
from siting.supply.costs import annuity, real_rate
from siting.supply.inputs import Inputs

FAR = 1e300
"""Cost of what cannot be built."""


def works(capex: xr.DataArray, given: Inputs) -> xr.DataArray:
    """Return the yearly cost of works [USD]."""
    a = given.a.finance
    paid = annuity(real_rate(a), a.life_years) + a.maintenance_pct / 100.0
    return capex * paid


def connections(given: Inputs) -> xr.DataArray:
    """Return the connection of each site and system, as a position among options.

    Of those that carry the most of the need, the cheapest.
    """
    mw = given.facts["contract_mw"]
    cost = given.facts["connection_capex_usd"].where(mw > 0.0)
    most = mw >= mw.max("option") * (1.0 - 1e-9)
    return cost.fillna(FAR).where(most, np.inf).argmin("option")


def grid_only(given: Inputs) -> xr.Dataset:
    """Return what each site and cooling system costs on the grid alone.

    The contract is the need of the design day; energy is priced hour by hour under
    the class that the weakest month and the voltage allow. Costs are those of the
    whole load even where the grid cannot carry it: `short_mw` says by how much.

    Returns
    -------
    Dataset
        (site, system): `usd_per_year` and its parts [USD], `short_mw` [MW],
        `carbon_t` [t], `carbon_free_pct` [%], `tariff_class`, `option`.
    """
    facts, a, scenario = given.facts, given.a, given.scenario
    best = connections(given)
    at = facts.isel(option=best)
    mw, power = scenario.campus.mw, scenario.power
    kind = electricity.tariff_class(
        facts["min_month_mwh_per_mw"] * mw / 1000.0,
        at["connection_kv"],
        power.data_centre_tariff,
        a.power,
    )
    bill = facts["bill_usd_per_mw_year"]
    usual = bill.sel(tariff_class="industrial", drop=True)
    special = bill.sel(tariff_class="data_centre", drop=True)
    rise = path(a.power.tariff_escalation_real_pct, scenario.campus.year, a.power)
    energy = facts["energy_mwh_per_mw_year"] * mw
    carbon = energy * a.power.carbon_location_t_per_mwh
    parts = {
        "energy_usd": usual.where(kind == "industrial", special)
        * (mw * rise * facts["borne"]),
        "connection_usd": works(at["connection_capex_usd"], given),
        "meter_usd": facts["meter_usd_per_year"].broadcast_like(energy),
        "carbon_usd": carbon * scenario.supply.carbon_usd_per_t,
        "cooling_usd": works(facts["cooling_capex_usd"], given),
        "water_usd": facts["water_m3_per_mw_year"]
        * (mw * a.campus.water_tariff_azn_per_m3 / a.power.azn_per_usd),
    }
    total = sum(parts.values(), xr.zeros_like(energy)).where(facts["admissible"])
    return xr.Dataset(
        parts
        | {
            "usd_per_year": total,
            "short_mw": facts["need_mw"] - at["contract_mw"],
            "carbon_t": carbon,
            "carbon_free_pct": xr.full_like(energy, a.supply.grid_carbon_free_pct),
            "tariff_class": kind,
        }
    ).drop_vars("option")
