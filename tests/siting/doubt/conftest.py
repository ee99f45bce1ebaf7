"""One study of a few sites, shared by the tests of doubt: the rooms are slow."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from siting.doubt import study
from siting.doubt.draws import Unknown
from siting.doubt.odds import standing_gates
from siting.doubt.outcomes import Basis
from siting.doubt.study import Doubt
from siting.loading import load_scenario
from siting.ranking import Ranking, rank
from siting.scenario import Scenario
from siting.trunk import evaluate

FEW = {
    "air": [
        "campus.utilisation_training",
        "climate.temp_bias_k",
        "cooling.capex.dry_cooler_usd_per_kw",
    ],
    "line": ["power.lateral.route_factor_lowland"],
    "fibre": ["fibre.rtt_factor_expected", "fibre.lateral_capex_usd_per_km"],
}
"""Numbers moved one at a time here: each costs two runs of its room."""


@pytest.fixture(scope="session")
def few() -> Iterator[None]:
    """Move few numbers of the slow rooms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "of_rooms", lambda *_: FEW)
        yield


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load_scenario("base")


@pytest.fixture(scope="session")
def sites(world: World) -> pd.DataFrame:
    return world.tables["sites"].loc[["AZ01", "AZ12", "AZ25", "AZ08", "AZ06"]]


@pytest.fixture(scope="session")
def evaluation(sites: pd.DataFrame, scenario: Scenario, world: World) -> xr.Dataset:
    return evaluate(sites, scenario, world, without=("year", "hub", "month"))


@pytest.fixture(scope="session")
def ranking(evaluation: xr.Dataset, scenario: Scenario) -> Ranking:
    return rank(evaluation, scenario.preferences)


@pytest.fixture(scope="session")
def basis(
    few: None,
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
) -> Basis:
    return study.basis_of(sites, scenario, world)


@pytest.fixture(scope="session")
def numbers(basis: Basis) -> list[Unknown]:
    return study.every(basis)


@pytest.fixture(scope="session")
def found(basis: Basis, evaluation: xr.Dataset, scenario: Scenario) -> Doubt:
    out = standing_gates(evaluation, scenario.preferences)
    assert out.dtype == np.bool_
    return study.doubt(basis, out, 300, 7)
