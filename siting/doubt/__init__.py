"""Doubt: how sure the ranking is, which numbers decide it and which to buy next."""

from typing import Final

OUTCOMES: Final = (
    "lcoc_usd_per_kw_month",
    "required_rent_usd_per_kw_month",
    "npv_usd",
    "irr_pct",
    "equity_irr_pct",
    "min_dscr",
    "it_mw",
    "pue_annual",
    "ready_months",
    "score",
)
"""What is kept of every draw."""
