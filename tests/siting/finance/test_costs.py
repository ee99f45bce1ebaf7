"""Cost lines: nothing counted twice, each role pays its own, prices in their year."""

import numpy as np
import pytest

from siting.finance.costs import (
    CAPEX_LINES,
    END_LINES,
    OPEX_LINES,
    capex_lines,
    end_lines,
    opex_lines,
)
from siting.finance.spread import by_line

ONES = dict.fromkeys(
    (
        "building",
        "connection",
        "land",
        "running",
        "staff",
        "power",
        "water",
        "it",
    ),
    np.array(1.0),
)


def amounts(lines):
    return {name: float(usd) for name, usd in by_line(lines, ONES).items()}


def test_cooling_is_counted_once(project, book):
    got = amounts(capex_lines(project(), book(), "colocation"))
    assert got["facility"] == 1000 * (2400 - 400)
    assert got["cooling"] == 400e3
    same = project(cooling_capex_usd=np.array(0.0))
    assert amounts(capex_lines(same, book(), "colocation"))["facility"] == 2e6


def test_names_and_order_of_lines(project, book):
    assert tuple(amounts(capex_lines(project(), book(), "colocation"))) == CAPEX_LINES
    assert tuple(amounts(opex_lines(project(), book(), "colocation"))) == OPEX_LINES


def test_development_and_contingency(project, book):
    a = book(development_pct=5.0, contingency_pct=10.0)
    got = amounts(capex_lines(project(), a, "colocation"))
    assert got["development"] == pytest.approx(0.05 * 2.4e6)
    assert got["contingency"] == pytest.approx(0.10 * 2.8e6)


def test_a_shell_is_building_connection_and_fibre(project, book):
    a = book(staff_fte_minimum=6.0, ict_wage_azn_per_month=1700.0)
    unknown = project(
        cooling_capex_usd=np.array(np.nan),
        energy_usd_per_year=np.array(np.nan),
        water_azn_per_year=np.array(np.nan),
    )
    capex = amounts(capex_lines(unknown, a, "shell"))
    assert capex["facility"] == pytest.approx(0.2 * 2.4e6)
    assert capex["cooling"] == 0.0
    assert capex["connection"] == 300e3
    opex = amounts(opex_lines(unknown, a, "shell"))
    assert opex["energy"] == opex["water"] == opex["staff"] == 0.0
    assert opex["maintenance"] == pytest.approx(0.01 * 880e3)


def test_generators_count_beyond_those_in_the_facility(project, book):
    a = book(generators_in_facility_usd_per_kw=700.0, contingency_pct=10.0)
    given = project(
        generators_usd=np.array(900e3), second_feed_capex_usd=np.array(500e3)
    )
    got = amounts(capex_lines(given, a, "colocation"))
    assert got["backup"] == pytest.approx(200e3)
    assert got["second_feed"] == 500e3
    assert got["contingency"] == pytest.approx(0.10 * 3.5e6)
    fewer = project(generators_usd=np.array(600e3))
    assert amounts(capex_lines(fewer, a, "colocation"))["backup"] == 0.0
    shell = amounts(capex_lines(given, a, "shell"))
    assert shell["backup"] == 0.0
    assert shell["second_feed"] == 500e3


def test_charges_are_neither_maintained_nor_insured(project, book):
    given = project(
        connection_charge_usd=np.array(84e3), standing_usd_per_year=np.array(18.0)
    )
    capex = amounts(capex_lines(given, book(), "colocation"))
    assert capex["connection_charge"] == 84e3
    usual, more = (
        amounts(opex_lines(one, book(), "colocation")) for one in (project(), given)
    )
    assert more["maintenance"] == usual["maintenance"]
    assert more["standing_charge"] == 18.0
    assert amounts(opex_lines(given, book(), "shell"))["standing_charge"] == 0.0


def test_running_costs(project, book):
    a = book(
        staff_fte_minimum=6.0,
        staff_fte_per_mw=4.0,
        ict_wage_azn_per_month=1700.0,
        staff_oncost_pct=50.0,
        insurance_pct=0.5,
        land_lease_usd_per_m2_year=2.0,
    )
    given = project(water_azn_per_year=np.array(34e3), land_ha=np.array(3.0))
    got = amounts(opex_lines(given, a, "colocation"))
    assert got["staff"] == pytest.approx(10 * 1000 * 12 * 1.5)
    assert got["water"] == pytest.approx(20e3)
    assert got["land"] == pytest.approx(60e3)
    assert got["insurance"] == pytest.approx(14e3)
    assert got["energy"] == 100e3


def test_a_cloud_insures_and_supports_its_it(project, book):
    a = book(it_capex_usd_per_kw=5e3, it_support_pct=2.0, insurance_pct=1.0)
    got = amounts(opex_lines(project(), a, "gpu_cloud"))
    assert got["it_support"] == pytest.approx(100e3)
    assert got["insurance"] == pytest.approx(0.01 * (2.8e6 + 5e6))
    assert got["maintenance"] == pytest.approx(28e3)
    assert amounts(opex_lines(project(), a, "colocation"))["it_support"] == 0.0


def test_a_cloud_builds_what_a_landlord_does_and_buys_the_it(project, book):
    a = book(it_capex_usd_per_kw=5e3, contingency_pct=10.0)
    own = amounts(capex_lines(project(), a, "colocation"))
    cloud = amounts(capex_lines(project(), a, "gpu_cloud"))
    assert cloud == own | {"it": 5e6}
    assert own["it"] == 0.0


def test_what_is_sold_at_the_end(project, book):
    a = book(it_capex_usd_per_kw=5e3, it_residual_pct=10.0, residual_pct=5.0)
    ones = {"end": np.array(1.0), "it_sold": np.array(1.0)}
    got = by_line(end_lines(project(), a, "gpu_cloud"), ones)
    assert got == {"residual": -0.05 * 2.8e6, "it_residual": -0.5e6}
    assert by_line(end_lines(project(), a, "shell"), ones)["it_residual"] == 0.0
    assert tuple(got) == END_LINES
