"""The route that is lit is the route the model has, from the site on."""

import pytest

from app.cache import evaluation
from app.intent import Intent, scenario_of
from app.routes import LIT, route_paths, route_words
from data import World
from siting.scenario import Scenario


def test_a_route_starts_at_the_site_and_ends_at_its_hub(
    world: World, base: Scenario
) -> None:
    nodes = world.tables["fibre_nodes"]
    told = evaluation(base)
    paths = route_paths(told, "AZ23", nodes)
    assert [path["hub"] for path in paths] == list(LIT)
    site = world.tables["sites"].loc["AZ23", ["lon", "lat"]].tolist()
    for path in paths:
        assert path["path"][0] == pytest.approx(site)
        hub = nodes.loc[path["hub"], ["lon", "lat"]].tolist()
        assert path["path"][-1] == pytest.approx(hub)
    hops = str(told["route"].sel(site="AZ23", hub="frankfurt").item()).split(" → ")
    assert len(paths[0]["path"]) == 1 + len(hops)


def test_node_names_tell_nodes_apart(world: World) -> None:
    assert world.tables["fibre_nodes"]["name"].is_unique


def test_words_give_time_band_and_hops(base: Scenario) -> None:
    europe, asia = route_words(evaluation(base), "AZ09")
    assert europe.startswith("Frankfurt: 73 ms expected (52–100): Baku → ")
    assert "Sumgait → Aktau" in asia


def test_without_the_cable_no_route_east_is_lit(world: World) -> None:
    asked = Intent(sets=(("build_out.policy", '"in_service"'),))
    told = evaluation(scenario_of(asked))
    paths = route_paths(told, "AZ09", world.tables["fibre_nodes"])
    assert [path["hub"] for path in paths] == ["frankfurt"]
    assert route_words(told, "AZ09")[1] == "Almaty: no permitted way"
