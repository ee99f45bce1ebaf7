"""Responses kept from one run to the next: the rooms are slow, and answer alike."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import xarray as xr

import climate
import grid
from data.kept import Tables, kept_tables, key_of
from siting.doubt.centre import Centre
from siting.doubt.draws import Unknown
from siting.doubt.responses import Response, Rooms, respond

PLACE = ("room", "name", "order", "figure", "tariff_class")
"""What a row of the kept table is told by; the sites are its columns."""


def kept_rooms(centre: Centre, found: Mapping[str, list[Unknown]]) -> Rooms:
    """Return `respond`, found again where all it rests on is the same.

    Weather of a service or of the reader's own files is run anew: what those hold is
    not known by their names.
    """
    if centre.scenario.climate.source != "synthetic":
        return respond(centre, found)
    unknowns = {one.name: one for own in found.values() for one in own}

    def compute() -> Tables:
        return {"rooms": _table(respond(centre, found))}

    table = kept_tables(_key(centre, found), ("rooms",), compute)["rooms"]
    return _rooms(table, unknowns, centre)


def _key(centre: Centre, found: Mapping[str, list[Unknown]]) -> str:
    """Return a digest of tables, choices, numbers and code."""
    asked = centre.scenario
    choices = (
        asked.campus,
        asked.climate,
        asked.cooling,
        asked.power,
        asked.fibre,
        asked.build_out,
        asked.overrides,
    )
    told = (repr(choices), repr(found), repr(list(centre.systems)))
    option = ",".join(map(str, centre.option))
    tables = centre.world.tables.values()
    code = [Path(str(module.__file__)).parent for module in (climate, grid)]
    parts: list[str | pd.DataFrame] = [*told, option, centre.sites, *tables]
    return key_of(parts, *code, Path(__file__).parent.parent)


def _table(rooms: Rooms) -> pd.DataFrame:
    rows = [
        (room, "", 0, str(figure), values)
        for room, told in rooms.middle.items()
        for figure, values in told.data_vars.items()
    ]
    rows += [
        (move.room, move.unknown.name, order, figure, values)
        for move in rooms.moves
        for order, figures in ((1, move.slope), (2, move.bend))
        for figure, values in figures.items()
    ]
    flat = [
        (*row[:4], label, *values)
        for row in rows
        for label, values in _by_class(row[4])
    ]
    sites = range(len(flat[0]) - len(PLACE))
    return pd.DataFrame(flat, columns=[*PLACE, *map(str, sites)])


def _by_class(values: xr.DataArray) -> list[tuple[str, list[float]]]:
    if "tariff_class" not in values.dims:
        return [("", values.to_numpy().tolist())]
    labels = values["tariff_class"].to_numpy()
    return [
        (str(label), values.sel(tariff_class=label).to_numpy().tolist())
        for label in labels
    ]


def _rooms(
    table: pd.DataFrame, unknowns: Mapping[str, Unknown], centre: Centre
) -> Rooms:
    site = centre.facts["site"].to_numpy()

    def figures(rows: pd.DataFrame) -> dict[str, xr.DataArray]:
        return {str(f): _array(own, site) for f, own in rows.groupby("figure")}

    middle = table[table["order"] == 0]
    told = {str(room): figures(rows) for room, rows in middle.groupby("room")}
    moves = [
        Response(
            unknown=unknowns[str(name)],
            room=str(room),
            slope=figures(rows[rows["order"] == 1]),
            bend=figures(rows[rows["order"] == 2]),
        )
        for (room, name), rows in table[table["order"] > 0].groupby(
            ["room", "name"], sort=False
        )
    ]
    return Rooms({room: xr.Dataset(own) for room, own in told.items()}, moves)


def _array(rows: pd.DataFrame, site: object) -> xr.DataArray:
    values = rows.drop(columns=list(PLACE)).to_numpy(dtype=float)
    labels = rows["tariff_class"].to_numpy()
    if labels[0] == "":
        return xr.DataArray(values[0], dims="site", coords={"site": site})
    coords = {"tariff_class": labels, "site": site}
    return xr.DataArray(values, dims=("tariff_class", "site"), coords=coords)
