"""Any network, however drawn: factors agree with a sparse solution, outages too."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array
from scipy.sparse.linalg import spsolve

from grid.electricity.network.flow import (
    bridges,
    circuit_outage,
    incidence,
    ptdf,
    transfers,
)


@st.composite
def networks(draw):
    """A tree with some lines more, susceptances and circuits."""
    buses = draw(st.integers(3, 12))
    parents = [draw(st.integers(0, bus - 1)) for bus in range(1, buses)]
    pairs = [(parent, bus + 1) for bus, parent in enumerate(parents)]
    for _ in range(draw(st.integers(0, 8))):
        one = draw(st.integers(0, buses - 2))
        pairs.append((one, draw(st.integers(one + 1, buses - 1))))
    count = len(pairs)
    size = st.floats(0.1, 100)
    b = np.array(draw(st.lists(size, min_size=count, max_size=count)))
    number = st.integers(1, 4)
    n = np.array(draw(st.lists(number, min_size=count, max_size=count)), dtype=float)
    start, end = (np.array(side) for side in zip(*pairs, strict=True))
    power = st.floats(-100, 100)
    injection = np.array(draw(st.lists(power, min_size=buses, max_size=buses)))
    injection[0] -= injection.sum()
    return incidence(start, end, buses), b, n, injection


def sparse_flow(a, b, injection):
    laplacian = csc_array((a.T @ (b[:, None] * a))[1:, 1:])
    angle = np.concatenate([[0.0], np.atleast_1d(spsolve(laplacian, injection[1:]))])
    return b * (a @ angle)


@settings(deadline=None, max_examples=60)
@given(networks())
def test_flows_equal_a_sparse_solution(network):
    a, b, _, injection = network
    scale = 1e-8 * (1 + np.abs(injection).sum())
    flow = ptdf(a, b) @ injection
    assert np.abs(flow - sparse_flow(a, b, injection)).max() < scale
    assert np.abs(a.T @ flow - injection).max() < scale


@settings(deadline=None, max_examples=60)
@given(networks())
def test_the_loss_of_any_circuit_equals_a_fresh_solution(network):
    a, b, n, injection = network
    factors = ptdf(a, b)
    moved = transfers(factors, a)
    gained = circuit_outage(moved, n)
    flow = factors @ injection
    scale = 1e-6 * (1 + np.abs(injection).sum())
    for out in range(len(b)):
        if bridges(moved)[out] and n[out] == 1:
            assert np.isnan(gained[:, out]).all()
            continue
        left = b.copy()
        left[out] *= 1 - 1 / n[out]
        found = flow + gained[:, out] * flow[out]
        assert np.abs(found - sparse_flow(a, left, injection)).max() < scale
