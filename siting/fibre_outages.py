"""What `siting fibre outages` prints: hours cut off, by what, and how years differ."""

import argparse
from collections.abc import Iterator

import numpy as np

from data.faults import Fault, InputError
from grid.fibre import permitted_network
from grid.fibre.detours import km_in_time
from grid.fibre.latency import rtt_lower_ms
from grid.fibre.laterals import joinable
from grid.fibre.network import IntArray, Network
from grid.fibre.outages import HOURS, Cause, Chronicle, causes_of, chronicle, unpacked
from grid.fibre.resilience import Outage, cut_off, outage, reached
from siting.fibre_asked import Asked, asked_of, cable_of, heading
from siting.texts import aligned

BAD_YEAR = 0.95
"""A bad year: worse than this share of them."""


def outages(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the hours a year a place is cut off, by what, and how years differ."""
    if not arguments.cap > 0:
        fault = Fault("--cap", None, "", f"{arguments.cap:g}", "a time above 0 ms")
        raise InputError([fault])
    asked = asked_of(arguments)
    seed = asked.scenario.climate.seed
    yield heading(asked)
    yield f"{round(asked.a.years_drawn)} years of failures drawn, seed {seed}"
    yield ""
    yield from expected(asked, seed)
    yield ""
    yield from by_year(asked, seed, arguments.cap)


def expected(asked: Asked, seed: int) -> Iterator[str]:
    """Yield hours without a way by basket, then isolation by kind of cause."""
    net = permitted_network(asked.world, asked.scenario.fibre, asked.year)
    causes = causes_of(net, asked.world.tables["fibre_closures"], asked.a)
    places = hub_places(asked, net)
    heads = ["h a year", "95 % of the draw", "available %"]
    rows = [["no way to", *heads]]
    for name, ends in places.items():
        hours = without_way(asked, net, causes, ends, seed)
        rows.append([name.replace("_", " "), *_told(hours)])
    yield from aligned(rows, texts=(0,))
    yield ""
    rows = [["isolated by", *heads]]
    for kind in dict.fromkeys(cause.kind for cause in causes):
        alone = tuple(cause for cause in causes if cause.kind == kind)
        hours = without_way(asked, net, alone, places["any hub"], seed)
        rows.append([f"{kind}s alone", *_told(hours)])
    yield from aligned(rows, texts=(0,))
    yield "what is left to any hub is two kinds at once"


def hub_places(asked: Asked, net: Network) -> dict[str, IntArray]:
    """Return the positions of all hubs, and of those of each basket."""
    hubs = asked.world.tables["fibre_hubs"]
    place = net.nodes.index.get_indexer(hubs.index).astype(np.intp)
    baskets = hubs["basket"].to_numpy()
    named = {str(b): place[baskets == b] for b in dict.fromkeys(baskets) if b}
    return {"any hub": place, **named}


def without_way(
    asked: Asked, net: Network, causes: tuple[Cause, ...], ends: IntArray, seed: int
) -> Outage:
    """Return the hours in which the place has no way to any of some nodes."""
    cable = cable_of(asked)
    own = cable.node[cable.node >= 0]
    nodes = np.unique(np.append(np.flatnonzero(joinable(net)), own)).astype(np.intp)
    drawn = chronicle(causes, len(net.links), asked.a, seed)
    return outage(cable, cut_off(net, drawn, ends, nodes), asked.a)


def _told(hours: Outage) -> list[str]:
    mean, low, high = (float(h[0]) for h in (hours.mean_h, hours.low_h, hours.high_h))
    available = 100.0 * (1.0 - mean / HOURS)
    return [f"{mean:.2f}", f"{low:.2f}–{high:.2f}", f"{available:.3f}"]


def by_year(asked: Asked, seed: int, cap_ms: float) -> Iterator[str]:
    """Yield how the drawn years differ, the laterals drawn with the rest."""
    net, a = asked.net, asked.a
    causes = causes_of(net, asked.world.tables["fibre_closures"], a)
    drawn = chronicle(causes, len(net.links), a, seed)
    hub = str(net.nodes["name"].iloc[asked.end])
    yield "of the years drawn, with the site's own cables"
    rows = [["", "years with any %", "h in 1 year of 20, or more", "longest h"]]
    ends: dict[str, IntArray] = {
        "isolated": hub_places(asked, net)["any hub"],
        f"no way to {hub}": np.array([asked.end]),
    }
    for name, targets in ends.items():
        seen = reached(net, drawn.up, targets)[[asked.start]]
        rows.append([name, *_years(drawn, ~unpacked(seen, len(drawn.hours))[0])])
    yield from aligned(rows, texts=(0,))
    km = km_in_time(net, drawn, asked.start, asked.end)
    late = rtt_lower_ms(km, a) * a.rtt_factor_expected > cap_ms
    share = 100.0 * drawn.hours[late].sum() / drawn.hours.sum()
    none = 100.0 * drawn.hours[np.isinf(km)].sum() / drawn.hours.sum()
    yield (
        f"expected time to {hub} over {cap_ms:g} ms, or no way: {share:.2f} % of the "
        f"time (no way: {none:.2f} %)"
    )


def _years(drawn: Chronicle, off: np.ndarray) -> list[str]:
    """Tell the share of years with any outage, a bad year, the longest outage."""
    year = np.add.reduceat(np.where(off, drawn.hours, 0.0), drawn.first)
    ends = np.flatnonzero(np.diff(off.astype(np.int8), append=0) == -1)
    elapsed = np.cumsum(np.where(off, drawn.hours, 0.0))
    longest = np.diff(elapsed[ends], prepend=0.0).max(initial=0.0)
    some = 100.0 * (year > 0).mean()
    return [f"{some:.1f}", f"{np.quantile(year, BAD_YEAR):.1f}", f"{longest:.0f}"]
