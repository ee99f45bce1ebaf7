"""Data and methods: what the screen cannot say, its tables, sources and neighbours."""

from typing import Final

import pandas as pd
import streamlit as st

from app.cache import compared, ranked, world
from app.controls import command, sidebar
from app.figures import ABSENT, plain
from app.intent import scenario_of
from app.parts import chosen_row
from app.session import intent
from data.schema import GRADES
from siting.comparators import FIGURES
from siting.comparators_lines import figure_cell
from siting.data_told import table_counts
from siting.limits import LIMITS

TABLE: Final = "table.shown"
"""Key of the session: the table looked into."""
MOST_ROWS: Final = 2000
TALL: Final = 520


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    counts = table_counts(world())
    st.subheader("Where does it come from, and what can it not say?")
    st.markdown(
        f"**{len(counts)} tables, {int(counts['rows'].sum()):,} rows, "
        f"{len(world().tables['sources'])} sources.** Every row names its source, its date "
        "and how well it is known; what is not known is left blank."
    )
    limits, tables, sources, markets = st.tabs(
        ["Limits of this screen", "Tables", "Sources", "Neighbouring markets"],
        key="data.tabs",
        on_change="rerun",
    )
    with limits:
        for head, told in LIMITS.items():
            st.markdown(f"**{head}.** {told}")
    with tables:
        if tables.open:
            the_tables(counts)
    with sources:
        if sources.open:
            the_sources()
    with markets:
        if not markets.open:
            return
        st.caption(
            "A site's figures are this model's, a market's what its source says."
        )
        best = ranked(scenario).ranking.table
        the_markets(
            compared(scenario), dict(zip(best["site_id"], best["name"], strict=True))
        )
        st.code(command(intent(), "comparators"), language=None)


def the_tables(counts: pd.DataFrame) -> None:
    known = list(map(str, counts.index))
    now = st.session_state.get(TABLE, "sites")
    chosen_row("tables", known, now)

    def take() -> None:
        rows = st.session_state["tables"].get("selection", {}).get("rows", [])
        if rows:
            st.session_state[TABLE] = known[rows[0]]

    number = st.column_config.NumberColumn
    st.dataframe(
        counts.reset_index(),
        hide_index=True,
        height=320,
        key="tables",
        on_select=take,
        selection_mode="single-row",
        column_config={
            "table": st.column_config.TextColumn("Table", width=220),
            "rows": number("Rows", width=70),
            **{grade: number(grade.capitalize(), width=84) for grade in GRADES},
            "newest": st.column_config.TextColumn("Newest", width=80),
        },
    )
    shown = world().tables[now]
    st.markdown(f"**{plain(now)}.csv**, {len(shown)} rows")
    st.dataframe(
        shown.head(MOST_ROWS).reset_index(),
        hide_index=True,
        height=TALL,
        placeholder=ABSENT,
    )


def the_sources() -> None:
    words = st.text_input("Find", key="sources.words", type="search")
    table = world().tables["sources"].reset_index()
    text = table.astype(str).agg(" ".join, axis=1).str.lower()
    shown = table[text.str.contains((words or "").lower(), regex=False)]
    st.caption(f"{len(shown)} of {len(table)}; strong: official, operator or primary.")
    st.dataframe(
        shown,
        hide_index=True,
        height=TALL,
        column_config={
            "source_id": st.column_config.TextColumn("Source", width=210),
            "citation": st.column_config.TextColumn("What it is", width=400),
            "url": st.column_config.LinkColumn("Address", width=200),
            "as_of": st.column_config.TextColumn("Read", width=70),
            "strength": st.column_config.TextColumn("Strength", width=72),
        },
    )


def the_markets(table: pd.DataFrame, names: dict[str, str]) -> None:
    """Draw places against figures, each cell with its grade."""
    cells: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        place = str(row["place"])
        head = FIGURES[row["figure"]].head
        cells.setdefault(place, {})[head] = figure_cell(row)
    rows = [
        {"Place": f"{place} {names[place]}" if place in names else place, **told}
        for place, told in cells.items()
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        column_config={"Place": st.column_config.TextColumn("Place", width=190)},
    )
    meanings = [
        f"**{one.head}**{'' if one.unit == '1' else f', {one.unit}'}: {one.meaning}"
        for one in FIGURES.values()
    ]
    st.caption("  \n".join(meanings))
    with st.expander(
        "Every figure with its source", key="markets", on_change="rerun"
    ) as part:
        if part.open:
            st.dataframe(table, hide_index=True, height=TALL, placeholder=ABSENT)
