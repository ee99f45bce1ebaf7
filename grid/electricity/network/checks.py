"""What the tables may not say of a network, named by table and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.faults import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from data.assumptions.power import PowerBook
    from data.world import World
    from grid.electricity.network.elements import Network

LINES, TYPES = "lines.csv", "line_types.csv"


def check_tables(world: World) -> None:
    """Raise with every line, type and tie that no power flow can hold.

    Raises
    ------
    InputError
        A line to an unknown substation or to itself, a length or reactance that is
        not positive, a rating below zero, a plant at an unknown substation.
    """
    faults = [*_line_faults(world), *_type_faults(world), *_plant_faults(world)]
    if faults:
        raise InputError(faults)


def check_connections(network: Network, world: World, a: PowerBook) -> None:
    """Raise with every plant larger than what connects its station.

    The connection is taken at its best: the most circuits a blank may stand for, of
    the strongest conductor of the class.

    Parameters
    ----------
    network
        A year's network.
    world
        A built world.
    a
        Most circuits, power factor.

    Raises
    ------
    InputError
        Naming each plant with its substation and the most its lines carry.
    """
    able = _connected_mw(network, world.tables["line_types"], a)
    plants = world.tables["plants"]
    faults = []
    for plant, row in plants.iterrows():
        station = network.rows.get(str(row["substation_id"]), "")
        limit = able.get(station, np.inf)
        if row["capacity_mw"] > limit:
            expected = f"at most {limit:.0f} MW, all the lines of {station} together"
            value = f"{row['capacity_mw']:g}"
            faults.append(
                Fault("plants.csv", None, f"{plant}:capacity_mw", value, expected)
            )
    if faults:
        raise InputError(faults)


def _connected_mw(
    network: Network, types: pd.DataFrame, a: PowerBook
) -> dict[str, float]:
    """Most that the lines of each station carry together [MW]."""
    best = types.groupby("voltage_kv")["thermal_mva"].max()
    lines = network.groups[network.groups["is_line"].astype(bool)]
    circuits = lines["circuits"].fillna(a.network_circuits_most)
    mw = circuits * lines["level"].map(best) * a.substation_power_factor
    station = network.buses["station"].to_numpy()
    able: dict[str, float] = {}
    for end in ("start", "end"):
        for at, value in zip(lines[end], mw, strict=True):
            name = str(station[int(at)])
            able[name] = able.get(name, 0.0) + float(value)
    return able


def _line_faults(world: World) -> Iterator[Fault]:
    lines = world.tables["lines"]
    known = set(world.tables["substations"].index)
    for name, row in lines.iterrows():
        for end in ("from_id", "to_id"):
            if row[end] not in known:
                yield Fault(
                    LINES, None, f"{name}:{end}", str(row[end]), "a substation_id"
                )
        if row["from_id"] == row["to_id"]:
            yield Fault(LINES, None, f"{name}:to_id", str(row["to_id"]), "another end")
        for column in ("length_km", "length_km_low", "length_km_high", "circuits"):
            if row[column] <= 0:
                value = f"{row[column]:g}"
                yield Fault(LINES, None, f"{name}:{column}", value, "more than zero")


def _type_faults(world: World) -> Iterator[Fault]:
    for name, row in world.tables["line_types"].iterrows():
        for column in ("x_ohm_per_km", "thermal_mva", "sil_mw"):
            if row[column] <= 0:
                value = f"{row[column]:g}"
                yield Fault(TYPES, None, f"{name}:{column}", value, "more than zero")
    for name, row in world.tables["interconnectors"].iterrows():
        if row["capacity_mw"] < 0:
            value = f"{row['capacity_mw']:g}"
            place = f"{name}:capacity_mw"
            yield Fault("interconnectors.csv", None, place, value, "zero or more")


def _plant_faults(world: World) -> Iterator[Fault]:
    known = {*world.tables["substations"].index, ""}
    at = world.tables["plants"]["substation_id"].fillna("")
    for name, station in at[~at.isin(known)].items():
        place = f"{name}:substation_id"
        yield Fault("plants.csv", None, place, str(station), "a substation_id")
