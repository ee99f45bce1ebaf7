"""Fibre: 100,000 cut scenarios for 36 sites, and all-pairs times under every mask.

Run: ``python benchmarks/bench_fibre.py``. Scenarios are states of the links of the full
graph (every corridor open, everything planned), each link down by its own cuts. Ours
solves them 64 to a word; the rivals loop over the same states: networkx (on a share
of them, scaled), SciPy's components one state at a time, and SciPy's components of
many states as blocks of one matrix. All agree, state by state, before anything is timed.
"""

from itertools import product
from statistics import median
from time import perf_counter

import networkx as nx
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

from data import load_world
from data.choices import BuildOut, FibreChoices
from grid.fibre import permitted_network
from grid.fibre.laterals import laterals
from grid.fibre.network import lengths
from grid.fibre.outages import causes_of, packed, share_up, unpacked
from grid.fibre.resilience import reached

SCENARIOS, TURNS, SHARE, BLOCK = 100_000, 5, 1_000, 10_000
OFTEN = 3.0
"""Failures this many times as often as the book says, so that few states are equal."""
MASKS = list(product([False, True], repeat=3))


def ours(net, up, target, nodes):
    seen = reached(net, packed(up), np.array([target]))
    return unpacked(seen[nodes], up.shape[1])


def by_networkx(net, up, target, nodes):
    found = np.zeros((len(nodes), up.shape[1]), dtype=bool)
    ends = np.column_stack([net.tail, net.head])
    for state, alive in enumerate(up.T):
        graph = nx.Graph()
        graph.add_node(target)
        graph.add_edges_from(map(tuple, ends[alive]))
        there = nx.node_connected_component(graph, target)
        found[:, state] = [node in there for node in nodes]
    return found


def by_components(net, up, target, nodes):
    found = np.zeros((len(nodes), up.shape[1]), dtype=bool)
    size = len(net.nodes)
    for state, alive in enumerate(up.T):
        ends = net.tail[alive], net.head[alive]
        graph = coo_array((np.ones(alive.sum()), ends), shape=(size, size))
        _, part = connected_components(graph.tocsr(), directed=False)
        found[:, state] = part[nodes] == part[target]
    return found


def by_blocks(net, up, target, nodes):
    found = np.zeros((len(nodes), up.shape[1]), dtype=bool)
    size = len(net.nodes)
    for first in range(0, up.shape[1], BLOCK):
        some = up[:, first : first + BLOCK]
        link, state = np.nonzero(some)
        ends = net.tail[link] + size * state, net.head[link] + size * state
        whole = size * some.shape[1]
        graph = coo_array((np.ones(len(link)), ends), shape=(whole, whole))
        _, part = connected_components(graph.tocsr(), directed=False)
        part = part.reshape(-1, size)
        found[:, first : first + BLOCK] = (part[:, nodes] == part[:, [target]]).T
    return found


def timed(function, *arguments):
    start = perf_counter()
    found = function(*arguments)
    return perf_counter() - start, found


def scenarios(net, world, a):
    causes = causes_of(net, world.tables["fibre_closures"], a)
    up = share_up(tuple(c for c in causes if c.kind == "cut"), len(net.links))
    rng = np.random.default_rng(0)
    return rng.random((len(up), SCENARIOS)) < up[:, None] ** OFTEN


def cut_scenarios(net, world, a) -> None:
    sites = world.tables["sites"]
    lateral = laterals(net, sites["lat"].to_numpy(), sites["lon"].to_numpy(), a)
    nodes = np.unique(lateral.node[lateral.node >= 0])
    target = net.nodes.index.get_loc("frankfurt")
    up = scenarios(net, world, a)
    print(
        f"{SCENARIOS:,} scenarios, {len(net.links)} links, {len(sites)} sites at "
        f"{len(nodes)} trunk nodes, {len(np.unique(packed(up.T), axis=0)):,} different "
        f"states, {(~up).sum(axis=0).mean():.2f} links down in each"
    )
    rivals = {
        "networkx": (by_networkx, up[:, :SHARE]),
        "SciPy, one at a time": (by_components, up[:, :SHARE]),
        "SciPy, blocks of 10,000": (by_blocks, up),
    }
    args = (target, nodes)
    mine = ours(net, up, *args)
    for rival, states in rivals.values():
        assert (rival(net, states, *args) == mine[:, : states.shape[1]]).all()
    times = {name: [] for name in ("ours", *rivals)}
    for _ in range(TURNS):
        times["ours"].append(timed(ours, net, up, *args)[0])
        for name, (rival, states) in rivals.items():
            scale = SCENARIOS / states.shape[1]
            times[name].append(timed(rival, net, states, *args)[0] * scale)
    fast = median(times["ours"])
    for name, took in times.items():
        slow = median(took)
        print(f"  {name:26} {1e3 * slow:10.0f} ms  {slow / fast:7.0f} times")


def masks(world) -> None:
    nets = [
        permitted_network(world, FibreChoices(russia=r, iran=i, armenia=m), 2040)
        for r, i, m in MASKS
    ]
    took = median(
        timed(lambda: [dijkstra(lengths(n)) for n in nets])[0] for _ in range(9)
    )
    print(
        f"all pairs of {len(nets[0].nodes)} nodes, {len(MASKS)} masks: {1e3 * took:.0f} ms"
    )


def main() -> None:
    world = load_world().built(BuildOut(policy="all_planned"))
    a = world.book.resolve({}).fibre
    every = FibreChoices(russia=True, iran=True, armenia=True)
    cut_scenarios(permitted_network(world, every, 2040), world, a)
    masks(world)


if __name__ == "__main__":
    main()
