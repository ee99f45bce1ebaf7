"""The way of a site to its hubs, hop by hop, as the ranking has it."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import xarray as xr

from data import World
from grid.fibre import permitted_network
from grid.fibre.latency import ARROW, rtt_lower_ms
from grid.fibre.laterals import laterals
from grid.fibre.network import Network, shortest_links
from grid.fibre.routes import Route, hops, with_site
from siting.scenario import Scenario

COLUMNS = ("hub", "from", "to", "link", "medium", "status", "corridor", "km", "ms")


def hop_table(
    told: xr.Dataset, site: str, hubs: Sequence[str], scenario: Scenario, world: World
) -> pd.DataFrame:
    """Return every hop of the quickest permitted way from a site to some hubs.

    Parameters
    ----------
    told : Dataset
        The evaluation, with `route` (site, hub), `lat`, `lon` and `name` (site).
    site : str
        A site_id of it.
    hubs : sequence of str
        Hubs of it; one that cannot be reached has no rows.
    scenario : Scenario
    world : World
        The tables as shipped.

    Returns
    -------
    DataFrame
        `COLUMNS`: both ends, the link and what it is, its length [km] and the least
        time there and back along it [ms].
    """
    overrides = dict(scenario.overrides)
    built = world.amended(overrides).built(scenario.build_out)
    a = world.book.resolve(overrides).fibre
    own = told.sel(site=site)
    net = permitted_network(built, scenario.fibre, scenario.campus.year)
    lat, lon = (np.atleast_1d(own[name].to_numpy()) for name in ("lat", "lon"))
    joined = laterals(net, lat, lon, a)
    net = with_site(net, joined, 0, str(own["name"].item()))
    rows = [
        (hub, *_hop(*hop), float(rtt_lower_ms(hop[-1], a)))
        for hub in hubs
        for hop in hops(net, _route(net, str(own["route"].sel(hub=hub).item())))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _hop(here: str, there: str, link: pd.Series, km: float) -> tuple[object, ...]:
    told = (str(link[column]) for column in ("medium", "status", "corridor"))
    return (here, there, str(link.name), *told, km)


def _route(net: Network, text: str) -> Route:
    """Return the way a text names, from the site, which is the last node."""
    if not text:
        return Route((), (), 0.0)
    names = net.nodes["name"].to_numpy()
    inner = [int(np.flatnonzero(names == name)[0]) for name in text.split(ARROW)]
    nodes = (len(names) - 1, *inner)
    best = shortest_links(net)
    links = tuple(best[pair] for pair in pairwise(nodes))
    return Route(nodes, links, float(net.km[list(links)].sum()))
