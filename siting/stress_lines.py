"""What `siting stress` prints: each case in words, and its sites before → after."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from data import World, load_world
from data.faults import InputError
from siting.asked import scenario_of, together, unlisted
from siting.export_table import check_table_path, write_table
from siting.real_weather import fetch_weather
from siting.scenario import Scenario
from siting.stress import (
    FIGURES,
    Effect,
    cell_rank,
    flat,
    sentence,
    stressed,
    told,
    untouched,
)
from siting.stress_cases import Turn, cases_of
from siting.texts import aligned, sites_of
from siting.waterfall_lines import passed_through

MONTHS = "ready_months"
"""Told by its date in the table of sites."""
REVERSED = (
    "the scenario has it off already: shown is the reverse, what its standing would be "
    "worth"
)


def stress(arguments: argparse.Namespace) -> Iterator[str]:
    """Print what each stress case does to the sites; write the table if asked."""
    world = load_world()
    path = Path(arguments.out) if arguments.out else None
    scenario, sites, cases, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: _listed(arguments, world),
        lambda: cases_of(world, tuple(arguments.cases)),
        lambda: check_table_path(path) if path else None,
    )
    fetch_weather(world, sites, scenario)
    chosen = list(dict.fromkeys(arguments.chosen))
    effects = stressed(chosen, sites, scenario, world, cases)
    yield from told_lines(effects, scenario)
    if path:
        write_table(flat(effects), path)
        yield f"written: {path}"


def _listed(arguments: argparse.Namespace, world: World) -> pd.DataFrame:
    known = sites_of(arguments.sites, world)
    if faults := unlisted(arguments.chosen, known):
        raise InputError(faults)
    return known


def told_lines(effects: tuple[Effect, ...], scenario: Scenario) -> Iterator[str]:
    """Yield a summary of all cases, then each case site by site."""
    yield f"{scenario.name}: {scenario.description}"
    if effects[0].before.empty:
        yield "no site is ranked in this scenario: name one"
        return
    yield (
        "ready: month of first service; LCOC and required rent in USD/kW-month; peak: "
        "PUE the connection is ordered for; cut off: hours a year; a dash: absent"
    )
    if passed_through(scenario):
        yield (
            "the tenant pays the power: its price moves LCOC and score, hardly required "
            "rent, NPV and IRR (--set finance.contract=all_in shows them)"
        )
    for effect in effects:
        yield ""
        yield from effect_lines(effect)
    if len(effects) > 1:
        yield ""
        yield from summary(effects)


def summary(effects: tuple[Effect, ...]) -> Iterator[str]:
    """Yield what every case does to the first site shown, one line a case."""
    site = effects[0].before.index[0]
    name = effects[0].before.loc[site, "name"]
    yield f"All cases at {site}, {name}: change against the scenario"
    metrics = ("ready_months", "lcoc_usd_per_kw_month", "npv_usd", "irr_pct", "score")
    rows = [["case", *(FIGURES[m].head for m in metrics), "rank"]]
    for effect in effects:
        old, new = effect.before.loc[site], effect.after.loc[site]
        cells = [_difference(m, float(old[m]), float(new[m])) for m in metrics]
        ranks = f"{cell_rank(old['rank'])} → {cell_rank(new['rank'])}"
        rows.append([effect.case.name + _turned_over(effect.turns), *cells, ranks])
    yield from aligned(rows, texts=(0,))


def _turned_over(turns: tuple[Turn, ...]) -> str:
    return " (reverse)" if _reverse(turns) else ""


def _reverse(turns: tuple[Turn, ...]) -> bool:
    return any(turn.change.how == "flip" and turn.after == "yes" for turn in turns)


def _difference(metric: str, old: float, new: float) -> str:
    if np.isnan(old) or np.isnan(new):
        return "–"
    one = FIGURES[metric]
    shown = f"{(new - old) / one.per:+.{one.digits}f}"
    return "0" if float(shown) == 0 else shown


def effect_lines(effect: Effect) -> Iterator[str]:
    """Yield one case: what it is, what it changes, and its sites before → after."""
    case = effect.case
    yield f"{case.name}  [{case.key}]"
    yield f"  {case.statement}"
    for turn in effect.turns:
        yield f"  {_turn(turn)}"
    if _reverse(effect.turns):
        yield f"  {REVERSED}"
    if not case.refuses and _anything(effect):
        yield from aligned(_rows(effect), texts=(0,))
    yield from _in_words(effect)


def _anything(effect: Effect) -> bool:
    return len(untouched(effect, list(effect.before.index))) < len(FIGURES)


def _rows(effect: Effect) -> list[list[str]]:
    heads = ["ready" if m == MONTHS else one.head for m, one in FIGURES.items()]
    rows = [["site", "#", *heads]]
    for site in effect.before.index:
        both = effect.before.loc[site], effect.after.loc[site]
        rank = _arrow(*(cell_rank(row["rank"]) for row in both))
        cells = [
            _arrow(*(str(row["ready_date"]) or "–" for row in both))
            if metric == MONTHS
            else _arrow(*(told(metric, float(row[metric])) for row in both))
            for metric in FIGURES
        ]
        rows.append([str(site), rank, *cells])
    return rows


def _in_words(effect: Effect) -> Iterator[str]:
    """Yield a sentence a site, sites of one sentence together, then what stays."""
    said: dict[str, list[str]] = {}
    for site in effect.before.index:
        words = sentence(effect.before.loc[site], effect.after.loc[site])
        said.setdefault(words, []).append(str(site))
    for words, sites in said.items():
        names = effect.before["name"][sites].tolist()
        name = f" {names[0]}" if len(names) == 1 else ""
        yield f"  {', '.join(sites)}{name}: {words}"
    still = untouched(effect, list(effect.before.index))
    if still and _anything(effect) and not effect.case.refuses:
        yield f"  untouched: {', '.join(still)}"


def _arrow(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def _turn(turn: Turn) -> str:
    change = turn.change
    cited = f"{change.grade} · {change.as_of} · {change.source}"
    same = "" if turn.before != turn.after else " (as in the scenario)"
    return f"{turn.setting}: {turn.before} → {turn.after}{same}  [{cited}]"
