"""What `siting fibre` prints: routes hop by hop, what breaks them, what builds add."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data import World, load_world
from data.assumptions.fibre import FibreBook
from data.faults import Fault, InputError, nearest_name
from grid.fibre import permitted_network
from grid.fibre.cuts import minimum_cut, risk_table, single_points
from grid.fibre.latency import rtt_lower_ms
from grid.fibre.laterals import laterals
from grid.fibre.network import Network, closed_switches
from grid.fibre.projects import year_table
from grid.fibre.routes import Route, hops, shortest_disjoint, with_site
from siting.asked import scenario_of, together
from siting.scenario import Scenario
from siting.texts import aligned, cell, sites_of

YEARS = tuple(range(2026, 2033))
"""Years of the table of announced projects."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A place, a hub, and the network between them."""

    world: World
    scenario: Scenario
    a: FibreBook
    net: Network
    start: int
    end: int
    year: int


def asked_of(arguments: argparse.Namespace) -> Asked:
    """Return the network of a year with the place asked for on it.

    Raises
    ------
    InputError
        If the place is no site and no node, or the hub no node.
    """
    world = load_world()
    scenario, sites = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
    )
    overrides = dict(scenario.overrides)
    built = world.amended(overrides).built(scenario.build_out)
    a = world.book.resolve(overrides).fibre
    year = arguments.year or scenario.campus.year
    net = permitted_network(built, scenario.fibre, year)
    _check(arguments, net, sites)
    start = place_of(net, arguments.place)
    if arguments.place in sites.index:
        site = sites.loc[[arguments.place]]
        lateral = laterals(net, site["lat"].to_numpy(), site["lon"].to_numpy(), a)
        net = with_site(net, lateral, 0, str(site["name"].iloc[0]))
        start = len(net.nodes) - 1
    end = place_of(net, arguments.to)
    return Asked(built, scenario, a, net, start, end, year)


def place_of(net: Network, node: str) -> int:
    """Return the position of a node; -1 if there is none of that name."""
    found = np.flatnonzero(net.nodes.index == node)
    return int(found[0]) if len(found) else -1


def _check(arguments: argparse.Namespace, net: Network, sites: pd.DataFrame) -> None:
    nodes = list(map(str, net.nodes.index))
    places = [*map(str, sites.index), *nodes]
    faults = [
        Fault(where, None, "", given, f"{what}{nearest_name(given, known)}")
        for where, given, known, what in (
            ("SITE", arguments.place, places, "a site_id or a fibre node"),
            ("--to", arguments.to, nodes, "a fibre node"),
        )
        if given not in known
    ]
    if arguments.place == arguments.to:
        faults.append(Fault("--to", None, "", arguments.to, "another node than SITE"))
    if faults:
        raise InputError(faults)


def heading(asked: Asked) -> str:
    """Say between which places, in which year, over which build-out and corridors."""
    name = asked.net.nodes["name"].to_numpy()
    closed = ", ".join(closed_switches(asked.scenario.fibre)) or "none"
    return (
        f"{name[asked.start]} – {name[asked.end]}, {asked.year}, build-out "
        f"{asked.scenario.build_out.policy}, closed: {closed}"
    )


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
