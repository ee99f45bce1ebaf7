"""What each announced cable changes, year by year: one project at a time.

Each project is switched on alone over the network in service, so that its effect
is not mixed with another's; the last row has them all.
"""

import numpy as np
import pandas as pd

from data.assumptions.fibre import FibreBook
from data.choices import BuildOut, FibreChoices
from data.world import World, exists_from
from grid.fibre.cuts import joined
from grid.fibre.diversity import flow_graph, routes_from_node
from grid.fibre.latency import rtt_lower_ms
from grid.fibre.network import Network, network, permitted, ways_to

IN_SERVICE = "in service"
TOGETHER = "all of them"


def links_of(world: World, project: str) -> tuple[str, ...]:
    """Return the ids of a project's links; of `TOGETHER`, those of every project."""
    table = world.tables["fibre_projects"]
    if project == IN_SERVICE:
        return ()
    listed = (
        table["link_ids"] if project == TOGETHER else table.loc[[project], "link_ids"]
    )
    return tuple(dict.fromkeys(link for ids in listed for link in str(ids).split()))


def with_project(
    world: World, project: str, choices: FibreChoices, year: int, *, undated: bool
) -> Network:
    """Return the network in service in a year, with one project from its stated year.

    Parameters
    ----------
    world
        The tables.
    project
        Id of `fibre_projects`, `IN_SERVICE` for none, or `TOGETHER`.
    choices
        Which countries traffic may cross.
    year
        Calendar year.
    undated
        Whether links of the project without a stated year count.
    """
    links = world.tables["fibre_links"]
    ids = links_of(world, project)
    if not undated:
        dated_only = set(links.index[links["year"].notna()])
        ids = tuple(link for link in ids if link in dated_only)
    switch = BuildOut(policy="in_service", on=ids)
    dated = links.assign(exists_from=exists_from(links, switch))
    nodes = world.tables["fibre_nodes"]
    allowed = permitted(nodes, dated, world.tables["fibre_corridors"], choices, year)
    return network(nodes, dated[allowed])


def year_table(
    world: World,
    ends: tuple[str, str],
    choices: FibreChoices,
    years: tuple[int, ...],
    a: FibreBook,
) -> pd.DataFrame:
    """Return routes and expected time between two nodes, by project and year.

    Parameters
    ----------
    world
        The tables.
    ends
        Ids of the two nodes.
    choices
        Which countries traffic may cross.
    years
        Calendar years.
    a
        The fibre book.

    Returns
    -------
    DataFrame
        project, undated (whether links without a stated year count), year, routes
        that share no link, that share no node, rtt_expected_ms (NaN without a way).
        A project with a link that has no year stands twice.
    """
    rows = [
        (project, undated, year, *_figures(net, ends, a))
        for project in (IN_SERVICE, *world.tables["fibre_projects"].index, TOGETHER)
        for undated in ((False, True) if _has_undated(world, project) else (False,))
        for year in years
        for net in (with_project(world, project, choices, year, undated=undated),)
    ]
    columns = [
        "project",
        "undated",
        "year",
        "routes_edge",
        "routes_node",
        "rtt_expected_ms",
    ]
    return pd.DataFrame(rows, columns=columns)


def _has_undated(world: World, project: str) -> bool:
    years = world.tables["fibre_links"]["year"]
    return any(np.isnan(years[link]) for link in links_of(world, project))


def _figures(
    net: Network, ends: tuple[str, str], a: FibreBook
) -> tuple[int, int, float]:
    start, end = (int(net.nodes.index.get_loc(name)) for name in ends)  # type: ignore[arg-type]
    if not joined(net, start, end):
        return 0, 0, np.nan
    targets = np.array([end])
    edge, node = (
        routes_from_node(flow_graph(net, targets, sharing), start)
        for sharing in ("edge", "node")
    )
    km = ways_to(net, targets).km[0, start]
    return edge, node, float(rtt_lower_ms(km, a) * a.rtt_factor_expected)
