"""Steps: what they cost, that they change one group alone, that islands end."""

from dataclasses import replace

import numpy as np
import pytest

from grid.electricity.network.case import rows_of, sensitivity_of
from grid.electricity.network.steps import (
    Step,
    cost_usd,
    fits,
    new_line,
    reinforced,
    stepped,
    upgrade,
    with_line,
)


@pytest.fixture(scope="module")
def groups(year_2026):
    return list(year_2026.network.groups.index)


def bus(year, label):
    return year.network.buses.index.get_loc(label)


def test_a_line_and_a_transformer_by_hand(book, shipped):
    """50 km of 330 kV and two bays; 200 MVA and one bay of 220 kV; million USD."""
    line = Step("circuit", "x", 330, 50.0, np.nan)
    low, value, high = cost_usd(line, book, shipped.book) / 1e6
    assert value == pytest.approx(50 * 0.45 + 2 * 4.0)
    assert (low, high) == pytest.approx(
        (50 * 0.264 + 2 * 2.0, 50 * 1.2 + 2 * 7.5), rel=1e-9
    )
    unit = Step("unit", "y", 220, 0.0, 200.0)
    assert cost_usd(unit, book, shipped.book)[1] / 1e6 == pytest.approx(
        200 * 0.02 + 2.6
    )


def test_an_upgrade_takes_length_and_size_from_its_group(year_2026, kept, groups):
    agstafa = upgrade(year_2026, groups.index("AGS-GARD-330-1"), kept)
    assert (agstafa.kind, agstafa.level) == ("circuit", 330)
    assert agstafa.km == pytest.approx(64, rel=0.05)
    gobu = upgrade(year_2026, groups.index("GOB 330/220 transformers"), kept)
    row = year_2026.network.groups.loc["GOB 330/220 transformers"]
    units = np.median(year_2026.drawn.circuits[:, groups.index(row.name)])
    assert gobu.unit_mva == pytest.approx(row["mva"] / units)
    assert gobu.km == 0


def test_one_more_circuit_is_like_the_others_and_alone(year_2026, groups):
    at = groups.index("ABS-KHI-220-1")
    more = reinforced(year_2026, at)
    old, new = year_2026.drawn, more.drawn
    assert (new.circuits[:, at] == old.circuits[:, at] + 1).all()
    each = new.susceptance / new.circuits
    assert each == pytest.approx(old.susceptance / old.circuits)
    others = np.arange(len(groups)) != at
    assert (new.circuits[:, others] == old.circuits[:, others]).all()


def test_a_second_circuit_ends_the_islanding(year_2026, kept, groups):
    """Promuzel hangs on Sumgait by one line: lost without, joined with a second."""
    at, end = groups.index("SUM-PRZ-220-1"), bus(year_2026, "PRZ 220")
    more = stepped(year_2026, upgrade(year_2026, at, kept), None, kept)
    for year, cut in ((year_2026, True), (more, False)):
        single = year.drawn.circuits[:, at] < 2
        lost = [
            rows_of(year, "summer", i, kept, sensitivity_of(year, i))[2][at, end]
            for i in range(kept.count)
        ]
        assert lost == single.tolist()
        assert any(lost) == cut


def test_a_new_line_goes_where_none_goes_yet(year_2026, world, kept):
    at = bus(year_2026, "MUS 220")
    step = new_line(year_2026, at, world, kept)
    assert step.name.startswith("MUS 220 – ")
    other = bus(year_2026, step.name.split(" – ")[1])
    ends = year_2026.network.groups[["start", "end"]].to_numpy()
    assert not ((ends == at).any(axis=1) & (ends == other).any(axis=1)).any()
    more = with_line(year_2026, step, world, kept)
    count = len(year_2026.network.groups)
    assert len(more.network.groups) == count + 1
    assert more.network.groups["is_line"].dtype == bool
    assert (more.drawn.circuits[:, -1] == 1).all()
    old = year_2026.drawn
    assert (more.drawn.susceptance[:, :count] == old.susceptance).all()
    for name, each in year_2026.each_mw.items():
        assert more.each_mw[name][:, :count] == pytest.approx(each)
    ohm = 220**2 / more.drawn.susceptance[:, -1]
    assert ohm == pytest.approx(0.285 * step.km)


def test_no_new_line_where_every_bus_of_the_level_is_joined(year_2026, world, kept):
    few = replace(
        year_2026.network, buses=year_2026.network.buses.assign(level=range(46))
    )
    assert new_line(replace(year_2026, network=few), 0, world, kept) is None


def test_a_step_fits_only_where_its_ends_stand(year_2026):
    assert fits(year_2026, Step("circuit", "SUM-PRZ-220-1", 220, 1.0, np.nan))
    assert not fits(year_2026, Step("circuit", "NAV500-AZT-500-1", 500, 1.0, np.nan))
    assert not fits(year_2026, Step("line", "MUS 220 – QAL 220", 220, 1.0, np.nan))


def test_words_say_what_is_built():
    assert "40 km of 220 kV" in Step("line", "A – B", 220, 40.0, np.nan).words
    assert "375 MVA" in Step("unit", "T", 330, 0.0, 375.0).words
