"""Cooling: what each system would draw at one site, hour by hour, and why."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from app.cache import ranked, studied
from app.charts import Drawn, Look, duration_chart, month_charts, shown
from app.charts_air import air_chart
from app.charts_ledger import ledger_chart
from app.controls import command, sidebar
from app.figures import ABSENT, place, plain
from app.intent import Intent, scenario_of
from app.palette import short
from app.parts import choose, explanation, ink, selected
from app.session import ask, intent
from app.tables import plant_columns, plants, refusals
from siting.study import Study, energy_table, month_table, system_table
from siting.study_views import (
    cooling_headline,
    duration_table,
    hours_csv,
    humidity_lines,
    mode_table,
    station_pressure,
)

PALE: Final = "color: #8a8f94"
"""What is refused, in the table."""


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    ranking = ranked(scenario).ranking.table
    site = selected(ranking, intent().site)
    row = ranking[ranking["site_id"] == site].iloc[0]
    study = studied(scenario, site)
    systems = system_table(study, site)
    built = str(row["cooling_system"])
    system = looked_at(systems, built)
    answer(study, row, system)
    choosers(ranking, site, systems, system)
    table_of_systems(systems, built, system)
    charts(study, site, look_of(systems, system))
    how(study)
    explanation(scenario, site, "pue_annual")
    if system != built:
        st.caption(f"What is explained is the built system: {short(built).lower()}.")
    downloads(study, site, system)


def looked_at(systems: pd.DataFrame, built: str) -> str:
    """Return the system asked for, else the built one, else the first there is."""
    wanted = intent().system
    for system in (wanted, built):
        if system in systems.index:
            return system
    return str(systems.index[0])


def look_of(systems: pd.DataFrame, system: str) -> Look:
    refused = systems.index[systems["inadmissible_because"].ne("")]
    return Look(system, frozenset(map(str, refused)), ink())


def answer(study: Study, row: pd.Series, system: str) -> None:
    site, name = str(row["site_id"]), str(row["name"])
    st.subheader(f"What does cooling draw at {plain(name)}?")
    first, *rest = cooling_headline(study, site, system, name).split("; ")
    st.markdown("; ".join([f"**{plain(first)}**", *map(plain, rest)]))
    weather = study.weather.attrs
    st.caption(
        f"{place(row.to_dict())} · {plain(site)} · {plain(weather['source'])} weather "
        f":gray-badge[{plain(weather['grade'])}]"
    )


def choosers(
    ranking: pd.DataFrame, site: str, systems: pd.DataFrame, system: str
) -> None:
    names = dict(zip(ranking["site_id"], ranking["name"], strict=True))
    titles = {str(name): str(title) for name, title in systems["title"].items()}
    left, right = st.columns(2)
    with left:
        choose("Site", names, site, _with_site)
    with right:
        choose("System drawn", titles, system, _with_system)


def _with_site(site: str) -> Intent:
    return replace(intent(), site=site)


def _with_system(system: str) -> Intent:
    return replace(intent(), system=system)


def table_of_systems(systems: pd.DataFrame, built: str, system: str) -> None:
    table = plants(systems, built)
    known = list(map(str, table.index))
    st.session_state["systems"] = {
        "selection": {"rows": [known.index(system)], "columns": [], "cells": []}
    }
    st.dataframe(
        table.style.apply(_greyed, axis="columns"),
        hide_index=True,
        column_config=plant_columns(),
        key="systems",
        on_select=_from_rows(known),
        selection_mode="single-row",
        placeholder=ABSENT,
        height="content",
    )
    reasons = [
        f"Refused here: {plain(', '.join(names).lower())} – {plain(reason)}."
        for reason, names in refusals(systems).items()
    ]
    if reasons:
        st.caption("  \n".join(reasons))


def _greyed(row: pd.Series) -> list[str]:
    return [PALE if row["Here"] == "refused" else ""] * len(row)


def _from_rows(known: list[str]) -> Callable[[], None]:
    def take() -> None:
        rows = st.session_state["systems"].get("selection", {}).get("rows", [])
        if rows:
            ask(_with_system(known[rows[0]]))

    return take


def charts(study: Study, site: str, look: Look) -> None:
    durations = duration_table(study, site)
    if look.selected not in set(durations["system"]):
        st.info("This system has no figures here, so there is nothing to draw.")
        return
    year_of_air(study, site, look)
    if look.refused:
        _refused_too()
    systems = map(str, study.cooling["system"].to_numpy())
    drawn = shown(systems, look, refused=intent().refused)
    months = month_table(study, site)
    _chart(duration_chart(durations[durations["system"].isin(drawn)], look))
    panels = month_charts(months[months["system"].isin(drawn)], look)
    for box, panel in zip(st.columns(2), panels, strict=True):
        with box:
            _chart(panel)
    _chart(ledger_chart(energy_table(study, site), look))


def year_of_air(study: Study, site: str, look: Look) -> None:
    cells = mode_table(study, site, look.selected)
    lines = humidity_lines(study, site)
    _chart(air_chart(cells, lines, station_pressure(study, site), look.ink))


def _chart(chart: Drawn) -> None:
    st.altair_chart(chart, width="stretch")


def _refused_too() -> None:
    key = "view.refused"
    st.session_state[key] = intent().refused
    st.toggle(
        "Draw what is refused here too, dashed",
        key=key,
        on_change=lambda: ask(replace(intent(), refused=st.session_state[key])),
    )


def how(study: Study) -> None:
    weather, cooling = study.weather.attrs, study.cooling.attrs
    st.caption(f"Weather: {plain(weather['method'])}")
    st.caption(f"Cooling: {plain(cooling['cooling_method'])}.")


def downloads(study: Study, site: str, system: str) -> None:
    st.markdown("##### Take it with you")
    st.download_button(
        f"The hours of {short(system).lower()}, CSV",
        partial(hours_csv, study, site, system),
        file_name=f"cooling-{re.sub(r'[^A-Za-z0-9]+', '_', site)}-{system}.csv",
        mime="text/csv",
        key="download.hours",
        on_click="ignore",
    )
    st.caption("Every system of the site, from the command line:")
    st.code(command(intent(), "cooling", site, "--hours", "hours.csv"), language=None)
