"""The command line: `siting`. Parses, prints, and turns faults into exit codes.

0 done, 2 bad input (one list of faults, nothing written), 1 our fault. Nothing
heavy is imported before a command needs it.
"""

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import TextIO

from siting import __version__
from siting.cli_reports import house_parsers, report_parsers
from siting.doubt import OUTCOMES

DATA_FORMATS = ("csv", "json", "geojson", "parquet")
"""What is written unless asked otherwise."""
FORMATS = (*DATA_FORMATS, "xlsx", "html")
"""The others are documents: they evaluate the best sites once more, in full."""
ORDERS = ("score", "lcoc", "npv", "irr")
FIBRE_ACTIONS = (
    "paths",
    "cuts",
    "years",
    "latency",
    "outages",
    "market",
    "capacity",
    "price",
    "export",
)
DONE, OUR_FAULT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def _formats(text: str) -> tuple[str, ...]:
    asked = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [name for name in asked if name not in FORMATS]
    if unknown or not asked:
        message = f"{text!r}: a comma-separated choice of {', '.join(FORMATS)}"
        raise argparse.ArgumentTypeError(message)
    return asked


def _add_scenario(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--scenario",
        default="base",
        metavar="NAME|FILE",
        help="a shipped scenario or a TOML file (default: base)",
    )
    command.add_argument(
        "--set",
        dest="sets",
        action="append",
        default=[],
        metavar="key=value",
        help="a choice, a number of the assumptions book, or table:id:column",
    )
    command.add_argument(
        "--seed", type=int, help="seed of what is drawn: weather, grid, cable failures"
    )


def _add_sites(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sites",
        dest="sites",
        metavar="FILE",
        help="your own list: CSV, GeoJSON or Parquet with site_id, name, lat, lon",
    )


def _add_draws(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--draws",
        type=int,
        metavar="N",
        help="draws of the assumptions book: how sure the ranking is, as columns",
    )


def _doubt_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    doubt = commands.add_parser(
        "doubt", help="how sure the ranking is, what decides it, what to find out next"
    )
    doubt.add_argument(
        "chosen",
        nargs="*",
        metavar="SITE",
        help="the site looked into and its rival (default: the first two)",
    )
    _add_draws(doubt)
    doubt.add_argument(
        "--metric",
        choices=OUTCOMES,
        default="npv_usd",
        help="outcome of tornado and shares (default: npv_usd)",
    )
    doubt.add_argument(
        "--no-check", action="store_true", help="leave out the twenty full runs"
    )
    doubt.add_argument("--out", metavar="DIR", help="write every table as .csv")
    _add_sites(doubt)
    _add_scenario(doubt)


def _rank_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    rank = commands.add_parser("rank", help="rank sites and write the result")
    rank.add_argument(
        "sites", nargs="?", metavar="SITES", help="your own list (default: shipped)"
    )
    _add_scenario(rank)
    rank.add_argument("--out", default="out", metavar="DIR", help="default: out")
    rank.add_argument(
        "--format",
        dest="formats",
        type=_formats,
        default=DATA_FORMATS,
        metavar="csv,json,…",
        help=f"of {', '.join(FORMATS)} (default: {','.join(DATA_FORMATS)})",
    )
    rank.add_argument("--order-by", choices=ORDERS)
    _add_draws(rank)
    rank.add_argument("--quiet", action="store_true", help="print nothing but faults")


def _weather_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    weather = commands.add_parser(
        "weather", help="list, fetch or check weather; yield of sun and wind"
    )
    weather.add_argument(
        "action",
        choices=("list", "fetch", "check", "yield"),
        help="yield: energy a year and month of solar and wind plants at sites",
    )
    weather.add_argument(
        "places",
        nargs="*",
        metavar="SITES|FILE.epw|SITE",
        help="your own list (default: shipped); check also takes EPW files, "
        "yield one or more site_id",
    )
    weather.add_argument(
        "--source", metavar="NAME", help="as listed (default: synthetic, embedded)"
    )
    weather.add_argument(
        "--years", metavar="A-B", help="calendar years, or how many to generate"
    )
    weather.add_argument(
        "--files", metavar="PATH", help="your EPW folder, or NetCDF or Zarr of ERA5"
    )
    weather.add_argument(
        "--hours", metavar="FILE", help="yield: write the hours as .csv or .parquet"
    )
    weather.add_argument(
        "--set",
        dest="sets",
        action="append",
        default=[],
        metavar="key=value",
        help="yield: resource.pv.dc_ac_ratio=1.3, "
        "wind_places:khizi_farm:wind_mean=9, …",
    )
    _add_sites(weather)


def _grid_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    grid = commands.add_parser("grid", help="room on the network, carbon of its hours")
    grid.add_argument(
        "action",
        choices=("hosting", "date", "flexible", "validate", "carbon"),
        help="MW of new load at every bus, MW by date with upgrade steps, MW by hours "
        "cut, the model against known figures, or the dispatch stack",
    )
    grid.add_argument(
        "places",
        nargs="*",
        metavar="SITE|BUS",
        help='date, flexible: a site_id or a bus such as "NAV 330" (date: default '
        "every site)",
    )
    grid.add_argument(
        "--year",
        dest="years",
        type=int,
        action="append",
        metavar="Y",
        help="may be repeated (default: 2026, 2028, 2030 and 2035; of date the "
        "campus's year and 2031, of flexible the campus's)",
    )
    grid.add_argument(
        "--steps", type=int, metavar="N", help="date: upgrade steps (default: 4)"
    )
    grid.add_argument(
        "--shift",
        dest="shifts",
        action="append",
        default=[],
        metavar="ID=YEARS",
        help="date: a project so many years later, or earlier: NAV500=-1",
    )
    grid.add_argument("--out", metavar="FILE", help="write the table, .csv or .parquet")
    _add_sites(grid)
    grid.add_argument(
        "--hours", metavar="FILE", help="with carbon: write the hours of campus.year"
    )
    _add_scenario(grid)


def _projects_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    projects = commands.add_parser(
        "projects", help="announced projects, and what one changes for a site"
    )
    projects.add_argument(
        "project", nargs="?", metavar="ID", help="evaluate with it off and on"
    )
    projects.add_argument(
        "chosen", nargs="*", metavar="SITE", help="sites to evaluate (default: all)"
    )
    projects.add_argument(
        "--out", metavar="FILE", help="write the table, .csv or .parquet"
    )
    _add_sites(projects)
    _add_scenario(projects)


def _fibre_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    fibre = commands.add_parser("fibre", help="routes of a site and what breaks them")
    fibre.add_argument(
        "action",
        choices=FIBRE_ACTIONS,
        help="disjoint routes; cuts and shared risks; announced projects by year; "
        "times to hubs, or without SITE the measured pairs; hours cut off; people "
        "within reach; what cables carry; what a second path costs; the tables as an "
        "Open Fibre Data Standard file",
    )
    fibre.add_argument(
        "place", nargs="?", metavar="SITE", help="a site_id or a fibre node"
    )
    fibre.add_argument(
        "--to", default="frankfurt", metavar="NODE", help="default: frankfurt"
    )
    fibre.add_argument("--year", type=int, metavar="Y", help="default: the campus year")
    fibre.add_argument("--out", metavar="FILE.json", help="export: the file to write")
    fibre.add_argument(
        "--cap",
        type=float,
        default=100.0,
        metavar="MS",
        help="outages: longest expected round trip that serves (default: 100)",
    )
    _add_sites(fibre)
    _add_scenario(fibre)


def _design_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    design = commands.add_parser(
        "design", help="least-cost supply of a site: grid, sun, wind, battery, gas"
    )
    design.add_argument("chosen", nargs="+", metavar="SITE")
    design.add_argument("--mw", type=float, help="IT load, as campus.mw")
    design.add_argument(
        "--verify", action="store_true", help="dispatch the year afresh with HiGHS"
    )
    design.add_argument(
        "--out", metavar="FILE", help="write every design, .csv or .parquet"
    )
    design.add_argument(
        "--hours", metavar="FILE", help="write the hours of the best design"
    )
    _add_sites(design)
    _add_scenario(design)


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = argparse.ArgumentParser(
        prog="siting",
        description="Where in Azerbaijan to put an AI data centre, and how sure we are.",
    )
    top.add_argument("--version", action="version", version=f"khazri {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _rank_parser(commands)
    reports = report_parsers(commands)
    for command in reports[:2]:
        _add_draws(command)
    for command in reports:
        _add_sites(command)
        _add_scenario(command)
    _doubt_parser(commands)
    _design_parser(commands)
    _weather_parser(commands)
    _grid_parser(commands)
    _projects_parser(commands)
    _fibre_parser(commands)
    house_parsers(commands)
    return top


def _settled(arguments: argparse.Namespace) -> argparse.Namespace:
    """Return the arguments with the shorthands turned into settings."""
    if getattr(arguments, "seed", None) is not None:
        seeds = [f"{room}.seed={arguments.seed}" for room in ("climate", "uncertainty")]
        arguments.sets = [*arguments.sets, *seeds]
    if getattr(arguments, "draws", None) is not None:
        arguments.sets = [*arguments.sets, f"uncertainty.draws={arguments.draws}"]
    if getattr(arguments, "mw", None) is not None:
        arguments.sets = [*arguments.sets, f"campus.mw={arguments.mw}"]
    if getattr(arguments, "order_by", None) is not None:
        order = f'preferences.order_by="{arguments.order_by}"'
        arguments.sets = [*arguments.sets, order]
    return arguments


def run(arguments: argparse.Namespace) -> int:
    """Run one command, print what it says, and return its exit code."""
    from siting import commands  # noqa: PLC0415 - pandas and xarray load here

    action = getattr(arguments, "action", "")
    name = f"{arguments.command}_{action}" if action else arguments.command
    for line in commands.COMMANDS[name](arguments):
        print(line)
    return DONE


def _told(message: str, code: int) -> int:
    """Say it on stderr and return the exit code, also when nobody reads on."""
    try:
        print(message, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _unread(sys.stderr)
    return code


def _unread(stream: TextIO) -> None:
    """Let what is left to write go nowhere: the reader of the pipe has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback reaches a user."""
    arguments = _settled(parser().parse_args(argv))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # tidied up as Ctrl-C is
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without our letters
            stream.reconfigure(errors="replace")
    from data.faults import InputError  # noqa: PLC0415 - after --help has answered

    try:
        return run(arguments)
    except InputError as error:
        return _told(f"{len(error.faults)} fault(s):\n{error}", BAD_INPUT)
    except KeyboardInterrupt:
        return _told("interrupted; nothing was written", INTERRUPTED)
    except BrokenPipeError:
        _unread(sys.stdout)
        return DONE
    except Exception as error:
        if os.environ.get("KHAZRI_DEBUG"):
            raise
        kind = type(error).__name__
        return _told(
            f"khazri failed, which is our fault: {kind}: {error}\n"
            "Nothing was written. KHAZRI_DEBUG=1 shows where.",
            OUR_FAULT,
        )


if __name__ == "__main__":
    sys.exit(main())
