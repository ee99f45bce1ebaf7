"""Megawatts by date at a place: stations grow as they must, sites as the ranking."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from grid.electricity.network import known_of
from grid.electricity.network.climb import climb
from siting.by_date import by_date
from siting.loading import load_scenario
from siting.places import bus_places, sites_to_places

FEW = ["power.network.draws=3000", "power.network_seed=1"]


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("base", FEW)


@pytest.fixture(scope="module")
def built(world, scenario):
    return world.built(scenario.build_out)


@pytest.fixture(scope="module")
def site(world, built, scenario):
    sites = world.tables["sites"].loc[["AZ01"]]
    return sites_to_places(sites, scenario, world, built)[0], sites


def test_the_station_grows_until_the_network_holds(site, scenario, built):
    place, _ = site
    table = by_date(place, (2029,), 1, scenario, built)
    known = known_of(built, {"power.network.draws": 3000}, 1)
    network = climb(built, known, place.bus, (2029,), 1)
    room = place.station_mw + table["station_units"] * place.unit_mw
    assert (room >= network["firm_mw_p50"] - 1e-6).all()
    least = table["station_units"] > 0
    assert (room - place.unit_mw < network["firm_mw_p50"])[least].all()
    for p in (10, 50, 90):
        expected = np.minimum(network[f"firm_mw_p{p}"], room)
        assert table[f"firm_mw_p{p}"].to_numpy() == pytest.approx(expected.to_numpy())
    # the campus, its units at 2.6 MUSD of bay and 20 kUSD per MVA, and the step
    unit = 2.6e6 + 20e3 * place.unit_mva
    total = place.own_usd + table["station_units"] * unit + table["step_usd"].cumsum()
    assert table["total_usd"].to_numpy() == pytest.approx(total.to_numpy())


def test_a_step_costs_the_same_whatever_the_year_shown(site, scenario, built):
    table = by_date(site[0], (2029, 2031), 1, scenario, built)
    paid = table.pivot_table("total_usd", "steps_built", "year")
    assert len(paid) > 1
    assert paid[2029].to_numpy() == pytest.approx(paid[2031].to_numpy())


def test_a_station_that_may_not_grow_holds_the_site(site, scenario, built):
    place = replace(site[0], unit_mw=0.0, station_mw=10.0)
    table = by_date(place, (2029,), 0, scenario, built)
    assert table["firm_mw_p90"].max() <= 10.0
    assert (table["station_units"] == 0).all()


def test_a_bus_has_a_bay_and_no_station_limit(scenario, built):
    buses = pd.DataFrame({"station": ["NAV"], "level": [330]}, index=["NAV 330"])
    (place,) = bus_places(["NAV 330"], built, buses)
    assert place.exists_from == 2025
    table = by_date(place, (2029,), 0, scenario, built)
    assert table["total_usd"].tolist() == [0.0]
    assert table["place"].tolist() == ["NAV 330"]
