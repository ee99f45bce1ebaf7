"""A year: the national limit and the joint limits."""

import numpy as np
import pytest

from grid.electricity.network.capacity import room
from grid.electricity.network.case import case, joint_rows
from grid.electricity.network.hosting import rooms


def test_generation_allows_less_every_year(world, kept, year_2026):
    later = case(world, 2035, kept)
    assert (later.national_mw <= year_2026.national_mw).all()
    assert 1000 < np.median(year_2026.national_mw) < 2500


def test_joint_limits_hold_each_bus_alone(year_2026, kept):
    """One load at a time they give the firm room, bridges cut off apart."""
    found = rooms(year_2026, kept)["summer"][1][0]
    alone = room(joint_rows(year_2026, "summer", 0, kept), kept.a.network_factor_least)
    islanded = (found.mw == 0) & (found.element == found.outage)
    seen = found.mw < 4000
    assert alone.mw[seen & ~islanded] == pytest.approx(found.mw[seen & ~islanded])


def test_joint_limits_are_linear(year_2026, kept):
    rows = joint_rows(year_2026, "summer", 0, kept)
    assert rows.factor.shape == (len(rows.margin_mw), len(year_2026.network.buses))
    assert np.abs(rows.factor).max() <= 1 + 1e-9
