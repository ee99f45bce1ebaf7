"""Hourly weather of every site, whatever the source: one Dataset (site, time)."""

import numpy as np
import pandas as pd
import xarray as xr

from climate import months
from climate.normals import normals_at
from climate.sea import Intake, sea_at
from climate.synthetic import generate
from climate.warming import monthly_warming
from data import World
from data.assumptions.climate import ClimateBook
from data.choices import ClimateChoices

SOLAR_INPUTS = ("clearness", "linke_turbidity")
GRADE_OF = {
    "temp_air": "derived",
    "pressure": "derived",
    "relative_humidity": "assumed",
    "wind_speed": "assumed",
    "ghi": "assumed",
    "dni": "assumed",
    "dhi": "assumed",
}
"""Grade of each hourly variable: that of the weakest normals behind it."""


def at_sites(
    world: World,
    sites: pd.DataFrame,
    choices: ClimateChoices,
    a: ClimateBook,
    *,
    solar: bool = False,
    intake: Intake | None = None,
) -> xr.Dataset:
    """Return hourly weather for all sites at once.

    Parameters
    ----------
    world : World
        With the climate tables.
    sites : DataFrame
        Indexed by site_id, with `lat`, `lon` [degrees] and, where known,
        `elevation_m` [m] and `climate_region`.
    choices : ClimateChoices
        Years, seed, and the year and pathway whose climate is wanted.
    a : ClimateBook
        The assumptions.
    solar : bool
        True adds radiation, which costs most of the time.
    intake : Intake, optional
        Depth and reach of a sea-water intake; given, adds what `sea.sea_at` returns.

    Returns
    -------
    Dataset, (site, time)
        `temp_air` [degC], `relative_humidity` [%], `pressure` [Pa], `wind_speed`
        [m/s], and if asked `ghi`, `dni`, `dhi` [W/m2], with coordinates `lat`, `lon`
        [degrees] of the site, and the sea. Warming is added to the
        temperature at unchanged relative humidity. `attrs` say how it was made.

    Raises
    ------
    InputError
        If real weather is asked for and cannot be had.
    """
    if choices.source == "synthetic":
        weather = _synthetic(world, sites, choices, a, solar=solar)
    else:
        from climate.sources import registry  # noqa: PLC0415 - the readers load slowly

        weather = registry.read(world, sites, choices, a, solar=solar).weather
    if solar:
        places = {
            name: ("site", sites[name].to_numpy(float)) for name in ("lat", "lon")
        }
        weather = weather.assign_coords(places)
    if intake is None:
        return weather
    time = pd.DatetimeIndex(weather["time"].to_numpy())
    sea = sea_at(world, sites, choices, a, intake, time)
    return xr.merge([weather, sea], join="exact", combine_attrs="override")


def _synthetic(
    world: World,
    sites: pd.DataFrame,
    choices: ClimateChoices,
    a: ClimateBook,
    *,
    solar: bool,
) -> xr.Dataset:
    """Return generated hours, warmed to the target year."""
    normals = normals_at(world, sites, a)
    asked = normals if solar else normals.drop_vars(SOLAR_INPUTS)
    weather = generate(asked, choices.years, choices.seed)
    warming = monthly_warming(choices.target_year, choices.pathway, a)
    course = months.repeat_years(months.smooth(warming), choices.years)
    weather["temp_air"].data += np.repeat(course, 24)
    for name, variable in weather.items():
        variable.attrs["grade"] = GRADE_OF[str(name)]
    weather.attrs = {
        "source": choices.source,
        "method": _method(choices, float(warming.mean()), str(normals.attrs["method"])),
        "grade": "assumed",
    }
    return weather


def _method(choices: ClimateChoices, warming: float, normals: str) -> str:
    """Return in words how the weather was made."""
    run = "the typical year" if choices.years == 1 else f"{choices.years} years"
    climate = (
        "no warming applied"
        if choices.pathway == "none"
        else f"{warming:+.2f} K a year for {choices.target_year} under "
        f"{choices.pathway}, relative humidity unchanged"
    )
    return (
        f"Synthetic hours, {run}, seed {choices.seed}, one national weather for all "
        f"sites; {climate}. {normals}"
    )
