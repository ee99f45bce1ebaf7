"""The closed form of grid supply, against the programme and by hand."""

from dataclasses import replace

import numpy as np
import pytest

from siting.loading import load_scenario
from siting.supply.design import design
from siting.supply.grid_only import grid_only
from siting.supply.inputs import inputs_of
from siting.supply.pairs import ISLAND, connections, pairs_of

SITES = ["AZ01", "AZ20"]


@pytest.fixture(scope="module")
def bare(world):
    """Both sites without anything to build beside the grid."""
    scenario = load_scenario("base", ["supply.technologies=[]", "campus.mw=60"])
    return inputs_of(world.tables["sites"].loc[SITES], scenario, world)


def test_it_is_the_optimum_with_nothing_else_to_build(bare):
    alone = grid_only(bare)
    for site in SITES:
        made = design(bare, pairs_of(bare, site, "liquid_dry")[0])
        cost = alone["usd_per_year"].sel(site=site, system="liquid_dry").item()
        assert made.usd_per_year == pytest.approx(cost, rel=2e-6)
        assert made.capacity() == pytest.approx(
            {"contract": made.case.need_mw}, rel=1e-4
        )
        assert not made.missed


def test_its_energy_is_load_times_tariff_hour_by_hour(bare):
    alone = grid_only(bare).sel(site="AZ20", system="liquid_dry")
    pue = bare.pue.sel(site="AZ20", system="liquid_dry").to_numpy()
    price = bare.price.sel(tariff_class="industrial").to_numpy()
    borne = bare.facts["borne"].sel(site="AZ20").item()
    bill = (60.0 * 0.8 * pue * price).sum() * borne
    assert alone["energy_usd"].item() == pytest.approx(bill)
    carbon = (60.0 * 0.8 * pue).sum() * bare.a.power.carbon_location_t_per_mwh
    assert alone["carbon_t"].item() == pytest.approx(carbon)


def test_systems_the_racks_cannot_use_have_no_cost(bare):
    alone = grid_only(bare)["usd_per_year"].sel(site="AZ01")
    assert np.isnan(alone.sel(system="airside"))
    assert np.isfinite(alone.sel(system="liquid_dry"))


def test_it_connects_where_most_is_carried_for_least(bare):
    own = bare.facts.sel(site="AZ01", system="liquid_dry")
    option = connections(bare, "AZ01", "liquid_dry")[0]
    mw = own["contract_mw"].to_series()
    cost = own["connection_capex_usd"].to_series()
    assert mw[option] == mw.max()
    assert cost[option] == cost[mw == mw.max()].min()
    island = replace(bare, scenario=load_scenario("base", ["supply.grid=false"]))
    assert connections(island, "AZ01", "liquid_dry") == [ISLAND]


def test_short_says_how_many_megawatts_the_grid_lacks(world):
    scenario = load_scenario("base", ["campus.mw=1000"])
    large = inputs_of(world.tables["sites"].loc[["AZ01"]], scenario, world)
    alone = grid_only(large).sel(site="AZ01", system="liquid_dry")
    need = large.facts["need_mw"].sel(site="AZ01", system="liquid_dry")
    firm = large.facts["firm_mw"].sel(site="AZ01").max()
    assert alone["short_mw"].item() == pytest.approx(float(need - firm))


def test_the_data_centre_class_needs_five_gwh_in_every_month(world):
    def classes(mw):
        sets = [f"campus.mw={mw}", "power.data_centre_tariff=true"]
        sites = world.tables["sites"].loc[["AZ20"]]
        found = grid_only(inputs_of(sites, load_scenario("base", sets), world))
        return found["tariff_class"].sel(system="liquid_dry").item()

    assert (classes(5), classes(50)) == ("industrial", "data_centre")
