"""The room's answer for real sites, and what must never change it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from data import load_world
from data.choices import BuildOut, FibreChoices
from data.schema import unit_of
from grid import fibre

WORLD = load_world()
BOOK = WORLD.book.resolve({}).fibre
SITES = WORLD.tables["sites"]
BUILT = WORLD.built(BuildOut())


def reach(sites, world, choices, a, year):
    """On few drawn years: what follows from the network alone needs no more."""
    few = replace(a, years_drawn=40)
    return fibre.reach(sites, fibre.trunk(world, choices, few, year, 0), few)


@pytest.fixture(scope="module")
def default():
    return reach(SITES, BUILT, FibreChoices(), BOOK, 2029)


def test_every_variable_has_its_unit_from_the_glossary(default):
    assert {name: v.attrs["units"] for name, v in default.data_vars.items()} == {
        name: unit_of(name) for name in default.data_vars
    }


def test_coordinates_are_the_sites_in_their_order(default):
    assert list(default["site"].values) == list(SITES.index)
    assert set(default.coords) == {"site", "hub"}


def test_baku_by_default(default):
    baku = default.sel(site="AZ09")
    assert baku["rtt_lower_ms"].sel(hub="frankfurt") == pytest.approx(43.4, abs=0.1)
    assert baku["rtt_expected_ms"].sel(hub="frankfurt") == pytest.approx(72.5, abs=0.2)
    assert baku["rtt_central_asia_ms"] == pytest.approx(53.5, abs=0.3)
    assert int(baku["routes_europe_edge"]) == int(baku["routes_europe_node"]) == 1
    assert int(baku["routes_caspian_edge"]) == int(baku["routes_caspian_node"]) == 1


def test_routes_are_named_hop_by_hop(default):
    alat = default["route"].sel(site="AZ01")
    assert (
        alat.sel(hub="frankfurt")
        .item()
        .endswith("Tbilisi → Poti → Balchik → Varna → Sofia → Frankfurt")
    )
    assert "Sumgait → Aktau" in alat.sel(hub="astana").item()
    assert alat.sel(hub="moscow").item() == ""


def test_without_the_cable_central_asia_is_absent_not_near():
    got = reach(
        SITES, WORLD.built(BuildOut(policy="in_service")), FibreChoices(), BOOK, 2029
    )
    assert np.isnan(got["rtt_central_asia_ms"]).all()
    assert (got["routes_caspian_edge"] == 0).all()
    assert np.isfinite(got["rtt_europe_ms"]).all()


def test_before_the_cable_is_delivered_central_asia_is_absent():
    late = WORLD.built(BuildOut(delay_years=4))
    for year, reached in ((2029, False), (2030, True)):
        got = reach(SITES, late, FibreChoices(), BOOK, year)
        assert bool(np.isfinite(got["rtt_central_asia_ms"]).all()) is reached


def test_the_band_is_ordered(default):
    lower, low, mid, high = (
        default[f"rtt_{name}_ms"] for name in ("lower", "low", "expected", "high")
    )
    there = np.isfinite(lower)
    assert ((lower < low) & (low < mid) & (mid < high)).where(there, other=True).all()


def test_opening_corridors_never_lengthens_nor_removes_a_route(default):
    opened = reach(SITES, BUILT, FibreChoices(russia=True, iran=True), BOOK, 2029)
    shorter = opened["rtt_lower_ms"] <= default["rtt_lower_ms"] + 1e-9
    assert (shorter | np.isnan(default["rtt_lower_ms"])).all()
    for name in ("europe_edge", "europe_node", "caspian_edge", "caspian_node"):
        assert (opened[f"routes_{name}"] >= default[f"routes_{name}"]).all()
    assert int(opened["routes_europe_node"].sel(site="AZ09")) == 2
    assert np.isfinite(opened["rtt_lower_ms"].sel(hub=["moscow", "dubai"])).all()


def test_times_scale_with_the_delay_of_glass(default):
    slow = replace(BOOK, delay_us_per_km=2 * BOOK.delay_us_per_km)
    got = reach(SITES, BUILT, FibreChoices(), slow, 2029)
    xr.testing.assert_allclose(got["rtt_europe_ms"], 2 * default["rtt_europe_ms"])


def test_a_grade_is_stated_for_every_site_with_a_route(default):
    assert set(default["fibre_grade"].values) <= {"derived", "assumed", "published"}
    assert all("closed: Russia, Iran" in m for m in default["fibre_method"].values)


@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_other_sites_and_their_order_change_nothing(data):
    some = data.draw(
        st.lists(
            st.sampled_from(list(SITES.index)), min_size=1, max_size=8, unique=True
        )
    )
    whole = reach(SITES, BUILT, FibreChoices(), BOOK, 2029).sel(site=some)
    part = reach(SITES.loc[some], BUILT, FibreChoices(), BOOK, 2029)
    xr.testing.assert_identical(part, whole)


@given(lost=st.sampled_from(list(BUILT.tables["fibre_links"].index)))
@settings(max_examples=20, deadline=None)
def test_losing_a_link_never_quickens_nor_diversifies_a_joined_site(lost):
    """Held for the laterals a site has: losing a node's last link moves them."""
    built = WORLD.built(BuildOut(off=(lost,)))
    before = reach(SITES, BUILT, FibreChoices(), BOOK, 2029)
    after = reach(SITES, built, FibreChoices(), BOOK, 2029)
    same = (before["fibre_node_id"] == after["fibre_node_id"]) & (
        before["fibre_second_node_id"] == after["fibre_second_node_id"]
    )
    faster = after["rtt_lower_ms"] < before["rtt_lower_ms"] - 1e-9
    more = after["routes_europe_edge"] > before["routes_europe_edge"]
    assert not (faster & same).any()
    assert not (more & same).any()


def test_ten_thousand_sites_are_one_call():
    rng = np.random.default_rng(7)
    many = pd.DataFrame(
        {
            "lat": rng.uniform(38.5, 41.8, 10_000),
            "lon": rng.uniform(45.0, 50.0, 10_000),
        },
        index=[f"s{i}" for i in range(10_000)],
    )
    got = reach(many, BUILT, FibreChoices(), BOOK, 2029)
    assert np.isfinite(got["rtt_europe_ms"]).all()
    assert got.sizes == {"site": 10_000, "hub": 13}


def test_the_route_to_europe_is_the_route_to_frankfurt(default):
    assert (
        default["route_europe"].values == default["route"].sel(hub="frankfurt").values
    ).all()


def test_isolation_of_the_base_case():
    """Absheron has the Caspian beside the west; Nakhchivan has Türkiye alone."""
    got = fibre.reach(SITES, fibre.trunk(BUILT, FibreChoices(), BOOK, 2029, 0), BOOK)
    alone = got["isolation_h_per_year"]
    assert (got["isolation_low_h_per_year"] <= alone).all()
    assert (alone <= got["isolation_high_h_per_year"]).all()
    assert (alone <= got["europe_outage_h_per_year"] + 1e-9).all()
    assert (alone <= got["central_asia_outage_h_per_year"] + 1e-9).all()
    assert float(alone.sel(site="AZ09")) < 0.2
    # Quba: one lateral to the coast, the other inland, so that no node cuts both.
    assert float(alone.sel(site="AZ12")) < 0.2
    assert 4 < float(alone.sel(site="AZ33")) < 9
    # The Caspian cable: 380 km, 0.17 faults per 1000 km and year, 60 days each.
    cable = 0.17 * 0.380 * 60 * 24
    assert float(got["central_asia_outage_h_per_year"].min()) > 0.6 * cable


def test_a_second_way_across_russia_ends_most_of_the_isolation():
    few = replace(BOOK, years_drawn=400)
    closed, opened = (
        fibre.reach(SITES, fibre.trunk(BUILT, choices, few, 2029, 0), few)
        for choices in (FibreChoices(), FibreChoices(russia=True))
    )
    for name in ("isolation", "europe_outage", "central_asia_outage"):
        column = f"{name}_h_per_year"
        assert (opened[column] <= closed[column] + 1e-9).all()
    assert float(opened["europe_outage_h_per_year"].sel(site="AZ09")) < 3


def test_isolation_of_a_site_is_its_own_whatever_the_seed_of_others():
    on = fibre.trunk(BUILT, FibreChoices(), BOOK, 2029, 0)
    again = fibre.trunk(BUILT, FibreChoices(), BOOK, 2029, 0)
    whole = fibre.reach(SITES, on, BOOK)["isolation_h_per_year"]
    part = fibre.reach(SITES.iloc[[20, 3]], again, BOOK)["isolation_h_per_year"]
    np.testing.assert_array_equal(part, whole.isel(site=[20, 3]))
    other = fibre.trunk(BUILT, FibreChoices(), BOOK, 2029, 1)
    moved = fibre.reach(SITES, other, BOOK)["isolation_h_per_year"]
    assert not np.allclose(moved, whole)
