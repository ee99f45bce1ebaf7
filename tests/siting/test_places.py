"""Places: sites connect as the ranking has it, buses by a bay, others are refused."""

import pandas as pd
import pytest

from data.faults import InputError
from siting.loading import load_scenario
from siting.places import check_places, places_of, sites_to_places
from siting.trunk import evaluate

FEW = ["power.network.draws=3000", "power.network_seed=1"]


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("base", FEW)


def test_a_site_connects_as_the_ranking_has_it(world, scenario):
    sites = world.tables["sites"].loc[["AZ01"]]
    built = world.built(scenario.build_out)
    (place,) = sites_to_places(sites, scenario, world, built)
    found = evaluate(sites, scenario, world).squeeze()
    assert place.bus.startswith(str(found["substation_id"].item()))
    assert place.kv == found["connection_kv"]
    assert place.lateral_km == pytest.approx(float(found["lateral_km"]))
    cost = float(found["connection_capex_usd"] - found["step_capex_usd"])
    assert place.own_usd == pytest.approx(cost)
    assert place.unit_mw > 0


def test_places_stand_in_the_order_asked(world, scenario):
    sites = world.tables["sites"]
    asked = ["NAV 330", "AZ01", "MUS 220", "AZ01"]
    found, _ = places_of(asked, scenario, sites, world, 2029)
    assert [place.place for place in found] == ["NAV 330", "AZ01", "MUS 220"]


def test_neither_site_nor_bus_is_refused(world):
    buses = pd.DataFrame(index=["NAV 330"])
    with pytest.raises(InputError, match="did you mean NAV 330"):
        check_places(["NAV 33O", "AZ01"], world.tables["sites"], buses)
    assert check_places(["NAV 330", "AZ01"], world.tables["sites"], buses) == (
        ["AZ01"],
        ["NAV 330"],
    )


def test_nakhchivan_draws_from_no_bus(world, scenario):
    sites = world.tables["sites"]
    there = sites[sites["name"].str.contains("Nakhchivan")].iloc[:1]
    built = world.built(scenario.build_out)
    (place,) = sites_to_places(there, scenario, world, built)
    assert place.bus == ""
