"""Solar output of many sites and years beside pvlib site by site, in one run.

The rival is pvlib's usual chain for one place after another: NREL's sun position
(`nrel_numpy`), Hay-Davies, Faiman, PVWatts, with the same numbers. Both start from the
same beam and diffuse radiation, or with ``--global`` from the global alone, split
after Erbs. Run: ``python benchmarks/bench_pv.py``; the rival is timed on one site a
round, in turns with ours on all, and its median counted for as many.
"""

import argparse
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np
import pandas as pd
from pvlib import (
    iam,
    inverter,
    irradiance,
    pvsystem,
    solarposition,
    temperature,
    tracking,
)

import climate
from data import load_world
from data.choices import ClimateChoices


def rival(weather, a, method="nrel_numpy"):
    """The chain for one site, every hour."""
    time = pd.DatetimeIndex(weather["time"].to_numpy()) + pd.Timedelta(minutes=30)
    day = time.day_of_year.to_numpy().astype(float)
    place = float(weather["lat"]), float(weather["lon"])
    sun = solarposition.get_solarposition(time, *place, method=method)
    ghi, temp, wind = (weather[n].to_numpy() for n in ("ghi", "temp_air", "wind_speed"))
    zenith, apparent = sun["zenith"].to_numpy(), sun["apparent_zenith"].to_numpy()
    azimuth = sun["azimuth"].to_numpy()
    parts = weather if "dni" in weather else irradiance.erbs(ghi, zenith, day)
    dni, dhi = (np.asarray(parts[name]) for name in ("dni", "dhi"))
    tilt, facing = a.pv_tilt_deg, a.pv_azimuth_deg
    if a.pv_tracking > 0.5:
        limit, gcr = a.pv_tracker_limit_deg, a.pv_ground_cover_ratio
        turned = tracking.singleaxis(apparent, azimuth, 0.0, 180.0, limit, True, gcr)
        tilt = np.nan_to_num(turned["surface_tilt"])
        facing = np.nan_to_num(turned["surface_azimuth"], nan=180.0)
    plane = irradiance.get_total_irradiance(
        tilt,
        facing,
        apparent,
        azimuth,
        dni,
        ghi,
        dhi,
        dni_extra=irradiance.get_extra_radiation(day),
        albedo=a.pv_albedo,
        model="haydavies",
    )
    angle = irradiance.aoi(tilt, facing, apparent, azimuth)
    beam = plane["poa_direct"] * iam.ashrae(angle, b=a.pv_incidence_b)
    used = (beam + plane["poa_diffuse"]) * (1.0 + a.pv_bifacial_gain_pct / 100.0)
    losses = a.pv_heat_loss_u0, a.pv_heat_loss_u1
    cell = temperature.faiman(plane["poa_global"], temp, wind, *losses)
    gamma = a.pv_temp_coefficient_pct_per_k / 100.0
    raw = pvsystem.pvwatts_dc(used, cell, a.pv_dc_ac_ratio, gamma)
    raw = raw * (1.0 - a.pv_soiling_pct / 100.0) * (1.0 - a.pv_dc_loss_pct / 100.0)
    best = a.pv_inverter_efficiency
    power = inverter.pvwatts(np.maximum(raw, 0.0), 1.0 / best, best)
    return power * (1.0 - a.pv_ac_loss_pct / 100.0) * a.pv_availability_pct / 100.0


def timed(function, *words):
    start = perf_counter()
    result = function(*words)
    return perf_counter() - start, result


def compare(weather, a, rounds):
    """Times of ours on all sites and the rival's on one a round, and how they differ."""
    ours, theirs, energy, hour = [], [], 0.0, 0.0
    for turn in range(rounds):
        spent, power = timed(climate.pv_output, weather, a)
        ours.append(spent)
        site = weather.isel(
            site=turn * (weather.sizes["site"] - 1) // max(rounds - 1, 1)
        )
        spent, their = timed(rival, site, a)
        theirs.append(spent)
        own = power.sel(site=site["site"]).to_numpy()
        energy = max(energy, abs(own.sum() / their.sum() - 1.0))
        hour = max(hour, np.abs(own - their).max())
    return median(ours), median(theirs) * weather.sizes["site"], energy, hour


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--global", dest="split", action="store_true")
    asked = parser.parse_args()
    world = load_world()
    book = world.book.resolve({})
    sites = world.tables["sites"].iloc[: asked.sites]
    choices = ClimateChoices(pathway="none", years=asked.years)
    weather = climate.at_sites(world, sites, choices, book.climate, solar=True)
    if asked.split:
        weather = weather.drop_vars(["dni", "dhi"])
    print(
        f"{len(sites)} sites x {asked.years} years, median of {asked.rounds} in turns"
    )
    for name, tracks in (("fixed", 0.0), ("tracker", 1.0)):
        a = replace(book.resource, pv_tracking=tracks)
        ours, theirs, energy, hour = compare(weather, a, asked.rounds)
        print(
            f"{name:8} ours {ours:6.2f} s  pvlib {theirs:6.1f} s  ratio "
            f"{theirs / ours:5.1f}  energy within {100 * energy:.4f} %  "
            f"hour within {hour:.1e} of rating"
        )


if __name__ == "__main__":
    main()
