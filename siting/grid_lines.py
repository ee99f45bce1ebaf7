"""What `siting grid` prints: hosting capacity bus by bus, and its validation."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from data import World, load_world
from data.faults import Fault, InputError
from grid.electricity.network import hosting_table, known_of
from grid.electricity.network.calibration import Calibration
from grid.electricity.network.draws import Known
from grid.electricity.network.validation import validation_table
from siting.export_table import check_table_path, write_table
from siting.loading import load_scenario
from siting.texts import aligned, cell

YEARS = (2026, 2028, 2030, 2035)
"""Years shown where none is asked for."""
FIRST, LAST = 2024, 2060
"""Years the tables and the growth of load can speak of."""
OFTEN = 0.1
"""Part of the networks from which an overload of the base case is shown."""
NOT_COVERED = (
    "not covered: short circuit, voltage, stability, ramps, outages of two at once; "
    "the 110 kV network beyond a substation's own transformers"
)


def _opened(arguments: argparse.Namespace) -> tuple[World, Known]:
    """Return the built world and the numbers in force."""
    scenario = load_scenario(arguments.scenario, arguments.sets)
    overrides = dict(scenario.overrides)
    world = load_world().amended(overrides).built(scenario.build_out)
    own = {name: value for name, value in overrides.items() if ":" not in name}
    return world, known_of(world, own, scenario.power.network_seed)


def years_asked(asked: list[int] | None) -> tuple[int, ...]:
    """Return the years to show.

    Raises
    ------
    InputError
        Naming every year the tables cannot speak of.
    """
    years = tuple(asked or YEARS)
    faults = [
        Fault("--year", None, "", str(year), f"a year from {FIRST} to {LAST}")
        for year in years
        if not FIRST <= year <= LAST
    ]
    if faults:
        raise InputError(faults)
    return years


def hosting(arguments: argparse.Namespace) -> Iterator[str]:
    """Print how much new load every bus bears by year, and write the table if asked."""
    years = years_asked(arguments.years)
    path = Path(arguments.out) if arguments.out else None
    if path:
        check_table_path(path)
    world, known = _opened(arguments)
    found = hosting_table(world, years, known)
    table = found.table
    yield (
        "firm MW of new load at a bus, alone, by network and generation: "
        "P50 (P10–P90) over the networks kept"
    )
    yield from aligned(bus_rows(table, world, years), texts=(0, 1))
    yield ""
    yield (
        f"in {years[0]}: the network with every unknown at its median, P50 if plants "
        "stay as they run, what holds the firm MW most often, the circuit lost, how "
        "often, MW gained per MW more of it"
    )
    first = table[(table["year"] == years[0]) & (table["level_kv"] > 110)]
    yield from aligned(binding_rows(first), texts=(0, 1, 2, 3))
    yield ""
    yield "over its limit before any new load, part of the networks"
    yield from aligned(overload_rows(found.overloads), texts=(0,))
    yield ""
    yield from calibration_lines(found.fitted, known)
    yield NOT_COVERED
    if path:
        write_table(table, path)
        yield f"written: {path}"


def bus_rows(
    table: pd.DataFrame, world: World, years: tuple[int, ...]
) -> list[list[str]]:
    """Return the buses of 220 kV and more by year, and what generation allows."""
    high = table[table["level_kv"] > 110]
    names = world.tables["substations"]["name"]
    told = {
        (row["bus"], row["year"]): spread(row, "grid_firm_mw")
        for row in high.to_dict("records")
    }
    rows = [["bus", "name", *(str(year) for year in years)]]
    for bus in dict.fromkeys(high["bus"]):
        name = cell(str(names[str(bus).split()[0]]))
        rows.append([str(bus), name, *(told.get((bus, y), "–") for y in years)])
    firsts = high.drop_duplicates("year").set_index("year")
    national = [spread(firsts.loc[year].to_dict(), "national_mw") for year in years]
    return [*rows, ["all", "what generation allows in all", *national]]


def spread(row: Mapping[Any, Any], name: str) -> str:
    """Return a figure's P50 (P10–P90).

    Examples
    --------
    >>> spread({"mw_p10": 1.0, "mw_p50": 2.2, "mw_p90": 3.0}, "mw")
    '2 (1–3)'
    """
    low, mid, high = (row[f"{name}_p{p}"] for p in (10, 50, 90))
    return f"{mid:.0f} ({low:.0f}–{high:.0f})"


def binding_rows(table: pd.DataFrame) -> list[list[str]]:
    """Return, one row a bus, the room at the medians, without re-dispatch, what binds."""
    heads = ["bus", "held by", "circuit lost", "state"]
    heads += ["medians", "as run", "often", "gain"]
    columns = ["bus", "binding", "contingency", "state"]
    rows = [
        [
            *(str(row[column]) for column in columns),
            f"{row['grid_firm_mw_central']:.0f}",
            f"{row['as_dispatched_mw_p50']:.0f}",
            f"{row['binding_pct']:.0f}%",
            "–" if pd.isna(row["shadow_price"]) else f"{row['shadow_price']:.2f}",
        ]
        for row in table.to_dict("records")
    ]
    return [heads, *rows]


def overload_rows(overloads: pd.DataFrame) -> list[list[str]]:
    """Return the elements over their limit in a tenth of the networks and more."""
    many = overloads[overloads.max(axis=1) >= OFTEN]
    many = many.iloc[many.max(axis=1).argsort()[::-1]]
    return [["", *(str(year) for year in many)]] + [
        [str(name), *(f"{part:.0%}" for part in row)]
        for name, row in zip(many.index, many.to_numpy(), strict=True)
    ]


def calibration_lines(fitted: Calibration, known: Known) -> Iterator[str]:
    """Yield how many networks were drawn, how many served the peak, and the pockets."""
    peak, year = known.a.network_peak_mw, known.a.network_peak_year
    yield (
        f"{known.draws} networks drawn; {fitted.intact_pct:.2f} % serve "
        f"{peak:.0f} MW of {year:.0f} intact, {fitted.accepted_pct:.2f} % also N-1"
    )
    yield f"radial, left out of that N-1: {', '.join(fitted.pockets)}"


def validate(arguments: argparse.Namespace) -> Iterator[str]:
    """Print model against known figures, and the counts the peak implies."""
    path = Path(arguments.out) if arguments.out else None
    if path:
        check_table_path(path)
    world, known = _opened(arguments)
    table, fitted = validation_table(world, known)
    heads = [["check", "known", "P10", "P50", "P90"]]
    body = [
        [
            str(r["check"]),
            str(r["known"]),
            *(f"{r[p]:.0f}" for p in ("p10", "p50", "p90")),
        ]
        for r in table.to_dict("records")
    ]
    yield from aligned([*heads, *body], texts=(0, 1))
    yield ""
    yield from calibration_lines(fitted, known)
    yield "circuits and transformers where the tables are blank: before, after, chances"
    counts = fitted.counts
    rows = [["", *(str(column) for column in counts)]] + [
        [str(name), *(f"{value:.2f}" for value in row)]
        for name, row in zip(counts.index, counts.to_numpy(), strict=True)
    ]
    yield from aligned(rows, texts=(0,))
    if path:
        write_table(table, path)
        yield f"written: {path}"
