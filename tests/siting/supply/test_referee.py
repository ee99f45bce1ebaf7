"""HiGHS on the sparse matrix, against a programme solved by hand."""

import numpy as np
import pytest

from siting.supply.interior import interior
from siting.supply.programme import FREE, Limit, Programme, objective, violation
from siting.supply.referee import referee

HOURS = 4


def two_plants(**changes):
    """Need 10, 20, 30, 40 MW; a base plant at 100 + 10, a peaker at 20 + 50 USD.

    The base plant's k-th MW is worth building while the hours it runs save more than
    its extra price: 40 USD an hour against 80, so for two hours and more: 30 MW. The
    peaker gives the last 10 MW: cost 3,000 + 200 + 10·90 + 50·10 = 4,600.
    """
    parts = {
        "flows": ("base", "peak"),
        "cost": np.array([[10.0], [50.0]]) * np.ones(HOURS),
        "rows": np.array([[1.0, 1.0]]),
        "need": np.array([[10.0, 20.0, 30.0, 40.0]]),
        "levels": (),
        "moves": np.zeros((0, 2)),
        "owner": np.array([0, 1]),
        "share": np.ones((2, HOURS)),
        "capacities": ("base", "peak"),
        "price": np.array([100.0, 20.0]),
        "most": np.array([np.inf, np.inf]),
        "limits": (),
    }
    return Programme(**(parts | changes))


@pytest.mark.parametrize("fast", [False, True])
def test_screening_by_hand(fast):
    p = two_plants()
    found = interior(p, 1e-9, 9.0) if fast else referee(p, 9.0)
    assert found.objective == pytest.approx(4600.0, abs=0.01)
    # the slope between 20 and 30 MW is zero: 40 · 2 hours = 80
    assert 20.0 - 1e-3 <= found.capacity[0] <= 30.0 + 1e-3
    assert found.capacity.sum() == pytest.approx(40.0, abs=1e-3)


def test_the_worth_of_a_limit_is_what_one_more_unit_saves():
    on = np.array([1.0, 0.0])

    def limited(bound):
        return referee(two_plants(limits=(Limit("base", (), on, bound),)), 9.0)

    found = limited(15.0)
    assert found.duals.limit[0] == pytest.approx(
        found.objective - limited(16.0).objective
    )
    assert found.duals.limit[0] > 0.0


def test_the_worth_of_room_is_what_one_more_unit_saves():
    def at_most(mw):
        return referee(two_plants(most=np.array([mw, np.inf])), 9.0)

    found = at_most(15.0)
    assert found.duals.room[0] == pytest.approx(
        found.objective - at_most(16.0).objective
    )
    assert found.duals.room[1] == 0.0


def test_what_cannot_be_is_named_and_holds_no_number():
    found = referee(two_plants(most=np.array([5.0, 5.0])), 9.0)
    assert found.status == "infeasible"
    assert np.isnan(found.capacity).all()
    assert found.gap == np.inf


def test_violations_are_measured():
    p = two_plants()
    flow = np.array([[10.0, 20.0, 30.0, 30.0], [0.0, 0.0, 0.0, 10.0]])
    assert violation(p, flow, np.array([30.0, 10.0])) == 0.0
    assert violation(p, flow, np.array([28.0, 10.0])) == pytest.approx(2.0)
    assert violation(p, flow + 0.5, np.array([40.0, 40.0])) == pytest.approx(1.0)
    assert objective(p, flow, np.array([30.0, 10.0])) == pytest.approx(4600.0)


def test_a_flow_without_bound_or_with_a_given_one():
    owner, share = np.array([FREE, 1]), np.array([[1.0], [1.0]]) * np.ones(HOURS)
    share[0, 3] = 0.0
    found = referee(two_plants(owner=owner, share=share), 9.0)
    assert found.flow[0] == pytest.approx([10.0, 20.0, 30.0, 0.0])
    assert found.capacity == pytest.approx([0.0, 40.0])
