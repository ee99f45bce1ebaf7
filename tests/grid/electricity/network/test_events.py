"""Outages that trip other lines: by hand."""

import numpy as np
import pytest

from grid.electricity.network.events import Wires, balanced, cascade, load_lost_mw


def test_an_island_sheds_what_its_plant_cannot_meet():
    injection, shed = balanced(
        np.array([0.0, 100]), np.array([40.0, 0]), np.array([70.0, 0])
    )
    assert shed == pytest.approx(30)
    assert injection == pytest.approx([70, -70])


def test_an_island_with_too_much_plant_lowers_it():
    injection, shed = balanced(np.array([0.0, 30]), np.array([80.0, 0]), np.zeros(2))
    assert shed == 0
    assert injection == pytest.approx([30, -30])


@pytest.mark.parametrize(("limit", "lost"), [(100.0, 0.0), (60.0, 90.0)])
def test_the_second_line_trips_if_it_cannot_bear_the_first(limit, lost):
    """Two lines share 90 MW; with one gone the other bears 100 or trips at 72."""
    wires = Wires(np.array([[1.0, -1], [1, -1]]), np.ones(2), np.full(2, limit))
    plant = (np.array([90.0, 0]), np.array([90.0, 0]))
    standing = np.array([False, True])
    assert cascade(wires, standing, np.array([0.0, 90]), plant, 1.2) == lost


def test_no_event_loses_no_load(year_2026, kept):
    """Losing a foreign yard that carries nothing sheds nothing that N-1 bears."""
    lost = load_lost_mw(year_2026, "PARS", None, kept)
    absheron = load_lost_mw(year_2026, "ABS", None, kept)
    assert (absheron >= lost - 1e-6).all()
    assert (absheron > 100).all()
