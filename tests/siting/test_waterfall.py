"""The waterfall: parts that sum, change sign with the sites, and vanish where nothing differs."""

from dataclasses import fields, replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from data import World
from siting.appraisal import cash_terms, finance_book
from siting.finance import CashInputs, CashTerms, appraise_cash
from siting.loading import load_scenario
from siting.trunk import in_force
from siting.waterfall import (
    DRIVERS,
    MEANS,
    MEASURES,
    ROWS,
    SIZE,
    TOTALS,
    Side,
    drivers,
    gap,
    shapley,
    side_of,
)

BASE = load_scenario("base")
PAIRS = (("AZ01", "AZ25"), ("AZ01", "AZ33"), ("AZ07", "AZ28"))
"""Tax and laterals; megawatts as well; everything."""
NAMES = list(DRIVERS)


@pytest.fixture(scope="module")
def valued(world: World) -> tuple[Any, CashTerms]:
    built, a = in_force(BASE, world)
    return finance_book(built, a), cash_terms(BASE)


@pytest.fixture(scope="module")
def alat(base: xr.Dataset, world: World) -> Side:
    return side_of(base, "AZ01", world, BASE)


def changed(side: Side, **values: Any) -> Side:
    return replace(side, inputs=replace(side.inputs, **values))


def test_every_field_of_the_cash_flow_belongs_to_exactly_one_driver() -> None:
    owned = [name for names in DRIVERS.values() for name in names]
    known = [field.name for field in fields(CashInputs)]
    homeless = sorted(set(known) - set(owned))
    assert not homeless, (
        f"put {homeless} of CashInputs under one driver of siting.waterfall.DRIVERS, "
        "and under TOTALS if it grows with the megawatts"
    )
    assert sorted(owned) == sorted(known), "a driver names what CashInputs has not"
    assert set(MEANS) == set(DRIVERS)
    amounts = ("capex_usd", "generators_usd", "charge_usd", "_per_year", "_ha")
    grows = {name for name in known if name.endswith(amounts)}
    assert grows == TOTALS, "amounts of the whole site are exchanged per megawatt"


@pytest.mark.parametrize("pair", PAIRS)
def test_the_ends_are_the_evaluations_own_figures_and_the_parts_sum(
    pair: tuple[str, str], base: xr.Dataset, world: World
) -> None:
    table = gap(base, pair, world, BASE)
    for measure in MEASURES:
        for end, site in zip(("first", "second"), pair, strict=True):
            own = base[measure].sel(site=site).item()
            assert table.loc[end, measure] == pytest.approx(own, rel=1e-12)
        parts = table.loc[NAMES, measure].sum()
        whole = table.loc["second", measure] - table.loc["first", measure]
        assert parts == pytest.approx(whole, abs=0.001)  # a tenth of a cent


@pytest.mark.parametrize("pair", PAIRS)
def test_exchanging_the_sites_changes_the_sign(
    pair: tuple[str, str], base: xr.Dataset, world: World
) -> None:
    one = gap(base, pair, world, BASE).loc[NAMES]
    other = gap(base, pair[::-1], world, BASE).loc[NAMES]
    np.testing.assert_allclose(one, -other, rtol=1e-9, atol=1e-6)


def test_a_site_has_no_gap_to_itself(base: xr.Dataset, world: World) -> None:
    assert (gap(base, ("AZ01", "AZ01"), world, BASE).loc[NAMES] == 0).all(axis=None)


def test_a_driver_with_equal_inputs_has_no_part(
    alat: Side, valued: tuple[Any, CashTerms]
) -> None:
    dearer = changed(alat, fibre_capex_usd=alat.inputs.fibre_capex_usd * 3.0)
    table = drivers(alat, dearer, *valued)
    others = [name for name in NAMES if name != "fibre"]
    assert (table.loc[others] == 0).all(axis=None)
    assert table.loc["fibre", "lcoc_usd_per_kw_month"] > 0
    assert table.loc["fibre", "npv_usd"] < 0


def test_two_drivers_share_what_they_do_together_half_and_half(
    alat: Side, valued: tuple[Any, CashTerms]
) -> None:
    """By hand: φ_power = ½ (v(p) − v(∅)) + ½ (v(pc) − v(c)), bill = price × energy."""
    book, terms = valued
    bill, mwh = alat.inputs.energy_usd_per_year, alat.energy_mwh_per_year
    two = replace(
        changed(alat, energy_usd_per_year=1.5 * 1.2 * bill),
        energy_mwh_per_year=1.2 * mwh,  # a PUE a fifth higher at a price half higher
    )
    table = drivers(alat, two, book, terms)["lcoc_usd_per_kw_month"]

    def lcoc(factor: float) -> float:
        case = changed(alat, energy_usd_per_year=factor * bill).inputs
        return float(appraise_cash(case, book, terms).measures[MEASURES[0]][0])

    none, price, use, both = (lcoc(f) for f in (1.0, 1.5, 1.2, 1.8))
    by_hand = 0.5 * (price - none) + 0.5 * (both - use)
    assert table["power"] == pytest.approx(by_hand, abs=1e-9)
    assert table["cooling"] == pytest.approx(
        0.5 * (use - none) + 0.5 * (both - price), abs=1e-9
    )
    assert table["power"] + table["cooling"] == pytest.approx(both - none, abs=1e-9)


def test_delay_enters_by_the_clocks(alat: Side, valued: tuple[Any, CashTerms]) -> None:
    clocks = alat.inputs.clocks
    late = changed(alat, clocks=replace(clocks, grid_months=clocks.grid_months + 12.0))
    table = drivers(alat, late, *valued)
    assert table.loc["delay", "npv_usd"] == pytest.approx(
        table.loc["second", "npv_usd"] - table.loc["first", "npv_usd"]
    )
    assert table.loc["delay", "npv_usd"] < 0


def test_a_premium_on_one_site_is_the_risk_drivers(
    alat: Side, valued: tuple[Any, CashTerms]
) -> None:
    table = drivers(alat, replace(alat, wacc_pct=alat.wacc_pct + 1.0), *valued)
    assert table.loc["risk premium", "lcoc_usd_per_kw_month"] > 0
    others = [name for name in NAMES if name != "risk premium"]
    assert (table.loc[others] == 0).all(axis=None)


def test_size_alone_moves_npv_and_not_the_cost_of_a_kilowatt(
    alat: Side, valued: tuple[Any, CashTerms]
) -> None:
    half = {name: 0.5 * getattr(alat.inputs, name) for name in (*TOTALS, "it_mw")}
    small = replace(
        changed(alat, **half), energy_mwh_per_year=0.5 * alat.energy_mwh_per_year
    )
    table = drivers(alat, small, *valued)
    others = [name for name in NAMES if name != "power"]
    np.testing.assert_allclose(table.loc[others], 0.0, atol=1e-6)
    staff = table.loc["power", "lcoc_usd_per_kw_month"]  # the least staff of a site
    assert 0 < staff < 1.0


def test_a_site_without_power_has_no_gap_to_split(
    alat: Side, valued: tuple[Any, CashTerms]
) -> None:
    dark = changed(alat, it_mw=np.array([np.nan]))
    table = drivers(alat, dark, *valued)
    assert table.loc["second"].isna().all()
    assert table.loc[NAMES].isna().any(axis=None)


@given(st.lists(st.floats(-1e9, 1e9), min_size=2**SIZE, max_size=2**SIZE))
def test_any_game_is_shared_out_whole(values: list[float]) -> None:
    worth = np.array(values)
    parts = shapley(worth)
    assert parts.sum() == pytest.approx(worth[-1] - worth[0], abs=1e-3)
    np.testing.assert_allclose(shapley(-worth[::-1]), parts, atol=1e-3)


def test_the_mean_over_all_orders_is_what_is_computed() -> None:
    worth = np.random.default_rng(1).normal(size=2**SIZE)
    total = np.zeros(SIZE)
    orders = list(permutations(range(SIZE)))
    for order in orders:
        at = 0
        for driver in order:
            total[driver] += worth[at + 2**driver] - worth[at]
            at += 2**driver
    np.testing.assert_allclose(shapley(worth), total / len(orders), atol=1e-12)
    assert ROWS[0].sum() == 0
    assert ROWS[-1].all()
