"""The room's front door: contract, invariants, plausible figures."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import xarray as xr

from climate.cooling import cool, ledger
from climate.cooling.plant import COMPONENTS, UNKNOWN
from data.choices import CoolingChoices
from data.schema import glossary

CHOICES = CoolingChoices()


def test_labels_and_units_follow_the_contract(result, weather):
    assert result["pue"].dims == ("site", "system", "time")
    assert result["system"].values.tolist() == list(CHOICES.systems)
    assert result["site"].values.tolist() == weather["site"].values.tolist()
    assert set(result.coords) == {"site", "system", "time", "month"}
    assert result["mode"].dtype == np.int8
    for name, variable in result.data_vars.items():
        assert variable.attrs["units"] == glossary()[str(name)].unit
    assert "steady state" in result.attrs["cooling_method"]


def test_values_lie_within_the_bounds_of_the_glossary(result):
    for name, variable in result.data_vars.items():
        term = glossary()[str(name)]
        if term.dtype in ("float", "int"):
            assert term.low is None or variable.min() >= term.low
            assert term.high is None or variable.max() <= term.high


def test_baku_like_year_stands_in_the_plausible_window(result):
    # Windows judged from operators of like climates (model §1.4).
    baku = result["pue_annual"].sel(site="A")
    assert 1.06 <= baku.sel(system="liquid_dry") <= 1.15
    assert 1.15 <= baku.sel(system="air_chiller") <= 1.35


def test_hourly_ledger_adds_up_to_the_hourly_pue(result, weather, book):
    parts = ledger(weather, CHOICES, book, 0.7)
    assert parts["component"].values.tolist() == list(COMPONENTS)
    assert np.abs(1.0 + parts.sum("component") - result["pue"]).max() < 1e-9
    yearly = parts.mean("time").sel(component="compressors", drop=True)
    assert np.abs(yearly - result["pue_from_compressors"]).max() < 1e-9


@pytest.mark.parametrize(
    ("mean", "dew", "published"), [(20.5, 6.0, 1.098), (16.0, 9.0, 1.084)]
)
def test_liquid_year_is_near_the_published_prototype(
    book, make_weather, mean, dew, published
):
    # Prototype of model §4d at W40, 20 K ITD with water, zones 2B and 3A; the weather
    # here only resembles those zones, hence the wide tolerance.
    weather = make_weather(mean=mean, season=11.0, day=6.0, dew=dew)
    choices = replace(CHOICES, itd_k=20.0)
    found = cool(weather, choices, book, 1.0)["pue_annual"].sel(system="liquid_dry")
    assert found.item() == pytest.approx(published, abs=0.02)


def test_warmer_climates_cost_more(result):
    by_air = result.drop_sel(system="sea_water")
    cold, mild, hot = (by_air["pue_annual"].sel(site=s) for s in "BAC")
    assert (cold < mild).all()
    assert (mild < hot).all()


def test_pue_falls_as_a_lightly_loaded_hall_fills(weather, book):
    """Fixed losses spread over more IT.

    Towards full load the square law of fans and pumps outweighs them and PUE rises
    again, by less than 0.03.
    """
    years = [cool(weather, CHOICES, book, u)["pue_annual"] for u in (0.3, 0.5, 1.0)]
    assert (years[0] > years[1]).all()
    assert (years[2] - years[1] < 0.03).all()


def test_pue_falls_with_load_where_fans_and_pumps_do_not_slow_down(weather, book):
    steady = replace(book, speed_floor=1.0, ups_k2=0.0, dry_cooler_min_speed=1.0)
    cold = weather.sel(site=["B"]).isel(time=slice(0, 720))
    years = [cool(cold, CHOICES, steady, u)["pue_annual"] for u in (0.3, 0.5, 0.8, 1.0)]
    for light, heavy in pairwise(years):
        assert (light > heavy).all()


def test_training_refuses_air_and_takes_liquid(result):
    own = result.sel(site="A")
    assert not own["admissible"].sel(system="air_chiller")
    assert own["admissible"].sel(system="liquid_dry")
    reasons = own["inadmissible_because"]
    assert "132 kW" in reasons.sel(system="air_chiller").item()
    assert reasons.sel(system="liquid_dry").item() == ""


def test_what_is_refused_need_not_be_run_and_changes_nothing_else(
    result, by_the_sea, weather, book
):
    # A is at the shore; B and C are too far inland: each runs what it may have.
    near = by_the_sea(weather, distance=(1.0, 50.0, 50.0))
    every = cool(near, CHOICES, book, 0.7)
    some = cool(near, CHOICES, book, 0.7, refused_too=False)
    stands = some["admissible"]
    assert stands.sum("system").to_numpy().tolist() == [2, 1, 1]
    texts = ["admissible", "inadmissible_because"]
    xr.testing.assert_identical(some[texts], every[texts])
    for name in set(some.data_vars) - {*texts, "design_temp_air", "design_wet_bulb"}:
        absent = UNKNOWN if name == "mode" else np.nan
        kept = every[name].where(stands, absent).astype(every[name].dtype)
        assert np.array_equal(some[name], kept, equal_nan=name != "mode"), name
    alone = cool(near.sel(site=["B"]), CHOICES, book, 0.7, refused_too=False)
    xr.testing.assert_identical(alone, some.sel(site=["B"]))


def test_where_every_system_is_refused_all_are_run(result, weather, book):
    only_air = replace(CHOICES, systems=("airside", "air_chiller"))
    some = cool(weather, only_air, book, 0.7, refused_too=False)
    assert not some["admissible"].any()
    xr.testing.assert_identical(some, cool(weather, only_air, book, 0.7))


def test_a_site_does_not_notice_its_neighbours(result, weather, book):
    alone = cool(weather.sel(site=["B"]), CHOICES, book, 0.7)
    xr.testing.assert_identical(alone, result.sel(site=["B"]))
    turned = cool(weather.isel(site=[2, 1, 0]), CHOICES, book, 0.7)
    xr.testing.assert_identical(turned.isel(site=[2, 1, 0]), result)


def test_missing_weather_is_missing_not_zero(result, weather, book):
    holed = weather.copy(deep=True)
    holed["temp_air"][0, 100] = np.nan
    choices = replace(CHOICES, systems=CHOICES.systems[:-1])  # the sea is not missing
    result = result.drop_sel(system="sea_water")
    found = cool(holed, choices, book, 0.7)
    assert np.isnan(found["pue"].isel(site=0, time=100)).all()
    assert (found["mode"].isel(site=0, time=100) == UNKNOWN).all()
    for name in ("pue_annual", "wet_hours", "pue_peak", "shortfall_hours"):
        assert np.isnan(found[name].isel(site=0)).all()
    xr.testing.assert_identical(found.isel(site=1), result.isel(site=1))


@pytest.mark.parametrize("utilisation", [0.0, -0.1, 1.1, float("nan")])
def test_impossible_utilisation_is_refused(weather, book, utilisation):
    with pytest.raises(ValueError, match="utilisation"):
        cool(weather, CHOICES, book, utilisation)
