"""What is known of the ground under each site: hazards, land, water, reach.

Facts, not scores. Sites of the shipped tables carry their tabled facts; for any
other place distances are measured on the map and the rest is absent: NaN or "".
A site's survey never depends on which other sites are asked about.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import xarray as xr

from data.schema import unit_of
from data.sphere import great_circle_km
from grid.geo import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from data import World
    from data.assumptions.campus import CampusBook

    Floats = NDArray[np.float64]
    Texts = NDArray[np.str_]

NEIGHBOURS: Final = {"armenia": "AM", "georgia": "GE", "iran": "IR", "russia": "RU"}
"""Neighbour as the metrics name it → country code in the borders table."""
FACILITIES: Final = {
    "gyd_airport_km": ("airport_gyd", "UBBB"),
    "port_alat_km": ("port_alat", "port_alat"),
    "tcfo_landing_km": ("landing_sumgait", "landing_sumgait"),
}
"""Metric → facility of the logistics table, facility_id to measure to otherwise."""
FLAGS: Final = {
    "flood_named": "flood",
    "mud_volcano_named": "mud_volcano",
    "conflict_named": "conflict",
    "seismic_msk": "seismic_msk",
    "dust_times_norm": "dust",
}
"""Metric → hazard of the hazards table; nothing is derived for other places."""
SAME_PLACE_DEG: Final = 0.005
"""A user's site of the same id is the tabled one only within this of its point [°]."""


def survey(
    sites: pd.DataFrame,
    world: "World",
    a: "CampusBook",
    borders: tuple[str, ...] = tuple(NEIGHBOURS),
) -> xr.Dataset:
    """Survey the ground at every site.

    Parameters
    ----------
    sites : DataFrame
        Index site_id; lat, lon [°] and whatever else is known.
    world : World
        Tables sites, hazards, logistics, facilities, borders, water_basins.
    a : CampusBook
        Land per megawatt [ha/MW] and the share of gross land still free [%].
    borders : tuple of str
        Neighbours whose border counts in `border_min_km`.

    Returns
    -------
    Dataset
        Dimension site; one variable a fact, units in attrs.
    """
    known = tabled(sites, world.tables["sites"])
    facts: dict[str, Floats | Texts] = {
        "survey_grade": _row_grade(sites, world, known, "derived"),
        **_land(sites, a),
        **_hazards(sites, world.tables["hazards"], known),
        **_border_distances(sites, world, known),
        **_reach(sites, world, known),
        "water_stress_index": _water_stress(sites, world.tables["water_basins"]),
        **_tax(sites),
        "tax_regime_grade": _row_grade(sites, world, known, "assumed"),
    }
    chosen = [facts[f"border_{name}_km"] for name in borders]
    facts["border_min_km"] = np.min(np.asarray(chosen, dtype=np.float64), axis=0)
    return _dataset(sites.index, facts)


def _dataset(index: pd.Index, facts: "Mapping[str, Floats | Texts]") -> xr.Dataset:
    return xr.Dataset(
        {
            name: ("site", values, {"units": unit_of(name)})
            for name, values in facts.items()
        },
        coords={"site": index.to_numpy(dtype=str)},
    )


def tabled(sites: pd.DataFrame, table: pd.DataFrame) -> "NDArray[np.bool_]":
    """Return which sites are those of the shipped table: same id, same point.

    Parameters
    ----------
    sites : DataFrame
        Index site_id; lat, lon [°].
    table : DataFrame
        The shipped sites.
    """
    point = table.reindex(sites.index)
    away = (sites["lat"] - point["lat"]).abs() + (sites["lon"] - point["lon"]).abs()
    return (away <= SAME_PLACE_DEG).to_numpy(dtype=bool)


def _row_grade(
    sites: pd.DataFrame, world: "World", known: "NDArray[np.bool_]", otherwise: str
) -> "Texts":
    """Return the grade of the tabled row, or what holds for a place of one's own."""
    tabled = world.tables["sites"]["grade"].reindex(sites.index).fillna("")
    return np.where(known, tabled.to_numpy(dtype=str), otherwise)


def _number(sites: pd.DataFrame, column: str) -> "Floats":
    """Return a column as numbers, all NaN where the user gave none."""
    if column not in sites:
        return np.full(len(sites), np.nan)
    return sites[column].to_numpy(dtype=np.float64, na_value=np.nan)


def _text(sites: pd.DataFrame, column: str) -> "Texts":
    """Return a column as text, all "" where the user gave none."""
    if column not in sites:
        return np.full(len(sites), "")
    return sites[column].fillna("").to_numpy(dtype=str)


def _land(sites: pd.DataFrame, a: "CampusBook") -> "dict[str, Floats | Texts]":
    """Land that can be leased and the IT load it carries.

    ``free = offered`` where an offer is published, else ``gross × free share``;
    ``land_mw = free / hectare_per_mw``.
    """
    elevation, gross = _number(sites, "elevation_m"), _number(sites, "area_ha")
    offered = _number(sites, "land_offered_ha")
    free = np.where(np.isnan(offered), gross * a.land_free_pct / 100.0, offered)
    below = np.where(np.isnan(elevation), np.nan, (elevation < 0.0).astype(np.float64))
    return {
        "ground_elevation_m": elevation,
        "below_sea_level": below,
        "land_area_ha": gross,
        "land_free_ha": free,
        "land_mw": free / a.hectare_per_mw,
    }


def _row(
    table: pd.DataFrame, level: str, item: str, column: str, index: pd.Index
) -> pd.Series:
    """Return one item's column of a (site, item) table, site by site."""
    return table.xs(item, level=level)[column].reindex(index)


def _hazards(
    sites: pd.DataFrame, hazards: pd.DataFrame, known: "NDArray[np.bool_]"
) -> "dict[str, Floats | Texts]":
    facts: dict[str, Floats | Texts] = {}
    for name, hazard in FLAGS.items():
        value = _row(hazards, "hazard", hazard, "value", sites.index)
        facts[name] = np.where(known, value.to_numpy(dtype=np.float64), np.nan)
    mines = _row(hazards, "hazard", "mines", "value_text", sites.index)
    facts["mines_class"] = np.where(known, mines.fillna("").to_numpy(dtype=str), "")
    return facts


def _border_distances(
    sites: pd.DataFrame, world: "World", known: "NDArray[np.bool_]"
) -> "dict[str, Floats | Texts]":
    """Distance to each neighbour: as tabled, else to the nearest border point [km]."""
    hazards, line = world.tables["hazards"], world.tables["borders"]
    lat, lon = _number(sites, "lat"), _number(sites, "lon")
    facts: dict[str, Floats | Texts] = {}
    for name, country in NEIGHBOURS.items():
        part = line[line["country"] == country]
        _, measured = nearest(lat, lon, part["lat"], part["lon"])
        given = _row(hazards, "hazard", f"border_{name}", "value", sites.index)
        facts[f"border_{name}_km"] = np.where(
            known, given.to_numpy(dtype=np.float64), measured
        )
    return facts


def _reach(
    sites: pd.DataFrame, world: "World", known: "NDArray[np.bool_]"
) -> "dict[str, Floats | Texts]":
    """Distance to airports, port and cable landing: as tabled, else great circle."""
    logistics, facilities = world.tables["logistics"], world.tables["facilities"]
    lat, lon = _number(sites, "lat"), _number(sites, "lon")
    facts: dict[str, Floats | Texts] = {}
    for name, (facility, facility_id) in FACILITIES.items():
        there = facilities.loc[facility_id]
        measured = great_circle_km(lat, lon, there["lat"], there["lon"])
        given = _row(logistics, "facility", facility, "distance_km", sites.index)
        facts[name] = np.where(known, given.to_numpy(dtype=np.float64), measured)
    airports = facilities[facilities["kind"] == "airport"]
    index, measured = nearest(lat, lon, airports["lat"], airports["lon"])
    given = _row(logistics, "facility", "airport_nearest", "distance_km", sites.index)
    named = _row(logistics, "facility", "airport_nearest", "place", sites.index)
    facts["nearest_airport_km"] = np.where(
        known, given.to_numpy(dtype=np.float64), measured
    )
    facts["nearest_airport"] = np.where(
        known,
        named.fillna("").to_numpy(dtype=str),
        airports.index.to_numpy(dtype=str)[index],
    )
    return facts


def _water_stress(sites: pd.DataFrame, basins: pd.DataFrame) -> "Floats":
    """Peak demand over design supply of the site's basin; NaN where unsourced [1]."""
    index = basins["peak_demand_m3_per_s"] / basins["design_supply_m3_per_s"]
    own = index.reindex(pd.Index(_text(sites, "water_basin_id")))
    return own.to_numpy(dtype=np.float64)


def _tax(sites: pd.DataFrame) -> "dict[str, Floats | Texts]":
    """Tax regime as given; elsewhere the standard one, which holds unless waived."""
    given = _text(sites, "tax_regime")
    return {
        "tax_regime": np.where(given == "", "standard", given),
    }
