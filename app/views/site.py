"""Site: one place from its megawatts to its money, every figure with its grade."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from app import maps
from app.cache import (
    evaluation,
    grades_of,
    hazards_of,
    hops_of,
    land,
    network,
    ranked,
    studied,
    world,
    years,
)
from app.charts import Drawn, Look, duration_chart
from app.charts_air import air_chart
from app.charts_money import CASH_WORDS, cash_chart, split_chart
from app.charts_power import years_chart
from app.charts_steps import steps_chart
from app.controls import command, sidebar
from app.figures import heading, place, plain
from app.intent import scenario_of
from app.pages import turn_to
from app.parts import (
    chosen_row,
    explainable,
    ink,
    on_row,
    pick_site,
    selected,
    tree,
    wrapped,
)
from app.routes import LIT, route_paths, route_words
from app.session import intent
from app.tables import hazards, widths
from app.tables_site import (
    EVERY_FIGURE,
    GRADED,
    figure_rows,
    hop_columns,
    hop_rows,
)
from app.trees import TINTS
from app.views.power import plain_sentence, wanted_mw
from siting.cash_table import cash_table
from siting.compare import waterfall
from siting.effective import effective_steps
from siting.headline import headline
from siting.scenario import Scenario
from siting.study import Study
from siting.study_views import (
    cooling_headline,
    duration_table,
    humidity_lines,
    mode_table,
    station_pressure,
)

MAP_HEIGHT: Final = 380


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    ranking = ranked(scenario).ranking.table
    site = selected(ranking, intent().site)
    row = ranking[ranking["site_id"] == site].iloc[0]
    answer(row, scenario)
    pick_site(ranking, site)
    megawatts(scenario, site, row)
    the_year_in_cooling(scenario, site, row)
    routes(scenario, site, ranking)
    money(scenario, site)
    ground(site)
    every_figure(scenario, site, row)
    st.markdown("##### Take it with you")
    st.caption("The figures of this site beside the first, and any number explained:")
    first = str(ranking["site_id"].iloc[0])
    other = first if first != site else str(ranking["site_id"].iloc[1])
    st.code(command(intent(), "compare", site, other), language=None)
    st.code(command(intent(), "explain", site, metric_of(scenario)), language=None)


def answer(row: pd.Series, scenario: Scenario) -> None:
    name = str(row["name"])
    st.subheader(f"What is {plain(name)} worth to {scenario.campus.mw:g} MW?")
    told = headline(row, scenario).removeprefix(name)
    st.markdown(f"**{plain(name)}**{plain(told)}")
    st.caption(
        f"{place(row.to_dict())} · {plain(str(row['site_id']))} · "
        f"{row['lat']:.3f}° N, {row['lon']:.3f}° E"
    )


def megawatts(scenario: Scenario, site: str, row: pd.Series) -> None:
    st.markdown("##### Megawatts")
    st.markdown(plain_sentence(row, scenario.campus.year))
    left, right = st.columns(2, gap="medium")
    table = years(scenario, site)
    with left:
        if table.empty:
            st.caption("No year is known here.")
        else:
            chart = years_chart(table, wanted_mw(row), ink())
            st.altair_chart(chart, width="stretch")
    with right:
        steps = effective_steps(row.to_dict(), scenario.campus.mw)
        if steps.empty:
            st.info("Nothing can be built here, so there is nothing to take away from.")
        else:
            drawn = steps.rename(columns={"change_mw": "change", "left_mw": "left"})
            title = f"{row['it_mw']:.0f} MW of IT are left of the nameplate"
            chart = steps_chart(drawn, title, "MW", ink())
            st.altair_chart(chart, width="stretch")
    turn_to("power", "Upgrade steps, supply beside the grid and every bus: Power")


def the_year_in_cooling(scenario: Scenario, site: str, row: pd.Series) -> None:
    st.markdown("##### The year in cooling")
    study, system = studied(scenario, site), str(row["cooling_system"])
    durations = duration_table(study, site)
    if system not in set(durations["system"]):
        st.info("No cooling system has figures here.")
        return
    told = cooling_headline(study, site, system, str(row["name"]))
    st.markdown(plain(told))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.altair_chart(_air(study, site, system), width="stretch")
    with right:
        look = Look(system, frozenset(), ink())
        own = durations[durations["system"].eq(system)]
        st.altair_chart(duration_chart(own, look), width="stretch")
    turn_to("cooling", "Every system, by month and by part: Cooling")


def _air(study: Study, site: str, system: str) -> Drawn:
    cells, lines = mode_table(study, site, system), humidity_lines(study, site)
    return air_chart(cells, lines, station_pressure(study, site), ink())


def routes(scenario: Scenario, site: str, ranking: pd.DataFrame) -> None:
    st.markdown("##### Routes")
    told = evaluation(scenario)
    st.caption("  \n".join(map(plain, route_words(told, site))))
    left, right = st.columns(2, gap="medium")
    with left:
        dark = st.context.theme.type == "dark"
        st.pydeck_chart(
            maps.deck(
                land(),
                {"fibre": network("fibre")},
                maps.site_points(ranking[ranking["site_id"].eq(site)], "score"),
                site,
                maps.DARK if dark else maps.LIGHT,
                route_paths(told, site, world().tables["fibre_nodes"]),
            ),
            height=MAP_HEIGHT,
            key="routes",
            alt="Map of the fibre routes of the site; the table lists them hop by hop",
        )
    with right:
        hops = hops_of(scenario, site, LIT)
        for tab, hub in zip(st.tabs([h.capitalize() for h in LIT]), LIT, strict=True):
            with tab:
                _hops(hops[hops["hub"].eq(hub)])


def _hops(hops: pd.DataFrame) -> None:
    if hops.empty:
        st.caption("No permitted way leads there.")
        return
    st.dataframe(
        hop_rows(hops),
        hide_index=True,
        height=MAP_HEIGHT - 60,
        row_height=30,
        column_config=hop_columns(),
    )


def money(scenario: Scenario, site: str) -> None:
    st.markdown("##### Money")
    table = cash_table(evaluation(scenario), site)
    if table.empty:
        st.info("Nothing can be built here, so there is no cash flow.")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.altair_chart(cash_chart(table, ink()), width="stretch")
    with right:
        lines = waterfall(evaluation(scenario), [site])[site]
        st.altair_chart(split_chart(lines, ink()), width="stretch")
    with st.expander(
        "The cash flow year by year", key="cash", on_change="rerun"
    ) as part:
        if part.open:
            st.dataframe(
                table.reset_index(), hide_index=True, column_config=cash_columns()
            )


def ground(site: str) -> None:
    st.markdown("##### The ground: hazards and borders")
    found = hazards(hazards_of(site), site)
    if found.empty:
        st.caption("Nothing is tabled here, which does not make the place safe.")
        return
    wrapped(found)


def metric_of(scenario: Scenario) -> str:
    """Return the metric explained: what is asked for, if it has a tree."""
    wanted = intent().metric
    known = wanted in EVERY_FIGURE or wanted in explainable(scenario)
    return wanted if known else "lcoc_usd_per_kw_month"


def every_figure(scenario: Scenario, site: str, row: pd.Series) -> None:
    st.markdown("##### Every figure, and what it rests on")
    st.caption(
        "The grade is that of the least known number a figure rests on; beside it, how "
        "many of those numbers are assumed. Choose a row to see its tree."
    )
    shown = [m for m in EVERY_FIGURE if m in row.index]
    rows = figure_rows(row, grades_of(scenario, site, tuple(shown)))
    left, right = st.columns(2, gap="medium")
    with left:
        chosen_row("figures", shown, metric_of(scenario))
        st.dataframe(
            rows.style.map(_tinted, subset=["Grade"]),
            hide_index=True,
            height="content",
            row_height=30,
            key="figures",
            column_config=widths(GRADED),
            selection_mode="single-row",
            on_select=on_row("figures", shown, lambda m: replace(intent(), metric=m)),
        )
    with right:
        st.markdown(f"**{plain(heading(metric_of(scenario)))}**")
        tree(scenario, site, metric_of(scenario))


def _tinted(grade: object) -> str:
    if grade not in TINTS:
        return ""
    return f"color: {TINTS[str(grade)][0]}; font-weight: 600"


def cash_columns() -> dict[str, Any]:
    """Return the lines of the cash flow under their heads."""
    return {
        name: st.column_config.NumberColumn(f"{word}, USD", format="%,.0f")
        for name, word in CASH_WORDS.items()
    } | {"year": st.column_config.NumberColumn("Year", format="%d")}
