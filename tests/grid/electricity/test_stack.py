"""The dispatch stack against merit order by hand and published figures."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from data.choices import BuildOut
from grid.electricity.stack import (
    NEW,
    available_mw,
    carbon_hours,
    dispatch,
    merit_order,
)


@pytest.fixture(scope="module")
def shares():
    time = pd.date_range("2001-01-01", periods=8760, freq="h")
    hour = np.asarray(time.hour)
    sun = np.where((hour >= 4) & (hour < 16), 2 * 0.248, 0.0)
    values = {"solar": ("time", sun), "wind": ("time", np.full(8760, 0.45))}
    return xr.Dataset(values, coords={"time": time})


def test_dispatch_of_three_plants_by_hand():
    """Wind 0 and 3, then 5 and 4 MW, for 6 and 20 MW: the last plant has no end."""
    able = np.array([[0.0, 3.0], [5.0, 5.0], [4.0, 4.0], [np.inf, np.inf]])
    by_hand = [[0, 3], [5, 5], [1, 4], [0, 8]]
    assert dispatch(np.array([6.0, 20.0]), able).tolist() == by_hand


@given(
    able=st.lists(st.floats(0.0, 1e3), min_size=1, max_size=6),
    demand=st.floats(0.0, 1e4),
)
def test_dispatch_meets_demand_and_wastes_no_cheaper_plant(able, demand):
    room = np.array([*able, np.inf])[:, None]
    output = dispatch(np.array([demand]), room)[:, 0]
    assert output.sum() == pytest.approx(demand, abs=1e-9)
    assert (output <= room[:, 0]).all()
    started = np.flatnonzero(output > 0)
    if started.size:
        assert output[: started[-1]] == pytest.approx(room[: started[-1], 0])


def test_order_and_factors_are_the_specified_ones(world, book):
    """8 November and Shimal-2, Janub and Sumgait, engines, old steam (spec. 3.5)."""
    plants = merit_order(world, 2026, book)
    named = ["PP_SHI2", "PP_8NOV", "PP_JAN", "PP_SUM", "PP_GOB", "PP_AZTPP"]
    places = [plants.index.get_loc(plant) for plant in named]
    assert places == sorted(places)
    assert plants.index[-1] == NEW
    assert plants["free"].to_numpy()[: plants["free"].sum()].all()
    bare = plants["carbon_t_per_mwh"] * book.stack_efficiency_kept
    assert bare["PP_8NOV"] == pytest.approx(0.363, abs=0.001)
    assert bare["PP_SHI2"] == pytest.approx(0.345, abs=0.001)
    assert bare["PP_AZTPP"] == pytest.approx(0.540, abs=0.001)
    assert (plants.loc[plants["free"], "carbon_t_per_mwh"] == 0).all()
    assert "BESS_ABS" not in plants.index


def test_old_steam_ends_and_plants_begin(world, book):
    last = int(book.network_steam_last_year)
    assert "PP_AZTPP" in merit_order(world, last, book).index
    assert "PP_AZTPP" not in merit_order(world, last + 1, book).index
    assert "PP_BTEC" in merit_order(world, last + 1, book).index  # a turbine, not steam
    assert "PV_SHF" not in merit_order(world, 2026, book).index
    assert "PV_SHF" in merit_order(world, 2027, book).index


def test_hydro_gives_its_energy_of_the_year(world, book, shares):
    plants = merit_order(world, 2026, book)
    able = available_mw(plants, shares, world, book)
    water = (plants["fuel"] == "hydro").to_numpy()
    given_gwh = able[water].sum() / 1e3
    capacity = plants.loc[water, "capacity_mw"].sum()
    wanted = capacity * book.stack_hydro_capacity_factor * 8.76
    assert given_gwh == pytest.approx(wanted)
    assert wanted == pytest.approx(2720, rel=0.03)  # 3.22 TWh less Garadagh's 0.5


def test_mix_of_2024_lies_in_the_published_band(shipped, book, shares):
    """Scope 2 0.40 (0.35–0.48) rests on the plants before 8 November PP."""
    hours = carbon_hours(shipped.built(BuildOut()), 2024, shares, book)
    demand = hours["demand_mw"]
    mean = (hours["carbon_average_t_per_mwh"] * demand).sum() / demand.sum()
    assert 0.35 < mean < 0.48
    assert mean == pytest.approx(0.39, abs=0.01)
    gas = hours["output_mw"].sel(fuel="gas").sum() / 1e6
    assert gas == pytest.approx(24.5 - 1.23, rel=0.03)  # OWID 2024 less net exports


@pytest.mark.parametrize("year", [2025, 2026, 2029, 2035])
def test_marginal_lies_between_new_and_old_plant(world, book, shares, year):
    hours = carbon_hours(world, year, shares, book)
    assert 0.36 < hours["carbon_marginal_t_per_mwh"].mean() < 0.54
    assert (hours["carbon_average_t_per_mwh"] > 0).all()
    assert hours["output_mw"].sum("fuel").values == pytest.approx(
        hours["demand_mw"].values
    )


def test_marginal_is_what_one_more_megawatt_changes(world, book, shares):
    """The factor against a second dispatch with 1 MW more in every hour."""
    plants = merit_order(world, 2029, book)
    able = available_mw(plants, shares, world, book)
    hours = carbon_hours(world, 2029, shares, book)
    demand = hours["demand_mw"].to_numpy()
    factor = plants["carbon_t_per_mwh"].to_numpy()
    more = factor @ (dispatch(demand + 1.0, able) - dispatch(demand, able))
    same = np.abs(more - hours["carbon_marginal_t_per_mwh"].to_numpy()) < 1e-9
    assert same.mean() > 0.99  # the rest: a plant fills up within the megawatt


def test_surplus_of_sun_makes_the_next_megawatt_free(shipped, book, shares):
    grown = shipped.amended({"plants:PV_OLD:capacity_mw": 20000}).built(BuildOut())
    hours = carbon_hours(grown, 2029, shares, book)
    noon = hours.isel(time=8)
    assert noon["carbon_marginal_t_per_mwh"] == 0
    assert noon["carbon_free_share"] == pytest.approx(1.0)
    assert noon["carbon_average_t_per_mwh"] == pytest.approx(0.0)
    night = hours.isel(time=22)
    assert night["carbon_marginal_t_per_mwh"] > 0.36


def test_nuclear_power_is_free_and_steady(shipped, book, shares):
    built = shipped.amended({"plants:PP_NUC:capacity_mw": 1000})
    on = built.built(BuildOut(on=("PP_NUC",)))
    without = carbon_hours(built.built(BuildOut()), 2036, shares, book)
    hours = carbon_hours(on, 2036, shares, book)
    gained = (hours["carbon_free_share"] - without["carbon_free_share"]).to_numpy()
    added = gained * hours["demand_mw"].to_numpy()
    assert added == pytest.approx(1000 * book.network_thermal_available)
