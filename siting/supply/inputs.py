"""What a supply design of some sites starts from: load, sun, wind, prices, ties.

Everything the cooling systems share is worked out once for a site; hours stand in
memory, so a few sites at a time.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import xarray as xr

import climate
from climate.cooling.capex import plant_capex
from data import World
from data.assumptions.rooms import Assumptions
from grid import electricity
from grid.electricity.prices import path
from siting.appraisal import paid
from siting.design import connection_per_mw, energy_bill, facility_wanted_mw
from siting.scenario import Scenario
from siting.supply.programme import Array
from siting.survey import survey
from siting.trunk import (
    exact_labels,
    station_rooms,
    surroundings,
    utilisation,
    with_elevation,
)

DUSK = 1e-3
"""Output below this is taken as none [MW per MW]."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Sites under one scenario."""

    facts: xr.Dataset
    """(site, system), (site, option) and (tariff_class, site, system) figures."""
    pue: xr.DataArray
    """(site, system, time) [1]."""
    solar: xr.DataArray
    """(site, time): output per MW [1]; NaN where the weather has no light."""
    wind: xr.DataArray
    """(site, time): output per MW [1]; NaN where the weather has no wind."""
    price: xr.DataArray
    """(tariff_class, time): as tabled [USD/MWh]."""
    a: Assumptions
    scenario: Scenario


def inputs_of(sites: pd.DataFrame, scenario: Scenario, world: World) -> Inputs:
    """Return what the supply designs of some sites start from.

    Parameters
    ----------
    sites : DataFrame
        Indexed by site_id.
    scenario : Scenario
    world : World

    Raises
    ------
    InputError
        If an override names nothing, or a price is not in force in the year.
    """
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    built = world.amended(overrides).built(scenario.build_out)
    year = scenario.campus.year
    a = replace(
        a, power=electricity.tariffs_of_year(built, scenario.power, a.power, year)
    )
    placed = with_elevation(sites, built)
    with exact_labels():
        weather = surroundings(placed, scenario, built, a, solar=True)
        load = utilisation(scenario, a)
        cooling = climate.cool(weather, scenario.cooling, a.cooling, load)
        facts = _facts(placed, (cooling, scenario, built, a))
        mean = climate.mean_hub_wind(built, sites, a.resource)
        curve = built.tables["turbine_curve"]
        wind = climate.wind_output(weather, a.resource, mean, curve)
        sun = climate.pv_output(weather, a.resource)
    told = {f"weather_{key}": text for key, text in weather.attrs.items()}
    lacks = dict.fromkeys((sun.attrs["missing"], wind.attrs["missing"]))
    told["missing"] = "; ".join(text for text in lacks if text)
    sourced = ("site", np.isfinite(mean.to_numpy()))
    return Inputs(
        facts=facts.assign(wind_sourced=sourced).assign_attrs(told),
        pue=cooling["pue"].transpose("site", "system", "time"),
        solar=_cut(sun),
        wind=_cut(wind.drop_vars("wind_place_id", errors="ignore")),
        price=electricity.prices(cooling["time"].to_numpy(), a.power)
        * path(a.power.tariff_escalation_real_pct, year, a.power),
        a=a,
        scenario=scenario,
    )


def _cut(output: xr.DataArray) -> xr.DataArray:
    """Return the output with next to none set to none."""
    return output.where((output >= DUSK) | np.isnan(output), 0.0)


def _facts(
    sites: pd.DataFrame, parts: tuple[xr.Dataset, Scenario, World, Assumptions]
) -> xr.Dataset:
    """Return figures of site, system and connection, prices as the campus bears them."""
    cooling, scenario, world, a = parts
    campus, load = scenario.campus, utilisation(scenario, a)
    bill = energy_bill(cooling, a, load)
    figures = within_water(cooling.drop_dims("time"), scenario)
    land = survey(sites, world, a.campus)
    wanted = facility_wanted_mw(figures, land["land_mw"], campus.mw, a)
    ask = electricity.Ask(campus.year, campus.decision_date, wanted)
    room = station_rooms(world, scenario, a)
    access = electricity.connect(sites, world, room, scenario.power, a.power, ask)
    need = campus.mw * connection_per_mw(figures, a)
    within = access["firm_mw"].fillna(0.0).clip(max=need)
    tied = electricity.offer(access, within.where(within > 0.0), a.power)
    gas = electricity.supply_prices(world, scenario.power, a.power, campus.year)
    one = xr.DataArray(1.0)
    borne = paid(one, land["tax_regime"], world, a)
    kept = borne / float(electricity.price_ex_vat(one, _standard_vat(world), a.power))
    pieces = [
        figures[["admissible", "inadmissible_because", "water_m3_per_mw_year"]],
        bill,
        access,
        tied[["connection_capex_usd", "months_to_power", "lateral_circuits"]],
        land[["tax_regime"]],
    ]
    joined = xr.merge(
        pieces, join="exact", compat="equals", combine_attrs="drop_conflicts"
    )
    capex = plant_capex(cooling, scenario.cooling, a.cooling)
    return joined.assign(
        need_mw=need,
        contract_mw=within,
        cooling_capex_usd=1000.0 * campus.mw * capex,
        borne=borne,
        gas_usd_per_mwh_th=kept * gas.gas_usd_per_mwh_th,
        meter_usd_per_year=kept * 12.0 * gas.fixed_usd_per_month,
    )


def within_water(figures: xr.Dataset, scenario: Scenario) -> xr.Dataset:
    """Return the figures with systems that take more water than allowed refused.

    Parameters
    ----------
    figures : Dataset
        `admissible`, `inadmissible_because`, `water_m3_per_mw_year` (site, system).
    scenario : Scenario
    """
    most = scenario.supply.water_m3_per_year
    if most is None:
        return figures
    over = figures["water_m3_per_mw_year"] * scenario.campus.mw > most
    said = figures["inadmissible_because"]
    reason = f"takes more than {most:g} m3 of water a year"
    return figures.assign(
        admissible=figures["admissible"] & ~over,
        inadmissible_because=said.where(~over | (said != ""), reason),
    )


def _standard_vat(world: World) -> float:
    return float(world.tables["tax_regimes"]["supply_vat_pct"]["standard"])


def hours_of(values: xr.DataArray, site: str) -> Array:
    """Return one site's hours."""
    hours: Array = values.sel(site=site).to_numpy().astype(float)
    return hours
