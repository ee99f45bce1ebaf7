"""IT of a GPU cloud: bought, renewed and sold on time; a GPU-hour by hand."""

import numpy as np
import pytest

from siting.finance import appraise_cash, npv
from siting.finance.regimes import tax_rates
from siting.finance.servers import gpu_hours_per_kw_month, servers
from siting.finance.timeline import timeline

CLOUD = {
    "it_capex_usd_per_kw": 1000.0,
    "it_life_years": 1.0,
    "it_least_remainder_years": 0.5,
    "it_lead_months": 3.0,
    "it_tax_life_years": 2.0,
    "it_residual_pct": 10.0,
    "it_support_pct": 1.5,
    "kw_per_gpu": 2.0,
    "reference_gpu_usd_per_hour": 2.0,
    "gpu_occupancy_pct": 100.0,
    "gpu_goodput_pct": 100.0,
}


@pytest.fixture
def bought(project, book, terms, standard):
    """Return a maker of the IT of the small project: in service from 2028 to 2029."""

    def make(grid_months=12.0, vat_pct=0.0, **values):
        a = book(**CLOUD | values)
        given = project(grid_months=grid_months)
        clock = timeline(given.clocks, terms().decision, "at_once", a)
        tax = standard(
            vat_pct=vat_pct,
            customs_pct=values.get("it_customs_pct", 0.0),
        )
        return servers(clock, tax_rates(tax, clock.years), terms().decision, a)

    return make


def test_bought_before_service_and_renewed(bought):
    got = bought()
    # paid in October to December of 2027 and of 2028; gone at the end of 2028 and 2029
    assert np.allclose(got.spent, [1, 1, 0])
    assert np.allclose(got.sold, [0, 1, 1])


def test_payment_that_straddles_the_year(bought):
    # ready on 1 February 2028: two thirds of the three months are in 2027
    got = bought(grid_months=13.0, it_life_years=2.0)
    assert np.allclose(got.spent, [2 / 3, 1 / 3, 0, 0])


@pytest.mark.parametrize(("least", "sets"), [(0.5, 2), (0.6, 1)])
def test_no_renewal_for_a_short_remainder(bought, least, sets):
    got = bought(it_life_years=1.5, it_least_remainder_years=least)
    assert got.spent.sum() == pytest.approx(sets)
    assert got.sold.sum() == pytest.approx(sets)
    assert got.sold[2] == pytest.approx(sets)


def test_no_set_is_bought_for_the_last_day(bought):
    assert bought(it_least_remainder_years=0.0).spent.sum() == pytest.approx(2)
    assert bought(it_life_years=2.0, it_least_remainder_years=0.0).spent.sum() == 1.0


def test_price_of_the_it_changes_by_the_year_it_is_paid(bought):
    assert np.allclose(bought(it_price_change_pct=-10.0).spent, [1, 0.9, 0])


def test_price_of_an_hour_falls_with_age_and_starts_anew(bought):
    # at the mean age of the year: half a year old at 19 % a year is 0.9
    assert np.allclose(bought(gpu_price_fall_pct=19.0).let, [0, 0.9, 0.9])
    old = bought(gpu_price_fall_pct=19.0, it_life_years=2.0).let
    assert np.allclose(old, [0, 0.9, 0.9 * 0.81])


def test_customs_and_vat_upon_it(bought):
    got = bought(it_customs_pct=5.0, vat_pct=18.0, vat_recoverable_pct=50.0)
    assert np.allclose(got.customs, [0.05, 0.05, 0])
    # half of 18 % on price and duty
    assert np.allclose(got.vat, [0.0945, 0.0945, 0])
    # each set is written off by half in its year, and the other half as it goes
    assert np.allclose(got.written_off, [0, 1.1445, 1.1445])


def test_written_off_by_the_year_and_the_rest_when_it_goes(bought):
    got = bought(it_life_years=2.0, it_tax_life_years=8.0)
    assert np.allclose(got.written_off, [0, 1 / 8, 7 / 8])
    assert np.allclose(got.book, [0, 7 / 16, 7 / 16])


def test_hours_of_a_kilowatt(book):
    assert gpu_hours_per_kw_month(book(**CLOUD)) == pytest.approx(365.0)
    fewer = book(**CLOUD | {"gpu_goodput_pct": 90.0})
    assert gpu_hours_per_kw_month(fewer) == pytest.approx(328.5)


def test_small_cloud_to_the_cent(project, book, terms):
    got = appraise_cash(project(), book(**CLOUD), terms(role="gpu_cloud"))
    y, m = got.yearly, got.measures
    # 500 GPUs x 8,760 h x 2 USD; works 2.8 million and two sets of IT at 1 million
    assert np.allclose(y["revenue_usd"], [0, 8.76e6, 8.76e6])
    assert np.allclose(y["capex_nominal_usd"], [3.8e6, 1e6, 0])
    # power 100,000, maintenance 28,000, support 15,000
    assert np.allclose(y["opex_usd"], [0, 143e3, 143e3])
    assert np.allclose(y["residual_usd"], [0, 1e5, 1e5])
    # a set is written off whole in its year: 20 % of 8.76 + 0.1 - 0.143 - 1 - 0.7
    # million less property tax of 10,500
    assert np.allclose(y["profit_tax_usd"], [0, 1_401_300, 1_401_300])
    assert np.allclose(y["free_cash_flow_usd"], [-3.8e6, 6_305_200, 7_305_200])
    assert m["capex_usd"] == 3.8e6
    costs = y["capex_nominal_usd"] + y["opex_usd"] - y["residual_usd"]
    hours = np.array([0.0, 500 * 8760.0, 500 * 8760.0])
    assert m["cost_usd_per_gpu_hour"] == pytest.approx(
        float(npv(10.0, costs) / npv(10.0, hours))
    )
    assert m["required_all_in_usd_per_kw_month"] == m["required_rent_usd_per_kw_month"]


def test_worth_at_the_required_price_is_nothing(project, book, terms):
    a = book(**CLOUD | {"gpu_price_fall_pct": 30.0, "working_capital_days": 45.0})
    first = appraise_cash(project(), a, terms(role="gpu_cloud")).measures
    asked = float(first["required_usd_per_gpu_hour"])
    stated = terms(role="gpu_cloud", gpu_usd_per_hour=asked)
    again = appraise_cash(project(), a, stated).measures
    assert again["npv_usd"] == pytest.approx(0.0, abs=0.01)
    assert again["irr_pct"] == pytest.approx(10.0, abs=1e-6)


def test_goodput_and_occupancy_scale_what_is_sold(project, book, terms):
    deal = terms(role="gpu_cloud")
    whole = appraise_cash(project(), book(**CLOUD), deal)
    less = book(**CLOUD | {"gpu_goodput_pct": 90.0, "gpu_occupancy_pct": 50.0})
    part = appraise_cash(project(), less, deal)
    assert np.allclose(part.yearly["revenue_usd"], 0.45 * whole.yearly["revenue_usd"])
    # idle GPUs draw less: power follows what is let, not what is delivered
    saved = whole.yearly["opex_usd"] - part.yearly["opex_usd"]
    assert np.allclose(saved, [0, 50e3, 50e3])


def test_only_a_cloud_buys_it(project, book, terms):
    for role in ("colocation", "shell"):
        got = appraise_cash(project(), book(**CLOUD), terms(role=role)).measures
        assert got["capex_it_usd"] == 0.0
        assert got["lcoc_it_residual_usd_per_kw_month"] == 0.0
        assert np.isnan(got["cost_usd_per_gpu_hour"])
        assert np.isnan(got["required_usd_per_gpu_hour"])


def test_life_of_it_may_differ_between_draws(project, book, terms):
    lives = np.array([[1.0], [2.0]])
    grid = np.array([12.0, 20.0])
    deal = terms(role="gpu_cloud")
    both = appraise_cash(
        project(grid_months=grid), book(**CLOUD | {"it_life_years": lives}), deal
    ).measures
    for draw, site in np.ndindex(2, 2):
        alone = appraise_cash(
            project(grid_months=grid[site]),
            book(**CLOUD | {"it_life_years": lives[draw, 0]}),
            deal,
        ).measures
        for name in ("npv_usd", "cost_usd_per_gpu_hour", "required_usd_per_gpu_hour"):
            assert both[name][draw, site] == pytest.approx(float(alone[name]))


# --- Epoch AI's gigawatt through the whole cash flow ---------------------------------

EPOCH = {
    "wacc_pct": 6.75,
    "it_capex_usd_per_kw": 25_600.0,
    "facility_capex_usd_per_kw": 12_400.0,
    "cooling_in_facility_usd_per_kw": 0.0,
    "it_least_remainder_years": 0.0,
    "it_residual_pct": 0.0,
    "it_support_pct": 0.0,
    "maintenance_pct": 0.0,
}


def per_megawatt_year(project, a, deal, energy_usd):
    """Levelised cost of a megawatt-year [million USD]: all spent in the year before."""
    bare = project(
        cooling_capex_usd=np.array(0.0),
        connection_capex_usd=np.array(0.0),
        fibre_capex_usd=np.array(0.0),
        energy_usd_per_year=np.array(energy_usd),
    )
    cost = appraise_cash(bare, a, deal).measures["lcoc_usd_per_kw_month"]
    return float(cost) * 12 * 1000 / 1e6


@pytest.mark.parametrize(
    ("it_life", "published"), [(5.0, 8.5), (3.0, 12.0), (7.0, 7.0)]
)
def test_epoch_ai_gigawatt(project, book, terms, it_life, published):
    """IT over its life and the facility with its opex over fourteen years, 6.75 %."""
    deal = terms(role="gpu_cloud")
    it = book(
        **CLOUD
        | EPOCH
        | {
            "facility_capex_usd_per_kw": 1e-9,
            "it_life_years": it_life,
            "life_years": it_life,
        }
    )
    rest = book(**EPOCH | {"life_years": 14.0})
    got = per_megawatt_year(project, it, deal, 0.0)
    got += per_megawatt_year(project, rest, terms(), 0.9e6)
    assert got == pytest.approx(published, rel=0.02)


def test_epoch_ai_gigawatt_with_one_renewal(project, book, terms):
    """Two sets of seven years in fourteen, facility and opex in one cash flow."""
    values = CLOUD | EPOCH | {"it_life_years": 7.0, "life_years": 14.0}
    deal = terms(role="gpu_cloud")
    got = per_megawatt_year(project, book(**values), deal, 0.9e6)
    assert got == pytest.approx(7.0, rel=0.02)
    dearer = book(**values | {"wacc_pct": 7.75})
    rise = per_megawatt_year(project, dearer, deal, 0.9e6) - got
    assert rise == pytest.approx(0.25, abs=0.03)
