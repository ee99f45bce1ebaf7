"""What each command does: yields the lines to print, writes what was asked for."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import xarray as xr

from data import load_world
from data.faults import Fault, InputError
from data.load import world_faults
from data.schema import GRADES, TABLES
from data.text import file_sha256, scenario_names
from siting.asked import Asked, scenario_of, together
from siting.cli import FIBRE_ACTIONS
from siting.compare import routes, side_by_side, waterfall
from siting.data_told import table_counts
from siting.digests import digests
from siting.doubt.beside import check_draws, with_odds
from siting.explain import explain as explain_tree
from siting.explain import lines
from siting.explain_years import METRICS, year_lines
from siting.export import check_writable, write
from siting.export_table import check_table_path
from siting.export_tree import ENDINGS as TREE_ENDINGS
from siting.export_tree import write_tree
from siting.headline import headline, warnings_of
from siting.loading import load_scenario
from siting.ranking import ORDER, Ranking, scored, with_columns
from siting.ranking import rank as ranked
from siting.ranking_lines import ranking_lines, unbeaten_line
from siting.real_weather import fetch_weather, weather_inputs
from siting.run import Run, leaders_of
from siting.study_lines import cooling
from siting.texts import aligned, cell, sites_of
from siting.trunk import evaluate
from siting.waterfall_lines import driver_lines


def _evaluated(arguments: argparse.Namespace, *checks: Callable[[], None]) -> Asked:
    world = load_world()
    scenario, sites, *_ = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        *checks,
    )
    fetch_weather(world, sites, scenario)
    return Asked(world, scenario, sites, evaluate(sites, scenario, world))


def _ranking(asked: Asked) -> Ranking:
    """Return the ranking of what was asked for, with its odds where draws are."""
    ranking = ranked(asked.evaluation, asked.scenario.preferences)
    return with_odds(
        ranking, asked.evaluation, asked.sites, asked.scenario, asked.world
    )


def rank(arguments: argparse.Namespace) -> Iterator[str]:
    """Rank, write the files and print the table and the best site's headline."""
    out = Path(arguments.out)
    world = load_world()
    scenario, sites, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        lambda: check_writable(out),
    )
    check_draws(scenario.uncertainty.draws, len(sites))
    fetch_weather(world, sites, scenario)
    evaluation = evaluate(sites, scenario, world, without=("year", "hub", "month"))
    weather = weather_of(evaluation)
    ranking = ranked(evaluation, scenario.preferences)
    ranking = with_odds(ranking, evaluation, sites, scenario, world)
    del evaluation  # a long list stands in memory once
    ranking = with_columns(ranking, sites, world.tables["sites"].columns)
    inputs = inputs_of(arguments) | weather_inputs(world, sites, scenario)
    leaders = leaders_of(ranking, sites, scenario, world)
    told = warnings_of(ranking.table)
    run = Run(ranking, scenario, weather, inputs, told, leaders)
    written = write(run, out, arguments.formats)
    if arguments.quiet:
        return
    yield f"{scenario.name}: {scenario.description}"
    order = ORDER[scenario.preferences.order_by][0]
    yield f"weather: {weather['source']}; order: {order}"
    yield ""
    yield from ranking_lines(ranking.table)
    yield ""
    yield headline(ranking.table.iloc[0], scenario)
    yield from run.warnings
    yield unbeaten_line(ranking.table)
    if ranking.not_computed:
        yield f"not scored for any site: {', '.join(ranking.not_computed)}"
    yield f"written: {', '.join(str(path) for path in written)}"


def weather_of(evaluation: xr.Dataset) -> dict[str, str]:
    """Return what the outputs must say of the weather."""
    prefix = "weather_"
    return {
        key.removeprefix(prefix): str(value)
        for key, value in evaluation.attrs.items()
        if key.startswith(prefix)
    }


def inputs_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the digest of every file the run read beside the shipped tables."""
    own = arguments.sites
    listed = (Path(own).name, file_sha256(own)) if own else None
    return digests(arguments.scenario, listed)


def weather(arguments: argparse.Namespace) -> Iterator[str]:
    """List, fetch or check weather, or say what sun and wind yield."""
    if arguments.action == "yield":
        from siting.yield_lines import weather_yield  # noqa: PLC0415 - slow to load

        yield from weather_yield(arguments)
        return
    from siting.weather import COMMANDS as ACTIONS  # noqa: PLC0415 - slow to load

    extra = {"--sites": arguments.sites, "--set": arguments.sets}
    extra["--hours"] = arguments.hours
    only = "only with `siting weather yield`"
    faults = [Fault(name, None, "", str(v), only) for name, v in extra.items() if v]
    if faults:
        raise InputError(faults)
    yield from ACTIONS[arguments.action](arguments)


def grid(arguments: argparse.Namespace) -> Iterator[str]:
    """Hosting capacity of the network, by date, its validation, or the stack."""
    from siting import carbon_lines, date_lines, grid_lines  # noqa: PLC0415 - slow
    from siting.flexible_lines import flexible  # noqa: PLC0415 - slow

    told = {
        "hosting": grid_lines.hosting,
        "date": date_lines.date,
        "flexible": flexible,
        "validate": grid_lines.validate,
        "carbon": carbon_lines.carbon,
    }
    places = ("date", "flexible")
    extra = [
        ("--hours", arguments.hours, ("carbon",)),
        ("SITE|BUS", " ".join(arguments.places), places),
        ("--sites", arguments.sites, places),
        ("--steps", arguments.steps, ("date",)),
        ("--shift", " ".join(arguments.shifts), ("date",)),
    ]
    faults = [
        Fault(name, None, "", str(value), f"only with `siting grid {' or '.join(of)}`")
        for name, value, of in extra
        if value and arguments.action not in of
    ]
    if faults:
        raise InputError(faults)
    yield from told[arguments.action](arguments)


def doubt(arguments: argparse.Namespace) -> Iterator[str]:
    """How sure the ranking is, what decides it, what to find out next."""
    from siting.doubt_lines import doubt_command  # noqa: PLC0415 - slow to load

    yield from doubt_command(arguments)


def pack(arguments: argparse.Namespace) -> Iterator[str]:
    """Write the lender pack of some sites."""
    from siting.export_pack import pack as packed  # noqa: PLC0415 - only here needed

    yield from packed(arguments)


def design(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the least-cost supply of some sites."""
    from siting import supply_lines  # noqa: PLC0415 - only this command needs it

    yield from supply_lines.design(arguments)


def stress(arguments: argparse.Namespace) -> Iterator[str]:
    """Print what the ready-made stress cases do to some sites."""
    from siting import stress_lines  # noqa: PLC0415 - only this command needs it

    yield from stress_lines.stress(arguments)


def comparators(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the best sites beside neighbouring markets."""
    from siting import comparators_lines  # noqa: PLC0415 - only this command needs it

    yield from comparators_lines.comparators(arguments)


def projects(arguments: argparse.Namespace) -> Iterator[str]:
    """Announced projects, or what one of them changes."""
    from siting import project_lines  # noqa: PLC0415 - only this command needs it

    yield from project_lines.projects(arguments)


def fibre(arguments: argparse.Namespace) -> Iterator[str]:
    """Routes of a place, what breaks them, what announced projects add."""
    from siting.fibre_commands import COMMANDS as ACTIONS  # noqa: PLC0415 - as above

    yield from ACTIONS[arguments.action](arguments)


def explain(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the tree of one number; write it if asked."""
    path = Path(arguments.out) if arguments.out else None
    asked = _evaluated(
        arguments, lambda: check_table_path(path, TREE_ENDINGS) if path else None
    )
    ranking = _ranking(asked)
    tree = explain_tree(
        arguments.site,
        arguments.metric,
        scored(asked.evaluation, ranking),
        asked.world,
        asked.scenario,
        asked.sites if arguments.sites else None,
    )
    yield from lines(tree)
    if arguments.metric in METRICS:
        yield ""
        yield from year_lines(
            arguments.site, asked.evaluation, asked.scenario, asked.world
        )
    if path:
        write_tree(tree, path)
        yield f"written: {path}"


def compare(arguments: argparse.Namespace) -> Iterator[str]:
    """Print sites side by side and the waterfall of their cost."""
    asked = _evaluated(arguments)
    ranking = _ranking(asked)
    columns = side_by_side(ranking, arguments.chosen)
    yield from aligned(_rows(columns), texts=(0, 1))
    yield ""
    yield "Levelised cost of compute, USD/kW-month, line by line"
    falls = waterfall(asked.evaluation, arguments.chosen)
    yield from aligned(_rows(falls, digits=2), texts=(0,))
    yield ""
    yield from driver_lines(
        asked.evaluation, arguments.chosen, asked.world, asked.scenario
    )
    yield ""
    yield "Routes by fibre: expected ms there and back, hop by hop"
    ways = routes(asked.evaluation, arguments.chosen)
    rows = [
        [str(hub), str(site), cell(ms, 0), str(route)]
        for hub, site, ms, route in ways.itertuples(index=False)
    ]
    yield from aligned([["hub", "site", "ms", "from the trunk node"], *rows], (0, 1, 3))


def _rows(table: pd.DataFrame, digits: int | None = None) -> list[list[str]]:
    head = ["", *(str(column) for column in table)]
    body = [
        [str(name), *(cell(value, digits) for value in row)]
        for name, row in zip(table.index, table.to_numpy(dtype=object), strict=True)
    ]
    return [head, *body]


def data_check(_: argparse.Namespace) -> Iterator[str]:
    """Validate every table, or raise with every fault."""
    faults = world_faults()
    if faults:
        raise InputError(faults)
    yield f"{len(TABLES)} tables, no fault"


def data_list(_: argparse.Namespace) -> Iterator[str]:
    """Print every table with its rows, grades and vintage."""
    heads = " ".join(f"{grade:>9}" for grade in GRADES)
    yield f"{'table':28} {'rows':>6} {heads}  newest"
    for name, row in table_counts(load_world()).iterrows():
        shown = " ".join(f"{row[grade]:9d}" for grade in GRADES)
        yield f"{name:28} {row['rows']:6d} {shown}  {row['newest']}"


def scenario_list(_: argparse.Namespace) -> Iterator[str]:
    """Print the shipped scenarios."""
    for name in scenario_names():
        yield f"{name:18} {load_scenario(name).description}"


def scenario_show(arguments: argparse.Namespace) -> Iterator[str]:
    """Print every choice of a scenario."""
    scenario = load_scenario(arguments.scenario, arguments.sets)
    for group, choices in asdict(scenario).items():
        if not isinstance(choices, dict):
            yield f"{group} = {choices}"
            continue
        for key, value in choices.items():
            yield f"{group}.{key} = {value}"


def scenario_check(arguments: argparse.Namespace) -> Iterator[str]:
    """Check a scenario against the choices and the book."""
    yield f"{scenario_of(arguments, load_world()).name}: no fault"


def app(arguments: argparse.Namespace) -> Iterator[str]:
    """Open the app; Streamlit is an extra."""
    if find_spec("streamlit") is None:
        wanted = "the app extra: pip install 'khazri[app]'"
        raise InputError([Fault("siting app", None, "", "streamlit", wanted)])
    if not 1 <= arguments.port <= 65535:
        fault = Fault("--port", None, "", str(arguments.port), "a port, 1 to 65535")
        raise InputError([fault])
    port = f"--server.port={arguments.port}"
    yield f"opening the app on port {arguments.port}; stop it with Ctrl-C"
    # -P: a file app.py of the folder one stands in is not ours
    subprocess.run([sys.executable, "-P", "-m", "app", port], check=True)


COMMANDS: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "rank": rank,
    "explain": explain,
    "compare": compare,
    "cooling": cooling,
    "stress": stress,
    "comparators": comparators,
    "doubt": doubt,
    "design": design,
    "pack": pack,
    "grid_hosting": grid,
    "grid_date": grid,
    "grid_flexible": grid,
    "grid_validate": grid,
    "grid_carbon": grid,
    "projects": projects,
    **{f"fibre_{action}": fibre for action in FIBRE_ACTIONS},
    "weather_list": weather,
    "weather_fetch": weather,
    "weather_check": weather,
    "weather_yield": weather,
    "data_check": data_check,
    "data_list": data_list,
    "scenario_list": scenario_list,
    "scenario_show": scenario_show,
    "scenario_check": scenario_check,
    "app": app,
}
