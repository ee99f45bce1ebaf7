"""What is building and what is plant, what is written off, and what a sale is taxed."""

import numpy as np
import pytest

from siting.finance import appraise_cash, draw_up
from siting.finance.levies import building_share


def test_part_of_the_works_is_building(project, book, terms):
    # a fifth of 2.4 million in works of 2.8 million; a shell's facility is all building
    ledger = draw_up(project(), book(), terms())
    got = building_share(ledger.capex, book(), "colocation")
    assert got == pytest.approx(0.48 / 2.8)
    shell = draw_up(project(), book(), terms(role="shell"))
    assert building_share(shell.capex, book(), "shell") == pytest.approx(0.48 / 0.88)


def test_depreciation_by_class(project, book, terms):
    # 480,000 over 44 years and 2,320,000 over 14
    a = book(building_tax_life_years=44.0, plant_tax_life_years=14.0)
    got = draw_up(project(), a, terms()).depreciation_usd
    assert np.allclose(got, [0.0, *[480e3 / 44 + 2.32e6 / 14] * 2])


def test_what_works_fetch_is_taxed_beyond_their_value_for_tax(project, book, terms):
    # 2.8 million written off by half in two years: nothing is gained by 40 % of it, and
    # 0.7 million less 0.56 million is by 25 % of it when it is written off by 80 %
    half = draw_up(project(), book(residual_pct=40.0), terms())
    assert np.allclose(half.sold_usd, [0, 0, 1.12e6])
    assert not half.gain_usd.any()
    fast = book(
        residual_pct=25.0, building_tax_life_years=2.5, plant_tax_life_years=2.5
    )
    got = draw_up(project(), fast, terms())
    assert np.allclose(got.gain_usd, [0, 0, 140e3])
    assert np.allclose(
        got.allowed_usd, [0, 28e3 + 8_400 + 1.12e6, 28e3 + 8_400 + 1.12e6 - 140e3]
    )


def test_works_sold_at_the_end_lower_cost_and_rent(project, book, terms):
    kept = appraise_cash(project(), book(), terms()).measures
    a = book(residual_pct=10.0, usd_inflation_pct=0.0)
    sold = appraise_cash(project(), a, terms()).measures
    # 280,000 at the end of 2029 over 12,000 kW-months of two years
    off = 280e3 / 1.21 / (12e3 * (1 / 1.1 + 1 / 1.21))
    assert sold["lcoc_residual_usd_per_kw_month"] == pytest.approx(-off)
    assert sold["lcoc_usd_per_kw_month"] == pytest.approx(
        float(kept["lcoc_usd_per_kw_month"]) - off
    )
    assert sold["npv_usd"] - kept["npv_usd"] == pytest.approx(280e3 / 1.21)


def test_taxes_on_the_it_of_a_cloud(project, book, terms, standard):
    # 1 million of IT: duty of 5 %, half of 18 % on price and duty, beside half of 18 %
    # on works of 2.8 million; eighths of 1.1445 million are left at each year's end
    a = book(
        it_capex_usd_per_kw=1000.0,
        it_life_years=2.0,
        it_lead_months=3.0,
        it_tax_life_years=8.0,
        vat_recoverable_pct=50.0,
        kw_per_gpu=2.0,
    )
    taxed = project(tax=standard(vat_pct=18.0, customs_pct=5.0))
    own, cloud = (
        draw_up(taxed, a, terms(role=role)) for role in ("colocation", "gpu_cloud")
    )
    assert np.allclose(cloud.customs_usd, [50e3, 0, 0])
    assert np.allclose(cloud.vat_usd, [252e3 + 94.5e3, 0, 0])
    assert np.allclose(own.vat_usd, [252e3, 0, 0])
    assert np.allclose(cloud.bought_usd, [3.8e6 + 396.5e3, 0, 0])
    more = cloud.depreciation_usd - own.depreciation_usd
    assert np.allclose(more, [0, 1.1445e6 / 8, 1.1445e6 * 7 / 8])
    levied = cloud.property_tax_usd - own.property_tax_usd
    assert np.allclose(levied, [0, *[0.01 * 1.1445e6 * 7 / 16] * 2])
