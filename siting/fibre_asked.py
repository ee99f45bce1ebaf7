"""What `siting fibre` is asked: a place, a hub, and the network between them."""

import argparse
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data import World, load_world
from data.assumptions.fibre import FibreBook
from data.assumptions.rooms import Assumptions
from data.faults import Fault, InputError, nearest_name
from grid.fibre import laid_network, permitted_network
from grid.fibre.laterals import Laterals, laterals
from grid.fibre.network import Network, closed_switches
from grid.fibre.routes import with_site
from siting.asked import scenario_of, together
from siting.scenario import Scenario
from siting.texts import sites_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A place, a hub, and the network between them."""

    world: World
    scenario: Scenario
    book: Assumptions
    net: Network
    """The permitted network, with the site as its last node where one is asked."""
    start: int
    end: int
    year: int
    site: pd.DataFrame
    """The site's row; none if a node of the network is asked."""

    @property
    def a(self) -> FibreBook:
        """The fibre book."""
        return self.book.fibre


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
    book = world.book.resolve(overrides)
    year = arguments.year or scenario.campus.year
    net = permitted_network(built, scenario.fibre, year)
    _check(arguments, net, sites)
    start = place_of(net, arguments.place)
    site = sites[sites.index == arguments.place]
    if len(site):
        laid = laid_network(built, scenario.fibre, year)
        joined = laterals(
            laid, site["lat"].to_numpy(), site["lon"].to_numpy(), book.fibre
        )
        net = with_site(net, joined, 0, str(site["name"].iloc[0]))
        start = len(net.nodes) - 1
    end = place_of(net, arguments.to)
    return Asked(built, scenario, book, net, start, end, year, site)


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
            ("SITE", arguments.place or "", places, "a site_id or a fibre node"),
            ("--to", arguments.to, nodes, "a fibre node"),
        )
        if given not in known
    ]
    if arguments.place == arguments.to:
        faults.append(Fault("--to", None, "", arguments.to, "another node than SITE"))
    if faults:
        raise InputError(faults)


def heading(asked: Asked, *, hub: bool = True) -> str:
    """Say between which places, in which year, over which build-out and corridors."""
    name = asked.net.nodes["name"].to_numpy()
    closed = ", ".join(closed_switches(asked.scenario.fibre)) or "none"
    towards = f" – {name[asked.end]}" if hub else ""
    return (
        f"{name[asked.start]}{towards}, {asked.year}, build-out "
        f"{asked.scenario.build_out.policy}, closed: {closed}"
    )


def cable_of(asked: Asked) -> Laterals:
    """Return how the place joins the trunk: a node by a cable of no length."""
    if len(asked.site):
        lat, lon = (asked.site[c].to_numpy() for c in ("lat", "lon"))
        laid = laid_network(asked.world, asked.scenario.fibre, asked.year)
        return laterals(laid, lat, lon, asked.a)
    return Laterals(node=np.array([[asked.start, -1]]), km=np.array([[0.0, np.nan]]))
