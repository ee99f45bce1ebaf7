"""What `siting fibre` prints: routes hop by hop, what breaks them, what builds add."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from data import World
from data.faults import Fault, InputError
from grid.fibre.cuts import minimum_cut, risk_table, single_points
from grid.fibre.latency import rtt_lower_ms
from grid.fibre.network import closed_switches
from grid.fibre.projects import year_table
from grid.fibre.routes import Route, hops, shortest_disjoint
from siting.fibre_asked import Asked, asked_of, heading
from siting.texts import aligned, cell

YEARS = tuple(range(2026, 2033))
"""Years of the table of announced projects."""


def paths(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the disjoint routes of least total length, hop by hop."""
    asked = asked_of(arguments)
    yield heading(asked)
    for sharing, told in (("edge", "no link"), ("node", "no link and no node")):
        found = shortest_disjoint(
            asked.net, asked.start, asked.end, "edge" if sharing == "edge" else "node"
        )
        yield ""
        yield f"routes that share {told}: {len(found)}"
        for number, route in enumerate(found, start=1):
            yield from route_lines(asked, route, number)


def route_lines(asked: Asked, route: Route, number: int) -> Iterator[str]:
    """Yield one route: its sum, then every hop with status, length and time."""
    lower = float(rtt_lower_ms(route.km, asked.a))
    yield (
        f"{number}. {route.km:.0f} km, at least {lower:.1f} ms there and back, "
        f"expected {lower * asked.a.rtt_factor_expected:.0f} ms "
        f"({lower * asked.a.rtt_factor_low:.0f}–"
        f"{lower * asked.a.rtt_factor_high:.0f})"
    )
    rows = [["from", "to", "link", "medium", "status", "corridor", "km", "ms"]]
    for here, there, link, km in hops(asked.net, route):
        told = [str(link[c]) for c in ("medium", "status", "corridor")]
        ms = float(rtt_lower_ms(km, asked.a))
        rows.append([here, there, str(link.name), *told, f"{km:.0f}", f"{ms:.2f}"])
    yield from aligned(rows, texts=tuple(range(6)))


def cuts(arguments: argparse.Namespace) -> Iterator[str]:
    """Print minimum cuts, single points of failure and shared risks."""
    asked = asked_of(arguments)
    net, start, end = asked.net, asked.start, asked.end
    yield heading(asked)
    links = minimum_cut(net, start, end, "edge")
    nodes = minimum_cut(net, start, end, "node")
    yield f"fewest links that part them: {len(links)} ({', '.join(links) or '–'})"
    yield f"fewest nodes or links: {len(nodes)} ({', '.join(nodes) or '–'})"
    points = ", ".join(single_points(net, start, end)) or "none"
    yield f"nodes whose loss alone parts them: {points}"
    yield ""
    yield "routes left after one shared event"
    table = risk_table(net, start, end)
    body = [[str(value) for value in row] for row in table.to_numpy(dtype=object)]
    heads = ["kind", "what is lost", "links", "share no link", "share no node"]
    yield from aligned([heads, *body], texts=(0, 1))


def years(arguments: argparse.Namespace) -> Iterator[str]:
    """Print what each announced project changes, year by year."""
    asked = asked_of(arguments)
    name = asked.net.nodes["name"].to_numpy()
    if asked.start >= len(asked.world.tables["fibre_nodes"]):
        given = arguments.place
        expected = "a fibre node, such as the one the site joins (siting fibre paths)"
        raise InputError([Fault("SITE", None, "", given, expected)])
    closed = ", ".join(closed_switches(asked.scenario.fibre)) or "none"
    yield (
        f"{name[asked.start]} – {name[asked.end]}, network in service with one project "
        f"at a time, closed: {closed}; routes that share no link/no node, expected ms"
    )
    ends = (arguments.place, arguments.to)
    choices = asked.scenario.fibre
    table = year_table(asked.world, ends, choices, YEARS, asked.a)
    yield from aligned(year_rows(table, asked.world), texts=(0,))
    yield "* with its links without a stated year, as if they were there"


def year_rows(table: pd.DataFrame, world: World) -> list[list[str]]:
    """Return a line a project: routes and time by year."""
    names = world.tables["fibre_projects"]["name"]
    rows = [["", *map(str, YEARS)]]
    for key, of in table.groupby(["project", "undated"], sort=False):
        project, undated = key
        told = cell(str(names.get(project, project))) + (" *" if undated else "")
        rows.append([told, *(_figure(row) for row in of.to_dict("records"))])
    return rows


def _figure(row: Mapping[Any, Any]) -> str:
    ms = row["rtt_expected_ms"]
    time = "–" if np.isnan(ms) else f"{ms:.0f}"
    return f"{row['routes_edge']}/{row['routes_node']} {time}"
