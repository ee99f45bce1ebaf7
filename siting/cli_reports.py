"""Words of the commands that report on sites: explain, compare, stress, packs …

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
    return explain, compare, stress, comparators, _pack_parser(commands)


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
