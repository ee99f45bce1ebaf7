"""The design of a site: bills hour by hour, limits, and the choice of the cheapest."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from data import World
from data.assumptions.rooms import Assumptions
from grid import electricity
from siting.design import (
    choose,
    connection_per_mw,
    energy_bill,
    facility_wanted_mw,
    limits,
)
from siting.loading import load_scenario

YEAR = np.arange("2029-01-01", "2030-01-01", dtype="datetime64[h]").astype(
    "datetime64[ns]"
)


@pytest.fixture(scope="module")
def a(world: World) -> Assumptions:
    return world.book.resolve({})


def hours(pue: np.ndarray) -> xr.Dataset:
    return xr.Dataset(
        {"pue": (("site", "system", "time"), pue[None, None, :])},
        coords={"site": ["A"], "system": ["x"], "time": YEAR},
    )


def facts(**changes: object) -> xr.Dataset:
    base: dict[str, object] = {
        "firm_mw": (("site", "option"), [[40.0, 200.0, np.nan]]),
        "pue_peak": (("site", "system"), [[1.25, 1.6]]),
        "pue_peak_wet": (("site", "system"), [[1.15, 1.7]]),
        "pue_max": (("site", "system"), [[1.1, 1.2]]),
        "derate_pct": (("site", "system"), [[0.0, 10.0]]),
        "admissible": ("system", [True, True]),
        "land_mw": ("site", [70.0]),
    }
    return xr.Dataset(
        base | changes,
        coords={"site": ["A"], "option": ["i", "j", "k"], "system": ["x", "y"]},
    )


def test_the_connection_wanted_is_that_of_the_hungriest_system(a: Assumptions) -> None:
    """100 MW asked, land for 70, a peak of 1.7 in the worst case of the second."""
    margin = 1.0 + a.campus.connection_margin
    land = facts()["land_mw"]
    cooling = facts(admissible=(("site", "system"), [[True, True]]))
    wanted = facility_wanted_mw(cooling, land, 100.0, a)
    assert wanted == pytest.approx([70.0 * 1.7 * margin])
    open_land = xr.full_like(land, np.nan)
    assert facility_wanted_mw(cooling, open_land, 100.0, a) == pytest.approx(
        [100.0 * 1.7 * margin]
    )
    first = facts(admissible=(("site", "system"), [[True, False]]))
    assert facility_wanted_mw(first, land, 100.0, a) == pytest.approx(
        [70.0 * 1.25 * margin]
    )
    none = facts(admissible=(("site", "system"), [[False, False]]))
    assert np.isnan(facility_wanted_mw(none, land, 100.0, a)).all()


def test_a_flat_load_pays_the_flat_price(a: Assumptions) -> None:
    bill = energy_bill(hours(np.full(8760, 1.25)), a, 0.8)
    energy = 0.8 * 1.25 * 8760
    assert bill["energy_mwh_per_mw_year"].item() == pytest.approx(energy)
    flat = electricity.flat_price(a.power)
    for kind in ("industrial", "data_centre"):
        paid = bill["bill_usd_per_mw_year"].sel(tariff_class=kind).item()
        assert paid == pytest.approx(energy * flat.sel(tariff_class=kind).item())


def test_the_bill_is_the_sum_over_hours_of_load_times_price(a: Assumptions) -> None:
    pue = 1.1 + 0.2 * np.random.default_rng(1).random(8760)
    bill = energy_bill(hours(pue), a, 0.7)
    price = electricity.prices(YEAR, a.power).sel(tariff_class="data_centre")
    by_hand = float((0.7 * pue * price.to_numpy()).sum())
    paid = bill["bill_usd_per_mw_year"].sel(tariff_class="data_centre").item()
    assert paid == pytest.approx(by_hand, rel=1e-12)


def test_hot_afternoons_cost_more_than_hot_nights_under_two_zones(
    a: Assumptions,
) -> None:
    local = (np.arange(8760) + 4) % 24
    afternoon = np.where((local >= 12) & (local < 18), 1.4, 1.1)
    night = np.where(local < 6, 1.4, 1.1)
    paid = [
        energy_bill(hours(pue), a, 1.0)["bill_usd_per_mw_year"].sel(
            tariff_class="data_centre"
        )
        for pue in (afternoon, night)
    ]
    assert paid[0].item() > paid[1].item()


def test_the_weakest_month_is_february_for_a_flat_load(a: Assumptions) -> None:
    bill = energy_bill(hours(np.ones(8760)), a, 1.0)
    assert bill["min_month_mwh_per_mw"].item() == pytest.approx(28 * 24)


def test_two_weather_years_are_a_mean_year(a: Assumptions) -> None:
    one = energy_bill(hours(np.full(8760, 1.2)), a, 1.0)
    longer = hours(np.full(8760, 1.2))
    second = longer.assign_coords(time=YEAR + np.timedelta64(365, "D"))
    both = energy_bill(xr.concat([longer, second], dim="time"), a, 1.0)
    xr.testing.assert_allclose(one, both)


def test_each_limit_is_the_hand_worked_one(a: Assumptions) -> None:
    allowed = limits(facts(), load_scenario("base"), a).sel(site="A")
    margin = 1 + a.campus.connection_margin
    power = allowed.sel(limit="power")
    assert power.sel(option="j", system="x").item() == pytest.approx(
        200 / 1.25 / margin
    )
    # With y the wet design day draws more than the dry one, so it sizes the feed.
    assert power.sel(option="j", system="y").item() == pytest.approx(200 / 1.7 / margin)
    assert (power.sel(option="k") == 0).all()
    cooling = allowed.sel(limit="cooling", option="i")
    assert np.isnan(cooling.sel(system="x").item())
    assert cooling.sel(system="y").item() == pytest.approx(90)
    assert (allowed.sel(limit="land") == 70).all()
    assert (allowed.sel(limit="asked") == 100).all()


def test_a_system_the_workload_cannot_use_allows_nothing(a: Assumptions) -> None:
    barred = facts(admissible=("system", [False, True]))
    allowed = limits(barred, load_scenario("base"), a)
    assert (allowed.sel(limit="cooling", system="x") == 0).all()


def test_land_that_is_not_known_limits_nothing(a: Assumptions) -> None:
    allowed = limits(facts(land_mw=("site", [np.nan])), load_scenario("base"), a)
    assert allowed.sel(limit="land").isnull().all()


def test_the_connection_covers_the_worse_design_day_and_the_margin(
    a: Assumptions,
) -> None:
    per_mw = connection_per_mw(facts(), a).sel(site="A")
    margin = 1 + a.campus.connection_margin
    np.testing.assert_allclose(per_mw, np.array([1.25, 1.7]) * margin)
    humid = facts(pue_max=(("site", "system"), [[1.4, 1.2]]))
    per_mw = connection_per_mw(humid, a).sel(site="A")
    np.testing.assert_allclose(per_mw, np.array([1.4, 1.7]) * margin)


ANY = xr.DataArray([True, True], dims="system")


def test_where_nothing_fits_an_admissible_pair_is_named() -> None:
    none = pairs(np.zeros((1, 2, 2)))
    best = choose(none, none * np.nan, xr.DataArray([False, True], dims="system"))
    assert best["system"].item() == 1


def pairs(values: np.ndarray) -> xr.DataArray:
    return xr.DataArray(values, dims=("site", "option", "system"))


def test_most_megawatts_first_then_least_cost() -> None:
    mw = pairs(np.array([[[100.0, 100.0], [60.0, 100.0]]]))
    cost = pairs(np.array([[[250.0, 240.0], [100.0, 245.0]]]))
    best = choose(mw, cost, ANY)
    assert (best["option"].item(), best["system"].item()) == (0, 1)


def test_a_pair_without_a_cost_is_not_chosen() -> None:
    mw = pairs(np.full((1, 2, 2), 50.0))
    cost = pairs(np.array([[[np.nan, 3.0], [np.nan, 2.0]]]))
    best = choose(mw, cost, ANY)
    assert (best["option"].item(), best["system"].item()) == (1, 1)


@given(
    hnp.arrays(float, (4, 3, 2), elements=st.floats(0, 100)),
    hnp.arrays(float, (4, 3, 2), elements=st.floats(1, 1000)),
)
def test_no_pair_beats_the_chosen_one(mw: np.ndarray, cost: np.ndarray) -> None:
    best = choose(pairs(mw), pairs(cost), ANY)
    for site in range(4):
        at = best["option"].values[site], best["system"].values[site]
        most = mw[site].max()
        assert mw[site][at] >= most * (1 - 1e-9)
        rivals = cost[site][mw[site] >= most * (1 - 1e-9)]
        assert cost[site][at] == rivals.min()
