"""What `siting rank` prints of a ranking."""

from collections.abc import Iterator

import pandas as pd

from siting.texts import aligned, cell

SCORES = ("score", "cooling_score", "power_score", "connectivity_score")
SHORT = {
    "rank": "#",
    "site_id": "site",
    "name": "name",
    "score": "score",
    "cooling_score": "cool",
    "power_score": "power",
    "connectivity_score": "conn",
    "lcoc_usd_per_kw_month": "LCOC $/kW-mo",
    "it_mw": "MW",
    "pue_annual": "PUE",
    "price_usd_per_mwh": "$/MWh",
    "months_to_power": "months",
    "rtt_europe_ms": "RTT EU",
}
"""Columns of the printed ranking, in order, under short heads."""
ODDS = {
    "p_rank_1": "P(1)",
    "p_top_3": "P(≤3)",
    "lcoc_usd_per_kw_month_p10": "LCOC P10",
    "lcoc_usd_per_kw_month_p90": "P90",
    "it_mw_p10": "MW P10",
}
"""And of a ranking with draws."""
DIGITS = {"p_rank_1": 2, "p_top_3": 2, "pue_annual": 3, **dict.fromkeys(SCORES, 1)}
MOST_LINES = 50
"""Sites printed of the ranked, and of the excluded."""


def ranking_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield the ranking as an aligned text table, then why sites are excluded."""
    kept = table[table["excluded_because"] == ""]
    out = table[table["excluded_because"] != ""]
    heads = SHORT | (ODDS if "p_rank_1" in table else {})
    rows = [list(heads.values())] + [
        [cell(row[column], DIGITS.get(column, 0)) for column in heads]
        for row in kept.head(MOST_LINES).to_dict("records")
    ]
    yield from aligned(rows, texts=(1, 2))
    for row in out.head(MOST_LINES).to_dict("records"):
        yield f"excluded  {row['site_id']}  {row['name']}: {row['excluded_because']}"
    hidden = len(kept.iloc[MOST_LINES:]) + len(out.iloc[MOST_LINES:])
    if hidden:
        yield f"… and {hidden} more in the files"


def unbeaten_line(table: pd.DataFrame) -> str:
    """Say which sites no other beats on everything at once."""
    best = table.loc[table["pareto"] == 1, "site_id"].head(MOST_LINES)
    figures = "cost, months to power, carbon, round trip and water at once"
    return f"beaten by no other site on {figures}: {', '.join(best) or 'none'}"
