"""Hosting with the dispatch free: three buses by hand, duals, what cannot be kept."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from grid.electricity.network.capacity import Limits, sensitivity
from grid.electricity.network.flow import incidence
from grid.electricity.network.secure import (
    Moment,
    intact_rows,
    outage_rows,
    secure_room,
    widened,
)

LEAST = 0.03
REFERENCE = Path(__file__).parents[3] / "reference"


@pytest.fixture
def reference():
    return lambda name: np.genfromtxt(
        REFERENCE / f"{name}.csv", delimiter=",", names=True, skip_header=2
    )


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


def test_no_limit_within_reach_is_no_fault(pair):
    """Nothing to ask and little flow: no row can bind, and none is named."""
    s, limits, moment = pair
    idle = Moment(moment.at, moment.most_mw / 1e3, np.zeros(3))
    found = room(intact_rows(s, limits), idle, 2, most=0.0)
    assert (found.mw[0], found.element[0]) == (0.0, -1)


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


def brute_room(incident, susceptance, limits, moment, bus):
    """Most load at a bus: one programme over every outage, each network solved anew."""
    rows, bounds = [], []
    for out in (None, *range(len(incident))):
        left = limits.circuits - (np.arange(len(incident)) == out)
        b = susceptance * left / limits.circuits
        angles = np.linalg.pinv(incident.T @ (b[:, None] * incident))
        flow = b[:, None] * (incident @ angles)
        each = limits.each_mw if out is None else limits.outage_mw
        rows.append(np.column_stack([flow @ moment.at.T, -flow[:, bus]]))
        base = -flow @ moment.load_mw
        bounds.append(np.stack([left * each - base, left * each + base]))
    matrix, bound = np.vstack(rows), np.hstack(bounds)
    found = linprog(
        [*np.zeros(len(moment.most_mw)), -1.0],
        np.vstack([matrix, -matrix]),
        np.concatenate([bound[0], bound[1]]),
        [[*np.ones(len(moment.most_mw)), -1.0]],
        [moment.load_mw.sum()],
        [*((0.0, most) for most in moment.most_mw), (0.0, None)],
        method="highs",
    )
    assert found.status == 0
    return found.x[-1]


@pytest.mark.parametrize("seed", range(6))
def test_every_outage_solved_anew_gives_the_same_room(seed):
    """A ring with chords, so that no loss parts it; circuits of one to three."""
    rng = np.random.default_rng(seed)
    ring = np.arange(7)
    start = np.concatenate([ring, [0, 2, 4]])
    end = np.concatenate([(ring + 1) % 7, [3, 5, 6]])
    incident = incidence(start, end, 7)
    susceptance = rng.uniform(0.5, 3.0, len(start))
    each = rng.uniform(60.0, 120.0, len(start))
    limits = Limits(rng.integers(1, 4, len(start)).astype(float), each, 1.1 * each)
    load = rng.uniform(0.0, 15.0, 7)
    moment = Moment(np.eye(7)[[0, 2, 5]], np.array([150.0, 120.0, 90.0]), load)
    s = sensitivity(incident, susceptance, limits.circuits, load)
    buses = np.arange(7)
    rows = outage_rows(s, limits, np.full(7, 1 / 7))
    found = secure_room(rows, moment, buses, np.full(7, 1e4), LEAST)
    assert found.relieved_mw == 0.0
    brute = [brute_room(incident, susceptance, limits, moment, bus) for bus in buses]
    assert found.mw == pytest.approx(brute, rel=1e-6)


def test_a_plant_lost_with_its_only_line_is_made_up_on_this_side():
    """Bus 3 hangs on bus 0 by one circuit. When its 50 MW go, bus 0 makes them up.

    Bus 2 takes 60 MW over two like lines from bus 0, of 45 MW each: 30 on each.
    """
    incident = incidence(np.array([0, 0]), np.array([1, 2]), 3)
    limits = Limits(
        np.array([1.0, 2.0]), np.array([80.0, 45.0]), np.array([80.0, 45.0])
    )
    load = np.array([10.0, 0.0, 60.0])
    s = sensitivity(incident, np.array([1.0, 2.0]), limits.circuits, load)
    share = np.array([1.0, 0.0, 0.0])
    rows = outage_rows(s, limits, share)
    injection = np.array([10.0, 50.0, -60.0])
    flow = (rows.flow @ injection)[2:].reshape(2, 2)
    assert flow[:, 0] == pytest.approx([0.0, 60.0])
    assert flow[:, 1] == pytest.approx([-50.0, 60.0])
    intact = (rows.flow @ injection)[:2]
    assert intact == pytest.approx([-50.0, 60.0])


@pytest.mark.parametrize("order", ["abcde", "eabcd"])
def test_only_the_side_with_plant_makes_up_for_what_is_lost(order):
    """A square a-b-c-d with e on c: what e gave comes from b alone.

    40 MW at d, 10 from b and 30 from e: with c-e lost, b sends 20 each way round.
    """
    pairs = ["ab", "bc", "cd", "da", "ce"]
    start, end = (np.array([order.index(p[k]) for p in pairs]) for k in (0, 1))
    by_bus = {"a": 0.0, "b": 10.0, "c": 0.0, "d": -40.0, "e": 30.0}
    given = {"a": 0.0, "b": 0.7, "c": 0.0, "d": 0.0, "e": 0.3}
    injection, share = (np.array([m[bus] for bus in order]) for m in (by_bus, given))
    limits = Limits(np.ones(5), np.full(5, 500.0), np.full(5, 500.0))
    load = np.maximum(-injection, 0.0)
    s = sensitivity(incidence(start, end, 5), np.ones(5), limits.circuits, load)
    rows = outage_rows(s, limits, share)
    lost = np.flatnonzero(rows.outage == pairs.index("ce"))
    after = rows.flow[lost] @ injection
    assert rows.element[lost].tolist() == list(range(5))
    assert after == pytest.approx([-20, 20, 20, -20, 0], abs=1e-9)


def test_pypsa_finds_the_same_room(reference):
    """Must show 2: SCLOPF of PyPSA 1.4.0 over the loss of every circuit, recorded.

    On the whole network of 2026, as `benchmarks/bench_secure.py` runs it, the largest
    difference at seven buses was 5e-12 MW.
    """
    lines, buses = (reference(f"secure_pypsa_{name}") for name in ("lines", "buses"))
    count = len(buses)
    start, end = (lines[side].astype(int) for side in ("start", "end"))
    limits = Limits(lines["circuits"], lines["limit_mw"], lines["limit_mw"])
    plants, load = buses[buses["most_mw"] > 0], buses["load_mw"]
    moment = Moment(np.eye(count)[plants["bus"].astype(int)], plants["most_mw"], load)
    incident = incidence(start, end, count)
    s = sensitivity(incident, lines["susceptance"], limits.circuits, load)
    rows = outage_rows(s, limits, np.full(count, 1 / count))
    found = secure_room(rows, moment, np.arange(count), np.full(count, 1e4), LEAST)
    assert found.mw == pytest.approx(buses["mw"], abs=1e-9)
