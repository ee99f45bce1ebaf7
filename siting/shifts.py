"""Announced projects moved: on, but some years earlier or later than tabled."""

from dataclasses import replace

import numpy as np

from data import World
from data.faults import Fault, InputError
from siting.projects import same_line, stands_on, switched, table_of
from siting.scenario import Scenario


def shifted(scenario: Scenario, project: str, years: int, world: World) -> Scenario:
    """Return the scenario with a project on, so many years later than it is tabled.

    What is the same line in another table and the substations it stands on move along.

    Parameters
    ----------
    scenario : Scenario
        Everything else stays as it says.
    project : str
        Id of a row with status and year.
    years : int
        Negative for earlier.
    world : World
        The tables.

    Raises
    ------
    InputError
        If the id is in no dated table, or its row states no year.
    """
    ids = same_line(world, project)
    along = stands_on(world, ids)
    moved = []
    for one in (*ids, *along):
        name = table_of(world, one)
        year = world.tables[name]["year"].astype(float).to_dict()[one]
        if np.isfinite(year):
            moved.append((f"{name}:{one}:year", year + years))
        elif one == project:
            raise InputError([Fault("--shift", None, "", project, "a row with a year")])
    on = switched(scenario, ids, (*ids, *along))
    return replace(on, overrides=(*scenario.overrides, *moved))


def shifts_of(asked: list[str]) -> list[tuple[str, int]]:
    """Return the projects to move and by how many years.

    Parameters
    ----------
    asked : list of str
        Such as ``NAV500=-1``.

    Raises
    ------
    InputError
        Naming each text that says neither.
    """
    faults, found = [], []
    for text in asked:
        project, _, years = text.rpartition("=")
        if project and years.lstrip("+-").isdecimal():
            found.append((project, int(years)))
        else:
            wanted = "ID=YEARS, such as NAV500=-1"
            faults.append(Fault("--shift", None, "", text, wanted))
    if faults:
        raise InputError(faults)
    return found
