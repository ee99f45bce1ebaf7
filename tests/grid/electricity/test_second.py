"""A second feed stands elsewhere, lives on without the first, and is the nearest so."""

import numpy as np
import pytest

from data.sphere import great_circle_km
from grid.electricity import Ask, rooms, second_feeds
from grid.electricity.second import independent
from tests.grid.electricity.conftest import ALONE, DECISION


@pytest.fixture(scope="module")
def lives(world, book):
    return independent(world, 2029, book)


@pytest.fixture(scope="module")
def seconds(joined, world, book, sites):
    def find(sites=sites, wanted=np.nan, where=world, year=2029):
        room = rooms(where.tables["substations"], None, ALONE, book)
        ask = Ask(year, DECISION, np.full(len(sites), wanted))
        access = joined(sites, where, year)
        return access, second_feeds(sites, where, room, access, ask, book)

    return find


def at(world, *names):
    return [world.tables["substations"].index.get_loc(name) for name in names]


def test_nothing_is_its_own_second_feed(lives):
    assert not lives.diagonal().any()


def test_yards_at_one_place_are_lost_together(world, lives):
    """Navahi's 330 and 500 kV yards stand together."""
    one, other = at(world, "NAV", "NAV500")
    assert not lives[one, other]
    assert not lives[other, one]


def test_a_line_end_falls_with_its_parent(world, lives):
    """Hovsan lives on without Zabrat; Mahammadli hangs on Zabrat or falls with it."""
    lines = world.tables["lines"]
    there = lines[lines["exists_from"] <= 2029]
    ends = np.concatenate([there["from_id"], there["to_id"]])
    names, count = np.unique(ends.astype(str), return_counts=True)
    table = world.tables["substations"]
    plants = world.tables["plants"]
    fed = set(plants["substation_id"].dropna().astype(str))
    checked = 0
    for name in names[count == 1]:
        if name in fed or name not in table.index:
            continue
        row = there[(there["from_id"] == name) | (there["to_id"] == name)].iloc[0]
        parent = row["to_id"] if row["from_id"] == name else row["from_id"]
        if parent in table.index:
            lost, leaf = at(world, parent, name)
            assert not lives[lost, leaf]
            checked += 1
    assert checked > 5


def test_power_stations_outlive_the_hub(world, lives):
    """Without Absheron 500 kV, Sumgait, Gobu, Janub and Mingachevir still stand."""
    lost = at(world, "ABS")[0]
    assert lives[lost, at(world, "SUM", "GOB", "JAN", "MIN", "SHI")].all()


def test_second_feeds_are_independent_of_the_first_and_apart(
    world, book, seconds, lives
):
    access, found = seconds()
    table = world.tables["substations"]
    had = found["second_substation_id"].to_numpy() != ""
    assert had.mean() > 0.8
    first = access["substation_id"].to_numpy()[had]
    second = found["second_substation_id"].to_numpy()[had]
    assert lives[table.index.get_indexer(first), table.index.get_indexer(second)].all()
    places = [
        table.loc[[*names], ["lat", "lon"]].to_numpy() for names in (first, second)
    ]
    apart = great_circle_km(*places[0].T, *places[1].T)
    assert apart.min() >= book.second_feed_apart_km


def test_second_line_is_never_the_shorter(seconds):
    """Wanting nothing, the first feed is the nearest yard of its class."""
    access, found = seconds()
    had = found["second_lateral_km"].notnull()
    longer = found["second_lateral_km"] >= access["lateral_km"] - 1e-9
    assert bool(longer.where(had, True).all())


def test_where_the_network_knows_no_other_the_fields_are_blank(world, seconds, sites):
    """Nakhchivan's only steady plant feeds Nakhchivan 110: without it all is dark."""
    _, found = seconds(sites.loc[["AZ33"]])
    own = found.isel(site=0).sel(option="110kV existing")
    assert own["second_substation_id"].item() == ""
    assert np.isnan(own["second_lateral_km"].item())
    assert np.isnan(own["second_feed_mw"].item())


def test_a_large_load_takes_the_station_that_carries_it(seconds, sites):
    """At Alat 110 kV class stations of 36 MW are passed over for 100 MW."""
    small = seconds(sites.loc[["AZ14"]], 20.0)[1].isel(site=0)
    large = seconds(sites.loc[["AZ14"]], 150.0)[1].isel(site=0)
    option = {"option": "110kV existing"}
    assert large["second_feed_mw"].sel(option) >= small["second_feed_mw"].sel(option)
    assert large["second_lateral_km"].sel(option) >= small["second_lateral_km"].sel(
        option
    )


def test_other_sites_change_nothing(seconds, sites):
    _, all_of_them = seconds()
    _, some = seconds(sites.loc[["AZ25", "AZ01"]])
    assert some.identical(all_of_them.sel(site=["AZ25", "AZ01"]))
