"""The dispatch stack: which plants run in each hour, and what a megawatt-hour emits.

Merit order without starts, reserve, network or exchange: hydro, sun, wind and nuclear
first, then what burns by efficiency. Its mean is what a national mix could reach, its
marginal plant the one that answers one more megawatt-hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import xarray as xr

from grid.electricity.demand import (
    MONTH_OF_DAY,
    monthly_factors,
    national_demand_mw,
    to_utc,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.world import World

    FloatArray = NDArray[np.float64]

FREE: Final = ("hydro", "solar", "wind", "nuclear")
"""Fuels that emit nothing where they are turned into power."""
NEW: Final = "new_plant"
"""Gas plant that no table lists yet; last in the order, as large as it must be."""
HOURS: Final = 8760


def merit_order(world: World, year: int, a: PowerBook) -> pd.DataFrame:
    """Return the plants of a year, first to run first, and what each emits.

    ``factor = gas t/MWh of heat / (efficiency · what the year keeps of it)``. A blank
    efficiency is that of its prime mover, else of the fleet. Waste counts as gas of
    the fleet's efficiency and is not carbon-free. Old steam ends after its last year.

    Parameters
    ----------
    world
        A built world (`exists_from` on its tables).
    year
        Calendar year.
    a
        Efficiencies, fuel factor, last year of old steam.

    Returns
    -------
    DataFrame
        Indexed by plant_id, last `NEW`: `fuel`, `capacity_mw` [MW],
        `efficiency_pct` [%], `free`, `carbon_t_per_mwh` [t/MWh].
    """
    table = world.tables["plants"]
    there = (table["exists_from"] <= year) & table["capacity_mw"].notna()
    table = table[there & (table["fuel"] != "battery")]
    table = table[["fuel", "prime_mover", "capacity_mw", "efficiency_pct"]]
    old = (table["fuel"] == "gas") & (
        table["efficiency_pct"] < a.network_steam_below_pct
    )
    if year > a.network_steam_last_year:
        table = table[~old]
    table = table.assign(
        free=table["fuel"].isin(FREE), efficiency_pct=_efficiency(table, a)
    )
    order = ["free", "efficiency_pct", "capacity_mw"]
    table = table.sort_values(order, ascending=False, kind="stable")
    last = {"fuel": "gas", "capacity_mw": np.inf, "free": False}
    last["efficiency_pct"] = a.network_blank_efficiency_pct
    table = pd.concat([table, pd.DataFrame(last, index=[NEW])])
    heat = a.gas_co2_t_per_mwh_th / a.stack_efficiency_kept
    burnt = 100.0 * heat / table["efficiency_pct"]
    return table.assign(carbon_t_per_mwh=burnt.where(~table["free"], 0.0))


def _efficiency(table: pd.DataFrame, a: PowerBook) -> pd.Series:
    """Return each plant's own efficiency, else its prime mover's, else the fleet's."""
    typical = {
        "combined_cycle": a.stack_combined_cycle_pct,
        "engine": a.stack_engine_pct,
        "turbine": a.stack_turbine_pct,
    }
    usual = table["prime_mover"].map(typical).astype(float)
    own = table["efficiency_pct"].fillna(usual)
    return own.fillna(a.network_blank_efficiency_pct)


def available_mw(
    plants: pd.DataFrame, shares: xr.Dataset, world: World, a: PowerBook
) -> FloatArray:
    """Return what each plant can give in each hour (plant, 8760) [MW].

    Sun and wind their hourly share of capacity; hydro its energy of the year spread
    by month and flat within it; the rest its availability.

    Parameters
    ----------
    plants
        As `merit_order` gives it.
    shares
        (time) `solar` and `wind`, output over capacity [1], 8,760 hours in UTC.
    world
        With `load_profile`.
    a
        Availability of thermal plant, capacity factor of hydro.
    """
    months = monthly_factors(world, "hydro_monthly_factor")[MONTH_OF_DAY]
    water = to_utc(a.stack_hydro_capacity_factor * np.repeat(months, 24))
    part = {
        "hydro": np.minimum(water, 1.0),
        "solar": shares["solar"].to_numpy(),
        "wind": shares["wind"].to_numpy(),
    }
    steady = np.full(HOURS, a.network_thermal_available)
    hourly = np.stack([part.get(str(fuel), steady) for fuel in plants["fuel"]])
    able: FloatArray = plants["capacity_mw"].to_numpy(dtype=float)[:, None] * hourly
    return able


def dispatch(demand_mw: FloatArray, able_mw: FloatArray) -> FloatArray:
    """Return each plant's output in merit order (plant, hour) [MW].

    ``g_k = min(able_k, max(0, demand − Σ_{j<k} able_j))``

    Parameters
    ----------
    demand_mw
        (hour,) [MW].
    able_mw
        (plant, hour), first to run first [MW].

    Examples
    --------
    >>> dispatch(np.array([5.0, 1.0]), np.array([[2.0, 2.0], [4.0, 4.0]])).tolist()
    [[2.0, 1.0], [3.0, 0.0]]
    """
    before = np.zeros_like(able_mw)
    np.cumsum(able_mw[:-1], axis=0, out=before[1:])
    output: FloatArray = np.clip(demand_mw - before, 0.0, able_mw)
    return output


def carbon_hours(
    world: World, year: int, shares: xr.Dataset, a: PowerBook
) -> xr.Dataset:
    """Return demand, output and carbon of the national grid hour by hour.

    Average: ``Σ factor · output / Σ output``. Marginal: the factor of the first
    plant with room left, zero where sun, wind and water alone are more than enough.

    Parameters
    ----------
    world
        A built world.
    year
        Calendar year.
    shares
        (time) `solar` and `wind`, output over capacity [1], 8,760 hours in UTC.
    a
        The power room's book.

    Returns
    -------
    Dataset
        (time): `demand_mw`, `carbon_average_t_per_mwh`, `carbon_marginal_t_per_mwh`,
        `carbon_free_share` [1]; (fuel, time): `output_mw`, `NEW` among the fuels.
    """
    plants = merit_order(world, year, a)
    able = available_mw(plants, shares, world, a)
    demand = national_demand_mw(world, year, a)
    output = dispatch(demand, able)
    factor = plants["carbon_t_per_mwh"].to_numpy(dtype=float)
    answers = np.argmax(able > output, axis=0)
    free = plants["free"].to_numpy(dtype=float)
    kinds = plants["fuel"].to_numpy(dtype=object)
    kinds[-1] = NEW
    fuels = np.array([*dict.fromkeys(kinds)], dtype=object)
    by_fuel = (kinds == fuels[:, None]).astype(float) @ output
    return xr.Dataset(
        {
            "demand_mw": ("time", demand),
            "carbon_average_t_per_mwh": ("time", factor @ output / demand),
            "carbon_marginal_t_per_mwh": ("time", factor[answers]),
            "carbon_free_share": ("time", free @ output / demand),
            "output_mw": (("fuel", "time"), by_fuel),
        },
        coords={"time": shares["time"], "fuel": fuels.astype(str)},
    )
