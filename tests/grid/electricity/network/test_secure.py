"""Hosting with the dispatch free: three buses by hand, duals, what cannot be kept."""

import numpy as np
import pytest

from grid.electricity.network.capacity import Limits, sensitivity
from grid.electricity.network.secure import (
    Moment,
    intact_rows,
    outage_rows,
    secure_room,
    widened,
)

LEAST = 0.03


@pytest.fixture
def pair(triangle):
    """One plant at each of buses 0 and 1, load at bus 2; every line bears 100 MW."""
    limits = Limits(np.ones(3), np.full(3, 100.0), np.full(3, 100.0))
    s = sensitivity(triangle, np.ones(3), limits.circuits, np.array([0, 0, 60.0]))
    at = np.array([[1.0, 0, 0], [0, 1, 0]])
    return s, limits, Moment(at, np.array([300.0, 300.0]), np.array([0.0, 0, 60.0]))


def room(rows, moment, bus, most=1e4):
    return secure_room(rows, moment, np.array([bus]), np.array([most]), LEAST)


def test_two_lines_into_a_bus_carry_two_lines_worth(pair):
    """Intact, plants at both ends fill both lines: 200 MW less the 60 there now."""
    s, limits, moment = pair
    found = room(intact_rows(s, limits), moment, 2)
    assert found.mw[0] == pytest.approx(140.0)


def test_firm_load_is_what_one_line_carries(pair):
    """Either line into bus 2 may be lost: 100 MW less 60."""
    s, limits, moment = pair
    found = room(outage_rows(s, limits, np.array([0.5, 0.5, 0])), moment, 2)
    assert found.mw[0] == pytest.approx(40.0)
    assert {int(found.element[0]), int(found.outage[0])} == {1, 2}
    assert found.price[0] == pytest.approx(1.0)


def test_the_price_is_the_gain_of_one_more_megawatt(pair):
    s, limits, moment = pair
    share = np.array([0.5, 0.5, 0])
    found = room(outage_rows(s, limits, share), moment, 2)
    more = limits.outage_mw + np.where(np.arange(3) == found.element[0], 1.0, 0.0)
    wider = Limits(limits.circuits, limits.each_mw, more)
    gain = room(outage_rows(s, wider, share), moment, 2).mw[0] - found.mw[0]
    assert gain <= found.price[0] + 1e-9


def test_moving_plant_makes_room(pair):
    """Load at bus 1 is met beside it, over no line at all, to the plant there."""
    s, limits, moment = pair
    found = room(outage_rows(s, limits, np.array([1.0, 0, 0])), moment, 1)
    far = Moment(moment.at[:1], np.array([600.0]), moment.load_mw)
    distant = room(outage_rows(s, limits, np.array([1.0, 0, 0])), far, 1)
    assert found.mw[0] > distant.mw[0] + 100


def test_no_load_beyond_what_plants_give_or_anyone_asks(pair):
    s, limits, moment = pair
    rows = intact_rows(s, limits)
    little = Moment(moment.at, np.array([40.0, 40.0]), moment.load_mw)
    found = room(rows, little, 2)
    assert found.mw[0] == pytest.approx(20.0)
    assert found.element[0] == -1
    assert room(rows, moment, 2, most=5.0).mw[0] == pytest.approx(5.0)


def test_a_limit_no_dispatch_keeps_binds_only_who_loads_it(pair):
    """120 MW at bus 2 cannot stand a lost line: it has no room, its plants' buses do."""
    s, limits, moment = pair
    rows = outage_rows(s, limits, np.array([0.5, 0.5, 0]))
    heavy = Moment(moment.at, moment.most_mw, np.array([0.0, 0, 120.0]))
    assert room(rows, heavy, 2).mw[0] == pytest.approx(0.0, abs=1.0)
    assert room(rows, heavy, 0).mw[0] > 100
    assert room(rows, heavy, 2).relieved_mw == pytest.approx(40.0)
    wide = widened(rows, heavy)
    assert room(wide, heavy, 2).relieved_mw == pytest.approx(0.0, abs=1e-6)


def test_the_solver_says_nothing(pair, capfd):
    s, limits, moment = pair
    room(intact_rows(s, limits), moment, 2)
    assert capfd.readouterr() == ("", "")
