"""Tax regimes as calendars, on the regimes of Azerbaijan as tabled."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from siting.finance.regimes import tax_rates, tax_terms

DECISION = date(2026, 12, 1)
YEARS = np.arange(2026, 2041)


@pytest.fixture
def regimes():
    rows = [
        ("standard", "none", np.nan, "", 20.0, 1.0, 18.0, np.nan, 10.0),
        ("alat_fez", "permanent", np.nan, "", 0.0, 0.0, 0.0, 0.0, 0.0),
        (
            "industrial_park",
            "years_from_registration",
            10.0,
            "",
            0.0,
            0.0,
            0.0,
            0.0,
            10.0,
        ),
        ("deoccupied", "until_date", np.nan, "2033-01-01", 0.0, 0.0, 18.0, np.nan, 0.0),
        (
            "park_in_deoccupied",
            "longer_of",
            10.0,
            "2033-01-01",
            0.0,
            0.0,
            0.0,
            0.0,
            10.0,
        ),
    ]
    columns = [
        "tax_regime",
        "holiday_kind",
        "holiday_years",
        "holiday_end",
        "profit_tax_pct",
        "property_tax_pct",
        "equipment_vat_pct",
        "equipment_customs_pct",
        "dividend_tax_pct",
    ]
    return pd.DataFrame(rows, columns=columns).set_index("tax_regime")


def rates(regimes, names, a, decision=DECISION):
    shaped = np.array(names, dtype=object)
    return tax_rates(tax_terms(regimes, shaped, decision, a), YEARS)


def test_calendars(regimes, book):
    got = rates(regimes, list(regimes.index), book())
    taxed = pd.DataFrame(got.taxed_share, index=regimes.index, columns=YEARS)
    assert (taxed.loc["standard"] == 1.0).all()
    assert (taxed.loc["alat_fez"] == 0.0).all()
    assert (taxed.loc["deoccupied", :2032] == 0.0).all()
    assert (taxed.loc["deoccupied", 2033:] == 1.0).all()
    assert (taxed.loc["industrial_park", :2035] == 0.0).all()
    # ten years from 1 December 2026: the last month of 2036 is taxed
    assert taxed.loc["industrial_park", 2036] == pytest.approx(1 / 12)
    assert (taxed.loc["industrial_park", 2037:] == 1.0).all()
    assert taxed.loc["park_in_deoccupied"].equals(
        taxed.loc["industrial_park"].rename("park_in_deoccupied")
    )
    assert np.array_equal(got.property_pct, got.taxed_share)
    assert (got.profit_pct == 20.0).all()


def test_deoccupied_end_does_not_move_with_the_start(regimes, book):
    late = rates(regimes, ["deoccupied"], book(), date(2031, 6, 1))
    assert np.array_equal(late.taxed_share[0], (YEARS >= 2033).astype(float))


def test_vat_relief_reaches_equipment_and_the_free_zone_everything(regimes, book):
    names = ["standard", "alat_fez", "industrial_park", "deoccupied"]
    got = rates(regimes, names, book(equipment_share_pct=60.0))
    assert np.allclose(got.vat_pct[:, 1], [18.0, 0.0, 7.2, 18.0])


def test_refused_relief_is_the_standard_regime(regimes, book):
    refused = rates(regimes, ["alat_fez"], book(qualifying_alat_fez_pct=0.0))
    plain = rates(regimes, ["standard"], book())
    assert np.array_equal(refused.taxed_share, plain.taxed_share)
    assert np.array_equal(refused.vat_pct, plain.vat_pct)
    half = rates(regimes, ["alat_fez"], book(qualifying_alat_fez_pct=50.0))
    assert (half.taxed_share == 0.5).all()


def test_no_stated_regime_is_the_standard_one(regimes, book):
    got = rates(regimes, ["", np.nan, None, "standard"], book())
    assert (got.taxed_share == 1.0).all()


def test_terms_take_the_shape_of_the_sites_and_of_draws(regimes, book):
    sites = np.array(["alat_fez", "standard"], dtype=object)[:, None, None]
    draws = np.array([0.0, 50.0, 100.0])[:, None, None, None]
    terms = tax_terms(regimes, sites, DECISION, book(qualifying_alat_fez_pct=draws))
    got = tax_rates(terms, YEARS).taxed_share
    assert got.shape == (3, 2, 1, 1, YEARS.size)
    assert np.array_equal(got[:, 0, 0, 0, 0], [1.0, 0.5, 0.0])
    assert (got[:, 1] == 1.0).all()


def test_unknown_regime_is_an_error(regimes, book):
    with pytest.raises(KeyError, match="atlantis"):
        rates(regimes, ["atlantis"], book())


def test_customs_and_vat_of_it_by_regime(regimes, book):
    got = rates(regimes, list(regimes.index), book(it_customs_pct=5.0))
    customs = pd.DataFrame(got.customs_pct, index=regimes.index, columns=YEARS)
    vat = pd.DataFrame(got.it_vat_pct, index=regimes.index, columns=YEARS)
    # the table names no rate of the standard and de-occupied regimes: the book's holds
    assert (customs.loc[["standard", "deoccupied"]] == 5.0).all(axis=None)
    assert (customs.loc["alat_fez"] == 0.0).all()
    # ten years from 1 December 2026: eleven twelfths of 2036 are free
    assert customs.loc["industrial_park", 2035] == 0.0
    assert customs.loc["industrial_park", 2036] == pytest.approx(5.0 / 12)
    assert customs.loc["industrial_park", 2037] == 5.0
    # IT is all equipment, which relief reaches whole
    assert vat.loc["industrial_park", 2030] == 0.0
    assert vat.loc["deoccupied", 2030] == 18.0


def test_dividends_are_taxed_by_regime(regimes, book):
    got = rates(regimes, list(regimes.index), book())
    paid = pd.DataFrame(got.dividend_pct, index=regimes.index, columns=YEARS)
    assert (paid.loc[["standard", "industrial_park"]] == 10.0).all(axis=None)
    assert (paid.loc["alat_fez"] == 0.0).all()
    assert paid.loc["deoccupied", [2032, 2033]].tolist() == [0.0, 10.0]
