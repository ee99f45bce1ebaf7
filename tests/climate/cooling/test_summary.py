"""The figures a site and a system are judged by."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling import SYSTEMS, cool
from climate.cooling.plant import COMPONENTS, SHORTFALL
from climate.cooling.simulate import shaved
from climate.cooling.summary import monthly_mean
from data.choices import CoolingChoices

CHOICES = CoolingChoices()
OUTAGE = replace(CHOICES, water_available=False)


def test_ledger_adds_up_to_the_annual_pue(result):
    parts = sum(result[f"pue_from_{name}"] for name in COMPONENTS)
    assert np.abs(1.0 + parts - result["pue_annual"]).max() < 1e-9


def test_an_hour_without_weather_leaves_no_figure_of_the_year(weather, book):
    holed = weather.copy(deep=True)
    holed["temp_air"][0, 100] = np.nan
    year = cool(holed, CHOICES, book, 0.7).isel(site=0).drop_sel(system="sea_water")
    for name in ("pue_annual", *(f"pue_from_{part}" for part in COMPONENTS)):
        assert year[name].isnull().all(), name
    assert year["pue_monthly"].isnull().sel(month=1).all()
    assert year["pue_monthly"].sel(month=7, system="tower").notnull()


def test_annual_is_the_energy_weighted_mean_of_the_hours(result):
    assert np.abs(result["pue"].mean("time") - result["pue_annual"]).max() < 1e-12
    water = result["wue_l_per_kwh"].mean("time") * 0.7 * 8760
    assert np.abs(water - result["water_m3_per_mw_year"]).max() < 1e-9


def test_water_off_means_no_water(weather, book):
    dry = cool(weather, OUTAGE, book, 0.7).drop_sel(system="tower")
    for name in ("wue_annual_l_per_kwh", "wet_hours", "peak_water_m3_per_mw_day"):
        assert (dry[name] == 0).all()
    assert (dry["pue_peak"] == dry["pue_peak_wet"]).all()


def test_peaks_are_no_lower_than_any_hour_at_full_load(weather, book):
    full = cool(weather, OUTAGE, book, 1.0)
    assert (full["pue_max"] == full["pue"].max("time")).all()
    dry = full.drop_sel(system="tower")  # towers peak in the most humid hour
    assert (dry["pue_peak"] >= dry["pue_max"]).all()


def test_towers_peak_when_the_air_is_most_humid(weather, book):
    full = cool(weather, CHOICES, book, 1.0).sel(system="tower", site="A")
    assert full["pue_max"] > 0.99 * full["pue_peak"]


def test_months_average_to_the_year(result, weather):
    days = weather["time"].dt.days_in_month.groupby(weather["time"].dt.month).first()
    for name in ("pue", "wue_{}_l_per_kwh"):
        monthly = "pue_monthly" if name == "pue" else name.format("monthly")
        annual = "pue_annual" if name == "pue" else name.format("annual")
        mean = (result[monthly] * days).sum("month") / 365
        assert np.abs(mean - result[annual]).max() < 1e-12


def test_months_of_several_years_are_pooled():
    month = np.repeat([1, 2, 1, 2], 3)
    values = np.arange(12.0)[None, :]
    found = monthly_mean(values, month)
    assert found[0, :2].tolist() == [4.0, 7.0]
    assert np.isnan(found[0, 2:]).all()


def test_peak_water_comes_in_summer(result):
    tower = result.sel(system="tower")
    assert tower["peak_water_month"].isin([6, 7, 8]).all()
    assert result["peak_water_month"].sel(system="air_chiller").isnull().all()


def test_blowdown_is_what_towers_drain(result, book):
    tower = result.sel(system="tower")
    share = tower["blowdown_m3_per_mw_year"] / tower["water_m3_per_mw_year"]
    assert (abs(share - 1 / book.tower_cycles) < 0.003).all()


def test_curtailed_energy_is_the_lost_capacity(weather, book):
    bare = replace(OUTAGE, trim_chiller=False, systems=("liquid_dry",))
    hotter = weather.assign(temp_air=weather["temp_air"] + 4.0)
    found = cool(hotter, bare, book, 0.7).sel(system="liquid_dry", site="C")
    assert 0 < found["curtailed_mwh_per_mw_year"] < found["shortfall_hours"]


def test_a_cold_store_shaves_the_design_day(weather, book):
    shaved = replace(CHOICES, peak_shaving_h=2.0)
    with_store, without = (cool(weather, c, book, 1.0) for c in (shaved, CHOICES))
    air = {"system": "air_chiller"}
    saved = without["pue_peak"] - with_store["pue_peak"]
    # 10 minutes of full load over 2 hours: a twelfth of the chillers' work.
    share = saved.sel(air) / (without["pue_peak"].sel(air) - 1.0)
    assert ((share > 0.05) & (share < 1 / 12)).all()
    assert (with_store["pue_max"].sel(air) < without["pue_max"].sel(air)).all()
    assert (with_store["pue_annual"] == without["pue_annual"]).all()


def test_a_cold_store_relieves_the_chillers_it_stands_beside_alone(book, make_air):
    # Big enough for all the hall's chilled heat: what is left runs the trim chiller.
    big = replace(book, tes_minutes=1e6)
    choices = replace(OUTAGE, peak_shaving_h=2.0)
    plant = SYSTEMS["liquid_dry"].plant(make_air([46.0]), 1.0, choices, book)
    assert plant.heat_chilled > 0
    assert plant.heat_trim > 0
    kept = shaved(plant, plant.heat_chilled, choices, big).compressors
    machines = plant.heat_chilled + plant.heat_trim
    assert kept / plant.compressors == pytest.approx(plant.heat_trim / machines)


def test_peak_water_is_of_the_month_in_its_middle(make_weather, book):
    # The only warm day of a level year: from 18 h on 31 July to 18 h on 1 August.
    weather = make_weather(season=0.0, day=0.0, dew=10.0)
    warm = np.zeros(8760)
    start = int(np.flatnonzero(weather["time"] == np.datetime64("2035-07-31T18"))[0])
    warm[start : start + 24] = 8.0
    weather = weather.assign(temp_air=weather["temp_air"] + warm)
    choices = replace(CHOICES, workload="inference", systems=("tower",))
    assert cool(weather, choices, book, 0.7)["peak_water_month"].item() == 8


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
