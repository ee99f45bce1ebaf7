"""The shipped assumptions and the states of air every cooling test breathes."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from climate.cooling import cool
from climate.cooling.state import Ambient, air_state
from climate.psychrometrics import relative_humidity_from_dew_point
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices
from data.load import read_raw

MakeAir = Callable[..., Ambient]
MakeWeather = Callable[..., xr.Dataset]
ByTheSea = Callable[..., xr.Dataset]


@pytest.fixture(scope="session")
def book() -> CoolingBook:
    table = read_raw("parameters").set_index("name")["value"].astype(float)
    values = {str(k).replace(".", "_"): float(v) for k, v in table.items()}
    names = (field.name for field in fields(CoolingBook))
    return CoolingBook(**{name: values[f"cooling_{name}"] for name in names})


@pytest.fixture(scope="session")
def make_air() -> MakeAir:
    """States of one site by a sea of 15 degC from dry bulbs and a dew point [degC]."""

    def make(temp_air, temp_dew=5.0, pressure=101325.0) -> Ambient:
        temp = np.atleast_2d(np.asarray(temp_air, dtype=float))
        dew = np.minimum(np.broadcast_to(temp_dew, temp.shape), temp)
        humidity = relative_humidity_from_dew_point(temp, dew)
        air = air_state(temp, humidity, np.full(temp.shape, float(pressure)))
        return replace(
            air,
            temp_sea=np.full(temp.shape, 15.0),
            sea_distance_km=np.full((len(temp), 1), 1.0),
            sea_lift_m=np.full((len(temp), 1), 10.0),
        )

    return make


@pytest.fixture(scope="session")
def make_weather() -> MakeWeather:
    """A year of smooth weather: seasons and days as cosines, one row a site.

    The default is the coast at Baku: mean 15.5 degC, July 27 and January 4 degC on
    average, days of 7 K, dew points between 0 and 17 degC (ERA5 normals, rounded).
    """

    def make(
        mean=15.5, season=11.5, day=3.5, dew=8.5, pressure=101800.0, sites=("A",)
    ) -> xr.Dataset:
        hour = np.arange(8760)
        year = -np.cos(2 * np.pi * (hour / 8760 - 25 / 365))
        daily = -np.cos(2 * np.pi * (hour + 1) / 24)
        means = np.broadcast_to(mean, len(sites))[:, None]
        temp = means + season * year + day * daily
        dew_point = np.minimum(dew + 0.7 * season * year, temp)
        values = {
            "temp_air": temp,
            "relative_humidity": relative_humidity_from_dew_point(temp, dew_point),
            "pressure": np.full(temp.shape, pressure),
        }
        return xr.Dataset(
            {name: (("site", "time"), array) for name, array in values.items()},
            coords={
                "site": list(sites),
                "time": pd.date_range("2035-01-01", periods=8760, freq="h"),
            },
        )

    return make


@pytest.fixture(scope="session")
def by_the_sea() -> ByTheSea:
    """Weather with a sea of 7 to 27 degC, as at Baku, at each site's distance."""

    def beside(weather, distance=1.0, lift=10.0) -> xr.Dataset:
        hour = np.arange(weather.sizes["time"])
        course = 17.0 - 10.0 * np.cos(2 * np.pi * (hour / 8760 - 45 / 365))
        shape = (weather.sizes["site"], hour.size)
        sites = {"sea_distance_km": distance, "sea_lift_m": lift}
        return weather.assign(
            temp_sea=(("site", "time"), np.broadcast_to(course, shape)),
            **{n: ("site", np.broadcast_to(v, shape[:1])) for n, v in sites.items()},
        )

    return beside


@pytest.fixture(scope="session")
def weather(make_weather: MakeWeather, by_the_sea: ByTheSea) -> xr.Dataset:
    """Three sites by the sea: like Baku, upland, and hotter than any in the country."""
    return by_the_sea(make_weather(sites=("A", "B", "C"), mean=(15.5, 9.0, 22.0)))


@pytest.fixture(scope="session")
def result(weather: xr.Dataset, book: CoolingBook) -> xr.Dataset:
    """Those sites as the shipped choices cool them at 70 % utilisation."""
    return cool(weather, CoolingChoices(), book, 0.7)
