"""The assumptions book: every scalar of the model, with its doubt and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from data.assumptions.rooms import ROOMS, Assumptions
from data.faults import Fault, InputError, nearest_name

LIMITS = {
    "%": (-np.inf, 100.0),
    "1": (-np.inf, 100.0),
    "K": (-np.inf, 50.0),
    "degC": (-np.inf, 100.0),
    "h": (0.0, 24.0),
    "months": (0.0, 1200.0),
    "months/km": (0.0, 10.0),
    "year": (1900.0, 2200.0),
    "years": (0.0, 200.0),
}
"""Least and greatest value that make sense, by unit."""
SHARES = (
    "campus.utilisation_training",
    "campus.utilisation_inference",
    "campus.utilisation_colocation",
    "cooling.air.fan_efficiency",
    "cooling.air.coil_effectiveness",
    "cooling.pump.efficiency",
    "cooling.adiabatic.effectiveness",
    "cooling.tower.fan_efficiency",
    "cooling.liquid.heat_fraction",
    "power.substation.power_factor",
    "resource.pv.ground_cover_ratio",
    "resource.pv.inverter_efficiency",
    "resource.pv.albedo",
    "resource.pv.tracking",
    "power.tariff.data_centre_stands_probability",
    "power.demand.load_factor",
    "power.demand.day_load_factor",
    "power.stack.efficiency_kept",
    "power.stack.hydro_capacity_factor",
    "power.outage.common_share",
    "doubt.network_common_share",
    "power.generator.start_failure",
)
"""Numbers of unit 1 that may not exceed 1."""
GREATEST = {
    **dict.fromkeys(SHARES, 1.0),
    "climate.daily_range_factor": 5.0,
    "climate.warming.summer_factor": 10.0,
    "fibre.years_drawn": 20000.0,
    "finance.devaluation_pct": 95.0,
    "finance.gearing_cap_pct": 95.0,
    "fibre.repair_log_sd": 3.0,
    "resource.pv.azimuth_deg": 360.0,
    "resource.pv.tilt_deg": 90.0,
    "resource.pv.tracker_limit_deg": 90.0,
    "resource.wind.hub_height_m": 300.0,
    "resource.wind.measurement_height_m": 300.0,
    "resource.wind.roughness_m": 0.9,
}
"""Greatest value that makes sense, where the unit allows more."""
NEVER_ZERO = (
    *SHARES[:6],
    "campus.hectare_per_mw",
    "power.network.circuits_most",
    "power.network.circuits_ratio",
    "power.network.draws",
    "power.network.draws_kept",
    "power.network.factor_least",
    "power.network.peak_mw",
    "power.network.thermal_available",
    "power.network.transformer_reactance_pct",
    "power.network.units_ratio",
    "cooling.air.temperature_rise_k",
    "cooling.air.water_rise_k",
    "cooling.chiller.cop_cap",
    "cooling.chiller.cop_multiplier",
    "cooling.chiller.pads_band_k",
    "cooling.chiller.water_cooled_cop_cap",
    "cooling.chiller.water_cooled_multiplier",
    "cooling.dry_cooler.air_exponent",
    "cooling.dry_cooler.air_rise_k",
    "cooling.dry_cooler.air_rise_per_itd",
    "cooling.dry_cooler.area_ratio",
    "cooling.dry_cooler.design_density",
    "cooling.sea.heat_capacity_kj_per_m3_k",
    "cooling.sea.rise_k",
    "cooling.tower.approach_k",
    "cooling.tower.fan_efficiency",
    "cooling.tower.liquid_gas_ratio",
    "cooling.tower.range_k",
    "cooling.transformer_rating_ratio",
    "cooling.ups_installed_ratio",
    "finance.building_tax_life_years",
    "finance.dscr_leased",
    "finance.dscr_merchant",
    "finance.it_life_years",
    "finance.it_tax_life_years",
    "finance.kw_per_gpu",
    "finance.life_years",
    "finance.plant_tax_life_years",
    "fibre.corridor_event_h",
    "fibre.hub_event_h",
    "fibre.lease_years",
    "fibre.repair_caspian_days",
    "fibre.repair_land_h",
    "fibre.repair_sea_days",
    "fibre.years_drawn",
    "power.azn_per_usd",
    "power.demand.load_factor",
    "power.demand.day_load_factor",
    "power.stack.efficiency_kept",
    "power.stack.combined_cycle_pct",
    "power.stack.engine_pct",
    "power.stack.turbine_pct",
    "power.generator.unit_mw",
    "power.generator.block_units",
    "power.outage.line_h",
    "power.outage.station_h",
    "power.outage.blackout_h",
    "power.second_feed.source_mw",
    "power.gas.kwh_per_m3",
    "power.lateral.route_factor_lowland",
    "power.lateral.route_factor_mountain",
    "power.lateral.route_factor_ridge",
    "power.substation.default_units",
    "power.substation.power_factor",
    "power.substation.unit_mva_110",
    "power.substation.unit_mva_220",
    "power.substation.unit_mva_330",
    "power.substation.unit_mva_500",
    "resource.pv.dc_ac_ratio",
    "resource.pv.ground_cover_ratio",
    "resource.pv.heat_loss_u0",
    "resource.pv.inverter_efficiency",
    "resource.wind.hub_height_m",
    "resource.wind.measurement_height_m",
    "resource.wind.roughness_m",
    "supply.battery.efficiency_pct",
    "supply.battery.energy_life_years",
    "supply.battery.power_life_years",
    "supply.gas.available_pct",
    "supply.gas.efficiency_pct",
    "supply.gas.life_years",
    "supply.solar.life_years",
    "supply.voll_usd_per_mwh",
    "supply.wind.life_years",
)
"""Numbers something is divided by, or that nothing can be built with at zero."""


@dataclass(frozen=True, slots=True)
class Book:
    """The parameters table, and the numbers in force under some overrides."""

    table: pd.DataFrame
    """Indexed by name: value, low, high, unit, grade, source, as_of, scope, note."""

    def resolve(self, overrides: Mapping[str, float]) -> Assumptions:
        """Return the numbers in force, one typed slice per room.

        Parameters
        ----------
        overrides : mapping of str to float
            Book name → value used instead; names that address a table cell
            (`table:id:column`) are the world's business and pass by.

        Returns
        -------
        Assumptions
            One frozen slice a room, every field a float.

        Raises
        ------
        InputError
            Naming every unknown name (with the nearest known one) and every
            value that is not a possible one.
        """
        own = {name: value for name, value in overrides.items() if ":" not in name}
        faults = [f for name, value in own.items() for f in self._faults(name, value)]
        if faults:
            raise InputError(faults)
        tabled = {str(name): float(v) for name, v in self.table["value"].items()}
        value = {name.replace(".", "_"): v for name, v in (tabled | own).items()}
        return Assumptions(
            **{
                room: slice_type(
                    **{f.name: value[f"{room}_{f.name}"] for f in fields(slice_type)}
                )
                for room, slice_type in ROOMS.items()
            }
        )

    def _faults(self, name: str, value: float) -> list[Fault]:
        if name not in self.table.index:
            expected = (
                f"a name in the assumptions book{nearest_name(name, self.table.index)}"
            )
            return [Fault("overrides", None, name, str(value), expected)]
        row = self.table.loc[name]
        lowest = min(row["value"], 0 if np.isnan(row["low"]) else row["low"])
        low, high = LIMITS.get(str(row["unit"]), (-np.inf, np.inf))
        low = max(low, 0.0 if lowest >= 0 else -np.inf)
        high = min(high, GREATEST.get(name, np.inf))
        above = "above " if name in NEVER_ZERO else ""
        if low <= value <= high and np.isfinite(value) and not (above and value == 0):
            return []
        expected = f"a possible {row['unit']} value, {above}{low:g} to {high:g}"
        return [Fault("overrides", None, name, f"{value:g}", expected)]
