"""The figures a site and a system are judged by."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import cool
from climate.cooling.plant import COMPONENTS, SHORTFALL
from data.choices import CoolingChoices

CHOICES = CoolingChoices()
OUTAGE = replace(CHOICES, water_available=False)


def test_ledger_adds_up_to_the_annual_pue(result):
    parts = sum(result[f"pue_from_{name}"] for name in COMPONENTS)
    assert np.abs(1.0 + parts - result["pue_annual"]).max() < 1e-9


def test_annual_is_the_energy_weighted_mean_of_the_hours(result):
    assert np.abs(result["pue"].mean("time") - result["pue_annual"]).max() < 1e-12
    water = result["wue_l_per_kwh"].mean("time") * 0.7 * 8760
    assert np.abs(water - result["water_m3_per_mw_year"]).max() < 1e-9


def test_water_off_means_no_water(weather, book):
    dry = cool(weather, OUTAGE, book, 0.7)
    for name in ("wue_annual_l_per_kwh", "wet_hours", "peak_water_m3_per_mw_day"):
        assert (dry[name] == 0).all()
    assert (dry["pue_peak"] == dry["pue_peak_wet"]).all()


def test_peaks_are_no_lower_than_any_hour_at_full_load(weather, book):
    full = cool(weather, OUTAGE, book, 1.0)
    assert (full["pue_peak"] >= full["pue"].max("time")).all()


def test_air_chiller_has_one_peak(result):
    air = result.sel(system="air_chiller")
    assert (air["pue_peak"] == air["pue_peak_wet"]).all()


def test_derate_without_trim_chiller_grows_with_heat(weather, book):
    bare = cool(weather, replace(CHOICES, trim_chiller=False), book, 0.7)
    liquid = bare.sel(system="liquid_dry")
    cold, mild, hot = (liquid["derate_pct"].sel(site=s).item() for s in "BAC")
    assert cold <= mild < hot
    fitted = cool(weather, CHOICES, book, 0.7).sel(system="liquid_dry")
    assert (fitted["derate_pct"] == 0).all()
    assert fitted["trim_heat_kw_per_kw_it"].sel(site="C") > 0


def test_derate_is_the_share_of_it_the_dry_field_cannot_carry(weather, book):
    bare = cool(weather, replace(CHOICES, trim_chiller=False), book, 0.7)
    fitted = cool(weather, CHOICES, book, 0.7)
    lost = fitted["trim_heat_kw_per_kw_it"] / fitted["liquid_heat_kw_per_kw_it"]
    site = {"site": "C", "system": "liquid_dry"}
    found = bare["derate_pct"].sel(site).item()
    assert found == pytest.approx(100 * lost.sel(site).item())


def test_shortfall_is_judged_at_full_load(weather, book):
    choices = replace(OUTAGE, trim_chiller=False)
    hotter = weather.assign(temp_air=weather["temp_air"] + 4.0)
    light = cool(hotter, choices, book, 0.3).sel(system="liquid_dry", site="C")
    full = cool(hotter, choices, book, 1.0).sel(system="liquid_dry", site="C")
    assert light["shortfall_hours"] == full["shortfall_hours"] > 0
    assert (light["mode"] != SHORTFALL).all()
    counted = (full["mode"] == SHORTFALL).sum()
    assert full["shortfall_hours"] == counted


def test_peak_day_exceeds_the_mean_wet_day(make_weather, book):
    weather = make_weather(mean=24.0, day=8.0, dew=5.0)
    wet = cool(weather, CHOICES, book, 1.0).sel(system="liquid_dry").isel(site=0)
    hourly = wet["wue_l_per_kwh"].values
    calendar = hourly.reshape(-1, 24).sum(axis=1).max()
    assert wet["wet_hours"] > 100
    assert calendar <= wet["peak_water_m3_per_mw_day"] <= hourly.max() * 24
