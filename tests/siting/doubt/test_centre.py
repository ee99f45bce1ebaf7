"""The centre: the designs of the ranking, and the facts they rest on."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from siting.doubt.centre import air_of, chunks_of, numbers
from siting.doubt.outcomes import Basis
from siting.doubt.responses import AIR
from siting.loading import load_scenario
from siting.scenario import Scenario
from siting.trunk import CHUNK, exact_labels


def test_the_designs_are_those_of_the_ranking(
    basis: Basis, evaluation: xr.Dataset
) -> None:
    facts = basis.centre.facts
    for name in ("cooling_system", "connection_option", "substation_id"):
        assert facts[name].to_numpy().tolist() == evaluation[name].to_numpy().tolist()
    assert basis.centre.systems.tolist() == facts["cooling_system"].to_numpy().tolist()


def test_the_facts_are_those_of_the_ranking(
    basis: Basis, evaluation: xr.Dataset
) -> None:
    facts = basis.centre.facts
    for name in ("firm_mw", "pue_annual", "lateral_km", "rtt_europe_ms", "land_mw"):
        assert facts[name].to_numpy() == pytest.approx(
            evaluation[name].to_numpy(), nan_ok=True
        )


def test_the_rooms_at_the_same_numbers_say_the_same(basis: Basis) -> None:
    centre = basis.centre
    with exact_labels():
        again = air_of(centre, centre.a)
    for name in AIR:
        assert again[name].dims == centre.facts[name].dims
        assert again[name].to_numpy() == pytest.approx(
            centre.facts[name].to_numpy(), rel=1e-12, nan_ok=True
        )


def test_the_tariff_is_that_of_the_year_asked_for(world: World) -> None:
    scenario = load_scenario("base", ["tariffs:T11:value=0.12"])
    amended = world.amended(dict(scenario.overrides))
    name = "power.tariff.industrial_azn_per_kwh"
    tabled = float(world.book.table["value"][name])
    told = numbers(amended, scenario, {name: 2 * tabled})
    assert told.power.tariff_industrial_azn_per_kwh == pytest.approx(0.24)


def test_no_chunk_holds_more_hours_than_memory_has_room_for(
    sites: pd.DataFrame, scenario: Scenario
) -> None:
    long = replace(scenario, climate=replace(scenario.climate, years=30))
    many = pd.concat([sites] * 50)
    chunks = chunks_of(many, long)
    assert max(map(len, chunks)) * 30 <= CHUNK
    assert np.concatenate([c.index for c in chunks]).tolist() == many.index.tolist()
