"""Flexible load: the order statistics, the sun, rooms below every solved level."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grid.electricity.demand import national_demand_mw
from grid.electricity.network.case import case
from grid.electricity.network.draws import scalar
from grid.electricity.network.hours import (
    HOURS,
    RECORD_HOUR_UTC,
    _able,
    _rooms,
    hourly_room,
    kinds,
    served_energy_mw,
    served_hours_mw,
    sun_share,
)
from grid.electricity.network.ladder import taken


@pytest.fixture(scope="module")
def one(year_2026, kept):
    """One draw, at a bus with room."""
    known = replace(kept, pick=kept.pick[:1])
    bus = year_2026.network.buses.index.get_loc("GAN 330")
    return taken(year_2026, np.arange(1)), known, bus


@pytest.fixture(scope="module")
def room(world, one):
    found, known, bus = one
    return hourly_room(world, 2026, found, known, bus)


@given(arrays(float, 40, elements=st.floats(0, 1000)), st.floats(0, 99))
def test_energy_cut_is_what_was_allowed(rooms, part):
    """Never more; all of it, unless nothing is allowed or nothing would be left."""
    most = float(served_energy_mw(rooms, part))
    cut = np.maximum(0.0, most - rooms).sum()
    assert cut <= part / 100 * most * len(rooms) * (1 + 1e-9) + 1e-6
    more = most * 1.01 + 1.0
    assert np.maximum(0.0, more - rooms).sum() > part / 100 * more * len(rooms)


@given(arrays(float, 40, elements=st.floats(0, 1000)), st.integers(0, 39))
def test_so_many_hours_fall_short_and_no_more(rooms, hours):
    most = float(served_hours_mw(rooms, hours))
    assert (rooms < most).sum() <= hours
    assert (rooms < most + 1e-6).sum() >= min(hours + 1, 1)
    assert most in rooms


def test_no_hour_cut_is_the_least_room():
    rooms = np.array([[3.0, 1.0, 2.0], [5.0, 7.0, 6.0]])
    assert served_hours_mw(rooms, 0).tolist() == [1.0, 5.0]
    assert served_energy_mw(rooms, 0.0) == pytest.approx([1.0, 5.0])


def test_every_hour_is_of_one_kind_and_the_sun_never_flatters(book):
    found = kinds(book)
    hours = np.concatenate([kind.hours for kind in found])
    assert (np.sort(hours) == np.arange(HOURS)).all()
    share = sun_share(book)
    assert share[RECORD_HOUR_UTC] == pytest.approx(1.0)
    for kind in found:
        assert (share[kind.hours] >= kind.sun - 1e-12).all()
        assert kind.sun == 0 or kind.state == "summer"
    night = np.flatnonzero(np.isin(np.arange(HOURS) % 24, (18, 19, 20)))
    assert share[night].max() == 0
    # two hours later sin h falls from 0.724 to 0.405: declination 16.7°, by hand
    assert share[RECORD_HOUR_UTC + 2] == pytest.approx(0.56, abs=0.005)


def test_few_kinds_with_sun_in_thirds(book):
    found = kinds(book)
    assert {round(3 * kind.sun, 9) for kind in found} <= {0, 1, 2, 3}
    assert len(found) <= 7


def test_secure_room_leaves_the_reserve_of_generation(world, one):
    """At Mingachevir's 500 kV bus in 2029 generation holds, not the network."""
    known = one[1]
    found = case(world, 2029, known)
    bus = found.network.buses.index.get_loc("AZT 500")
    room = hourly_room(world, 2029, found, known, bus)
    demand = national_demand_mw(world, 2029, known.a)
    level = demand / demand.max()
    reserve = 1 + scalar("network_reserve_pct", known)[0] / 100
    held = 0
    for kind in kinds(known.a):
        able = _able(found, kind, known)[0].sum()
        left = able - found.peak_mw[0] * reserve * level[kind.hours]
        secure = room.secure_mw[0, kind.hours]
        assert (secure <= np.maximum(0, left) + 1e-6).all()
        held += (secure >= left - 1e-6).sum()
    assert held > 0


def test_secure_is_within_intact_and_more_cuts_serve_more(room):
    assert (room.secure_mw <= room.intact_mw + 1e-6).all()
    assert (room.secure_mw >= 0).all()
    for rooms in (room.secure_mw, room.intact_mw):
        by_hours = [served_hours_mw(rooms, h)[0] for h in (0, 20, 100, 1000)]
        assert by_hours == sorted(by_hours)
        assert by_hours[-1] > by_hours[0]


def test_a_straight_line_between_levels_is_never_above_the_room(world, one, room):
    """The room solved at levels between those of the line is at least the line."""
    found, known, bus = one
    demand = national_demand_mw(world, 2026, known.a)
    level = demand / demand.max()
    for kind in kinds(known.a)[:3]:
        some = kind.hours[np.argsort(level[kind.hours])[100::700]]
        able = _able(found, kind, known)[0]
        solved = _rooms(found, known, bus, (kind, 0), (level[some], able))
        assert (room.secure_mw[0, some] <= solved[0] + 1e-6).all()
        assert (room.intact_mw[0, some] <= solved[1] + 1e-6).all()
