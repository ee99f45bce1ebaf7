"""The ledger: what is refused, what is building and what is plant."""

import numpy as np
import pytest

from siting.finance.ledger import building_share, draw_up


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"role": "gpu_cloud"}, "gpu_cloud"),
        ({"contract": "barter"}, "barter"),
        ({"role": "shell", "contract": "all_in"}, "buys its own power"),
    ],
)
def test_terms_without_a_cash_flow_are_refused(project, book, terms, wrong, message):
    with pytest.raises(ValueError, match=message):
        draw_up(project(), book(), terms(**wrong))


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


def test_energy_is_part_of_operating_cost(project, book, terms):
    ledger = draw_up(project(), book(), terms())
    assert np.allclose(ledger.energy_usd, [0.0, 100e3, 100e3])
    assert np.allclose(ledger.opex_usd - ledger.energy_usd, [0.0, 28e3, 28e3])


def test_a_shell_bears_no_energy_even_unknown(project, book, terms):
    unknown = project(energy_usd_per_year=np.array(np.nan))
    ledger = draw_up(unknown, book(), terms(role="shell"))
    assert (ledger.energy_usd == 0.0).all()
