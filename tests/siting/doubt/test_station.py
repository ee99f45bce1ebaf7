"""The room of a site's substation at drawn numbers is that of the room itself, in steps."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from data.assumptions.rooms import Assumptions
from grid.electricity.headroom import headroom
from grid.electricity.options import OPTIONS
from siting.doubt.designed import Case, designed
from siting.doubt.draws import in_force
from siting.doubt.names import STATION
from siting.doubt.outcomes import Basis, outcomes
from siting.doubt.station import room_of, stations_of
from siting.doubt.study import Doubt, basis_of, every
from siting.loading import load_scenario
from siting.trunk import evaluate

NAME = "power.substation.unit_mva_330"
OFF = ["power.network=off", "fibre.georgia=false", 'build_out.off=["tcfo"]']
"""Stations alone, and one network of fibre."""
DESIGN = ("cooling_system", "connection_option", "substation_id")


def firm(basis: Basis, a: Assumptions) -> xr.DataArray:
    told = room_of(stations_of(basis.centre), a.power)["transformer_firm_mw"]
    return told.transpose("draw", "site")


def of_room(basis: Basis, values: dict[str, float]) -> np.ndarray:
    """The room of the whole table run again, at the sites' own stations."""
    centre = basis.centre
    a = centre.world.book.resolve(values)
    room = headroom(centre.world.tables["substations"], a.power)["firm_mw"]
    own = centre.facts["substation_id"].to_numpy()
    return np.array(
        [
            room.sel(substation=name, option=OPTIONS[at]).item()
            for name, at in zip(own, centre.option, strict=True)
        ]
    )


def test_at_the_book_it_is_the_centre(basis: Basis) -> None:
    centre = basis.centre
    told = room_of(stations_of(centre), centre.a.power)
    for name, figure in told.items():
        assert figure.dims == ("site",)
        np.testing.assert_array_equal(figure.to_numpy(), centre.facts[name].to_numpy())


def test_at_numbers_drawn_it_is_the_room_run_again(found: Doubt) -> None:
    basis = found.basis
    values = {name: found.drawn.values[name] for name in STATION}
    a = in_force(basis.centre.a, values)
    told = firm(basis, a)
    for draw in range(0, 300, 30):
        for site in range(5):
            at = {
                name: float(drawn.isel(draw=draw).broadcast_like(told[0])[site])
                for name, drawn in values.items()
            }
            assert told[draw, site].item() == pytest.approx(
                of_room(basis, at)[site], rel=1e-12
            )


def test_it_moves_in_steps_with_the_size_of_a_unit(basis: Basis) -> None:
    sizes = np.array([125.0, 300.0, 375.0, 380.0, 400.0, 500.0])
    a = in_force(basis.centre.a, {NAME: xr.DataArray(sizes, dims="draw")})
    told = firm(basis, a)
    for k, size in enumerate(sizes):
        again = of_room(basis, {NAME: float(size)})
        assert told[k].to_numpy() == pytest.approx(again)
    at_gobu = told.sel(site="AZ01").to_numpy()
    assert at_gobu[2] == at_gobu[3] > at_gobu[4]


def test_without_a_station_there_is_no_room(basis: Basis) -> None:
    centre = basis.centre
    names = centre.facts["substation_id"].to_numpy().astype(object)
    names[1] = ""
    bare = centre.facts.assign(substation_id=("site", names))
    told = room_of(stations_of(replace(centre, facts=bare)), centre.a.power)
    for figure in told.values():
        gone = np.isnan(figure.to_numpy()).tolist()
        assert gone == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("power.substation.unit_mva_220", 250.0),
        ("power.substation.existing_peak_share", 0.45),
        ("power.substation.default_units", 3.0),
    ],
)
@pytest.mark.usefixtures("few")
def test_the_whole_model_says_the_same(
    name: str, value: float, alone: Basis, world: World
) -> None:
    before = evaluated(alone, world)
    after = evaluated(alone, world, f"{name}={value}")
    same = np.logical_and.reduce(
        [before[d].to_numpy() == after[d].to_numpy() for d in DESIGN]
    )
    assert same.sum() >= 2
    drawn = designed(alone, every(alone), [Case({name: value})])
    told = outcomes(alone, drawn).isel(draw=0)
    for metric in ("it_mw", "ready_months", "lcoc_usd_per_kw_month", "npv_usd"):
        assert told[metric].to_numpy()[same] == pytest.approx(
            after[metric].to_numpy()[same], rel=1e-9
        )


@pytest.fixture(scope="module")
def alone(few: None, sites: pd.DataFrame, world: World) -> Basis:
    """Three sites with their stations alone: no network is solved anew."""
    scenario = load_scenario("base", OFF)
    return basis_of(sites.loc[["AZ12", "AZ25", "AZ06"]], scenario, world)


def evaluated(alone: Basis, world: World, *sets: str) -> xr.Dataset:
    scenario = load_scenario("base", [*OFF, *sets])
    sites = alone.centre.sites
    return evaluate(sites, scenario, world, without=("year", "hub", "month"))
