"""Failures drawn: rates and repairs by medium, the two-state formula, common draws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.choices import FibreChoices
from grid.fibre.outages import (
    HOURS,
    Cause,
    causes_of,
    chronicle,
    cut_rate,
    packed,
    repair_hours,
    share_up,
    unpacked,
)


@pytest.fixture(scope="module")
def net(net_of):
    return net_of("committed", FibreChoices(), 2029)


@pytest.fixture(scope="module")
def causes(net, world, book):
    return {(c.kind, c.name): c for c in causes_of(net, closures(world), book)}


def closures(world):
    return world.tables["fibre_closures"]


def cause(name, per_year, hours, links=(0,)):
    return Cause("cut", name, np.array(links), per_year, hours)


def test_a_thousand_kilometres_of_land_are_cut_as_published(net, book):
    # Bellcore by way of a cable vendor: 2.13 failures per 1000 km and year.
    row = net.links.index.get_loc("tae_gazakh_ganja")
    assert cut_rate(net, book)[row] == pytest.approx(2.13 * 0.107)
    assert repair_hours(net, book)[row] == 6.0


def test_the_caspian_mends_slower_than_another_sea(net, book):
    hours = dict(zip(net.links.index, repair_hours(net, book), strict=True))
    rate = dict(zip(net.links.index, cut_rate(net, book), strict=True))
    assert hours["tcfo"] == 60 * 24
    assert hours["ccs"] == 20 * 24
    assert rate["ccs"] == pytest.approx(0.17 * 1.182)
    # What 9 years of the Caucasus Cable without a disconnection leave possible.
    assert rate["ccs"] < 3 / 9


def test_the_published_illustration_of_one_way_to_frankfurt(book):
    """3,250 km of land and 1,182 km of sea: 42 and 96 hours a year, 98.4 % up."""
    land = 2.13 * 3.250 * 6
    sea = 0.17 * 1.182 * 20 * 24
    both = (cause("land", land / 6, 6.0), cause("sea", sea / 480, 480.0))
    assert (land, sea) == pytest.approx((42, 96), abs=0.6)
    assert share_up(both, 1)[0] == pytest.approx(0.984, abs=0.0006)


def test_shared_events_take_the_links_of_their_group(net, causes):
    assert set(net.links.index[causes["corridor", "caspian_kz"].links]) == {"tcfo"}
    baku = net.links.iloc[causes["hub", "baku"].links]
    assert (baku[["from_node_id", "to_node_id"]] == "baku").any(axis=1).all()
    assert len(baku) == 5
    georgia = net.links.iloc[causes["closure", "GE"].links]
    assert {"ccs", "tbilisi_poti", "redbridge_tbilisi"} <= set(georgia.index)
    assert ("closure", "IR") not in causes  # no link of Iran is permitted


def test_a_cross_connect_of_no_length_is_never_cut(net, causes):
    assert ("cut", "xc_ixp_decix") not in causes
    assert ("cut", "tcfo") in causes


@pytest.mark.parametrize("log_sd", [0.0, 0.8])
def test_a_link_is_up_for_the_share_of_an_empty_queue(log_sd, book):
    """``exp(−λm)``, whatever the spread of repair times (M/G/∞)."""
    several = (cause("a", 4.0, 300.0), cause("b", 1.0, 900.0))
    drawn = chronicle(several, 1, replace(book, repair_log_sd=log_sd), 3)
    up = unpacked(drawn.up, len(drawn.hours))[0]
    share = drawn.hours[up].sum() / drawn.hours.sum()
    assert share == pytest.approx(share_up(several, 1)[0], abs=0.004)
    assert share_up(several, 1)[0] == pytest.approx(np.exp(-2100 / HOURS))


def test_spans_fill_the_years_and_years_begin_on_a_span(causes, net, book):
    drawn = chronicle(tuple(causes.values()), len(net.links), book, 0)
    year = np.add.reduceat(drawn.hours, drawn.first)
    assert len(year) == book.years_drawn
    np.testing.assert_allclose(year, HOURS, rtol=1e-9)
    assert (drawn.hours > 0).all()


def test_what_lasts_beyond_the_last_year_runs_on_into_the_first(book):
    short = replace(book, years_drawn=2, repair_log_sd=0.0)
    always = (cause("long", 3.0, 3 * HOURS),)
    drawn = chronicle(always, 1, short, 1)
    assert not unpacked(drawn.up, len(drawn.hours)).all()
    one = (cause("half", 0.5, HOURS),)
    for seed in range(20):
        drawn = chronicle(one, 1, short, seed)
        down = ~unpacked(drawn.up, len(drawn.hours))[0]
        assert drawn.hours[down].sum() <= 2 * HOURS * (1 + 1e-12)


def test_a_cause_strikes_at_the_same_times_whatever_else_there_is(book):
    few = replace(book, years_drawn=50)
    alone = chronicle((cause("a", 2.0, 10.0),), 1, few, 5)
    beside = chronicle((cause("z", 9.0, 50.0, (1,)), cause("a", 2.0, 10.0)), 2, few, 5)

    def hours(drawn):
        return drawn.hours[~unpacked(drawn.up, len(drawn.hours))[0]].sum()

    assert hours(alone) == pytest.approx(hours(beside), rel=1e-9)
    other = chronicle((cause("a", 2.0, 10.0),), 1, few, 6)
    assert hours(other) != pytest.approx(hours(alone), rel=1e-3)


@given(
    flags=st.integers(1, 200).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=1)
    )
)
@settings(max_examples=30, deadline=None)
def test_bits_hold_what_was_packed(flags):
    words = packed(np.array(flags))
    assert words.dtype == np.uint64
    assert words.shape[1] == -(-len(flags[0]) // 64)
    assert unpacked(words, len(flags[0])).tolist() == flags
