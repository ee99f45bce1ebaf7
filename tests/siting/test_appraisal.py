"""From the joined rooms to every metric: sums, ledgers and dates that must agree."""

import numpy as np
import pytest
import xarray as xr

from data import World
from siting.appraisal import cash_terms, finance_book, paid
from siting.finance import CAPEX_LINES, COST_LINES
from siting.loading import load_scenario
from siting.trunk import evaluate


def test_lcoc_is_the_sum_of_its_lines(base: xr.Dataset) -> None:
    lines = [base[f"lcoc_{line}_usd_per_kw_month"] for line in COST_LINES]
    total = np.sum([line.to_numpy() for line in lines], axis=0)
    np.testing.assert_allclose(total, base["lcoc_usd_per_kw_month"], rtol=1e-12)


def test_capex_is_the_sum_of_its_lines(base: xr.Dataset) -> None:
    lines = [base[f"capex_{line}_usd"].to_numpy() for line in CAPEX_LINES]
    np.testing.assert_allclose(np.sum(lines, axis=0), base["capex_usd"], rtol=1e-12)


def test_the_connection_is_the_sum_of_its_parts(base: xr.Dataset) -> None:
    parts = [
        base[f"{p}_capex_usd"].values for p in ("lateral", "bay", "step", "station")
    ]
    np.testing.assert_allclose(np.sum(parts, axis=0), base["connection_capex_usd"])
    np.testing.assert_allclose(
        base["capex_connection_usd"], base["connection_capex_usd"]
    )


def test_energy_price_and_bill_agree(base: xr.Dataset) -> None:
    bill = base["price_usd_per_mwh"] * base["energy_mwh_per_year"]
    np.testing.assert_allclose(bill, base["energy_cost_usd_per_year"])
    np.testing.assert_allclose(bill, base["opex_energy_usd_per_year"])
    hours = base["energy_mwh_per_year"] / base["it_mw"] / base["pue_annual"] / 0.8
    np.testing.assert_allclose(hours, 8760, rtol=1e-9)


def test_industrial_power_costs_what_the_tariff_says_less_recovered_vat(
    world: World, base: xr.Dataset
) -> None:
    # 10.6 qepik/kWh (Tariff Council, Decision 19 of 2024) at 1.70 AZN/USD is
    # 62.35 USD/MWh with VAT; of the 18 %, 80 % comes back.
    by_hand = 106 / 1.7 / 1.18 * (1 + 0.18 * 0.2)
    price = base["price_usd_per_mwh"]
    elsewhere = price.where(base["tax_regime"] != "alat_fez", drop=True)
    np.testing.assert_allclose(elsewhere, by_hand, rtol=1e-12)
    # The Alat zone is exempt from VAT (afez.az): the tariff without its VAT.
    assert price.sel(site="AZ01").item() == pytest.approx(106 / 1.7 / 1.18)
    nothing_back = world.book.resolve({"finance.vat_recoverable_pct": 0})
    tabled = xr.DataArray(100.0)
    assert paid(tabled, "standard", world, nothing_back).item() == pytest.approx(100)


def test_all_in_and_pass_through_agree_at_the_reference(world: World) -> None:
    # A site that pays the reference price at the reference PUE earns the same rent.
    book = world.book.resolve({})
    same = finance_book(world, book).reference_power_usd_per_mwh
    assert same == pytest.approx(62.4 / 1.18 * (1 + 0.18 * 0.2))


def test_the_site_serves_the_least_of_its_limits(base: xr.Dataset) -> None:
    margin = 1.05
    by_power = base["firm_mw"] / (base["pue_peak"] * margin)
    land = base["land_mw"].fillna(np.inf)
    least = np.minimum(np.minimum(by_power, land), 100)
    np.testing.assert_allclose(base["it_mw"], least, rtol=1e-9)
    np.testing.assert_allclose(base["served_pct"], base["it_mw"], rtol=1e-12)


def test_the_cheaper_cooling_system_is_the_one_built(
    world: World, base: xr.Dataset
) -> None:
    sites = world.tables["sites"].loc[["AZ08", "AZ12"]]
    inference = ["campus.workload=inference"]
    both = evaluate(sites, load_scenario("base", inference), world)
    each = [
        evaluate(
            sites,
            load_scenario("base", [*inference, f'cooling.systems=["{system}"]']),
            world,
        )["lcoc_usd_per_kw_month"]
        for system in ("airside", "tower", "air_chiller", "liquid_dry")
    ]
    np.testing.assert_allclose(
        both["lcoc_usd_per_kw_month"], np.minimum.reduce(each), rtol=1e-12
    )


def test_training_racks_are_never_cooled_by_air(base: xr.Dataset, world: World) -> None:
    assert (base["cooling_system"] == "liquid_dry").all()
    sites = world.tables["sites"].loc[["AZ08"]]
    only_air = load_scenario("base", ['cooling.systems=["air_chiller"]'])
    none = evaluate(sites, only_air, world)
    assert none["it_mw"].item() == 0
    assert none["infeasible_because"].item() != ""
    assert np.isnan(none["lcoc_usd_per_kw_month"].item())


def test_a_site_without_land_says_so_and_does_not_blame_the_cooling(
    world: World,
) -> None:
    none = world.tables["sites"].loc[["AZ08"]].assign(area_ha=0.0)
    told = evaluate(none, load_scenario("base"), world)
    assert told["infeasible_because"].item() == "no free land"


def test_water_use_that_cannot_matter_needs_no_sourced_stress(
    base: xr.Dataset,
) -> None:
    wue, index = base["wue_annual_l_per_kwh"], base["water_stress_index"]
    little = (wue < 0.01) & index.isnull()
    stressed = base["water_stress_l_per_kwh"]
    np.testing.assert_array_equal(stressed.where(little), wue.where(little))
    much = (wue >= 0.01) & index.isnull()
    assert stressed.where(much).isnull().all()
    known = index.notnull()
    np.testing.assert_array_equal(stressed.where(known), (wue * index).where(known))


def test_a_late_connection_costs_the_rent_of_its_months(world: World) -> None:
    sites = world.tables["sites"].loc[["AZ08"]]
    late = ["power.time.large_transformer_months=48"]
    soon = evaluate(sites, load_scenario("base"), world)
    later = evaluate(sites, load_scenario("base", late), world)
    assert later["months_to_power"].item() == 50
    assert later["ready_date"].item() > soon["ready_date"].item()
    assert later["npv_usd"].item() != soon["npv_usd"].item()
    first = soon["revenue_usd"].sel(site="AZ08")
    second = later["revenue_usd"].sel(site="AZ08")
    year = int(first["year"].where(first > 0, drop=True)[0])
    assert second.sel(year=year).item() == 0


def test_a_free_zone_requires_less_rent_than_the_standard_regime(
    base: xr.Dataset,
) -> None:
    gap = base["required_rent_usd_per_kw_month"] + base["lcoc_energy_usd_per_kw_month"]
    gap = gap - base["lcoc_usd_per_kw_month"]
    # A zone without taxes asks the cost and the carrying of thirty days' revenue.
    wait = base["lcoc_usd_per_kw_month"].sel(site="AZ01") * 30 / 365 * (1 - 1 / 1.1)
    assert gap.sel(site="AZ01").item() == pytest.approx(wait.item(), rel=0.1)
    assert gap.sel(site="AZ08").item() > 10


def test_the_default_tier_of_training_costs_nothing_more(base: xr.Dataset) -> None:
    assert set(base["tier"].values) == {"one_feed"}
    assert base["tier_met"].all()
    for line in ("second_feed", "backup", "connection_charge"):
        assert (base[f"capex_{line}_usd"] == 0).all()
    np.testing.assert_allclose(
        base["power_outage_h_per_year"], base["grid_outage_h_per_year"]
    )


def test_two_feeds_cost_what_their_parts_cost_and_buy_hours(
    world: World, base: xr.Dataset
) -> None:
    sites = world.tables["sites"].loc[["AZ04", "AZ23"]]
    two = evaluate(sites, load_scenario("base", ["power.tier=two_feeds"]), world)
    one = base.sel(site=sites.index.to_numpy())
    np.testing.assert_allclose(
        two["capex_second_feed_usd"], two["second_feed_capex_usd"]
    )
    within = (
        1000
        * two["it_mw"]
        * world.book.resolve({}).finance.generators_in_facility_usd_per_kw
    )
    np.testing.assert_allclose(
        two["capex_backup_usd"], np.maximum(0.0, two["generators_usd"] - within)
    )
    assert (two["lcoc_usd_per_kw_month"] > one["lcoc_usd_per_kw_month"]).all()
    assert (two["grid_outage_h_per_year"] < one["grid_outage_h_per_year"]).all()
    assert (two["power_availability_pct"] > 99.999).all()
    np.testing.assert_allclose(two["it_mw"], one["it_mw"])


def test_the_standing_charge_is_three_manat_a_month(base: xr.Dataset) -> None:
    by_hand = 36 / 1.7 / 1.18 * (1 + 0.18 * 0.2)
    paid_by = base["opex_standing_charge_usd_per_year"]
    elsewhere = paid_by.where(base["tax_regime"] != "alat_fez", drop=True)
    np.testing.assert_allclose(elsewhere, by_hand)


def test_the_money_hears_every_choice() -> None:
    chosen = load_scenario(
        "base",
        [
            "finance.role=gpu_cloud",
            "finance.gpu_usd_per_hour=3.5",
            "finance.debt=false",
        ],
    )
    terms = cash_terms(chosen)
    assert (terms.role, terms.gpu_usd_per_hour, terms.debt) == ("gpu_cloud", 3.5, False)
    assert cash_terms(load_scenario("base")).debt


def test_a_cloud_is_built_where_a_landlord_builds_and_asks_by_the_hour(
    world: World, base: xr.Dataset
) -> None:
    sites = world.tables["sites"].loc[["AZ01", "AZ08"]]
    cloud = evaluate(sites, load_scenario("base", ["finance.role=gpu_cloud"]), world)
    here = base.sel(site=sites.index.to_numpy())
    np.testing.assert_allclose(cloud["it_mw"], here["it_mw"])
    bought = cloud["capex_usd"] - here["capex_usd"]
    np.testing.assert_allclose(bought, cloud["capex_it_usd"])
    np.testing.assert_allclose(bought, 25_600e3 * cloud["it_mw"])
    hours = cloud["required_rent_usd_per_kw_month"] / cloud["required_usd_per_gpu_hour"]
    np.testing.assert_allclose(hours, 730 * 0.95 / 1.83)
    assert here["required_usd_per_gpu_hour"].isnull().all()
    # relief from duty and tax shows in the price, not in the cost before tax
    price = cloud["required_usd_per_gpu_hour"]
    assert price.sel(site="AZ01") < price.sel(site="AZ08")
