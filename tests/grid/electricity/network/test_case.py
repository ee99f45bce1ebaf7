"""A year: the national limit and the joint limits."""

import numpy as np
import pytest
from scipy.optimize import linprog

from grid.electricity.network.case import case, joint_limits, rows_of, sensitivity_of
from grid.electricity.network.draws import scalar
from grid.electricity.network.flow import ptdf
from grid.electricity.network.secure import matrices, secure_room
from grid.electricity.network.states import available_mw


def test_generation_allows_less_every_year(world, kept, year_2026):
    later = case(world, 2035, kept)
    assert (later.national_mw <= year_2026.national_mw).all()
    assert 1000 < np.median(year_2026.national_mw) < 2500


def test_generation_must_do_in_the_tightest_state(world, kept):
    """By 2029 the evening, without the sun of the afternoon, is tightest in the middle."""
    found = case(world, 2029, kept)
    reserve = 1 + scalar("network_reserve_pct", kept) / 100
    left = {
        name: available_mw(found.fleet, name, kept).sum(axis=1)
        - reserve * found.states[name].load_mw.sum(axis=1)
        for name in ("summer", "evening", "winter")
    }
    least = np.maximum(0, np.min(list(left.values()), axis=0))
    assert found.national_mw == pytest.approx(least)
    assert np.median(left["evening"]) < np.median(left["summer"])


@pytest.fixture(scope="module")
def joint(year_2026, kept):
    return joint_limits(year_2026, "summer", 0, kept)


def most_of(rows, moment, buses, worth):
    """The most load by SciPy's own call of HiGHS, no rows left out."""
    a, b, e, c = matrices(rows, moment, buses)
    sources = len(moment.most_mw)
    bounds = [*((0, most) for most in moment.most_mw), *((0, None) for _ in buses)]
    cost = np.concatenate([np.zeros(sources), -np.asarray(worth, dtype=float)])
    found = linprog(cost, a, b, e[None, :], [c], bounds, method="highs")
    assert found.status == 0
    return found.x[sources:]


def test_each_bus_alone_is_an_independent_solution(year_2026, joint):
    """Rows added as they are broken, from a warm start, end at the same optimum."""
    rows, moment = joint
    buses = np.arange(0, len(year_2026.network.buses), 7)
    found = secure_room(rows, moment, buses, np.full(len(buses), 1e4), 0.0)
    whole = [most_of(rows, moment, np.array([bus]), [1])[0] for bus in buses]
    assert found.mw == pytest.approx(whole, abs=1e-4)
    assert found.relieved_mw == pytest.approx(0.0, abs=1e-4)


def test_two_loads_bear_no_more_than_each_alone(year_2026, joint):
    """Two sites behind the same lines compete."""
    rows, moment = joint
    at = [year_2026.network.buses.index.get_loc(bus) for bus in ("GOB 330", "KHI 220")]
    both = most_of(rows, moment, np.array(at), [1, 1])
    alone = secure_room(rows, moment, np.array(at), np.full(2, 1e4), 0.0).mw
    assert (both <= alone + 1e-4).all()
    assert both.sum() < alone.sum() - 1


def test_outages_only_take_room_away(year_2026, kept):
    intact, secure, _ = rows_of(
        year_2026, "winter", 1, kept, sensitivity_of(year_2026, 1)
    )
    assert len(secure.bound_mw) == len(intact.bound_mw) * (1 + len(intact.bound_mw))
    assert (secure.flow[: len(intact.flow)] == intact.flow).all()


def test_every_outage_of_the_whole_network_equals_a_fresh_solution(year_2026):
    """One circuit of each group out in turn, every draw, no outage factor used."""
    incident, drawn = year_2026.network.incident, year_2026.drawn
    injection = year_2026.states["summer"].injection_mw
    tried = 0
    for i, susceptance in enumerate(drawn.susceptance):
        s = sensitivity_of(year_2026, i)
        flow = s.factors @ injection[i]
        for k in np.flatnonzero(~s.lost.any(axis=1)):
            left = susceptance.copy()
            left[k] *= 1 - 1 / drawn.circuits[i, k]
            fresh = ptdf(incident, left) @ injection[i]
            assert flow + s.outage[:, k] * flow[k] == pytest.approx(fresh, abs=1e-6)
            tried += 1
    assert tried > 40 * len(drawn.susceptance)
