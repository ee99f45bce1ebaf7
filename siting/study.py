"""A cooling study of a few sites: every system, the months, the hours, the energy.

The ranking keeps one design a site; an engineer wants to see what it was chosen from.
"""

from dataclasses import dataclass

import pandas as pd
import xarray as xr

import climate
from climate.cooling import SYSTEMS
from climate.cooling.capex import plant_capex
from climate.cooling.plant import COMPONENTS, MODE_NAMES
from climate.psychrometrics import humidity_ratio, wet_bulb
from data import World
from siting.scenario import Scenario
from siting.trunk import exact_labels, surroundings, utilisation

FIGURES = (
    "pue_annual",
    "pue_peak",
    "pue_peak_wet",
    "pue_max",
    "wue_annual_l_per_kwh",
    "peak_water_m3_per_mw_day",
    "blowdown_m3_per_mw_year",
    "seawater_m3_per_mw_year",
    "free_cooling_hours",
    "wet_hours",
    "trim_hours",
    "shortfall_hours",
    "derate_pct",
    "cooling_capex_usd_per_kw_it",
)
"""Figures of the table of systems, in its order."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What each cooling system would do at each site."""

    weather: xr.Dataset
    """Hours (site, time), wet bulb [degC] and humidity ratio [kg/kg] included."""
    cooling: xr.Dataset
    """As `climate.cool` gives it, with `cooling_capex_usd_per_kw_it`."""
    ledger: xr.DataArray
    """Power over IT power (site, system, component, time) [1]."""


def study_cooling(sites: pd.DataFrame, scenario: Scenario, world: World) -> Study:
    """Return the cooling of some sites under one scenario, hour by hour.

    The same functions and numbers as in the ranking, before a design is chosen.

    Parameters
    ----------
    sites : DataFrame
        Indexed by site_id; memory grows with sites × systems × hours, so a few.
    scenario : Scenario
    world : World

    Raises
    ------
    InputError
        If an override names nothing, or cannot have that value.
    """
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    load = utilisation(scenario, a)
    placed = sites.assign(elevation_m=climate.elevations(world, sites))
    with exact_labels():
        told = world.amended(overrides)
        weather = surroundings(placed, scenario, told, a)
        cooling = climate.cool(weather, scenario.cooling, a.cooling, load)
        capex = plant_capex(cooling, scenario.cooling, a.cooling)
        parts = climate.ledger(weather, scenario.cooling, a.cooling, load)
    air = [weather[n].data for n in ("temp_air", "relative_humidity", "pressure")]
    moist = weather.assign(
        wet_bulb=(weather["temp_air"].dims, wet_bulb(*air), {"units": "degC"}),
        humidity_ratio=(weather["temp_air"].dims, humidity_ratio(*air)),
    )
    return Study(moist, cooling.assign(cooling_capex_usd_per_kw_it=capex), parts)


def system_table(study: Study, site: str) -> pd.DataFrame:
    """Return one row a system: the figures of the year and what forbids it.

    Parameters
    ----------
    study : Study
    site : str
        A site_id of the study.

    Returns
    -------
    DataFrame
        Indexed by system; `title`, the columns of `FIGURES`, `inadmissible_because`.
    """
    own = study.cooling.sel(site=site)
    table = own[list(FIGURES)].to_dataframe()[list(FIGURES)]
    titles = [SYSTEMS[str(name)].title for name in table.index]
    table.insert(0, "title", titles)
    return table.assign(inadmissible_because=own["inadmissible_because"].to_numpy())


def energy_table(study: Study, site: str) -> pd.DataFrame:
    """Return what each part of each system adds to its annual PUE, and the PUE itself.

    Returns
    -------
    DataFrame
        A row a component and `pue_annual` last, a column a system; each column of
        components plus 1 is the last row.
    """
    own = study.cooling.sel(site=site)
    parts = {name: own[f"pue_from_{name}"].to_series() for name in COMPONENTS}
    return pd.DataFrame({**parts, "pue_annual": own["pue_annual"].to_series()}).T


def month_table(study: Study, site: str) -> pd.DataFrame:
    """Return PUE and WUE of each system and month, long: system, month, two values."""
    own = study.cooling.sel(site=site)
    names = ["pue_monthly", "wue_monthly_l_per_kwh"]
    return own[names].to_dataframe()[names].reset_index()


def hour_table(study: Study, site: str, system: str) -> pd.DataFrame:
    """Return the hours of one system at one site.

    Returns
    -------
    DataFrame
        A row an hour: `time` (UTC), air, `pue`, `wue_l_per_kwh`, `mode` with its name,
        and the energy ledger, power over IT power.
    """
    air = study.weather.sel(site=site)
    own = study.cooling.sel(site=site, system=system)
    parts = study.ledger.sel(site=site, system=system)
    names = ("temp_air", "wet_bulb", "relative_humidity", "humidity_ratio")
    mode = own["mode"].to_numpy()
    columns = {
        "site_id": site,
        "system": system,
        "time": air["time"].to_numpy(),
        **{name: air[name].to_numpy() for name in names},
        **{name: own[name].to_numpy() for name in ("pue", "wue_l_per_kwh")},
        "mode": mode,
        "mode_name": [MODE_NAMES[m] if m >= 0 else "unknown" for m in mode],
        **{f"{n}_per_it": parts.sel(component=n).to_numpy() for n in COMPONENTS},
    }
    return pd.DataFrame(columns)
