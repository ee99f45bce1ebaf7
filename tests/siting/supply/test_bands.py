"""The structured algebra against dense matrices; a Newton step against its equations."""

from dataclasses import fields, replace

import numpy as np
import pytest

from siting.supply.bands import applied, factor, solved, transposed
from siting.supply.build import programme
from siting.supply.newton import newton
from siting.supply.point import PAIRS, masks, residual
from siting.supply.start import start


def dense(p):
    """A as a matrix: hourly rows, then the stores, over all flows."""
    hours = p.cost.shape[1]
    units = np.eye(len(p.flows) * hours).reshape(-1, len(p.flows), hours)
    return np.array([applied(p, unit).ravel() for unit in units]).T


CHOICES = [
    {},
    {"technologies": ("solar",)},
    {"flexible_pct": 20.0},
    {"carbon_free_pct": 50.0, "carbon_free_hourly": True, "flexible_pct": 10.0},
]


@pytest.mark.parametrize("asked", CHOICES)
def test_the_hours_and_bands_solve_the_dense_system(days, asked):
    p = programme(days(2, **asked))
    a = dense(p)
    rng = np.random.default_rng(1)
    weight = np.where(p.share > 0, rng.uniform(0.1, 3.0, p.share.shape), 0.0)
    m = a @ np.diag(weight.ravel()) @ a.T
    right = rng.normal(size=(3, len(p.rows) + len(p.levels), p.cost.shape[1]))
    ours = solved(factor(p, weight), right).reshape(3, -1)
    assert ours == pytest.approx(np.linalg.solve(m, right.reshape(3, -1).T).T, rel=1e-7)


@pytest.mark.parametrize("asked", CHOICES)
def test_transposing_is_the_adjoint(days, asked):
    p = programme(days(2, **asked))
    rng = np.random.default_rng(2)
    x = rng.normal(size=p.cost.shape)
    y = rng.normal(size=applied(p, x).shape)
    assert (applied(p, x) * y).sum() == pytest.approx((x * transposed(p, y)).sum())


@pytest.mark.parametrize("asked", [*CHOICES, {"carbon_free_pct": 70.0}])
def test_a_newton_step_meets_every_linearised_equation(days, asked):
    p = programme(days(3, **asked))
    p = replace(p, cost=p.cost / 100.0, price=p.price / 100.0)
    m = masks(p)
    at = start(p, m)
    off = residual(p, m, at)
    target = {d: 0.3 - getattr(at, a) * getattr(at, d) for a, d in PAIRS}
    step = newton(p, m, at, off)(target)
    there = type(at)(
        **{f.name: getattr(at, f.name) + getattr(step, f.name) for f in fields(at)}
    )
    left = residual(p, m, there)
    for f in fields(left):
        scale = np.abs(getattr(off, f.name)).max() + 1.0
        assert np.abs(getattr(left, f.name)).max() < 1e-7 * scale, f.name
    for own, dual in PAIRS:
        moved = getattr(at, own) * getattr(step, dual)
        moved = moved + getattr(at, dual) * getattr(step, own)
        mask = {"z": m.alive, "v": m.capped, "vk": m.finite}.get(dual, 1.0)
        assert np.abs(mask * (moved - target[dual])).max() < 1e-6, dual
