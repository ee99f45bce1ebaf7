"""What `siting doubt` prints and writes: odds, tornado, flips, shares, worth, weights."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from data import World, load_world
from data.faults import Fault, InputError
from data.schema import unit_of
from siting.asked import scenario_of, together, unlisted
from siting.doubt.beside import check_draws
from siting.doubt.check import RUNS, check
from siting.doubt.draws import Unknown
from siting.doubt.odds import standing_gates
from siting.doubt.study import Doubt, basis_of, doubt, every
from siting.doubt.tornado import flips, tornado, widest
from siting.doubt.weights import acceptance
from siting.doubt.worth import decisions, shares, worth_of_all, worths
from siting.doubt_rows import (
    MILLION,
    ROWS,
    check_lines,
    flip_lines,
    odds_lines,
    share_lines,
    tornado_lines,
    weight_lines,
    worth_lines,
)
from siting.export import check_writable
from siting.export_table import write_tables
from siting.ranking import Ranking, rank
from siting.real_weather import fetch_weather
from siting.scenario import Scenario
from siting.texts import sites_of
from siting.trunk import evaluate

DRAWS: Final = 10_000
"""Draws where none are asked for."""
LIKELY: Final = 3
"""Sites whose own numbers are worth asking about."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Everything the tables are made of."""

    world: World
    scenario: Scenario
    metric: str
    ranking: Ranking
    found: Doubt
    numbers: list[Unknown]
    site: str
    rival: str
    checked: bool


def doubt_command(arguments: argparse.Namespace) -> Iterator[str]:
    """Draw, print every table, and write them where asked."""
    asked, folder = _asked(arguments)
    tables = tables_of(asked)
    yield from _head(asked)
    for title, lines in _told(asked, tables).items():
        yield ""
        yield title
        yield from lines
    if folder:
        written = write_tables(tables, folder)
        yield ""
        yield f"written: {', '.join(str(path) for path in written)}"


def _asked(arguments: argparse.Namespace) -> tuple[Asked, Path | None]:
    world = load_world()
    folder = Path(arguments.out) if arguments.out else None
    scenario, sites, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: _sites(arguments, world),
        lambda: check_writable(folder) if folder else None,
    )
    draws = scenario.uncertainty.draws or DRAWS
    check_draws(draws, len(sites))
    scenario = replace(scenario, uncertainty=replace(scenario.uncertainty, draws=draws))
    fetch_weather(world, sites, scenario)
    evaluation = evaluate(sites, scenario, world, without=("year", "hub", "month"))
    ranking = rank(evaluation, scenario.preferences)
    site, rival = _pair(arguments.chosen, ranking)
    basis = basis_of(sites, scenario, world)
    out = standing_gates(evaluation, scenario.preferences)
    found = doubt(basis, out, draws, scenario.uncertainty.seed)
    return Asked(
        world=world,
        scenario=scenario,
        metric=arguments.metric,
        ranking=ranking,
        found=found,
        numbers=every(basis),
        site=site,
        rival=rival,
        checked=not arguments.no_check,
    ), folder


def _sites(arguments: argparse.Namespace, world: World) -> pd.DataFrame:
    known = sites_of(arguments.sites, world)
    faults = unlisted(arguments.chosen, known)
    if len(arguments.chosen) > 2 or len(set(arguments.chosen)) < len(arguments.chosen):
        named = " ".join(arguments.chosen)
        faults.append(Fault("SITE", None, "", named, "a site and its rival, no more"))
    if len(known) < 2:
        faults.append(Fault("--sites", None, "", str(len(known)), "two sites or more"))
    if faults:
        raise InputError(faults)
    return known


def _pair(chosen: list[str], ranking: Ranking) -> tuple[str, str]:
    """Return the site looked into and its rival: as named, else the first other one."""
    order = [str(site) for site in ranking.table["site_id"]]
    site = chosen[0] if chosen else order[0]
    others = [other for other in order if other != site]
    return site, chosen[1] if len(chosen) > 1 else others[0]


def tables_of(asked: Asked) -> dict[str, pd.DataFrame]:
    """Return every table by the name of its file."""
    found, site = asked.found, asked.site
    names = asked.ranking.table.set_index("site_id")["name"]
    odds = found.table.join(names).reset_index()
    odds = odds.sort_values(["p_rank_1", "p_top_3"], ascending=False)
    moved = tornado(found.basis, asked.numbers, asked.metric)
    at = list(found.table.index).index(site)
    part = shares(found.outcomes[asked.metric], found.drawn, at)
    likely = odds["site_id"].head(LIKELY).tolist()
    leader, other = in_order(asked)
    tables = {
        "odds": odds[["site_id", "name", *found.table.columns]],
        "tornado": moved,
        "flips": flips(found.basis, asked.numbers, leader, other),
        "shares": part.rename_axis("name").reset_index(),
        "worth": worths(npv_of(found), found.drawn, likely),
        "weights": _weights(asked, names),
    }
    if asked.checked:
        seed = asked.scenario.uncertainty.seed
        errors = check(found.basis, asked.numbers, asked.world, seed)
        tables["check"] = errors.rename_axis("outcome").reset_index()
    return tables


def in_order(asked: Asked) -> tuple[str, str]:
    """Return the site and its rival, the one that leads at the book's values first."""
    order = [str(site) for site in asked.ranking.table["site_id"]]
    first, second = sorted((asked.site, asked.rival), key=order.index)
    return first, second


def npv_of(found: Doubt) -> xr.DataArray:
    """Return (draw, site) the net present value of the sites that some draw ranks.

    A site that no draw lets in is no decision, whatever it would earn.
    """
    ranked = xr.DataArray(np.isfinite(found.keys).any(axis=0), dims="site")
    return found.outcomes["npv_usd"].where(ranked)


def _weights(asked: Asked, names: pd.Series) -> pd.DataFrame:
    asked_for = asked.scenario.uncertainty
    accepted = acceptance(asked.ranking, asked_for.weights, asked_for.seed)
    parts = accepted.rank_pct
    table = pd.DataFrame(
        {
            "site_id": accepted.sites,
            "name": names.loc[accepted.sites].to_numpy(),
            "first_pct": parts[:, :1].sum(axis=1),
            "top_3_pct": parts[:, :3].sum(axis=1),
            **{
                f"central_{metric}": accepted.central[:, k]
                for k, metric in enumerate(accepted.criteria)
            },
        }
    )
    return table.sort_values("first_pct", ascending=False, ignore_index=True)


def _head(asked: Asked) -> Iterator[str]:
    drawn, scenario = asked.found.drawn, asked.scenario
    yield f"{scenario.name}: {scenario.description}"
    yield (
        f"{drawn.count} draws of {len(drawn.values)} numbers, of the networks and of "
        f"{len(drawn.happens)} events; seed {scenario.uncertainty.seed}; connection and "
        "cooling of each site as chosen at the book's values"
    )
    yield "events: " + "; ".join(
        f"{event.name} {event.probability:.0%}" for event in asked.found.basis.events
    )


def _told(asked: Asked, tables: Mapping[str, pd.DataFrame]) -> dict[str, Iterator[str]]:
    """Return title and lines of each part of the answer."""
    site, unit = asked.site, unit_of(asked.metric)
    leader, other = in_order(asked)
    shown = "million USD" if unit == "USD" else unit
    per = MILLION if unit == "USD" else 1.0
    all_of = worth_of_all(decisions(npv_of(asked.found))) / MILLION
    told = {
        "How often each site is first, and how wide its figures are (P10 to P90)": (
            odds_lines(tables["odds"].head(ROWS))
        ),
        f"{asked.metric} of {site} with one number moved at a time [{shown}]": (
            tornado_lines(widest(tables["tornado"], site).head(ROWS), per)
        ),
        f"What would put {other} before {leader}": flip_lines(
            tables["flips"].head(ROWS), leader, other
        ),
        f"Part of the variance of {asked.metric} of {site} each explains alone": (
            share_lines(tables["shares"].head(ROWS))
        ),
        f"Which number to find out next: worth before deciding, of {all_of:.1f} million "
        "USD that knowing everything would be worth": worth_lines(tables["worth"]),
        "Whatever the weights: how often each site is first [%]": weight_lines(
            tables["weights"].head(ROWS)
        ),
    }
    if "check" in tables:
        title = (
            f"Predicted against {RUNS} full runs with all numbers moved at once, those of "
            "stations and lines apart: error [% of the mean]"
        )
        told[title] = check_lines(tables["check"])
    return told
