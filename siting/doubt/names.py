"""Which numbers of the book the answer may depend on, and who computes with them.

The money, dates, stations and megawatts are computed with theirs draw by draw. Weather,
cooling, lines and fibre are rooms too slow for that: of theirs those listed here are
moved one at a time, and the others stay at their values.
"""

from itertools import zip_longest
from typing import Final

import pandas as pd

from siting.scenario import Scenario

COMPUTED: Final = (
    "finance.",
    "campus.building_months",
    "campus.permit_months",
    "campus.licence_months",
    "campus.hectare_per_mw",
    "campus.land_free_pct",
    "campus.connection_margin",
    "campus.water_tariff_azn_per_m3",
    "power.azn_per_usd",
    "power.tariff.industrial_azn_per_kwh",
    "power.tariff.data_centre_day_azn_per_kwh",
    "power.tariff.data_centre_night_azn_per_kwh",
    "power.tariff.vat_included",
    "power.line.",
    "power.bay.",
    "power.station.",
    "power.transformer.usd_per_mva",
    "power.transformer.own_redundancy",
    "power.time.",
    "power.carbon.location_t_per_mwh",
    "power.generator.",
)
"""Prefixes of the numbers that are computed with draw by draw."""
STATION: Final = (
    "power.substation.default_units",
    "power.substation.unit_mva_110",
    "power.substation.unit_mva_220",
    "power.substation.unit_mva_330",
    "power.substation.unit_mva_500",
    "power.substation.power_factor",
    "power.substation.existing_peak_share",
)
LINE: Final = (
    "power.lateral.route_factor_lowland",
    "power.lateral.route_factor_mountain",
    "power.lateral.route_factor_ridge",
    "power.time.upstream_month_of_year",
)
FIBRE: Final = (
    "fibre.rtt_factor_expected",
    "fibre.corridor_events_per_year",
    "fibre.corridor_event_h",
    "fibre.cuts_sea_per_1000km",
    "fibre.hub_events_per_year",
    "fibre.repair_caspian_days",
    "fibre.lateral_capex_usd_per_km",
    "fibre.lateral_route_factor",
)
AIR: Final[dict[str, tuple[str, ...]]] = {
    "liquid_dry": (
        "cooling.capex.dry_cooler_usd_per_kw",
        "cooling.capex.cdu_usd_per_kw",
        "cooling.liquid.water_rise_k",
        "cooling.capex.air_loop_usd_per_kw_it",
        "cooling.liquid.heat_fraction",
        "cooling.capex.trim_chiller_usd_per_kw",
        "cooling.design.margin_k",
        "cooling.dry_cooler.area_ratio",
        "climate.temp_bias_k",
        "cooling.distribution_loss",
        "climate.daily_range_factor",
    ),
    "airside": (
        "cooling.capex.airside_usd_per_kw_it",
        "cooling.airside.dew_point_high_c",
        "cooling.airside.fan_pressure_pa",
        "cooling.distribution_loss",
        "cooling.chiller.cop_multiplier",
        "cooling.airside.lockout_share",
        "climate.dew_point_bias_k",
        "climate.temp_bias_k",
        "cooling.redundancy",
        "cooling.design.margin_k",
        "cooling.airside.humidity_high_pct",
    ),
    "tower": (
        "cooling.capex.tower_usd_per_kw_it",
        "cooling.air.supply_c",
        "cooling.air.coil_effectiveness",
        "cooling.tower.approach_k",
        "cooling.distribution_loss",
        "cooling.air.water_rise_k",
        "cooling.ups_k0",
        "cooling.air.fan_pressure_pa",
        "cooling.auxiliaries",
        "climate.temp_bias_k",
        "cooling.chiller.water_cooled_multiplier",
    ),
    "air_chiller": (
        "cooling.capex.air_loop_usd_per_kw_it",
        "cooling.chiller.cop_multiplier",
        "cooling.air.supply_c",
        "cooling.distribution_loss",
        "climate.temp_bias_k",
        "cooling.ups_k0",
        "cooling.air.water_rise_k",
        "cooling.air.fan_pressure_pa",
        "cooling.auxiliaries",
        "cooling.chiller.water_gain_top_c",
        "cooling.chiller.water_gain_per_k",
    ),
}
"""Numbers of weather and cooling by system, what moves cost and score most first."""
OTHERS: Final = (
    "cooling.capex.air_loop_usd_per_kw_it",
    "cooling.chiller.cop_multiplier",
    "cooling.design.margin_k",
    "cooling.distribution_loss",
    "climate.temp_bias_k",
    "cooling.air.supply_c",
    "cooling.ups_k0",
    "cooling.redundancy",
    "cooling.auxiliaries",
    "climate.daily_range_factor",
    "cooling.air.fan_pressure_pa",
)
"""And of the systems that the screening did not look at."""
MOST_OF_AIR: Final = 12


def computed(table: pd.DataFrame, scenario: Scenario) -> list[str]:
    """Return the numbers that are computed with draw by draw."""
    load = f"campus.utilisation_{scenario.campus.workload}"
    own = (*STATION, load)
    return [
        str(name) for name in table.index if name.startswith(COMPUTED) or name in own
    ]


def of_rooms(scenario: Scenario, systems: set[str]) -> dict[str, list[str]]:
    """Return the numbers moved one at a time, by room.

    Of weather and cooling the first `MOST_OF_AIR` of the systems that are built, taken
    in turn where there are several.
    """
    lists = [AIR.get(system, OTHERS) for system in sorted(systems)]
    load = f"campus.utilisation_{scenario.campus.workload}"
    return {
        "air": [load, *_in_turn(lists)][:MOST_OF_AIR],
        "line": list(LINE),
        "fibre": list(FIBRE),
    }


def _in_turn(lists: list[tuple[str, ...]]) -> list[str]:
    """Return the first of every list, then the second of every list, each name once."""
    ranks = zip_longest(*lists)
    return list(dict.fromkeys(name for rank in ranks for name in rank if name))
