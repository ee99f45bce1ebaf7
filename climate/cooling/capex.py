"""What the cooling plant costs to build, per kW of rated IT."""

from typing import TypeVar

import numpy as np
import xarray as xr

from climate.cooling.air_chiller import air_heat
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

Heat = TypeVar("Heat", float, FloatArray, xr.DataArray)

SEA_LEVEL_PA = 101325.0


def capex_usd_per_kw_it(
    liquid_heat: Heat, hall_heat: Heat, trim_heat: Heat, itd_k: float, a: CoolingBook
) -> Heat:
    """Installed cost of the cooling plant, redundancy included [USD/kW rated IT].

    ::

        liquid (dry coolers + coolant distribution) + air · air loop + trim · chiller

    The air loop is priced per kW of IT in a wholly air-cooled hall at sea level and
    scales with the heat its air carries. Cold plates come with the racks and are not
    counted here.

    Parameters
    ----------
    liquid_heat, hall_heat, trim_heat
        Design heat to the liquid loop, to the hall air, and on the trim chiller
        [kW per kW rated IT], as `cool` reports them.
    itd_k
        Initial temperature difference of the dry coolers [K].
    a
        Assumptions in force.
    """
    full_hall = float(air_heat(1.0, np.array(SEA_LEVEL_PA), 1.0, a))
    per_liquid = dry_cooler_usd_per_kw(itd_k, a) + a.capex_cdu_usd_per_kw
    per_air = a.capex_air_loop_usd_per_kw_it / full_hall
    per_trim = a.capex_trim_chiller_usd_per_kw
    return liquid_heat * per_liquid + hall_heat * per_air + trim_heat * per_trim


def dry_cooler_usd_per_kw(itd_k: float, a: CoolingBook) -> float:
    """Dry-cooler field [USD per kW of design heat].

    Coil area goes with 1/ITD: price at the reference ITD × reference/ITD.
    """
    return a.capex_dry_cooler_usd_per_kw * a.capex_dry_cooler_reference_itd_k / itd_k


def plant_capex(
    cooling: xr.Dataset, choices: CoolingChoices, a: CoolingBook
) -> xr.DataArray:
    """Capex of every site and system of a `cool` Dataset [USD/kW rated IT]."""
    cost = capex_usd_per_kw_it(
        cooling["liquid_heat_kw_per_kw_it"],
        cooling["air_heat_kw_per_kw_it"],
        cooling["trim_heat_kw_per_kw_it"],
        choices.itd_k,
        a,
    )
    return cost.rename("cooling_capex_usd_per_kw_it").assign_attrs(units="USD/kW")
