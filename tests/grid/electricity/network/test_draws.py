"""Draws: laws, streams of their own, limits by length."""

from dataclasses import replace

import numpy as np
import pytest

from grid.electricity.network.draws import (
    counts,
    draw,
    loadability_mw,
    scalar,
    triangular,
    uniforms,
)


def test_counts_follow_the_geometric_law():
    u = (np.arange(100_000) + 0.5) / 100_000
    found = counts(u, 0.5, 1, 3)
    shares = [np.mean(found == n) for n in (1, 2, 3)]
    assert shares == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=1e-4)


def test_triangular_has_its_mean_and_bounds():
    u = (np.arange(10_000) + 0.5) / 10_000
    found = triangular(u, 1.0, 2.0, 6.0)
    assert found.mean() == pytest.approx(3.0, abs=1e-3)
    assert found.min() > 1
    assert found.max() < 6
    assert triangular(u, 2.0, 2.0, 2.0) == pytest.approx(2.0)


def test_a_stream_is_its_names_own(known):
    one = uniforms(["a"], known)
    both = uniforms(["b", "a"], known)
    assert (one[:, 0] == both[:, 1]).all()
    assert (uniforms(["a"], replace(known, seed=2)) != one).any()
    some = replace(known, pick=np.array([5, 7]))
    assert (uniforms(["a"], some) == one[[5, 7]]).all()


def test_the_central_network_has_the_median_of_every_stream(known):
    some = replace(known, pick=np.array([5, 7, 9]))
    middle = replace(some, central=True)
    assert (some.count, middle.count) == (3, 1)
    assert uniforms(["a"], middle)[0] == np.median(uniforms(["a"], some))


def test_scalars_stay_within_the_books_doubt(known):
    growth = scalar("network_peak_growth_pct", known)
    assert growth.min() >= 1.5
    assert growth.max() <= 4.3


def test_long_lines_carry_less(known):
    """St Clair: 3 SIL at 80 km, 1.4 at 300; heat alone below 80 km."""
    sil = np.full(4, 100.0)
    found = loadability_mw(np.array([10.0, 80.0, 80.001, 300.0]), sil, known.a)
    assert found[:2].tolist() == [np.inf, np.inf]
    assert found[2:] == pytest.approx([300, 140], rel=1e-4)


def test_what_the_tables_say_is_not_drawn(network, world, known):
    few = replace(known, pick=np.arange(50))
    drawn = draw(network, world.tables["line_types"], few)
    groups = list(network.groups.index)
    assert (drawn.circuits[:, groups.index("MIN-ABS-220-1")] == 2).all()
    blank = drawn.circuits[:, groups.index("ABS-KHI-220-1")]
    assert set(blank) <= {1, 2, 3, 4}
    assert len(set(blank)) > 1
    agstafa = groups.index("AGS-GARD-330-1")
    assert (drawn.stable_mw[:, agstafa] == 700).all()
    assert drawn.thermal_mw[:, agstafa] == pytest.approx(812 * 0.95)
    gobu = groups.index("GOB 330/220 transformers")
    total = drawn.circuits[:, gobu] * drawn.thermal_mw[:, gobu]
    assert total == pytest.approx(950)
    assert (drawn.susceptance > 0).all()


def test_susceptance_of_a_known_line(network, world, known):
    """64 km of 0.328 ohm/km at 330 kV, two circuits: 2 · 330² / 20.99 MW/rad."""
    few = replace(known, pick=np.arange(2))
    drawn = draw(network, world.tables["line_types"], few)
    at = list(network.groups.index).index("AGS-GARD-330-1")
    assert drawn.susceptance[0, at] == pytest.approx(2 * 330**2 / (64 * 0.328))
