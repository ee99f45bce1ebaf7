"""What `siting fibre` prints of time and people: bounds, bands, what projects change."""

import argparse
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from data import load_world
from data.choices import BuildOut, FibreChoices
from grid import fibre
from grid.fibre import permitted_network
from grid.fibre.latency import ARROW, measured_pairs, rtt_lower_ms
from grid.fibre.market import CAPS_MS, gateways, market_rtt_ms, people_within
from grid.fibre.network import way, ways_to
from grid.fibre.projects import TOGETHER, links_of
from siting.asked import scenario_of
from siting.fibre_asked import Asked, asked_of, heading
from siting.texts import aligned, cell

OUT_OF_REACH = "–"


def latency(arguments: argparse.Namespace) -> Iterator[str]:
    """Print lower bounds against measured pairs, or the times of one place."""
    if arguments.place is None:
        yield from pairs(arguments)
    else:
        yield from hubs(arguments)


def pairs(arguments: argparse.Namespace) -> Iterator[str]:
    """Print every measured pair over its lower bound, and what follows from them."""
    world = load_world()
    scenario = scenario_of(arguments, world)
    a = world.book.resolve(dict(scenario.overrides)).fibre
    built = world.amended(dict(scenario.overrides)).built(BuildOut(policy="in_service"))
    every = FibreChoices(russia=True, iran=True, armenia=True)
    net = permitted_network(built, every, arguments.year or scenario.campus.year)
    table = measured_pairs(net, built.tables["latency_measurements"], a)
    yield "measured minimum over lower bound; network in service, all corridors open"
    rows = [["from", "to", "bound ms", "measured ms", "ratio", "used"]]
    for row in table.itertuples(index=False):
        used = "yes" if row.calibrates else str(row.note).rpartition("; ")[2]
        figures = (f"{row.rtt_lower_ms:.1f}", f"{row.rtt_ms:.1f}", f"{row.ratio:.2f}")
        rows.append([str(row.from_place), str(row.to_place), *figures, used])
    yield from aligned(rows, texts=(0, 1, 5))
    ratio = table.loc[table["calibrates"], "ratio"]
    yield (
        f"{len(ratio)} pairs calibrate: median {ratio.median():.2f}, "
        f"{ratio.min():.2f} to {ratio.max():.2f}; the book has "
        f"{a.rtt_factor_expected:g}, {a.rtt_factor_low:g} to {a.rtt_factor_high:g}"
    )
    below = int((table["ratio"] < 1).sum())
    yield f"{len(table)} measured minima, {below} below the bound"


def hubs(arguments: argparse.Namespace) -> Iterator[str]:
    """Print time and route to every hub, and what announced projects change."""
    asked = asked_of(arguments)
    yield heading(asked, hub=False)
    table = asked.world.tables["fibre_hubs"]
    ends = asked.net.nodes.index.get_indexer(table.index).astype(np.intp)
    ways = ways_to(asked.net, ends)
    names = asked.net.nodes["name"].to_numpy()
    rows = [["hub", "basket", "km", "bound ms", "expected ms", "band ms", "route"]]
    for hub, (name, basket) in enumerate(table[["name", "basket"]].to_numpy()):
        passed = way(ways, hub, asked.start)
        route = ARROW.join(names[passed[1:]]) if passed else "no permitted way"
        of = str(basket).replace("_", " ")
        rows.append([str(name), of, *_times(ways.km[hub, asked.start], asked), route])
    yield from aligned(rows, texts=(0, 1, 6))
    if len(asked.site):
        yield ""
        yield from changes(asked)


def _times(km: float, asked: Asked) -> list[str]:
    """Tell length, bound, expected time and band of a way."""
    if not np.isfinite(km):
        return [OUT_OF_REACH] * 4
    a = asked.a
    lower = float(rtt_lower_ms(km, a))
    band = f"{lower * a.rtt_factor_low:.0f}–{lower * a.rtt_factor_high:.0f}"
    return [f"{km:.0f}", f"{lower:.1f}", f"{lower * a.rtt_factor_expected:.0f}", band]


CHANGED = {
    "rtt_europe_ms": ("Europe ms", 1.0, 0),
    "rtt_central_asia_ms": ("Central Asia ms", 1.0, 0),
    "routes_europe_node": ("routes", 1.0, 0),
    "isolation_h_per_year": ("isolated h", 1.0, 1),
    "europe_outage_h_per_year": ("without Europe h", 1.0, 1),
    "people_within_100_ms": ("people 100 ms, M", 1e-6, 0),
}
"""Figures an announced project may change: head, scale, digits."""


def changes(asked: Asked) -> Iterator[str]:
    """Print the figures of a site without and with each announced project."""
    yield (
        "without → with each announced project (one without a year: as if there); "
        "hours a year"
    )
    rows = [["project", *(head for head, *_ in CHANGED.values())]]
    projects = asked.world.tables["fibre_projects"]["name"]
    for project in (*map(str, projects.index), TOGETHER):
        off, on = (figures_with(asked, project, built=b) for b in (False, True))
        told = [_change(off[n], on[n], *CHANGED[n][1:]) for n in CHANGED]
        rows.append([cell(str(projects.get(project, project))), *told])
    yield from aligned(rows, texts=(0,))


def figures_with(asked: Asked, project: str, *, built: bool) -> dict[str, float]:
    """Return the site's figures with the links of a project built, or left out."""
    links = links_of(asked.world, project)
    plan = asked.scenario.build_out
    kept = _less(plan.on, links)
    plan = (
        replace(plan, on=(*kept, *links), off=_less(plan.off, links))
        if built
        else replace(plan, on=kept, off=(*plan.off, *links))
    )
    world = asked.world.built(plan)
    seed = asked.scenario.climate.seed
    on = fibre.trunk(world, asked.scenario.fibre, asked.a, asked.year, seed)
    got = fibre.reach(asked.site, on, asked.a)
    return {name: float(got[name][0]) for name in CHANGED}


def _less(some: tuple[str, ...], links: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item for item in some if item not in links)


def _change(off: float, on: float, scale: float, digits: int) -> str:
    before, after = (
        OUT_OF_REACH if np.isnan(v) else f"{v * scale:.{digits}f}" for v in (off, on)
    )
    return before if before == after else f"{before} → {after}"


def market(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the countries of the region by time, their people, and workload needs."""
    asked = asked_of(arguments)
    yield heading(asked, hub=False)
    table = asked.world.tables["fibre_markets"]
    ways = ways_to(asked.net, gateways(asked.net, table))
    rtt = market_rtt_ms(ways.km[:, asked.start], table, asked.a)
    rows = [["country", "reached at", "expected ms", "band ms", "people M", "online %"]]
    band = np.array([asked.a.rtt_factor_low, asked.a.rtt_factor_high])
    for ms, row in zip(rtt, table.to_dict("records"), strict=True):
        low, high = ms * band / asked.a.rtt_factor_expected
        there = np.isfinite(ms)
        barred = "" if row["addressable"] else "not addressable"
        told = f"{ms:.0f}" if there else OUT_OF_REACH
        around = f"{low:.0f}–{high:.0f}" if there else OUT_OF_REACH
        figures = [told, around, f"{row['people_millions']:.1f}"]
        online = cell(row["internet_users_pct"], 0)
        rows.append([row["name"], row["market_node_id"], *figures, online, barred])
    rows[0].append("")
    yield from aligned(rows, texts=(0, 1, 6))
    yield ""
    for cap in CAPS_MS:
        people = float(people_within(rtt, table, cap)) / 1e6
        yield f"people within {cap} ms: {people:.1f} million"
    yield ""
    yield from needs(asked, rtt)


def needs(asked: Asked, rtt: np.ndarray) -> Iterator[str]:
    """Yield what each workload asks of response time, and the people within it."""
    table = asked.world.tables["fibre_markets"]
    rows = [["workload", "response ms", "people within M", "grade", "note"]]
    for row in asked.world.tables["workload_needs"].to_dict("records"):
        limit = row["response_ms"]
        cap = np.inf if np.isnan(limit) else limit
        reachable = np.where(np.isfinite(rtt), rtt, np.nan)
        people = float(people_within(reachable, table, cap)) / 1e6
        told = [cell(limit, 0), f"{people:.1f}", row["grade"], row["note"]]
        rows.append([row["name"], *told])
    yield from aligned(rows, texts=(0, 3, 4))
