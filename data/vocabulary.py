"""The words the tables may use, and the cells and rows they may not lack."""

from typing import Final

from data.schema import GRADES

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "strength": ("strong", "weak"),
    "scope": ("common", "region", "site"),
    "area_grade": GRADES,
    "position_grade": GRADES,
    "transformer_grade": GRADES,
    "network_region": ("mainland", "nakhchivan", "foreign"),
    "holiday_kind": (
        "none",
        "permanent",
        "years_from_registration",
        "until_date",
        "longer_of",
    ),
    "purpose": ("network", "generation", "converter"),
    "evidence": ("documented", "partly_inferred", "chain_inferred", "nearest_parent"),
    "fuel": ("gas", "waste", "hydro", "solar", "wind", "battery", "nuclear"),
    "prime_mover": ("combined_cycle", "engine", "turbine", "steam"),
    "tie_kind": ("link", "total"),
    "zone": ("day", "night"),
    "node_kind": ("hub", "city", "landing", "border", "ixp"),
    "medium": ("terrestrial", "submarine"),
    "route_km_basis": ("published", "estimated"),
    "permitted_by": ("always", "russia", "iran", "armenia"),
    "basket": ("europe", "turkey", "caucasus", "russia", "central_asia", "gulf"),
    "rtt_kind": ("measured", "claimed"),
    "rtt_statistic": ("min", "median"),
    "figure": (
        "power_price",
        "data_centre_price",
        "profit_tax",
        "tax_relief",
        "capex",
        "pue",
        "gpu_licence",
        "country_risk",
        "announced",
    ),
    "change": ("set", "add", "times", "flip", "above_high", "off", "refuse"),
}
"""Column → the words it may hold, in whatever table; blanks are allowed."""

QUANTITY: Final = ("quantity",)
PLACE: Final = ("lat", "lon")
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "sources": ("citation", "as_of", "strength"),
    "parameters": ("value", "low", "high", "unit", "scope"),
    "sites": ("name", *PLACE, "district", "network_region", "site_type", "tax_regime"),
    "tax_regimes": ("name", "holiday_kind", "profit_tax_pct", "equipment_vat_pct"),
    "water_basins": ("peak_demand_m3_per_s", "design_supply_m3_per_s"),
    "water": ("place", *QUANTITY),
    "facilities": ("name", "kind", *PLACE),
    "hazards": ("unit",),
    "hazard_context": ("place", "hazard", *QUANTITY),
    "policy_events": ("event_date", "event"),
    "stress_cases": ("change",),
    "comparators": ("country", *QUANTITY),
    "cost_references": QUANTITY,
    "finance_references": QUANTITY,
    "outlines": PLACE,
    "borders": ("country", *PLACE),
    "climate_points": ("name", "kind", *PLACE, "elevation_m"),
    "climate_region_list": ("name", "ghi_point_id", "statistics_points"),
    "climate_regions": ("relative_humidity", "daily_range", "wind_speed"),
    "climate_site_regions": (*PLACE, "climate_region"),
    "climate_linke_turbidity": ("linke_turbidity",),
    "climate_clearness": ("clearness", "clearness_sd"),
    "climate_variability": ("temp_sd", "temp_lag1", "dew_sd", "clearness_sd"),
    "climate_era5_grid": ("elevation_m", "temp_air", "precipitation_mm"),
    "climate_design": ("place", *QUANTITY, "value"),
    "sea_coasts": ("name", "cell_lat", "cell_lon"),
    "sea_shore": ("coast_id", *PLACE),
    "sea_temperature": ("temp_sea",),
    "sea_profile": ("sea_cooling_k",),
    "sea_level": ("place", *QUANTITY, "value"),
    "turbine_curve": ("power_share",),
    "wind_places": ("name", *PLACE, "reach_km", "roughness_m", "wind_mean"),
    "published_yields": ("name", "technology", *PLACE, "capacity_mw", "yield_gwh"),
    "substations": ("name", "country", "network_region", "voltages_kv", "max_kv"),
    "lines": ("from_id", "to_id", "voltage_kv", "evidence"),
    "line_types": ("voltage_kv", "thermal_mva", "preferred"),
    "plants": ("name", "fuel"),
    "interconnectors": ("name", "tie_kind", "from_name", "to_name"),
    "tariffs": ("item",),
    "power_system": QUANTITY,
    "load_profile": QUANTITY,
    "technology_costs": ("technology", *QUANTITY),
    "fibre_nodes": ("name", "country", "network_region", "node_kind", *PLACE),
    "fibre_links": ("from_node_id", "to_node_id", "medium", "route_km", "corridor"),
    "fibre_corridors": ("name", "permitted_by"),
    "fibre_hubs": ("name",),
    "fibre_closures": ("closures_per_year", "closure_days"),
    "fibre_markets": ("name", "market_node_id", "beyond_km", "people_millions"),
    "workload_needs": ("name",),
    "capacity_scenarios": ("name", "blank_tbps"),
    "latency_measurements": ("from_place", "to_place", "rtt_ms", "rtt_kind"),
    "transit_prices": ("place", *QUANTITY),
    "doubt_events": ("until_year", "name", "probability", "settings"),
}
"""Table → columns that must be there and blank in no row, beside key and grade."""

HAZARDS: Final = (
    "seismic_msk",
    "below_sea_level",
    "flood",
    "mines",
    "mud_volcano",
    "conflict",
    "dust",
    "border_armenia",
    "border_iran",
    "border_russia",
    "border_georgia",
)
FACILITIES: Final = (
    "airport_nearest",
    "airport_gyd",
    "port_alat",
    "landing_sumgait",
    "rail",
    "town",
)
MONTHS: Final = tuple(str(month) for month in range(1, 13))
MONTHLY: Final = (
    "climate_normals",
    "climate_regions",
    "climate_station_statistics",
    "climate_linke_turbidity",
    "climate_clearness",
    "climate_variability",
    "sea_temperature",
    "sea_profile",
)
"""Tables with twelve rows for each of what their key begins with."""

LISTS: Final[dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ("policy_events", "site_ids"): (("sites",), ()),
    ("climate_region_list", "statistics_points"): (("climate_points",), ()),
    ("climate_region_list", "dew_statistics_points"): (("climate_points",), ()),
    ("climate_site_regions", "place_id"): (("sites", "climate_points"), ()),
    ("climate_variability", "climate_region"): (("climate_region_list",), ("default",)),
}
"""Table and column of keys of other tables, or of other words, parted by spaces."""

AT_HOME: Final = ("sites", "facilities", "plants", "substations", "fibre_nodes")
"""Tables of places in Azerbaijan: those whose country, if given, is AZ."""
