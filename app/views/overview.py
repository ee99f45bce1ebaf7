"""Overview: who is first, where it is, what the others are, why some are out."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from app import maps
from app.cache import evaluation, hazards_of, land, network, ranked, world
from app.cache_doubt import odds
from app.controls import command, sidebar
from app.figures import ABSENT, COLOURS, figure, heading, place, plain
from app.files import rankings
from app.inputs import word
from app.intent import scenario_of
from app.link import LAYERS
from app.lists import drawn_here
from app.parts import explanation, selected
from app.routes import route_paths, route_words
from app.scale import ends, legend
from app.session import ask, intent
from app.tables import (
    CARD,
    GROUND,
    OUT,
    RANKED,
    SURE,
    column,
    hazards,
    key_figures,
    widths,
)
from siting.flags import risk_flags
from siting.headline import headline
from siting.run import Run
from siting.scenario import Scenario


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    run = ranked(scenario)
    table = run.ranking.table
    site = selected(table, intent().site)
    answer(run)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        the_map(table, site, scenario)
    with right:
        the_site(table, site, scenario)
    ranking_table(table, site, scenario)
    excluded_table(table, site)
    ground_of(site)
    explanation(scenario, site, "lcoc_usd_per_kw_month")
    downloads(run)


def select(site: str, known: list[str]) -> None:
    """Take a click: one that hits no site changes nothing."""
    if site in known:
        ask(replace(intent(), site=site))


def answer(run: Run) -> None:
    table, campus = run.ranking.table, run.scenario.campus
    out = int(table["excluded_because"].ne("").sum())
    st.subheader(
        f"Where to put {campus.mw:g} MW of {campus.workload}, asked for in {campus.year}?"
    )
    st.markdown(first(run))
    st.caption(
        f"{len(table)} sites · {out} excluded · ordered by "
        f"{word(run.scenario.preferences.order_by).lower()}"
    )


def first(run: Run) -> str:
    """Return the sentence that answers the page's question."""
    best = run.ranking.table.iloc[0]
    if best["excluded_because"]:
        return "**No site passes.** The reasons stand below."
    if pd.isna(best["rank"]):
        return "**No site can be put in this order:** its figure is absent everywhere."
    name = str(best["name"])
    rest = headline(best, run.scenario).removeprefix(name)
    return f"**First: {plain(name)}**{plain(rest)} {level(run.ranking.table)}"


def level(table: pd.DataFrame) -> str:
    """Say how many sites show the same score as the first."""
    kept = table.loc[table["excluded_because"].eq(""), "score"]
    shown = [figure("score", score) for score in kept]
    alike = shown[1:].count(shown[0])
    if not alike:
        return ""
    return f"{alike} more show the same score of {shown[0]}: read them as level."


def the_map(table: pd.DataFrame, site: str, scenario: Scenario) -> None:
    colour_by, shown = st.columns([1, 1], vertical_alignment="bottom")
    with colour_by:
        _colour_by()
    with shown:
        _layers()
    asked = intent()
    dark = st.context.theme.type == "dark"
    told = evaluation(scenario)
    lit = "fibre" in asked.layers
    st.pydeck_chart(
        maps.deck(
            land(),
            {name: network(name) for name in asked.layers},
            maps.site_points(table, asked.colour),
            site,
            maps.DARK if dark else maps.LIGHT,
            route_paths(told, site, world().tables["fibre_nodes"]) if lit else (),
        ),
        height=maps.HEIGHT,
        key="map",
        on_select=_from_map(table["site_id"].tolist()),
        alt="Map of Azerbaijan with the sites; the table below lists the same sites",
    )
    kept = table.loc[table["excluded_because"].eq(""), asked.colour]
    st.html(legend(asked.colour, ends(asked.colour, kept), asked.layers))
    if lit:
        st.caption("  \n".join(map(plain, route_words(told, site))))


def _colour_by() -> None:
    st.session_state["view.colour"] = intent().colour

    def take() -> None:
        ask(replace(intent(), colour=st.session_state["view.colour"]))

    st.selectbox(
        "Colour by", COLOURS, format_func=heading, key="view.colour", on_change=take
    )


def _layers() -> None:
    st.session_state["view.layers"] = list(intent().layers)

    def take() -> None:
        ask(replace(intent(), layers=tuple(st.session_state["view.layers"])))

    st.pills(
        "Show",
        LAYERS,
        selection_mode="multi",
        format_func=str.capitalize,
        key="view.layers",
        on_change=take,
    )


def _from_map(known: list[str]) -> Callable[[], None]:
    return lambda: select(maps.picked(st.session_state["map"]), known)


def _from_rows(key: str, known: list[str]) -> Callable[[], None]:
    def take() -> None:
        rows = st.session_state[key].get("selection", {}).get("rows", [])
        select(known[rows[0]] if rows else "", known)

    return take


def the_site(table: pd.DataFrame, site: str, scenario: Scenario) -> None:
    row = table[table["site_id"] == site].iloc[0]
    st.markdown(f"#### {plain(str(row['name']))}")
    st.caption(f"{place(row.to_dict())} · {plain(site)}")
    if row["rank"] != 1:
        st.markdown(plain(headline(row, scenario)))
    st.dataframe(
        key_figures(row, hazards(hazards_of(site), site)),
        hide_index=True,
        height="content",
        row_height=30,
        column_config=widths(CARD),
    )


def ranking_table(table: pd.DataFrame, site: str, scenario: Scenario) -> None:
    kept = table[table["excluded_because"].eq("")].reset_index(drop=True)
    if kept.empty:
        return
    kept = kept.assign(flags=risk_flags(kept))
    columns: tuple[str, ...] = RANKED
    if drawn_here() and st.toggle(
        "How sure: how often first, and among the first three",
        key="view.sure",
        help="Draws every number in doubt; half a minute the first time, then at once.",
    ):
        kept = kept.join(odds(scenario)[list(SURE)], on="site_id")
        columns = (*RANKED[:2], *SURE, *RANKED[2:])
    _rows(kept, columns, "ranking", site)


def excluded_table(table: pd.DataFrame, site: str) -> None:
    out = table[table["excluded_because"].ne("")].reset_index(drop=True)
    if out.empty:
        return
    st.markdown("##### Excluded, and why")
    st.html("<style>.st-key-out {opacity: 0.62}</style>")
    with st.container(key="out"):
        _rows(out, OUT, "excluded", site)


def _rows(table: pd.DataFrame, columns: tuple[str, ...], key: str, site: str) -> None:
    """Draw a table whose chosen row is the selected site."""
    known = table["site_id"].tolist()
    rows = [known.index(site)] if site in known else []
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    st.dataframe(
        table[list(columns)],
        hide_index=True,
        column_config={name: column(name) for name in columns},
        key=key,
        on_select=_from_rows(key, known),
        selection_mode="single-row",
        placeholder=ABSENT,
        height="content",
    )


def ground_of(site: str) -> None:
    with st.expander(
        "The ground: hazards and borders", key="ground", on_change="rerun"
    ) as part:
        if not part.open:
            return
        found = hazards(hazards_of(site), site)
        if found.empty:
            st.caption("Nothing is tabled here, which does not make the place safe.")
            return
        st.dataframe(
            found, hide_index=True, height="content", column_config=widths(GROUND)
        )


def downloads(run: Run) -> None:
    st.markdown("##### Take it with you")
    rankings(run)
    st.caption("The same files, byte for byte, from the command line:")
    st.code(command(intent(), "rank"), language=None)
