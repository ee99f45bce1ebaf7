"""The drivers of a gap as `siting compare` prints them."""

import numpy as np
import pytest
import xarray as xr

from data import World
from siting.loading import load_scenario
from siting.waterfall import DRIVERS, gap
from siting.waterfall_lines import driver_lines, passed_through

BASE = load_scenario("base")


@pytest.fixture(scope="module")
def said(base: xr.Dataset, world: World) -> list[str]:
    return list(driver_lines(base, ["AZ01", "AZ25", "AZ33"], world, BASE))


def test_every_driver_has_a_line_for_every_later_site(said: list[str]) -> None:
    for driver in DRIVERS:
        assert sum(line.startswith(f"  {driver} ") for line in said) == 2
    assert sum(line.startswith("AZ25 − AZ01") for line in said) == 1


def test_figures_are_those_of_the_gap(
    said: list[str], base: xr.Dataset, world: World
) -> None:
    table = gap(base, ("AZ01", "AZ25"), world, BASE)
    line = next(one for one in said if one.startswith("  tax "))
    cost, rent, npv = line.split()[1:4]
    assert float(cost) == 0.0
    assert float(rent) == round(table.loc["tax", "required_rent_usd_per_kw_month"], 2)
    assert float(npv) == round(table.loc["tax", "npv_usd"] / 1e6, 2)
    assert rent.startswith("+")


def test_only_a_landlord_passes_power_through() -> None:
    assert passed_through(BASE)
    for words in ("finance.role=gpu_cloud", "finance.contract=all_in"):
        assert not passed_through(load_scenario("base", [words]))


def test_what_is_zero_and_why_is_said(said: list[str]) -> None:
    assert said[-1].startswith("risk premium is zero")
    assert any(line.startswith("the tenant pays the power") for line in said)


def test_no_gap_is_told_as_none(base: xr.Dataset, world: World) -> None:
    blank = base.copy()
    blank["it_mw"] = blank["it_mw"].where(blank["site"] != "AZ25", 0.0)
    lines = list(driver_lines(blank, ["AZ01", "AZ25"], world, BASE))
    assert any("no gap to split" in line for line in lines)
    assert np.isfinite(base["it_mw"].sel(site="AZ25").item())
