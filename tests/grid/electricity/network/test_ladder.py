"""The ladder: each rung gains, the first is the hosting table's, prices lead."""

from dataclasses import replace

import numpy as np
import pytest

from grid.electricity.network.hosting import secure_rooms
from grid.electricity.network.ladder import LEAST_MW, gains_mw, ladder, rung, taken
from grid.electricity.network.steps import reinforced


@pytest.fixture(scope="module")
def climbed(year_2026, world, kept):
    """Mushfig hangs on Absheron by one line."""
    bus = year_2026.network.buses.index.get_loc("MUS 220")
    return list(ladder(year_2026, world, kept, bus, 2))


def test_the_first_rung_is_the_bus_as_it_is(climbed, year_2026, kept):
    bus = year_2026.network.buses.index.get_loc("MUS 220")
    rooms = secure_rooms(year_2026, kept, np.array([bus]))
    first = climbed[0]
    assert first.step is None
    expected = np.minimum(rooms.firm_mw[:, 0], year_2026.national_mw)
    assert first.firm_mw == pytest.approx(expected)
    assert first.told["binding"] == "ABS-MUS-220-1"


def test_every_step_gains_and_none_passes_generation(climbed, year_2026):
    means = [at.firm_mw.mean() for at in climbed]
    assert len(climbed) == 3
    assert (np.diff(means) >= LEAST_MW).all()
    for at in climbed:
        assert (at.firm_mw <= year_2026.national_mw + 1e-6).all()
        assert (at.firm_mw <= at.flexible_mw + 1e-6).all()


def test_the_price_foretells_a_small_gain(year_2026, kept):
    """Where a limit binds, a hundredth more of it gains its price (must show 4)."""
    bus = year_2026.network.buses.index.get_loc("GOB 330")
    at, rooms = rung(year_2026, kept, bus, None)
    held = np.flatnonzero((rooms.price[:, 0] > 0) & (rooms.outage[:, 0] >= 0))
    i = int(held[0])
    one = taken(year_2026, np.array([i]))
    group, step = rooms.element[i, 0], 1e-3
    for each in one.each_mw.values():
        each[:, group] += step
    again, _ = rung(one, _only(kept, i), bus, None)
    left = one.drawn.circuits[0, group] - (rooms.outage[i, 0] == group)
    wider = step * left * kept.a.network_outage_rating
    gain = again.firm_mw[0] - at.firm_mw[i]
    assert 0 < gain <= rooms.price[i, 0] * wider * 1.001 + 1e-6


def _only(kept, draw):
    return replace(kept, pick=kept.pick[[draw]])


def test_what_the_price_promises_bounds_what_one_more_gives(year_2026, kept):
    """One more circuit of what binds gains, and generation bounds the promise."""
    bus = year_2026.network.buses.index.get_loc("GOB 330")
    at, rooms = rung(year_2026, kept, bus, None)
    gain = gains_mw(year_2026, rooms, kept.a.network_outage_rating)
    best = int(np.argmax(gain))
    assert year_2026.network.groups.index[best] == at.told["binding"]
    after, _ = rung(reinforced(year_2026, best), kept, bus, None)
    assert after.firm_mw.mean() > at.firm_mw.mean()
    room_left = np.maximum(0, year_2026.national_mw - rooms.firm_mw[:, 0]).mean()
    assert gain.sum() <= room_left + 1e-9
