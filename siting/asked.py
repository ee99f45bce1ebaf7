"""What a command is asked to work on: faults of every part come in one list."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xarray as xr

from data import World
from data.faults import Fault, InputError
from siting.loading import load_scenario
from siting.scenario import Scenario


def together(*steps: Callable[[], Any]) -> list[Any]:
    """Return what each step gives, or raise with the faults of all of them."""
    given: list[Any] = []
    faults: list[Fault] = []
    for step in steps:
        try:
            given.append(step())
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return given


def scenario_of(arguments: argparse.Namespace, world: World) -> Scenario:
    """Return the scenario asked for, its overrides and switches checked as well."""
    scenario = load_scenario(arguments.scenario, arguments.sets)
    overrides = dict(scenario.overrides)
    together(
        lambda: world.book.resolve(overrides),
        lambda: world.amended(overrides),
        lambda: world.built(scenario.build_out),
    )
    return scenario


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a command works on."""

    world: World
    scenario: Scenario
    sites: pd.DataFrame
    evaluation: xr.Dataset
