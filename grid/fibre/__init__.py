"""Fibre: how far, by which ways and over how many of them a site reaches its hubs."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import xarray as xr

from data.assumptions.fibre import FibreBook
from data.choices import FibreChoices
from data.schema import GRADES, unit_of
from data.world import World
from grid.fibre.diversity import disjoint_routes
from grid.fibre.latency import (
    SiteWays,
    basket_ms,
    route_grade,
    route_text,
    rtt_lower_ms,
    site_ways,
)
from grid.fibre.laterals import (
    Laterals,
    capex_usd,
    diverse_pairs,
    joinable,
    laterals,
)
from grid.fibre.market import CAPS_MS, gateways, market_rtt_ms, people_within
from grid.fibre.network import (
    BoolArray,
    FloatArray,
    IntArray,
    Network,
    Ways,
    closed_switches,
    network,
    permitted,
    ways_to,
)
from grid.fibre.outages import causes_of, chronicle
from grid.fibre.resilience import CutOff, cut_off, outage

__all__ = ["Trunk", "laid_network", "permitted_network", "reach", "trunk"]

EUROPE_SINK = "frankfurt"
"""Hub that disjoint routes to Europe must reach: the largest exchange of the file."""

Columns = dict[str, tuple[tuple[str, ...], np.ndarray]]


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """What is worked out once for all sites: the network, its ways and its outages."""

    net: Network
    laid: Network
    """The network laterals are planned on: that of the year with Georgia open."""
    hubs: pd.DataFrame
    """The table `fibre_hubs`."""
    position: IntArray
    """Position of each hub in the network."""
    ways: Ways
    """Shortest ways to the hubs."""
    markets: pd.DataFrame
    """The table `fibre_markets`."""
    market_ways: Ways
    off: dict[str, CutOff]
    """When trunk nodes reach no hub of "world", "europe", "central_asia"."""
    method: str
    """What the figures rest on, in one line."""


def permitted_network(world: World, choices: FibreChoices, year: int) -> Network:
    """Return the links that exist in a year and that the scenario allows.

    Parameters
    ----------
    world
        A world that has been built.
    choices
        Which countries traffic may cross.
    year
        Calendar year.
    """
    nodes, links = world.tables["fibre_nodes"], world.tables["fibre_links"]
    allowed = permitted(nodes, links, world.tables["fibre_corridors"], choices, year)
    return network(nodes, links[allowed])


def laid_network(world: World, choices: FibreChoices, year: int) -> Network:
    """Return the network laterals are planned on: a closed Georgia moves no cable.

    Parameters
    ----------
    world, choices, year
        As for `permitted_network`.
    """
    return permitted_network(world, replace(choices, georgia=True), year)


def trunk(
    world: World, choices: FibreChoices, a: FibreBook, year: int, seed: int
) -> Trunk:
    """Return the permitted network of a year, its shortest ways and its outages.

    Parameters
    ----------
    world
        A world that has been built, so that links carry `exists_from`.
    choices
        Which countries traffic may cross.
    a
        The fibre book.
    year
        Calendar year the network is taken from.
    seed
        Seed of the failures drawn.
    """
    net, hubs = permitted_network(world, choices, year), world.tables["fibre_hubs"]
    laid = laid_network(world, choices, year)
    position = net.nodes.index.get_indexer(hubs.index).astype(np.intp)
    causes = causes_of(net, world.tables["fibre_closures"], a)
    drawn = chronicle(causes, len(net.links), a, seed)
    home = np.flatnonzero(joinable(laid))
    targets = {
        "world": position,
        "europe": position[_members(hubs, "europe")],
        "central_asia": position[_members(hubs, "central_asia")],
    }
    off = {name: cut_off(net, drawn, ends, home) for name, ends in targets.items()}
    markets = world.tables["fibre_markets"]
    return Trunk(
        net=net,
        laid=laid,
        hubs=hubs,
        position=position,
        ways=ways_to(net, position),
        markets=markets,
        market_ways=ways_to(net, gateways(net, markets)),
        off=off,
        method=_method(choices, a, year),
    )


def reach(sites: pd.DataFrame, on: Trunk, a: FibreBook) -> xr.Dataset:
    """Return what fibre gives each site: round-trip times, routes, outages, laterals.

    Parameters
    ----------
    sites
        Indexed by site_id, with `lat` and `lon` [°].
    on
        The trunk network they join.
    a
        The fibre book.

    Returns
    -------
    Dataset
        Dimensions site and hub; names and units are in the glossary. A hub out of
        reach has NaN times and an empty route; a basket with one such hub is NaN.

    Notes
    -----
    Capacity is not considered: most links publish none.
    """
    net, hubs = on.net, on.hubs
    lateral = laterals(on.laid, sites["lat"].to_numpy(), sites["lon"].to_numpy(), a)
    reached = site_ways(lateral, on.ways)
    columns = {
        **_times(reached, hubs, a),
        **_routes(net, on.ways, reached, hubs),
        **_diversity(net, lateral, hubs, on.position),
        **_outages(lateral, on.off, a),
        **_people(lateral, on, a),
        **_laterals(on.laid, lateral, a),
        "fibre_method": (("site",), np.full(len(sites), on.method, dtype=object)),
    }
    data = xr.Dataset(
        columns,
        coords={"site": sites.index.to_numpy(str), "hub": hubs.index.to_numpy(str)},
    )
    for name, column in data.data_vars.items():
        column.attrs["units"] = unit_of(str(name))
    return data


def _members(hubs: pd.DataFrame, basket: str) -> np.ndarray:
    return (hubs["basket"] == basket).to_numpy()


def _times(reached: SiteWays, hubs: pd.DataFrame, a: FibreBook) -> Columns:
    """Time each hub and the two baskets [ms]."""
    lower = rtt_lower_ms(reached.km, a)
    expected = lower * a.rtt_factor_expected
    each, per_site = ("site", "hub"), ("site",)
    return {
        "rtt_lower_ms": (each, lower),
        "rtt_expected_ms": (each, expected),
        "rtt_low_ms": (each, lower * a.rtt_factor_low),
        "rtt_high_ms": (each, lower * a.rtt_factor_high),
        "rtt_europe_ms": (per_site, basket_ms(expected, _members(hubs, "europe"))),
        "rtt_central_asia_ms": (
            per_site,
            basket_ms(expected, _members(hubs, "central_asia")),
        ),
    }


def _routes(net: Network, ways: Ways, reached: SiteWays, hubs: pd.DataFrame) -> Columns:
    """Name every hop, and grade the routes to Europe by their worst link."""
    worst = route_grade(net, ways, reached)[:, _members(hubs, "europe")]
    rank = np.where((worst < 0).any(axis=1), -1, worst.max(axis=1, initial=-1))
    names = np.array([*GRADES, ""], dtype=object)
    route = route_text(net, ways, reached)
    return {
        "route": (("site", "hub"), route),
        "route_europe": (("site",), route[:, hubs.index.get_loc(EUROPE_SINK)]),
        "fibre_grade": (("site",), names[rank]),
    }


def _diversity(
    net: Network, lateral: Laterals, hubs: pd.DataFrame, position: IntArray
) -> Columns:
    """Count disjoint routes to Frankfurt and to the Central Asia basket."""
    europe = position[hubs.index == EUROPE_SINK]
    caspian = position[_members(hubs, "central_asia")]
    return {
        f"routes_{to}_{sharing}": (
            ("site",),
            disjoint_routes(net, lateral, targets, sharing),
        )
        for to, targets in (("europe", europe), ("caspian", caspian))
        for sharing in ("edge", "node")
    }


def _outages(lateral: Laterals, off: dict[str, CutOff], a: FibreBook) -> Columns:
    """Say how many hours a year a site is cut off, from all hubs and by basket."""
    alone = outage(lateral, off["world"], a)
    of_basket = {
        f"{basket}_outage_h_per_year": (
            ("site",),
            outage(lateral, off[basket], a).mean_h,
        )
        for basket in ("europe", "central_asia")
    }
    return {
        "isolation_h_per_year": (("site",), alone.mean_h),
        "isolation_low_h_per_year": (("site",), alone.low_h),
        "isolation_high_h_per_year": (("site",), alone.high_h),
        **of_basket,
    }


def _people(lateral: Laterals, on: Trunk, a: FibreBook) -> Columns:
    """Count the people within each round-trip time."""
    rtt = market_rtt_ms(site_ways(lateral, on.market_ways).km, on.markets, a)
    return {
        f"people_within_{cap}_ms": (("site",), people_within(rtt, on.markets, cap))
        for cap in CAPS_MS
    }


def _laterals(net: Network, lateral: Laterals, a: FibreBook) -> Columns:
    """Say where a site joins the trunk network, over what length, for how much."""
    names = np.append(net.nodes.index.to_numpy(object), "")[lateral.node]
    return {
        "fibre_node_id": (("site",), names[:, 0]),
        "fibre_second_node_id": (("site",), names[:, 1]),
        "fibre_lateral_km": (("site",), lateral.km[:, 0]),
        "fibre_second_lateral_km": (("site",), lateral.km[:, 1]),
        "fibre_laterals_diverse": (("site",), _diverse(net, lateral)),
        "fibre_capex_usd": (("site",), capex_usd(lateral, a)),
    }


def _diverse(net: Network, lateral: Laterals) -> FloatArray:
    """Say whether no single node cuts both nodes of a site off: 1 or 0."""
    first, second = lateral.node.T
    apart: BoolArray = diverse_pairs(net)[first, second] & (second >= 0)
    return apart.astype(np.float64)


def _method(choices: FibreChoices, a: FibreBook, year: int) -> str:
    """Say in one line what the figures of this room rest on."""
    closed = ", ".join(name.capitalize() for name in closed_switches(choices)) or "none"
    return (
        f"shortest permitted way over links in being in {year} (closed: {closed}); "
        f"laterals are great circles × {a.lateral_route_factor:g} to the nearest "
        "trunk node and the nearest that no single node cuts off with it (a trunk is "
        "not tapped between nodes, shared trenches are not tested); expected time is "
        f"{a.rtt_factor_expected:g} × the lower bound; which Azerbaijani towns are "
        "joined is mostly assumed; capacity is not considered"
    )
