"""Identities of the money that hold whatever the numbers are."""

from dataclasses import fields, replace
from datetime import date

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.assumptions.finance import FinanceBook
from siting.finance import (
    CAPEX_LINES,
    COST_LINES,
    CashInputs,
    CashTerms,
    Clocks,
    TaxTerms,
    appraise_cash,
    irr,
    npv,
    out_of_balance,
    sources_and_uses,
)
from siting.finance.measures import annuity_factor, capital_recovery_factor

flows = arrays.arrays(
    float, 12, elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 2))
)
rates = st.floats(0.1, 30.0)
shares = st.floats(0.0, 100.0)


def books():
    """Return books whose every number is possible and none is fixed."""
    pct = st.floats(0.0, 6.0)
    special = {
        "wacc_pct": st.floats(4.0, 15.0),
        "life_years": st.floats(5.0, 25.0),
        "price_year": st.just(2026.0),
        "reference_rent_usd_per_kw_month": st.floats(50.0, 400.0),
        "reference_power_usd_per_mwh": st.floats(20.0, 120.0),
        "reference_pue": st.floats(1.05, 1.6),
        "occupancy_pct": st.floats(40.0, 100.0),
        "prelet_pct": shares,
        "lease_up_months": st.floats(0.0, 60.0),
        "spend_first_third_pct": st.floats(10.0, 40.0),
        "spend_two_thirds_pct": st.floats(50.0, 90.0),
        "facility_capex_usd_per_kw": st.floats(8e3, 2e4),
        "cooling_in_facility_usd_per_kw": st.floats(500.0, 2e3),
        "generators_in_facility_usd_per_kw": st.floats(0.0, 1e3),
        "shell_share_pct": st.floats(5.0, 40.0),
        "staff_fte_minimum": st.floats(0.0, 20.0),
        "ict_wage_azn_per_month": st.floats(500.0, 4e3),
        "equipment_share_pct": shares,
        "vat_recoverable_pct": shares,
        "loss_carry_forward_years": st.integers(0, 8).map(float),
        "building_tax_life_years": st.floats(10.0, 44.0),
        "plant_tax_life_years": st.floats(3.0, 14.0),
        "devaluation_year": st.floats(2026.0, 2040.0),
        "working_capital_days": st.floats(0.0, 120.0),
        "residual_pct": st.floats(0.0, 30.0),
        "it_capex_usd_per_kw": st.floats(1e3, 4e4),
        "it_life_years": st.floats(3.0, 8.0),
        "it_lead_months": st.floats(0.0, 12.0),
        "it_tax_life_years": st.floats(2.0, 11.0),
        "kw_per_gpu": st.floats(0.5, 3.0),
        "reference_gpu_usd_per_hour": st.floats(0.5, 8.0),
        "gpu_occupancy_pct": st.floats(30.0, 100.0),
        "gpu_goodput_pct": st.floats(60.0, 100.0),
        "debt_rate_pct": st.floats(0.0, 15.0),
        "debt_tenor_years": st.floats(1.0, 30.0),
        "debt_tenor_gpu_years": st.floats(1.0, 8.0),
        "dscr_leased": st.floats(1.0, 2.0),
        "dscr_merchant": st.floats(1.0, 3.0),
        "gearing_cap_pct": st.floats(0.0, 95.0),
        "dsra_months": st.floats(0.0, 12.0),
    }
    return st.builds(
        FinanceBook,
        **{
            field.name: special.get(
                field.name, shares if "qualifying" in field.name else pct
            )
            for field in fields(FinanceBook)
        },
    )


def some(low, high):
    return arrays.arrays(float, 3, elements=st.floats(low, high))


def tax():
    return st.builds(
        TaxTerms,
        holiday_profit_pct=st.just(np.array(0.0)),
        holiday_property_pct=st.just(np.array(0.0)),
        holiday_vat_pct=some(0.0, 18.0),
        holiday_it_vat_pct=some(0.0, 18.0),
        holiday_customs_pct=some(0.0, 15.0),
        holiday_dividend_pct=some(0.0, 10.0),
        holiday_until=some(2026.0, 2060.0),
        qualifying_pct=some(0.0, 100.0),
        profit_pct=st.just(np.array(20.0)),
        property_pct=st.just(np.array(1.0)),
        vat_pct=st.just(np.array(18.0)),
        customs_pct=st.just(np.array(15.0)),
        dividend_pct=st.just(np.array(10.0)),
    )


projects = st.builds(
    CashInputs,
    it_mw=some(1.0, 500.0),
    utilisation=st.floats(0.3, 1.0).map(np.array),
    clocks=st.builds(
        Clocks,
        grid_months=some(0.0, 90.0),
        permit_months=st.floats(0.0, 18.0).map(np.array),
        building_months=st.floats(6.0, 40.0).map(np.array),
        licence_months=st.floats(0.0, 24.0).map(np.array),
    ),
    cooling_capex_usd=some(1e5, 1e8),
    connection_capex_usd=some(0.0, 1e8),
    second_feed_capex_usd=some(0.0, 1e8),
    generators_usd=some(0.0, 1e8),
    fibre_capex_usd=some(0.0, 1e7),
    connection_charge_usd=some(0.0, 1e7),
    energy_usd_per_year=some(1e4, 1e8),
    standing_usd_per_year=some(0.0, 1e3),
    water_azn_per_year=some(0.0, 1e6),
    land_ha=some(0.0, 100.0),
    azn_per_usd=st.just(np.array(1.7)),
    tax=tax(),
)
deals = st.builds(
    CashTerms,
    decision=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    role=st.just("colocation"),
    contract=st.sampled_from(["pass_through", "all_in"]),
    building=st.sampled_from(["at_once", "with_grid"]),
)
clouds = st.builds(
    CashTerms,
    decision=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    role=st.just("gpu_cloud"),
    building=st.sampled_from(["at_once", "with_grid"]),
)
every_deal = st.one_of(deals, clouds)


@given(flows, flows, st.floats(-5, 5), rates)
def test_npv_is_linear(one, other, times, rate):
    together = npv(rate, one + times * other)
    assert np.isclose(together, npv(rate, one) + times * npv(rate, other), atol=1e-3)


@given(arrays.arrays(float, 10, elements=st.floats(0.01, 1e6)), rates, rates)
def test_npv_of_an_investment_falls_with_the_wacc(gains, one, other):
    assume(abs(one - other) > 1e-3)
    normal = np.concatenate([[-1e6], gains])
    assert npv(min(one, other), normal) > npv(max(one, other), normal)


@given(arrays.arrays(float, 10, elements=st.floats(0.0, 1e6)))
def test_npv_at_the_irr_is_zero(gains):
    normal = np.concatenate([[-1e6], gains])
    rate, flag = irr(normal)
    if flag == 0:
        assert abs(npv(rate, normal)) < 1e-6 * npv(rate, np.abs(normal))
    else:
        assert np.isnan(rate)


@given(flows)
def test_an_irr_is_a_root_or_says_why_not(cash):
    rate, flag = irr(cash)
    assert np.isnan(rate) == (flag in (1, 2, 4, 5))
    if flag in (0, 3):
        assert abs(npv(rate, cash)) < 1e-6 * npv(rate, np.abs(cash))


@given(rates, st.integers(1, 40))
def test_annuity_is_the_sum_of_its_payments(rate, years):
    paid = np.concatenate([[0.0], np.ones(years)])
    assert np.isclose(annuity_factor(rate, years), npv(rate, paid))
    assert np.isclose(capital_recovery_factor(rate, years) * npv(rate, paid), 1.0)


@given(projects, books(), every_deal)
def test_levelised_cost_discounts_back_to_costs(inputs, book, deal):
    got = appraise_cash(inputs, book, deal)
    costs = got.yearly["capex_nominal_usd"] + got.yearly["opex_usd"]
    costs = costs - got.yearly["residual_usd"]
    paid = (
        got.measures["lcoc_usd_per_kw_month"] * got.measures["contracted_kw_months_pv"]
    )
    assert np.allclose(paid, npv(book.discount_pct, costs), rtol=1e-12, atol=0.005)


@given(projects, books(), every_deal)
def test_levelised_lines_sum_exactly(inputs, book, deal):
    got = appraise_cash(inputs, book, deal).measures
    lines = [got[f"lcoc_{n}_usd_per_kw_month"] for n in COST_LINES]
    assert np.array_equal(sum(lines), got["lcoc_usd_per_kw_month"])
    capex = sum(got[f"capex_{name}_usd"] for name in CAPEX_LINES)
    assert np.array_equal(capex, got["capex_usd"])


@given(projects, books(), every_deal)
def test_required_rent_earns_the_wacc(inputs, book, deal):
    first = appraise_cash(inputs, book, deal).measures
    assert (
        first["required_all_in_usd_per_kw_month"]
        >= first["lcoc_usd_per_kw_month"] * (1 - 1e-9)
    ).all() or book.rent_escalation_pct > 0
    cloud = deal.role == "gpu_cloud"
    name = "required_usd_per_gpu_hour" if cloud else "required_rent_usd_per_kw_month"
    price = "gpu_usd_per_hour" if cloud else "rent_usd_per_kw_month"
    for place, asked in enumerate(first[name]):
        stated = replace(deal, contract="pass_through", **{price: float(asked)})
        again = appraise_cash(inputs, book, stated)
        size = npv(book.discount_pct, np.abs(again.yearly["free_cash_flow_usd"]))
        assert abs(again.measures["npv_usd"][place]) < 1e-8 * size[place]


@given(projects, books(), every_deal)
def test_everything_spent_is_spent_once(inputs, book, deal):
    got = appraise_cash(inputs, book, deal)
    flow = got.yearly["free_cash_flow_usd"]
    rest = (
        got.yearly["revenue_usd"]
        + got.yearly["residual_usd"]
        - sum(
            got.yearly[name]
            for name in (
                "opex_usd",
                "capex_nominal_usd",
                "vat_usd",
                "customs_usd",
                "working_capital_usd",
                "property_tax_usd",
                "profit_tax_usd",
            )
        )
    )
    assert np.allclose(flow, rest)
    assert (got.yearly["profit_tax_usd"] >= 0).all()
    assert (got.yearly["property_tax_usd"] >= 0).all()


@given(projects, books(), every_deal)
def test_a_site_does_not_know_the_others(inputs, book, deal):
    whole = appraise_cash(inputs, book, deal)

    def first(value):
        if isinstance(value, TaxTerms | Clocks):
            return type(value)(
                **{f.name: first(getattr(value, f.name)) for f in fields(value)}
            )
        return value[:1] if np.ndim(value) else value

    own = CashInputs(**{f.name: first(getattr(inputs, f.name)) for f in fields(inputs)})
    alone = appraise_cash(own, book, deal)
    for name, value in alone.measures.items():
        assert value[0] == pytest.approx(
            whole.measures[name][0], rel=1e-7, abs=1e-6, nan_ok=True
        ), name


@given(projects, books(), every_deal)
def test_debt_is_repaid_within_its_limits(inputs, book, deal):
    got = appraise_cash(inputs, book, deal)
    debt, role = got.debt, deal.role
    cover = book.dscr_merchant if role == "gpu_cloud" else book.dscr_leased
    small = 1e-9 * debt.amount_usd + 1e-6
    assert (np.abs(debt.balance_usd[:, -1]) <= small).all()
    lent = debt.amount_usd > 0
    assert (got.measures["min_dscr"][lent] >= cover * (1 - 1e-9)).all()
    assert (debt.gearing_pct[lent] <= book.gearing_cap_pct * (1 + 1e-9)).all()
    tied = np.isclose(got.measures["min_dscr"], cover) | np.isclose(
        debt.gearing_pct, book.gearing_cap_pct
    )
    assert (tied | ~lent).all()
    cash = got.yearly["free_cash_flow_usd"]
    steady = lent & ((cash > 0) | (debt.worth == 0)).all(axis=-1)
    assert (got.measures["llcr"][steady] >= cover * (1 - 1e-9)).all()


@given(projects, books(), every_deal, st.floats(0.5, 2.0), st.floats(0.0, 24.0))
def test_sources_and_uses_balance(inputs, book, deal, dearer, later):
    base = appraise_cash(inputs, book, deal)
    clocks = replace(inputs.clocks, grid_months=inputs.clocks.grid_months + later)
    changed = replace(
        book, facility_capex_usd_per_kw=dearer * book.facility_capex_usd_per_kw
    )
    held = appraise_cash(replace(inputs, clocks=clocks), changed, deal, base.debt)
    for money in (base, held):
        funding = sources_and_uses(money, deal.decision)
        size = sum(np.abs(one) for one in funding.uses.values())
        assert (np.abs(out_of_balance(funding)) <= 1e-11 * size + 0.005).all()


@given(projects, books(), every_deal)
def test_debt_moves_nothing_of_the_project(inputs, book, deal):
    one, other = (
        appraise_cash(inputs, book, replace(deal, debt=d)) for d in (True, False)
    )
    for name in ("npv_usd", "irr_pct", "required_rent_usd_per_kw_month"):
        assert np.array_equal(one.measures[name], other.measures[name], equal_nan=True)
    assert (one.yearly["interest_tax_saved_usd"].sum(axis=-1) >= -1e-6).all()
