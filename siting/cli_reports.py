"""Words of the commands that report on sites: explain, compare, stress, pack, others.

Options that every command shares are added by `cli`.
"""

import argparse


def report_parsers(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> tuple[argparse.ArgumentParser, ...]:
    """Return the parsers of the commands that report on sites."""
    explain = commands.add_parser("explain", help="any number, down to its sources")
    explain.add_argument("site", metavar="SITE")
    explain.add_argument("metric", metavar="METRIC")
    explain.add_argument("--out", metavar="FILE", help="write the tree, .json or .csv")
    compare = commands.add_parser("compare", help="2 to 4 sites side by side")
    compare.add_argument("chosen", nargs="+", metavar="SITE")
    cooling = commands.add_parser("cooling", help="every cooling system of a site")
    cooling.add_argument("chosen", nargs="+", metavar="SITE")
    cooling.add_argument(
        "--hours", metavar="FILE", help="write the hours as .csv or .parquet"
    )
    stress = commands.add_parser(
        "stress", help="ready-made stress cases: every figure before and after"
    )
    stress.add_argument(
        "chosen", nargs="*", metavar="SITE", help="default: the five best"
    )
    stress.add_argument(
        "--case",
        dest="cases",
        action="append",
        default=[],
        metavar="CASE",
        help="one case, such as devaluation; may be repeated (default: all)",
    )
    comparators = commands.add_parser(
        "comparators", help="the three best sites beside neighbouring markets"
    )
    for command in (stress, comparators):
        command.add_argument(
            "--out", metavar="FILE", help="write the table, .csv or .parquet"
        )
    pack = _pack_parser(commands)
    return explain, compare, cooling, stress, comparators, pack


def _pack_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    pack = commands.add_parser(
        "pack", help="lender pack of sites: a workbook with a live cash flow"
    )
    pack.add_argument("chosen", nargs="+", metavar="SITE")
    pack.add_argument(
        "--out",
        default="out",
        metavar="DIR|FILE.xlsx",
        help="a folder takes pack-SITE.xlsx of each site (default: out)",
    )
    return pack


def house_parsers(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    """Add the commands about tables, scenarios and the app."""
    data = commands.add_parser("data", help="check or list the tables")
    data.add_argument("action", choices=("check", "list"))
    scenario = commands.add_parser("scenario", help="list, show or check scenarios")
    scenario.add_argument("action", choices=("list", "show", "check"))
    scenario.add_argument("scenario", nargs="?", default="base", metavar="NAME|FILE")
    scenario.add_argument("--set", dest="sets", action="append", default=[])
    app = commands.add_parser("app", help="open the app in a browser")
    app.add_argument("--port", type=int, default=8501)
