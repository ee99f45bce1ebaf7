"""DC flow: hand-worked cases, Kirchhoff, and every outage re-solved by brute force."""

import numpy as np
import pytest

from grid.electricity.network.flow import (
    bridges,
    circuit_outage,
    far_side,
    incidence,
    lodf,
    ptdf,
    transfers,
)


def solved(a, b, injection):
    """Flows by solving the angles, the first bus at zero."""
    laplacian = a.T @ (b[:, None] * a)
    angle = np.zeros(a.shape[1])
    angle[1:] = np.linalg.solve(laplacian[1:, 1:], injection[1:])
    return b * (a @ angle)


@pytest.fixture
def ring():
    """Four buses in a ring with one chord, unequal lines, and a spur to a fifth."""
    start, end = np.array([0, 1, 2, 3, 0, 3]), np.array([1, 2, 3, 0, 2, 4])
    a = incidence(start, end, 5)
    b = np.array([10.0, 5.0, 8.0, 4.0, 6.0, 3.0])
    injection = np.array([0.0, -30.0, 50.0, 20.0, -15.0])
    injection[0] = -injection.sum()
    return a, b, injection


def test_a_triangle_by_hand():
    """Equal lines: 2/3 of a transfer takes the direct way, 1/3 the way round."""
    a = incidence(np.array([0, 1, 0]), np.array([1, 2, 2]), 3)
    factors = ptdf(a, np.ones(3))
    assert factors[:, 1] == pytest.approx([-2 / 3, 1 / 3, -1 / 3])
    assert factors[:, 2] == pytest.approx([-1 / 3, -1 / 3, -2 / 3])
    assert lodf(transfers(factors, a)) == pytest.approx(
        np.array([[-1, -1, 1], [-1, -1, 1], [1, 1, -1]])
    )


def test_four_buses_by_hand():
    """A square with reactances 1, 1, 1, 3: shares by the inverse of each way's sum."""
    a = incidence(np.array([0, 1, 2, 0]), np.array([1, 2, 3, 3]), 4)
    factors = ptdf(a, 1 / np.array([1.0, 1.0, 1.0, 3.0]))
    assert factors[:, 3] == pytest.approx([-0.5, -0.5, -0.5, -0.5])
    assert factors[:, 1] == pytest.approx([-5 / 6, 1 / 6, 1 / 6, -1 / 6])


def test_kirchhoff_and_sum_rules(ring):
    a, b, injection = ring
    factors = ptdf(a, b)
    flow = factors @ injection
    assert a.T @ flow == pytest.approx(injection)
    assert flow == pytest.approx(solved(a, b, injection))
    assert (factors[:, 0] == 0).all()
    assert a.T @ factors[:, 1:] == pytest.approx(np.vstack([-np.ones(4), np.eye(4)]))


def test_every_outage_equals_a_fresh_solution(ring):
    a, b, injection = ring
    factors = ptdf(a, b)
    flow = factors @ injection
    gained = lodf(transfers(factors, a))
    for out in range(5):
        left = b.copy()
        left[out] = 0
        expected = solved(a, left, injection)
        assert flow + gained[:, out] * flow[out] == pytest.approx(expected, abs=1e-9)


def test_one_circuit_of_several_lost(ring):
    a, b, injection = ring
    circuits = np.array([2.0, 1.0, 3.0, 2.0, 1.0, 2.0])
    factors = ptdf(a, b)
    flow = factors @ injection
    gained = circuit_outage(transfers(factors, a), circuits)
    for out in range(6):
        left = b.copy()
        left[out] *= 1 - 1 / circuits[out]
        expected = solved(a, left, injection)
        assert flow + gained[:, out] * flow[out] == pytest.approx(expected, abs=1e-9)


def test_bridges_are_named_and_part_the_far_side(ring):
    a, b, _ = ring
    factors = ptdf(a, b)
    moved = transfers(factors, a)
    assert bridges(moved).tolist() == [False] * 5 + [True]
    assert np.isnan(lodf(moved)[:, 5]).all()
    assert np.isfinite(lodf(moved)[:, :5]).all()
    assert far_side(factors)[5].tolist() == [False] * 4 + [True]


def test_a_stack_of_networks_is_each_alone(ring):
    a, b, _ = ring
    stack = b * np.array([1.0, 2.0, 0.5])[:, None] ** np.arange(6)
    together = circuit_outage(transfers(ptdf(a, stack), a), np.full((3, 6), 2.0))
    for alone, row in zip(together, stack, strict=True):
        moved = transfers(ptdf(a, row), a)
        assert alone == pytest.approx(circuit_outage(moved, np.full(6, 2.0)))
