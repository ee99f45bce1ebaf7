"""Hosting capacity: by hand, and by adding the load and solving every outage again."""

import numpy as np
import pytest

from grid.electricity.network.capacity import (
    NO_OUTAGE,
    Limits,
    hosting,
    intact_margins,
    room,
    sensitivity,
)
from grid.electricity.network.case import limits_of


def test_a_triangle_by_hand(triangle):
    """100 MW lines, plant at bus 0: two lines reach bus 2, so 150 intact, 100 firm."""
    limits = Limits(np.ones(3), np.full(3, 100.0), np.full(3, 100.0))
    s = sensitivity(triangle, np.ones(3), np.ones(3), np.array([0.0, 0, 1]))
    at_0 = np.array([1.0, 0, 0])
    flexible, firm = hosting(s, limits, np.zeros(3), at_0, 0.03)
    assert flexible.mw[1:] == pytest.approx([150, 150])
    assert firm.mw[1:] == pytest.approx([100, 100])
    assert np.isinf(firm.mw[0])
    assert flexible.outage[1] == NO_OUTAGE
    assert firm.outage[1] != NO_OUTAGE


def test_present_load_takes_its_part(triangle):
    limits = Limits(np.ones(3), np.full(3, 100.0), np.full(3, 100.0))
    s = sensitivity(triangle, np.ones(3), np.ones(3), np.array([0.0, 0, 1]))
    injection = np.array([60.0, 0, -60])
    _, firm = hosting(s, limits, injection, np.array([1.0, 0, 0]), 0.03)
    assert firm.mw[2] == pytest.approx(40)


def test_a_spur_of_one_circuit_has_no_firm_room():
    incident = np.array([[1.0, -1, 0], [0, 1, -1]])
    limits = Limits(np.array([2.0, 1]), np.full(2, 100.0), np.full(2, 100.0))
    load = np.array([0.0, 5, 5])
    s = sensitivity(incident, np.ones(2), limits.circuits, load)
    injection = np.array([10.0, -5, -5])
    flexible, firm = hosting(s, limits, injection, np.array([1.0, 0, 0]), 0.03)
    assert flexible.mw[1:] == pytest.approx([190, 95])
    assert firm.mw[1:] == pytest.approx([90, 0])
    assert firm.element[2] == firm.outage[2] == 1


def worst_after(incident, susceptance, circuits, injection, limits):
    """Largest flow ÷ limit over every outage that leaves one network, re-solved."""
    worst = 0.0
    for out in [None, *range(len(circuits))]:
        left = circuits.copy()
        if out is not None:
            left[out] -= 1
        b = susceptance * left / circuits
        laplacian = (incident.T @ (b[:, None] * incident))[1:, 1:]
        if np.linalg.matrix_rank(laplacian) < len(laplacian):
            continue
        angle = np.linalg.solve(laplacian, injection[1:])
        flow = np.abs(b * (incident[:, 1:] @ angle))
        each = limits.each_mw if out is None else limits.outage_mw
        bound = each * left
        standing = left > 0
        worst = max(worst, (flow[standing] / bound[standing]).max())
    return worst


def test_firm_room_is_the_edge_of_what_every_outage_bears(year_2026, kept):
    """At the room found the worst outage is just at its limit, at a third of the load."""
    state = year_2026.states["summer"]
    incident = year_2026.network.incident
    buses = year_2026.network.buses.index
    tested = 0
    for i in range(kept.count):
        circuits = year_2026.drawn.circuits[i]
        susceptance = year_2026.drawn.susceptance[i]
        limits = limits_of(year_2026, "summer", i, kept.a.network_outage_rating)
        s = sensitivity(incident, susceptance, circuits, state.load_mw[i])
        given = (0.3 * state.injection_mw[i], state.share[i])
        if worst_after(incident, susceptance, circuits, given[0], limits) > 1:
            continue
        _, firm = hosting(s, limits, *given, 1e-9)
        for label in ("GAN 330", "ABS 500", "IMI 330", "SMX 500"):
            at = buses.get_loc(label)
            if not 0 < firm.mw[at] < np.inf or s.lost[firm.outage[at]].any():
                continue
            load = np.zeros(len(buses))
            load[at] = firm.mw[at]
            injection = given[0] - load + given[1] * firm.mw[at]
            worst = worst_after(incident, susceptance, circuits, injection, limits)
            assert worst == pytest.approx(1, abs=1e-9)
            tested += 1
    assert tested > 0


def test_an_element_that_hardly_feels_a_bus_does_not_bind_it(triangle):
    limits = Limits(np.ones(3), np.array([1e9, 0.0, 1e9]), np.array([1e9, 0.0, 1e9]))
    susceptance = np.array([1.0, 1e-3, 1.0])
    s = sensitivity(triangle, susceptance, np.ones(3), np.array([0.0, 0, 1]))
    rows = intact_margins(s, limits, np.zeros(3), np.array([1.0, 0, 0]))
    assert room(rows, 0.03).mw[2] > 1e6
    assert room(rows, 0.0).mw[2] == 0
