"""Annual PUE under fleet practice against what operators report for like climates.

Run: ``python benchmarks/bench_operators.py``. Climates are monthly normals from general
knowledge (`operator_climates.csv`), made into hours by the embedded generator; designs
are the product systems with the numbers of FLEET in force. What an operator has built
at a place is rarely published: every system its climate admits is shown.
"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from climate import synthetic
from climate.cooling import cool
from data import load_world
from data.choices import CoolingChoices

NORMALS = Path(__file__).with_name("operator_climates.csv")
FLEET = {
    "cooling.ups_k0": 0.0045,
    "cooling.ups_k1": 0.008,
    "cooling.ups_k2": 0.013,
    "cooling.air.supply_c": 29.0,
    "cooling.air.fan_pressure_pa": 350.0,
    "cooling.airside.fan_pressure_pa": 450.0,
    "cooling.air.fan_efficiency": 0.8,
    "cooling.airside.humidity_high_pct": 90.0,
}
"""Hyperscale practice: UPS 97.7 % efficient, 29 degC supply air, modern fans."""
UTILISATION = 0.7


class Place(NamedTuple):
    title: str
    lat: float
    lon: float
    elevation_m: float
    reported: float
    operator: str
    systems: tuple[str, ...]


AIR = ("airside", "tower", "air_chiller")
PLACES = {
    "storey": Place("Storey County NV", 39.5, -119.4, 1330.0, 1.14, "Google 2025", AIR),
    "hamina": Place("Hamina", 60.6, 27.2, 5.0, 1.10, "Google 2025", ("sea_water",)),
    "phoenix": Place("Phoenix", 33.4, -112.0, 340.0, 1.13, "Microsoft 2025", AIR),
    "warsaw": Place("Warsaw", 52.2, 21.0, 105.0, 1.19, "Microsoft 2025", AIR),
}


def weather(place: Place, normals: pd.DataFrame) -> xr.Dataset:
    hours = synthetic.hourly(
        normals.drop(columns=["place", "temp_sea"]).set_index("month"),
        place.lat,
        place.lon,
        place.elevation_m,
    ).expand_dims(site=[place.title])
    if normals["temp_sea"].isna().any():
        return hours
    middle = np.arange(12) * 730.0 + 365.0
    sea = np.interp(np.arange(8760), middle, normals["temp_sea"], period=8760)
    return hours.assign(
        temp_sea=(("site", "time"), sea[None]),
        sea_distance_km=("site", [0.5]),
        sea_lift_m=("site", [place.elevation_m]),
    )


def main() -> None:
    every = pd.read_csv(NORMALS, comment="#")
    world = load_world()
    books = {"fleet": world.book.resolve(FLEET), "default": world.book.resolve({})}
    print(
        "place              reported          system        PUE fleet  default    WUE"
    )
    for name, place in PLACES.items():
        hours = weather(place, every[every["place"] == name])
        choices = CoolingChoices(workload="colocation", systems=place.systems)
        choices = replace(choices, residual_loop="tower")
        years = {
            key: cool(hours, choices, book.cooling, UTILISATION)
            for key, book in books.items()
        }
        for system in place.systems:
            fleet, default = (
                years[key].sel(system=system).isel(site=0) for key in years
            )
            print(
                f"{place.title:18} {place.reported:.2f} {place.operator:15}"
                f"{system:14}{float(fleet['pue_annual']):8.3f}"
                f"{float(default['pue_annual']):10.3f}"
                f"{float(fleet['wue_annual_l_per_kwh']):8.2f}"
            )


if __name__ == "__main__":
    main()
