"""Doubt: who is first how often, which numbers decide, what to find out next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.cache import ranked
from app.cache_doubt import Doubted, doubted
from app.charts_doubt import odds_chart, tornado_chart
from app.controls import command, sidebar
from app.figures import ABSENT, STYLES, heading, plain
from app.intent import scenario_of
from app.lists import MOST_DRAWN, drawn_here
from app.parts import choose, ink, selected
from app.session import intent
from siting.doubt.tornado import widest
from siting.doubt_words import lost_words, odds_words, percent

ROWS: Final = 12
METRICS: Final = (
    "npv_usd",
    "lcoc_usd_per_kw_month",
    "required_rent_usd_per_kw_month",
    "irr_pct",
    "it_mw",
    "pue_annual",
    "ready_months",
    "score",
)
ODDS: Final = {
    "name": "Site",
    "p_rank_1": "First",
    "p_top_3": "First three",
    "rank_p10": "#",
    "rank_p90": "to",
    "lcoc_usd_per_kw_month_p10": "LCOC",
    "lcoc_usd_per_kw_month_p90": "to ",
    "npv": "NPV, M USD",
    "it_mw_p10": "MW",
    "it_mw_p90": "to  ",
    "p_npv_positive": "NPV > 0",
}
CHANCES: Final = ("p_rank_1", "p_top_3", "p_npv_positive")
METRIC: Final = "doubt.metric"


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    st.subheader("How sure is the order?")
    table = ranked(scenario).ranking.table
    order = table["site_id"].tolist()
    if len(order) < 2:
        st.info("One site has no order: bring two or more.")
        return
    if not drawn_here():
        st.info(
            f"Of more than {MOST_DRAWN} sites of your own the draws are for the command."
        )
        st.code(command(intent(), "doubt"), language=None)
        return
    site = selected(table, intent().site)
    rival = order[1] if site == order[0] else order[0]
    metric = st.session_state.get(METRIC, METRICS[0])
    told = doubted(scenario, (site, rival), metric)
    answer(told, order[0])
    who_is_first(told)
    names = dict(zip(table["site_id"], table["name"], strict=True))
    what_decides(told, names, site, metric)
    first, second = sorted((site, rival), key=order.index)
    flip_and_worth(told, names, (first, second))
    whatever_the_weights(told)
    st.markdown("##### Take it with you")
    st.code(command(intent(), "doubt", site, rival), language=None)


def answer(told: Doubted, first: str) -> None:
    lead, *rest = odds_words(told.tables["odds"], first, told.draws)
    st.markdown("  \n".join([f"**{plain(lead)}**", *map(plain, rest)]))
    events = "; ".join(
        f"{name} {percent(chance)}" for name, chance in told.events.items()
    )
    st.caption(
        f"{told.draws:,} draws of {told.numbers} numbers, of the networks and of events: "
        f"{plain(events)}. Connection and cooling of each site stay as chosen at the "
        "book's values."
    )


def who_is_first(told: Doubted) -> None:
    odds = told.tables["odds"]
    st.altair_chart(odds_chart(odds.head(ROWS), ink()), width="stretch")
    chances = {name: 100.0 * odds[name] for name in CHANCES}
    shown = odds.assign(npv=_millions(odds), **chances)
    st.dataframe(
        shown[list(ODDS)],
        hide_index=True,
        height=420,
        placeholder=ABSENT,
        column_config=_odds_columns(),
    )
    st.caption(
        "Each figure from its P10 to its P90. A site that is out or cannot be built ranks last."
    )


def _millions(odds: pd.DataFrame) -> list[str]:
    per = STYLES["npv_usd"].per
    return [
        f"{low / per:,.0f} to {high / per:,.0f}" if pd.notna(low) else ABSENT
        for low, high in zip(odds["npv_usd_p10"], odds["npv_usd_p90"], strict=True)
    ]


def _odds_columns() -> dict[str, Any]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    shown: dict[str, Any] = {"name": text("Site", width=196, pinned=True)}
    for name, head in list(ODDS.items())[1:]:
        if name == "npv":
            shown[name] = text(head, width=96)
        elif name in CHANCES:
            shown[name] = st.column_config.ProgressColumn(
                head, format="%.0f %%", min_value=0.0, max_value=100.0, width=84
            )
        else:
            shown[name] = number(head, format="%.0f", width=58)
    return shown


def what_decides(told: Doubted, names: dict[str, str], site: str, metric: str) -> None:
    st.markdown("##### Which numbers decide")
    left, right = st.columns(2)
    with left:
        choose("Site", names, site, lambda chosen: replace(intent(), site=chosen))
    with right:
        key = "view.doubt.metric"
        st.session_state[key] = metric

        def take() -> None:
            st.session_state[METRIC] = st.session_state[key]

        st.selectbox("Figure", METRICS, format_func=heading, key=key, on_change=take)
    moved = widest(told.tables["tornado"], site)
    for line in lost_words(moved):
        st.caption(plain(line))
    moved = moved.dropna(subset=["swing"]).head(ROWS)
    if moved.empty:
        st.caption("No number moves it.")
        return
    per = STYLES[metric].per if metric in STYLES else 1.0
    st.altair_chart(tornado_chart(moved, metric, per, ink()), width="stretch")


def flip_and_worth(told: Doubted, names: dict[str, str], pair: tuple[str, str]) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("##### What would turn the order")
        turned_by(told, [names[one] for one in pair])
    with right:
        st.markdown("##### What to find out next")
        st.caption(
            "What knowing one number before deciding is worth, and how much of the "
            "figure's variance it explains alone."
        )
        worth = told.tables["worth"].head(ROWS)
        share = told.tables["shares"].set_index("name")["share"]
        shown = worth.assign(
            millions=worth["usd"] / STYLES["npv_usd"].per,
            share=100.0 * share.reindex(worth["name"]).to_numpy(),
        )
        _table(shown, WORTH, "No number is worth asking about.")


def turned_by(told: Doubted, pair: Sequence[str]) -> None:
    """Draw the least changes of one number that put the second before the first."""
    site, rival = map(plain, pair)
    st.caption(f"The least change of one number that puts {rival} before {site}.")
    flips = told.tables["flips"].head(ROWS)
    _table(flips, FLIPS, "No single number within its range turns it.")


FLIPS: Final = {
    "name": ("Number", 224),
    "where": ("At", 46),
    "value": ("From", 62),
    "flips_at": ("To", 62),
    "part_pct": ("Range, %", 66),
}
WORTH: Final = {
    "name": ("Number", 236),
    "where": ("At", 46),
    "millions": ("M USD", 66),
    "share": ("Variance, %", 84),
}
DIGITS: Final = {"part_pct": "%.0f", "millions": "%.1f", "share": "%.1f"}


def _table(table: pd.DataFrame, heads: dict[str, tuple[str, int]], empty: str) -> None:
    if table.empty:
        st.caption(empty)
        return
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    st.dataframe(
        table[list(heads)],
        hide_index=True,
        height="content",
        row_height=30,
        placeholder=ABSENT,
        column_config={
            name: text(head, width=wide)
            if name in ("name", "where")
            else number(head, format=DIGITS.get(name, "%.4g"), width=wide)
            for name, (head, wide) in heads.items()
        },
    )


def whatever_the_weights(told: Doubted) -> None:
    st.markdown("##### Whatever the weights")
    st.caption("How often each site is first when nothing is known of the weights.")
    number = st.column_config.NumberColumn
    weights = told.tables["weights"]
    st.dataframe(
        weights.loc[weights["top_3_pct"] > 0, ["name", "first_pct", "top_3_pct"]],
        hide_index=True,
        height="content",
        row_height=30,
        column_config={
            "name": st.column_config.TextColumn("Site", width=420),
            "first_pct": number("First, %", format="%.1f"),
            "top_3_pct": number("First three, %", format="%.1f"),
        },
    )
