"""What the cooling plant costs to build, per kW of rated IT."""

import numpy as np
import xarray as xr

from climate.cooling.hall import air_heat
from climate.cooling.registry import SYSTEMS, Prices
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

SEA_LEVEL_PA = 101325.0


def plant_capex(
    cooling: xr.Dataset, choices: CoolingChoices, a: CoolingBook
) -> xr.DataArray:
    """Capex of every site and system of a `cool` Dataset [USD/kW rated IT].

    Redundancy is included::

        liquid heat · circuit + air heat/full hall · air hall + all heat · intake
            + trim heat · trim chiller

    A wholly air-cooled hall is priced per kW of IT at sea level and scales with the
    heat its air carries. Cold plates come with the racks and are not counted.

    Parameters
    ----------
    cooling
        `liquid_heat_kw_per_kw_it`, `air_heat_kw_per_kw_it` and
        `trim_heat_kw_per_kw_it` on (site, system).
    choices
        How the systems are designed.
    a
        Assumptions in force.
    """
    prices = [
        SYSTEMS[str(name)].prices(choices, a) for name in cooling["system"].values
    ]
    full_hall = float(air_heat(1.0, np.array(SEA_LEVEL_PA), 1.0, a))
    liquid = cooling["liquid_heat_kw_per_kw_it"]
    hall = cooling["air_heat_kw_per_kw_it"]
    cost = (
        liquid * _by_system(prices, "liquid_usd_per_kw")
        + hall / full_hall * _by_system(prices, "hall_usd_per_kw_it")
        + (liquid + hall) * _by_system(prices, "rejected_usd_per_kw")
        + cooling["trim_heat_kw_per_kw_it"] * a.capex_trim_chiller_usd_per_kw
    )
    return cost.rename("cooling_capex_usd_per_kw_it").assign_attrs(units="USD/kW")


def _by_system(prices: list[Prices], name: str) -> xr.DataArray:
    return xr.DataArray([getattr(price, name) for price in prices], dims="system")
