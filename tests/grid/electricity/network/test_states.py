"""Who takes and who makes the power: balance, merit order, shares, retirements."""

import numpy as np
import pytest

from grid.electricity.network.states import (
    STATES,
    available_mw,
    grown_peak_mw,
    load_shares,
    plants,
)


@pytest.fixture
def shares(network, world, known):
    return load_shares(network, world, 2026, known.a)


def test_shares_sum_to_one_and_baku_has_half(shares):
    assert shares.sum() == pytest.approx(1)
    baku = ["KHI 220", "MUS 220", "HOV 220", "BOY 220", "GOB 220", "ZAB 220", "PRZ 220"]
    assert shares[baku].sum() == pytest.approx(0.5, abs=0.01)
    assert shares[["GARD 500", "DERB 330", "SUM 220", "AZT 330"]].sum() == 0


def test_injections_balance_and_shares_sum_to_one(year_2026):
    for state in year_2026.states.values():
        assert np.abs(state.injection_mw.sum(axis=1)).max() < 1e-6
        assert state.share.sum(axis=1) == pytest.approx(1)
        assert (state.share >= -1e-12).all()
        assert (state.short_mw >= 0).all()


def test_cheap_plant_runs_before_dear(year_2026, kept):
    fleet = year_2026.fleet.table
    assert fleet.index[-1] == "PP_AZTPP"
    assert (fleet["fuel"].iloc[:3] != "gas").all()
    for name in STATES:
        room = available_mw(year_2026.fleet, name, kept)
        output = year_2026.states[name].plant_mw
        running = output[:, 1:] > 0
        assert (output[:, :-1] >= room[:, :-1] - 1e-6)[running].all()
    assert (year_2026.states["spring"].plant_mw[:, -1] == 0).all()


def test_there_is_no_sun_in_the_evening(year_2026):
    sun = (year_2026.fleet.table["fuel"] == "solar").to_numpy()
    assert (year_2026.states["winter"].plant_mw[:, sun] == 0).all()
    assert (year_2026.states["evening"].plant_mw[:, sun] == 0).all()
    assert (year_2026.states["summer"].plant_mw[:, sun] > 0).any()
    assert (year_2026.states["spring"].plant_mw[:, sun] > 0).any()


def test_old_steam_gives_nothing_after_its_last_year(network, world, known, shares):
    for year, runs in ((2026, True), (2035, False)):
        fleet = plants(network, world, year, shares, known.a)
        assert bool(fleet.table.loc["PP_AZTPP", "runs"]) is runs


def test_nakhchivan_plant_does_not_feed_the_mainland(year_2026):
    fleet = set(year_2026.fleet.table.index)
    assert not fleet & {"PP_NAKG", "H_ARZ", "H_VAY", "PV_NAK"}
    assert year_2026.fleet.at.sum(axis=1) == pytest.approx(1)


def test_the_peak_grows(kept):
    assert (grown_peak_mw(2025, kept) == 4871).all()
    assert 4871 * 1.015**5 < np.median(grown_peak_mw(2030, kept)) < 4871 * 1.043**5


def test_load_is_the_peak_of_the_state(year_2026):
    for name in STATES:
        total = year_2026.states[name].load_mw.sum(axis=1)
        assert (total <= year_2026.peak_mw + 1e-6).all()
    summer = year_2026.states["summer"].load_mw.sum(axis=1)
    assert summer == pytest.approx(year_2026.peak_mw)
