"""Availability against drawn years, limits and hand figures."""

from dataclasses import replace
from math import comb, exp

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from grid.electricity.availability import (
    availability,
    feed_hours,
    in_parallel,
    lost_share,
    unserved_share,
)
from grid.electricity.backup import TIERS


def km(value):
    return xr.DataArray([float(value)], dims="site")


def hours(book, tier, first=10.0, second=30.0, fuel=48.0):
    found = availability(km(first), km(second), TIERS[tier], fuel, book)
    return {str(name): value.item() for name, value in found.items()}


def test_a_feed_of_50_km_by_hand(book):
    """SAIDI of Baku 0.82 h, line 0.5 · 6 h, blackouts 0.083 · 8 h."""
    station, line = feed_hours(km(50), book)
    assert station == pytest.approx(0.82, abs=0.005)
    assert line.item() == pytest.approx(3.0)
    found = hours(book, "one_feed", 50)
    assert found["grid_outage_h_per_year"] == pytest.approx(0.8184 + 3.0 + 0.664)
    assert found["power_outage_h_per_year"] == found["grid_outage_h_per_year"]
    assert found["power_availability_pct"] == pytest.approx(99.949, abs=0.001)


def test_failed_generators_are_those_of_the_binomial(book):
    """Five of which four are needed: Σ P(f) (f − 1)/4 over f of 2 to 5."""
    p = book.generator_start_failure
    by_hand = sum(
        comb(5, f) * p**f * (1 - p) ** (5 - f) * (f - 1) / 4 for f in range(2, 6)
    )
    assert lost_share(book) == pytest.approx(by_hand)


def test_unserved_part_is_that_of_drawn_outages(book):
    """A million exponential outages, each with its own block of generators."""
    rng = np.random.default_rng(1)
    worn = replace(book, generator_start_failure=0.05)
    length = rng.exponential(8.0, 1_000_000)
    failed = rng.binomial(5, 0.05, length.size)
    lost = np.maximum(0, failed - 1) / 4
    unserved = lost * length + (1 - lost) * np.maximum(0.0, length - 12.0)
    drawn = unserved.sum() / length.sum()
    assert unserved_share(8.0, 12.0, worn) == pytest.approx(drawn, rel=0.02)


def test_two_feeds_are_out_together_as_drawn_years_say(book):
    """Share β of outages strike both; the rest meet by chance."""
    apart = replace(book, outage_common_share=0.0)
    both = in_parallel(km(400), km(200), apart).item()
    rng = np.random.default_rng(2)
    out = (rng.random(5_000_000) < 400 / 8760) & (rng.random(5_000_000) < 200 / 8760)
    assert both / 8760 == pytest.approx(out.mean(), rel=0.03)
    third = replace(book, outage_common_share=0.3)
    by_hand = 0.3 * 200 + 0.7**2 * 400 * 200 / 8760
    assert in_parallel(km(400), km(200), third).item() == pytest.approx(by_hand)
    shared = replace(book, outage_common_share=1.0)
    assert in_parallel(km(400), km(200), shared).item() == 200


def test_each_tier_is_better_than_the_one_before(book):
    tiers = [hours(book, tier) for tier in ("one_feed", "two_circuits", "two_feeds")]
    grid = [tier["grid_outage_h_per_year"] for tier in tiers]
    power = [tier["power_availability_pct"] for tier in tiers]
    assert grid == sorted(grid, reverse=True)
    assert power == sorted(power)
    assert power[2] > 99.999


def test_blackouts_take_both_feeds(book):
    dark = book.outage_blackout_per_year * book.outage_blackout_h
    assert hours(book, "two_feeds")["grid_outage_h_per_year"] > dark


def test_a_second_feed_that_cannot_be_had_does_not_count(book):
    none = hours(book, "two_feeds", second=np.nan)
    one = hours(book, "one_feed")
    assert none["grid_outage_h_per_year"] == one["grid_outage_h_per_year"]
    assert none["power_outage_h_per_year"] < one["power_outage_h_per_year"] / 100


def test_without_fuel_generators_serve_nothing(book):
    found = hours(book, "two_feeds", fuel=0.0)
    assert found["power_outage_h_per_year"] == pytest.approx(
        found["grid_outage_h_per_year"]
    )


def test_fuel_of_one_mean_outage_leaves_a_share_of_e(book):
    sure = replace(book, generator_start_failure=0.0)
    assert unserved_share(8.0, 8.0, sure) == pytest.approx(exp(-1))


def test_without_a_connection_nothing_is_said(book):
    assert np.isnan(hours(book, "one_feed", first=np.nan)["power_availability_pct"])


@given(first=st.floats(0, 300), second=st.floats(0, 300), fuel=st.floats(0, 500))
def test_more_fuel_and_more_feeds_never_hurt(book, first, second, fuel):
    two = hours(book, "two_feeds", first, second, fuel)
    more = hours(book, "two_feeds", first, second, fuel + 1.0)
    one = hours(book, "one_feed", first)
    assert more["power_outage_h_per_year"] <= two["power_outage_h_per_year"] + 1e-12
    assert two["grid_outage_h_per_year"] <= one["grid_outage_h_per_year"] + 1e-12
    assert 0 <= two["power_availability_pct"] <= 100
