"""Lines of `siting doubt`: each table as text."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from siting.texts import aligned, cell

MILLION = 1e6
ROWS = 12
"""Lines of a table that are printed."""


def odds_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield one line a site: chances and intervals."""
    head = ["site", "name", "P(1)", "P(≤3)", "rank", "MW", "LCOC", "NPV M$", "IRR %"]
    head += ["PUE", "P(NPV>0)"]
    rows = [head]
    rows += [
        [
            str(row["site_id"]),
            cell(row["name"]),
            f"{row['p_rank_1']:.2f}",
            f"{row['p_top_3']:.2f}",
            _span(row, "rank", 0),
            _span(row, "it_mw", 0),
            _span(row, "lcoc_usd_per_kw_month", 0),
            _span(row, "npv_usd", 0, MILLION),
            _span(row, "irr_pct", 1),
            _span(row, "pue_annual", 3),
            f"{row['p_npv_positive']:.2f}".replace("nan", "–"),
        ]
        for row in table.to_dict("records")
    ]
    yield from aligned(rows, texts=(0, 1))


def _span(row: Mapping[Any, Any], name: str, digits: int, per: float = 1.0) -> str:
    low, high = (row[f"{name}_{q}"] / per for q in ("p10", "p90"))
    if not np.isfinite(low):
        return "–"
    return f"{low:.{digits}f} to {high:.{digits}f}"


def tornado_lines(table: pd.DataFrame, per: float = 1.0) -> Iterator[str]:
    """Yield one line a number, the widest swing first."""
    rows = [["number", "low", "high", "at low", "at high", "swing"]]
    rows += [
        [
            str(row["name"]),
            cell(row["low"]),
            cell(row["high"]),
            *(_four(row[c] / per) for c in ("at_low", "at_high", "swing")),
        ]
        for row in table.to_dict("records")
    ]
    yield from aligned(rows, texts=(0,))


def _four(value: float) -> str:
    return f"{value:.4g}" if np.isfinite(value) else "–"


def flip_lines(table: pd.DataFrame, site: str, rival: str) -> Iterator[str]:
    """Yield one line a number that alone turns the order, the least change first."""
    if table.empty:
        yield f"no single number within its bounds puts {rival} before {site}"
        return
    rows = [["number", "at", "from", "to", "% of its range"]]
    rows += [
        [
            str(row["name"]),
            str(row["where"]) or "both",
            cell(row["value"]),
            f"{row['flips_at']:.4g}",
            f"{row['part_pct']:.0f}",
        ]
        for row in table.to_dict("records")
    ]
    yield from aligned(rows, texts=(0, 1))


def share_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield one line a number, the greatest share first."""
    rows = [["number", "%"]]
    rows += [
        [str(row["name"]), f"{100.0 * row['share']:.1f}"]
        for row in table.to_dict("records")
        if row["share"] >= 0.001
    ]
    yield from aligned(rows, texts=(0,))


def worth_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield one line a number worth finding out, the dearest first."""
    worth = table[table["usd"] > 0.0].head(ROWS)
    if worth.empty:
        yield "no single number would change the decision"
        return
    rows = [["number", "at", "million USD"]]
    rows += [
        [str(r["name"]), str(r["where"]) or "everywhere", f"{r['usd'] / MILLION:.2f}"]
        for r in worth.to_dict("records")
    ]
    yield from aligned(rows, texts=(0, 1))


def weight_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield one line a site that some weights put first or among the first three."""
    rows = [["site", "name", "first", "top 3"]]
    rows += [
        [
            str(row["site_id"]),
            cell(row["name"]),
            f"{row['first_pct']:.1f}",
            f"{row['top_3_pct']:.1f}",
        ]
        for row in table.to_dict("records")
        if row["top_3_pct"] > 0.0
    ]
    yield from aligned(rows, texts=(0, 1))


def check_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield one line an outcome: mean, P90 and worst error, and bias."""
    rows = [["outcome", "mean", "P90", "worst", "bias", "compared"]]
    rows += [
        [
            str(row["outcome"]),
            *(
                f"{row[c]:.2f}" if np.isfinite(row[c]) else "–"
                for c in ("mean_pct", "p90_pct", "worst_pct", "bias_pct")
            ),
            f"{row['compared']:.0f}",
        ]
        for row in table.to_dict("records")
    ]
    yield from aligned(rows, texts=(0,))
