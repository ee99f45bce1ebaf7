"""Real sites cut to a few days, so that HiGHS can referee at once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from data import World
from data.choices import SupplyChoices
from siting.loading import load_scenario
from siting.supply.case import Case, case_of
from siting.supply.inputs import Inputs, inputs_of
from siting.supply.pairs import pairs_of


@pytest.fixture(scope="session")
def given(world: World) -> Inputs:
    """Alat, windy and near the sea, and Imishli, sunny and calm."""
    sites = world.tables["sites"].loc[["AZ01", "AZ20"]]
    return inputs_of(sites, load_scenario("base"), world)


@pytest.fixture(scope="session")
def days(given: Inputs) -> Callable[..., Case]:
    """Return a maker of cases: days of spring at Alat under some choices."""
    whole = case_of(given, pairs_of(given, "AZ01", "liquid_dry")[0])

    def make(count: int, first: int = 100, **asked: object) -> Case:
        hours = slice(24 * first - 4, 24 * (first + count) - 4)  # local days
        cut = {
            name: getattr(whole, name)[hours]
            for name in ("load", "spare", "solar", "wind", "price", "midnight")
        }
        month = np.repeat([0, 1], [12 * count, 12 * count])
        return replace(whole, month=month, choices=SupplyChoices(**asked), **cut)

    return make
