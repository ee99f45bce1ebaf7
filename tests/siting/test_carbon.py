"""Carbon of the grid's hours, and of a campus within them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from siting.carbon import campus_carbon, grid_hours, plant_hours
from siting.loading import load_scenario
from siting.trunk import evaluate

BASE = load_scenario("base")


@pytest.fixture(scope="module")
def book(world):
    return world.book.resolve({})


@pytest.fixture(scope="module")
def hours(world, book):
    return grid_hours(world.built(BASE.build_out), BASE, book)


def made(free, solar, marginal=0.4):
    """Two hours, a year of their own."""
    n = len(free)
    return xr.Dataset(
        {
            "carbon_average_t_per_mwh": ("time", 0.5 * (1.0 - np.array(free))),
            "carbon_marginal_t_per_mwh": ("time", np.full(n, marginal)),
            "carbon_free_share": ("time", np.array(free)),
            "solar": ("time", np.array(solar)),
            "wind": ("time", np.ones(n)),
        }
    )


def flat(*pue):
    return xr.DataArray(np.array([pue]), dims=("site", "time"))


def test_plants_give_the_published_yields(world, book):
    """Garadagh 500 GWh of 230 MW, Khizi 950 GWh of 240 MW."""
    shares = plant_hours(world, 0, book)
    assert shares.sizes == {"time": 8760}
    assert 230 * shares["solar"].sum() / 1e3 == pytest.approx(500, rel=0.001)
    assert 240 * shares["wind"].sum() / 1e3 == pytest.approx(950, rel=0.001)
    for share in shares.data_vars.values():
        assert share.min() >= 0
        assert share.max() <= 1
    assert (shares["solar"].to_numpy().reshape(365, 24)[:, 18:23] == 0).all()


def test_score_of_two_hours_by_hand():
    """Load 1 and 1, sun 2 and 0: the first hour is the sun's, the second the grid's."""
    found = campus_carbon(flat(1.2, 1.2), made([0.2, 0.4], [0.9, 0.0]))
    assert found["carbon_free_grid_pct"].item() == pytest.approx(30)
    assert found["carbon_free_solar_pct"].item() == pytest.approx(70)
    assert found["carbon_free_wind_pct"].item() == pytest.approx(100)
    assert found["carbon_hourly_average_t_per_mwh"].item() == pytest.approx(0.35)
    assert found["carbon_hourly_marginal_t_per_mwh"].item() == pytest.approx(0.4)


def test_hours_count_by_the_load_in_them():
    """Load 2 : 1 in hours of 0.4 and 0.3 t/MWh."""
    found = campus_carbon(flat(2.0, 1.0), made([0.2, 0.4], [1.0, 1.0]))
    assert found["carbon_hourly_average_t_per_mwh"].item() == pytest.approx(
        (2 * 0.4 + 0.3) / 3
    )


def test_years_of_weather_meet_the_same_year_of_the_grid(hours):
    pue = 1.1 + 0.1 * np.sin(np.arange(8760))
    one = campus_carbon(flat(*pue), hours)
    two = campus_carbon(flat(*np.tile(pue, 2)), hours)
    xr.testing.assert_allclose(one, two)


@given(
    free=st.lists(st.floats(0.0, 1.0), min_size=24, max_size=24),
    seed=st.integers(0, 99),
)
def test_a_contract_never_lowers_the_score_nor_passes_100(free, seed):
    rng = np.random.default_rng(seed)
    given_hours = made(free, rng.random(24) + 0.01)
    found = campus_carbon(flat(*(1.0 + rng.random(24))), given_hours)
    grid = found["carbon_free_grid_pct"].item()
    assert grid - 1e-9 <= found["carbon_free_solar_pct"].item() <= 100 + 1e-9
    assert 0 <= grid <= 100 + 1e-9


def test_a_site_has_every_figure_and_the_reported_one_stays(base, hours):
    told = base.sel(site="AZ01")
    assert told["carbon_location_t_per_mwh"].item() == 0.4
    average = told["carbon_hourly_average_t_per_mwh"].item()
    assert average == pytest.approx(
        hours["carbon_average_t_per_mwh"].mean().item(), rel=0.02
    )
    assert told["carbon_hourly_average_t_per_year"].item() == pytest.approx(
        average * told["energy_mwh_per_year"].item()
    )
    assert average < told["carbon_hourly_marginal_t_per_mwh"].item() < 0.54
    assert told["carbon_free_pct"].item() == told["carbon_free_grid_pct"].item()
    solar, wind = (told[f"carbon_free_{k}_pct"].item() for k in ("solar", "wind"))
    assert told["carbon_free_pct"].item() < solar < wind < 100


def test_the_scenario_says_whether_the_contract_counts(world):
    sites = world.tables["sites"].loc[["AZ01"]]
    bought = replace(BASE, power=replace(BASE.power, ppa=True))
    told = evaluate(sites, bought, world)
    assert told["carbon_free_pct"].item() == told["carbon_free_solar_pct"].item()


def test_a_cleaner_fleet_lowers_average_and_marginal(world, book, hours):
    sooner = replace(BASE.build_out, policy="all_planned")
    more = grid_hours(world.built(sooner), BASE, book)
    for name in ("carbon_average_t_per_mwh", "carbon_marginal_t_per_mwh"):
        assert (more[name] <= hours[name] + 1e-12).all()
    assert (
        more["carbon_average_t_per_mwh"].mean()
        < hours["carbon_average_t_per_mwh"].mean()
    )


def test_hours_are_those_of_the_weather(hours):
    assert (
        hours["time"]
        .to_index()
        .equals(pd.date_range("2001-01-01", periods=8760, freq="h", name="time"))
    )
