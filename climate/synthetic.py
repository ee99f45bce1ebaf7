"""Monthly normals to hourly weather years: the embedded source.

A small form of the chain of Aguiar and Collares-Pereira and of Meteonorm [1]_, [2]_:
daily means from smoothed normals and an autoregressive anomaly, bent to the skewness
observed; a diurnal course after Erbs [3]_ whose height follows the day's highest
temperature; dew point, cloud and wind that lean on both as observed; sunlight from a
clear sky and a daily clearness. One national series of innovations serves every site,
scaled to it, so that sites differ by climate and not by luck.

What is simple, and known: the variability of a site is lent by stations beyond the
border, which is the larger error (the hottest and coldest hours of a station left out
miss by up to 2 and 5 K, with its own variability by 1 and 2 K [4]_); dew point keeps
within a day; clearness does not vary within a day; pressure is constant.

References
----------
.. [1] R. Aguiar and M. Collares-Pereira (1992), TAG, Solar Energy 49, 167-174.
.. [2] Meteonorm handbook, synthetic generation of hourly values.
.. [3] D. G. Erbs (1984), thesis, University of Wisconsin-Madison; the four terms as
   given by Knight, Klein and Duffie (1991), Solar Energy 46, 109-120.
.. [4] METHODS.md, comparison with stations near the border.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr
from pvlib.atmosphere import alt2pres

from climate import days, months, solar, variables
from data.load import read_raw

Array = npt.NDArray[np.float64]

REQUIRED = ("temp_air", "daily_range")
OPTIONAL = ("relative_humidity", "wind_speed", "clearness", "linke_turbidity")
STATISTICS = (
    "temp_sd",
    "temp_lag1",
    "temp_skew",
    "temp_interannual_sd",
    "max_sd",
    "max_lag1",
    "max_skew",
    "max_temp_corr",
    "dew_sd",
    "dew_lag1",
    "dew_interannual_sd",
    "dew_temp_corr",
    "dew_max_corr",
    "wind_weibull_k",
    "wind_lag1_hour",
    "wind_course",
    "wind_temp_corr",
    "wind_max_corr",
    "clearness_sd",
    "clearness_lag1",
    "clearness_temp_corr",
    "clearness_max_corr",
    "clearness_min",
)
"""Variability by month: columns of the normals, or else the tabled default."""
BOUNDS = {
    "temp_air": (-60.0, 60.0),
    "daily_range": (0.0, 40.0),
    "relative_humidity": (1.0, 100.0),
    "wind_speed": (0.0, 80.0),
    "clearness": (0.0, 1.2),
    "linke_turbidity": (1.0, 15.0),
}
"""What a normal may be, in the units of `hourly`."""
UNITS = {
    "temp_air": "degC",
    "relative_humidity": "%",
    "pressure": "Pa",
    "wind_speed": "m/s",
    "ghi": "W/m2",
    "dni": "W/m2",
    "dhi": "W/m2",
}


@cache
def default_statistics() -> pd.DataFrame:
    """Return the variability used where normals bring none: mean of seven stations.

    Returns
    -------
    DataFrame
        Twelve rows by month, the columns of `STATISTICS`.
    """
    table = read_raw("climate_variability")
    own = table[table["climate_region"] == "default"].set_index("month")
    own.index = own.index.astype(int)
    return own[list(STATISTICS)].astype(float).sort_index()


def hourly(
    normals: pd.DataFrame,
    latitude: float,
    longitude: float,
    elevation: float,
    years: int = 1,
    seed: int = 0,
) -> xr.Dataset:
    """Return hourly weather of one place from its monthly normals.

    Parameters
    ----------
    normals : DataFrame
        Indexed by month, 1 to 12. `temp_air` [degC] and `daily_range` [K] are needed;
        `relative_humidity` [%], `wind_speed` [m/s], and `clearness` [1] with
        `linke_turbidity` [1] each bring their variables; without the column, or with
        a blank one, the variable is left out. Columns of `STATISTICS` override the
        tabled default variability.
    latitude, longitude : float
        North and east positive [degrees].
    elevation : float
        Above sea level [m].
    years : int
        1 gives the typical year: every month has exactly its normal. More give
        months that differ from year to year, exact over all years together.
    seed : int
        Of the national weather.

    Returns
    -------
    Dataset
        On `time`: UTC, 8,760 hours a year, 29 February left out, each stamp the
        opening of its hour and each value that of half past.

    Raises
    ------
    ValueError
        Naming what is wrong with the normals, or if `years` is below 1.
    """
    used = _usable(normals)
    climate = used.to_xarray().rename({used.index.name or "index": "month"})
    place = xr.Dataset(
        {
            "lat": ("site", [latitude]),
            "lon": ("site", [longitude]),
            "elevation_m": ("site", [elevation]),
        }
    )
    return generate(climate.expand_dims(site=1).merge(place), years, seed).isel(site=0)


def _usable(normals: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the normals that hold values, or say what is wrong."""
    known = [c for c in (*REQUIRED, *OPTIONAL, *STATISTICS) if c in normals]
    used = normals[known].sort_index().astype(float).dropna(axis="columns", how="all")
    faults = [f"{name} is absent" for name in REQUIRED if name not in used]
    if list(used.index) != list(range(1, 13)):
        faults.append("the index is not the months 1 to 12")
    for name in used:
        low, high = BOUNDS.get(str(name), (-np.inf, np.inf))
        if not used[name].between(low, high).all() or np.isinf(used[name]).any():
            faults.append(f"{name} has a blank, or a value outside {low:g} to {high:g}")
    if faults:
        message = f"normals: {'; '.join(faults)}"
        raise ValueError(message)
    return used


def generate(normals: xr.Dataset, years: int, seed: int) -> xr.Dataset:
    """Return hourly weather for many sites at once; see `hourly`.

    Parameters
    ----------
    normals : Dataset, (site, month)
        Variables as the columns of `hourly`, and `lat`, `lon` [degrees] and
        `elevation_m` [m] by site.
    years, seed : int
        As in `hourly`.

    Returns
    -------
    Dataset, (site, time)
    """
    if years < 1:
        message = f"years is {years}: at least 1"
        raise ValueError(message)
    monthly = _arrays(normals)
    latitude, longitude, elevation = (
        normals[name].to_numpy().astype(float)[:, None]
        for name in ("lat", "lon", "elevation_m")
    )
    weather_days = days.national(monthly, years, seed)
    temp = variables.temperature(monthly, longitude, weather_days)
    out = {
        "temp_air": temp,
        "pressure": np.broadcast_to(alt2pres(elevation), temp.shape),
    }
    if "relative_humidity" in monthly:
        humidity = variables.relative_humidity(monthly, temp, weather_days)
        out["relative_humidity"] = humidity
    if "wind_speed" in monthly:
        out["wind_speed"] = variables.wind_speed(monthly, longitude, weather_days)
    if "clearness" in monthly and "linke_turbidity" in monthly:
        place = (latitude, longitude, elevation)
        out |= solar.sunlight(monthly, place, weather_days)
    weather = xr.Dataset(
        {
            name: (("site", "time"), values, {"units": UNITS[name]})
            for name, values in out.items()
        },
        coords={"time": months.hours(years)},
    )
    return weather.assign_coords(site=normals["site"]) if "site" in normals else weather


def _arrays(normals: xr.Dataset) -> dict[str, Array]:
    """Return every monthly variable as (site, 12), the default where none is given."""
    sites = normals.sizes["site"]
    defaults = default_statistics() if set(STATISTICS) - set(normals) else None
    given = {
        str(name): normals[name].transpose("site", "month").to_numpy().astype(float)
        for name in (*REQUIRED, *OPTIONAL, *STATISTICS)
        if name in normals
    }
    if defaults is None:
        return given
    return {
        name: np.broadcast_to(defaults[name].to_numpy(), (sites, 12))
        for name in STATISTICS
    } | given
