"""What `siting fibre` prints of capacity and price, each with its assumption's name."""

import argparse
from collections.abc import Iterator

import numpy as np

from data.choices import FibreChoices
from grid.fibre import permitted_network
from grid.fibre.capacity import GBPS, Flow, filled_tbps, most_flow
from grid.fibre.network import FloatArray, IntArray, Network, network
from grid.fibre.price import build_cost_usd, transit_prices
from grid.fibre.projects import links_of
from grid.fibre.routes import shortest_disjoint
from siting.fibre_asked import Asked, asked_of, heading
from siting.fibre_figures import figures_with
from siting.finance.measures import capital_recovery_factor
from siting.texts import aligned, cell

ALL_OPEN = FibreChoices(russia=True, iran=True, armenia=True)
BASKETS = {"world": None, "Europe": "europe", "Central Asia": "central_asia"}
"""Where traffic goes: all hubs, or those of a basket."""
MOST_NAMED = 4
"""Links named of those that hold a flow."""
MONTHS = 12

SAVED = {
    "isolation_h_per_year": "isolation",
    "europe_outage_h_per_year": "without Europe",
}
"""Hours a project may save, and what they are called."""
SMALL_H = 0.005
"""Hours a year that are told as none."""


def gbps_needed(asked: Asked) -> float:
    """Return the traffic of the campus by its workload [Gbps]."""
    campus = asked.scenario.campus
    return campus.mw * float(getattr(asked.a, f"gbps_per_mw_{campus.workload}"))


def capacity(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the most that can flow under each capacity scenario, beside the need."""
    asked = asked_of(arguments)
    campus, needed = asked.scenario.campus, gbps_needed(asked)
    yield heading(asked, hub=False)
    yield (
        f"{campus.mw:g} MW of {campus.workload} at "
        f"{needed / campus.mw:g} Gbps/MW (assumed): {needed:g} Gbps"
    )
    yield f"links over the border carry {asked.a.border_floor_tbps:g} Tbps at least"
    yield ""
    heads = ["capacity scenario", "a blank link", "to", "Tbps", "Gbps/MW", "× need"]
    rows = [[*heads, "held by"]]
    whole = permitted_network(asked.world, ALL_OPEN, asked.year)
    for name, row in asked.world.tables["capacity_scenarios"].iterrows():
        tbps = filled_tbps(whole, float(row["blank_tbps"]), asked.a)
        of_link = tbps.reindex(asked.net.links.index).fillna(np.inf).to_numpy()
        for to, ends in targets(asked).items():
            flow = most_flow(asked.net, of_link, asked.start, ends)
            figures = _figures(flow, campus.mw, needed)
            blank = f"{row['blank_tbps']:g} Tbps"
            rows.append([str(name), blank, to, *figures, _held(flow)])
    yield from aligned(rows, texts=(0, 2, 6))
    yield "an assumption about most links: shown by scenario, never scored"


def targets(asked: Asked) -> dict[str, IntArray]:
    """Return the positions of the hubs traffic goes to."""
    hubs = asked.world.tables["fibre_hubs"]
    place = asked.net.nodes.index.get_indexer(hubs.index).astype(np.intp)
    basket = hubs["basket"].to_numpy()
    return {
        to: place if name is None else place[basket == name]
        for to, name in BASKETS.items()
    }


def _figures(flow: Flow, mw: float, needed: float) -> list[str]:
    gbps = flow.tbps * GBPS
    return [f"{flow.tbps:.1f}", f"{gbps / mw:.0f}", f"{gbps / needed:.0f}"]


def _held(flow: Flow) -> str:
    named = ", ".join(flow.binding[:MOST_NAMED])
    more = len(flow.binding) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named or "no way"


def price(arguments: argparse.Namespace) -> Iterator[str]:
    """Print what transit once cost, what a second path costs, and what it is worth."""
    asked = asked_of(arguments)
    yield heading(asked)
    yield ""
    yield from transit(asked)
    yield ""
    yield from second_path(asked)
    if len(asked.site):
        yield ""
        yield from diversity_price(asked)


def transit(asked: Asked) -> Iterator[str]:
    """Yield prices of transit with their vintage, and the range for the campus."""
    table = transit_prices(asked.world.tables["transit_prices"])
    rows = [["transit", "USD/Mbps/month", "year", "grade"]]
    for row in table.itertuples(index=False):
        told = cell(row.value).replace("–", "not found")
        rows.append([str(row.place), told, str(row.as_of), str(row.grade)])
    yield from aligned(rows, texts=(0, 3))
    known = table.dropna(subset="value")
    low, high = known["value"].min(), known["value"].max()
    needed = gbps_needed(asked)
    years = f"{known['as_of'].min()}–{known['as_of'].max()}"
    yield (
        f"{needed:g} Gbps at these prices of {years}: "
        f"{needed * low / 1e3:.2f}–{needed * high / 1e3:.1f} million USD a month; "
        "none is a price of today, none was found for Baku, nor any of a wavelength"
    )


def yearly_usd(asked: Asked, net: Network, rows: IntArray) -> FloatArray:
    """Return low, middle and high of what some links cost a year if built anew [USD].

    Build cost by length and medium, spread over the years of a right of use at the
    cost of capital.
    """
    a, book = asked.a, asked.world.book.table
    names = ["fibre.lateral_capex_usd_per_km", "fibre.sea_capex_usd_per_km"]
    per_km = [
        tuple(book.loc[names, "low"]),
        (a.lateral_capex_usd_per_km, a.sea_capex_usd_per_km),
        tuple(book.loc[names, "high"]),
    ]
    costs = [build_cost_usd(net, land, sea)[rows].sum() for land, sea in per_km]
    wacc = asked.book.finance.discount_pct
    share = float(capital_recovery_factor(wacc, a.lease_years))
    return np.sort(costs) * share


def second_path(asked: Asked) -> Iterator[str]:
    """Yield what a path that shares no node with the first would cost alone."""
    found = shortest_disjoint(asked.net, asked.start, asked.end, "node")
    if len(found) < 2:
        yield "second path that shares no node: none; see what projects would add below"
        return
    route = found[1]
    low, mid, high = yearly_usd(asked, asked.net, np.array(route.links)) / MONTHS / 1e3
    yield (
        f"second path that shares no node: {route.km:.0f} km; {mid:.0f} thousand USD a "
        f"month ({low:.0f}–{high:.0f}) if built for one user over "
        f"{asked.a.lease_years:g} years"
    )
    yield "a lease or right of use is a share of that; no price of one was found"


def diversity_price(asked: Asked) -> Iterator[str]:
    """Yield what an hour of outage saved costs, by the project that saves it."""
    yield "shadow price of diversity: yearly cost of a project's links ÷ hours it saves"
    heads = ["project", "km", "M USD a year", "isolated h", "without Europe h"]
    rows = [[*heads, "k USD/h isolated", "k USD/h Europe"]]
    least = dict.fromkeys(SAVED, (np.inf, "none"))
    for project, name in asked.world.tables["fibre_projects"]["name"].items():
        net = links_alone(asked, str(project))
        low, mid, high = yearly_usd(asked, net, np.arange(len(net.km))) / 1e6
        saved = hours_saved(asked, str(project))
        each = {n: mid * 1e3 / h if h > SMALL_H else np.inf for n, h in saved.items()}
        least = {n: min(least[n], (each[n], str(name))) for n in SAVED}
        cost = [f"{net.km.sum():.0f}", f"{mid:.2f} ({low:.2f}–{high:.2f})"]
        hours = [f"{h:.2f}" for h in saved.values()]
        rows.append([str(name), *cost, *hours, *map(_per_hour, each.values())])
    yield from aligned(rows, texts=(0,))
    for name, told in SAVED.items():
        usd, project = least[name]
        yield f"{told}: {_per_hour(usd)} thousand USD an hour saved ({project})"


def hours_saved(asked: Asked, project: str) -> dict[str, float]:
    """Return the hours a year a project saves the site, by kind."""
    off, on = (figures_with(asked, project, built=b) for b in (False, True))
    return {name: off[name] - on[name] for name in SAVED}


def links_alone(asked: Asked, project: str) -> Network:
    """Return a project's own links as a network."""
    nodes, links = (asked.world.tables[f"fibre_{n}"] for n in ("nodes", "links"))
    return network(nodes, links.loc[list(links_of(asked.world, project))])


def _per_hour(thousand_usd: float) -> str:
    return f"{thousand_usd:,.0f}" if np.isfinite(thousand_usd) else "–"
