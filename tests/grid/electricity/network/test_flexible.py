"""The table of a bus: more cut serves more, secure never above intact, found again."""

import pandas as pd
import pytest

from grid.electricity.network.case import known_of
from grid.electricity.network.flexible import (
    CUT_HOURS,
    CUT_PCT,
    KINDS,
    flexible_table,
)

BUS = "GAN 330"


@pytest.fixture(scope="module")
def known(shipped):
    few = {"power.network.draws": 3000, "power.network.draws_kept": 2}
    return known_of(shipped, few, seed=1)


@pytest.fixture(scope="module")
def table(world, known, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHAZRI_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield flexible_table(world, 2026, known, BUS)


def test_a_row_an_allowance(table):
    assert (table["bus"] == BUS).all()
    assert tuple(table["cut_hours"].dropna()) == CUT_HOURS
    assert tuple(table["cut_pct"].dropna()) == CUT_PCT
    assert (table["cut_hours"].isna() != table["cut_pct"].isna()).all()


def test_more_cut_serves_more_and_secure_is_within_intact(table):
    by_hours = table[table["cut_hours"].notna()]
    by_energy = table[table["cut_pct"].notna()]
    for part in (by_hours, by_energy):
        for p in (10, 50, 90):
            secure, intact = (part[f"{kind}_p{p}"] for kind in KINDS)
            assert secure.is_monotonic_increasing
            assert intact.is_monotonic_increasing
            assert (secure <= intact + 1e-6).all()
    assert by_hours["secure_mw_p50"].iloc[-1] > by_hours["secure_mw_p50"].iloc[0]


def test_the_table_is_found_again(table, world, known, monkeypatch):
    monkeypatch.setattr("grid.electricity.network.flexible.case", None)
    again = flexible_table(world, 2026, known, BUS)
    pd.testing.assert_frame_equal(again, table)
