"""Words of the commands that report: stress cases, comparators.

Options that every command shares are added by `cli`.
"""

import argparse


def stress_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Return the parser of `siting stress`."""
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
    stress.add_argument(
        "--out", metavar="FILE", help="write the table, .csv or .parquet"
    )
    return stress


def comparators_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> argparse.ArgumentParser:
    """Return the parser of `siting comparators`."""
    comparators = commands.add_parser(
        "comparators", help="the three best sites beside neighbouring markets"
    )
    comparators.add_argument(
        "--out", metavar="FILE", help="write the table, .csv or .parquet"
    )
    return comparators
