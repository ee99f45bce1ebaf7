"""What a command is asked to work on: faults of every part come in one list."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xarray as xr

from data import World
from data.faults import Fault, InputError
from siting.explain import nearest_hint
from siting.loading import load_scenario
from siting.scenario import Scenario

MOST_SITES = 8
"""Sites of one study: its hours stand in memory together."""


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
    return checked(load_scenario(arguments.scenario, arguments.sets), world)


def checked(scenario: Scenario, world: World) -> Scenario:
    """Return the scenario if the world has what it overrides and switches.

    Raises
    ------
    InputError
        Naming every override and switch that names nothing or cannot be.
    """
    overrides = dict(scenario.overrides)
    together(
        lambda: world.book.resolve(overrides),
        lambda: world.amended(overrides),
        lambda: world.built(scenario.build_out),
    )
    return scenario


def unlisted(chosen: list[str], known: pd.DataFrame) -> list[Fault]:
    """Return a fault for each site that is not on the list."""
    names = [str(site) for site in known.index]
    return [
        Fault("SITE", None, "", site, f"a site_id{nearest_hint(site, names)}")
        for site in chosen
        if site not in names
    ]


def check_sites(chosen: list[str], known: pd.DataFrame) -> None:
    """Raise if no site is named, one is not on the list, or there are too many."""
    faults = unlisted(chosen, known)
    if not 1 <= len(chosen) <= MOST_SITES:
        limit = f"1 to {MOST_SITES} sites"
        faults.append(Fault("SITE", None, "", str(len(chosen)), limit))
    if faults:
        raise InputError(faults)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a command works on."""

    world: World
    scenario: Scenario
    sites: pd.DataFrame
    evaluation: xr.Dataset
