"""The single glossary, and the shape of every table.

`glossary()` says of every column, metric and weather variable its unit, hard
bounds, meaning and, for results, the formula and its inputs. `TABLES` says of
every table its key and what its columns point at. Reading validates against
both; exports and the app take names and units from here.
"""

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

GRADES: Final = ("measured", "published", "derived", "assumed")
STATUSES: Final = ("in_service", "under_construction", "planned", "concept")
REGION_LAT: Final = (38.2, 42.1)
REGION_LON: Final = (44.6, 51.0)
"""Azerbaijan and about 50 km around it [degrees]: where a site may stand."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary."""

    name: str
    kind: str
    """column | weather | metric | internal"""
    dtype: str
    """float | int | str | date | bool"""
    unit: str
    low: float | None
    high: float | None
    direction: str
    """higher | lower | "" — which is better."""
    meaning: str
    formula: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The shape of one table: its key and where its references lead."""

    key: tuple[str, ...]
    foreign: dict[str, str] = field(default_factory=dict)
    """Column → table whose key it must be found in; blanks are allowed."""
    dated: bool = False
    """True: rows carry status and year and may not exist yet."""


TABLES: Final[dict[str, Table]] = {
    "sources": Table(("source_id",)),
    "parameters": Table(("name",)),
    "doubt_laws": Table(("name",), {"name": "parameters"}),
    "doubt_events": Table(("doubt_event_id", "from_year")),
    "sites": Table(
        ("site_id",),
        {"tax_regime": "tax_regimes", "water_basin_id": "water_basins"},
    ),
    "tax_regimes": Table(("tax_regime",)),
    "water_basins": Table(("water_basin_id",)),
    "water": Table(("water_id",), {"water_basin_id": "water_basins"}),
    "facilities": Table(("facility_id",)),
    "hazards": Table(("site_id", "hazard"), {"site_id": "sites"}),
    "hazard_context": Table(("context_id",)),
    "logistics": Table(("site_id", "facility"), {"site_id": "sites"}),
    "policy_events": Table(("event_id",)),
    "stress_cases": Table(("stress_case", "setting")),
    "comparators": Table(("comparator_id",)),
    "cost_references": Table(("cost_reference_id",)),
    "finance_references": Table(("finance_reference_id",)),
    "outlines": Table(("country", "polygon", "point")),
    "borders": Table(("border_id",)),
    "climate_points": Table(("point_id",)),
    "climate_normals": Table(("point_id", "month"), {"point_id": "climate_points"}),
    "climate_region_list": Table(
        ("climate_region",), {"ghi_point_id": "climate_points"}
    ),
    "climate_regions": Table(
        ("climate_region", "month"), {"climate_region": "climate_region_list"}
    ),
    "climate_site_regions": Table(
        ("place_id",), {"climate_region": "climate_region_list"}
    ),
    "climate_station_statistics": Table(
        ("point_id", "month"), {"point_id": "climate_points"}
    ),
    "climate_linke_turbidity": Table(
        ("point_id", "month"), {"point_id": "climate_points"}
    ),
    "climate_clearness": Table(("point_id", "month"), {"point_id": "climate_points"}),
    "climate_variability": Table(("climate_region", "month")),
    "climate_era5_grid": Table(("lat", "lon", "month")),
    "climate_merra2_ghi": Table(("lat", "lon", "month")),
    "climate_design": Table(("design_id",), {"point_id": "climate_points"}),
    "sea_coasts": Table(("coast_id",)),
    "sea_shore": Table(("shore_id",), {"coast_id": "sea_coasts"}),
    "sea_temperature": Table(("coast_id", "month"), {"coast_id": "sea_coasts"}),
    "sea_profile": Table(("depth_m", "month")),
    "sea_level": Table(("sea_level_id",)),
    "cooling_parameters": Table(("system", "parameter")),
    "cooling_operators": Table(("operator_id",)),
    "turbine_curve": Table(("curve_wind_m_s",)),
    "wind_places": Table(("wind_place_id",)),
    "published_yields": Table(("yield_id",)),
    "substations": Table(("substation_id",), dated=True),
    "lines": Table(
        ("line_id",), {"from_id": "substations", "to_id": "substations"}, dated=True
    ),
    "line_types": Table(("line_type_id",)),
    "plants": Table(("plant_id",), {"substation_id": "substations"}, dated=True),
    "interconnectors": Table(
        ("interconnector_id",),
        {"from_id": "substations", "to_id": "substations"},
        dated=True,
    ),
    "tariffs": Table(("tariff_id",)),
    "power_system": Table(("record_id",)),
    "load_profile": Table(("record_id",)),
    "technology_costs": Table(("record_id",)),
    "fibre_nodes": Table(("node_id",)),
    "fibre_links": Table(
        ("link_id",),
        {
            "from_node_id": "fibre_nodes",
            "to_node_id": "fibre_nodes",
            "corridor": "fibre_corridors",
        },
        dated=True,
    ),
    "fibre_corridors": Table(("corridor",)),
    "fibre_hubs": Table(("hub_id",), {"hub_id": "fibre_nodes"}),
    "fibre_projects": Table(("project_id",)),
    "fibre_closures": Table(("country",)),
    "fibre_markets": Table(("country",), {"market_node_id": "fibre_nodes"}),
    "workload_needs": Table(("need_id",)),
    "capacity_scenarios": Table(("capacity_scenario",)),
    "fibre_reliability": Table(("quantity",)),
    "latency_measurements": Table(
        ("latency_id",),
        {"from_node_id": "fibre_nodes", "to_node_id": "fibre_nodes"},
    ),
    "transit_prices": Table(("price_id",)),
}
"""Every table of `data/tables`, by file name without its ending."""


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def glossary() -> dict[str, Term]:
    """Return every term by name, read from `data/glossary.csv`.

    Returns
    -------
    dict of str to Term
        In the order of the file.
    """
    text = files("data").joinpath("glossary.csv").read_text(encoding="utf-8")
    return {
        row["name"]: Term(
            name=row["name"],
            kind=row["kind"],
            dtype=row["dtype"],
            unit=row["unit"],
            low=_number(row["low"]),
            high=_number(row["high"]),
            direction=row["direction"],
            meaning=row["meaning"],
            formula=row["formula"],
            inputs=tuple(row["inputs"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def unit_words() -> frozenset[str]:
    """Return the words a unit may consist of, read from `data/units.csv`."""
    text = files("data").joinpath("units.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(text.splitlines()))


def unit_of(name: str) -> str:
    """Return the unit of a glossary term, for labels and attrs.

    Examples
    --------
    >>> unit_of("temp_air")
    'degC'
    """
    return glossary()[name].unit
