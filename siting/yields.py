"""What a megawatt of sun or wind gives at a site, beside what plants are said to give."""

from dataclasses import replace

import numpy as np
import pandas as pd
import xarray as xr

import climate
from climate import months
from data import World
from data.assumptions.rooms import Assumptions
from data.choices import ClimateChoices

PARTS = {
    "pv_tracker_mwh_per_mw": "pv_tracker",
    "pv_fixed_mwh_per_mw": "pv_fixed",
    "wind_weather_mwh_per_mw": "wind_weather",
    "wind_mwh_per_mw": "wind",
}
"""Yearly figure → hourly variable of `study_yields`."""


def study_yields(
    world: World, sites: pd.DataFrame, choices: ClimateChoices, a: Assumptions
) -> xr.Dataset:
    """Return hourly sun, wind and the output of plants at some sites.

    Parameters
    ----------
    world : World
    sites : DataFrame
        Indexed by site_id, with `lat`, `lon`.
    choices : ClimateChoices
    a : Assumptions

    Returns
    -------
    Dataset, (site, time)
        `ghi` [W/m2], `wind_hub` [m/s], and over rating [1] `pv_tracker`, `pv_fixed`,
        `wind_weather` (the weather's own wind) and `wind` (on the sourced mean, NaN
        where there is none); `wind_hub_mean` [m/s] by site. `attrs["missing"]` says
        what the weather lacks.
    """
    weather = climate.at_sites(world, sites, choices, a.climate, solar=True)
    mean = climate.mean_hub_wind(world, sites, a.resource)
    curve = world.tables["turbine_curve"]
    outputs = {
        "pv_tracker": climate.pv_output(weather, replace(a.resource, pv_tracking=1.0)),
        "pv_fixed": climate.pv_output(weather, replace(a.resource, pv_tracking=0.0)),
        "wind_weather": climate.wind_output(weather, a.resource, curve=curve),
        "wind": climate.wind_output(weather, a.resource, mean, curve),
    }
    lacks = dict.fromkeys(output.attrs["missing"] for output in outputs.values())
    outputs["wind"] = outputs["wind"].where(np.isfinite(mean))
    ghi = weather["ghi"] if "ghi" in weather else xr.full_like(outputs["wind"], np.nan)
    hours = {
        name: output.drop_vars("wind_place_id", errors="ignore")
        for name, output in outputs.items()
    }
    return xr.Dataset(
        hours
        | {
            "ghi": ghi.drop_vars(["lat", "lon"], errors="ignore"),
            "wind_hub": climate.hub_wind(weather, a.resource),
            "wind_hub_mean": mean,
        },
        attrs={
            "source": weather.attrs["source"],
            "grade": "assumed",
            "missing": "; ".join(text for text in lacks if text),
        },
    )


def yield_table(study: xr.Dataset, site: str) -> pd.DataFrame:
    """Return the mean year and its months at one site.

    Returns
    -------
    DataFrame
        Rows `ghi_kwh_per_m2`, the names of `PARTS` [MWh/MW] and `wind_hub` [m/s];
        columns `year` and months 1 to 12. NaN where any hour is absent.
    """
    own = study.sel(site=site)
    years = own.sizes["time"] // months.hours(1).size
    rows = {}
    for name, hourly in {"ghi_kwh_per_m2": "ghi", **PARTS}.items():
        values = own[hourly].to_numpy() / (1000.0 if hourly == "ghi" else 1.0)
        month = months.sums_by_month(values, years).mean(axis=0)
        rows[name] = [month.sum(), *month]
    wind = own["wind_hub"].to_numpy()
    rows["wind_hub"] = [wind.mean(), *months.monthly_mean(wind, years)]
    return pd.DataFrame.from_dict(rows, "index", columns=["year", *range(1, 13)])


def hour_table(study: xr.Dataset) -> pd.DataFrame:
    """Return every hour of every site, one site below the other."""
    names = ["ghi", "pv_tracker", "pv_fixed", "wind_hub", "wind_weather", "wind"]
    frame = study[names].to_dataframe()[names].reset_index()
    return frame.rename(columns={"site": "site_id"})


def beside_published(world: World, a: Assumptions) -> pd.DataFrame:
    """Return published yields beside the model at the plants' own places.

    In the embedded weather of the typical year, without warming; solar plants with
    trackers, wind on the weather's own wind and on the sourced mean.

    Returns
    -------
    DataFrame
        Indexed by plant: `name`, `technology`, `capacity_mw`, `yield_gwh`, and
        `model_gwh`, `model_sourced_gwh` (NaN for solar).
    """
    plants = world.tables["published_yields"]
    places = plants[["lat", "lon"]].assign(elevation_m=np.nan)
    study = study_yields(world, places, ClimateChoices(pathway="none"), a)
    year = study[list(PARTS.values())].sum("time", skipna=False).to_dataframe()
    sun = plants["technology"] == "solar"
    share = plants["capacity_mw"] / 1000.0
    return plants[["name", "technology", "capacity_mw", "yield_gwh"]].assign(
        model_gwh=year["pv_tracker"].where(sun, year["wind_weather"]) * share,
        model_sourced_gwh=year["wind"].where(~sun) * share,
    )
