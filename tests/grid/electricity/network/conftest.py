"""A few thousand networks drawn, enough for some to serve the peak."""

from dataclasses import replace

import numpy as np
import pytest

from grid.electricity.network.calibration import calibrate
from grid.electricity.network.case import case, known_of
from grid.electricity.network.elements import build

DRAWS = 3000


@pytest.fixture(scope="session")
def known(shipped):
    return known_of(shipped, {"power.network.draws": DRAWS}, seed=1)


@pytest.fixture(scope="session")
def network(world):
    return build(world, 2026)


@pytest.fixture(scope="session")
def fitted(shipped, known):
    return calibrate(shipped, known)


@pytest.fixture(scope="session")
def kept(known, fitted):
    return replace(known, pick=fitted.kept)


@pytest.fixture(scope="session")
def year_2026(world, kept):
    return case(world, 2026, kept)


@pytest.fixture
def triangle():
    """Incidence of three buses and three lines: 0-1, 1-2, 0-2."""
    return np.array([[1.0, -1, 0], [0, 1, -1], [1, 0, -1]])
