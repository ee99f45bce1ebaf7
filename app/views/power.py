"""Power: how many megawatts a site can really have, by year, and what holds them."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from app.cache import hosting, ranked, steps, supplied, world, years
from app.charts_power import week_chart, years_chart
from app.controls import command, sidebar
from app.figures import ABSENT, figure, place, plain
from app.intent import scenario_of
from app.parts import explanation, ink, pick_site, selected
from app.session import intent
from siting.grid_lines import spread
from siting.scenario import Scenario

HELD: Final = {
    "year": "Year",
    "firm_mw": "Firm, MW",
    "firm_mw_p10": "P10",
    "firm_mw_p90": "P90",
    "flexible_mw": "If cut",
    "transformer_firm_mw": "Transformers",
    "grid_binding": "Network held by",
    "grid_contingency": "When lost",
}
"""Columns of the table of years, in words."""
BUSES: Final = {
    "name": "Substation",
    "level_kv": "kV",
    "grid_firm_mw_p50": "Firm P50, MW",
    "grid_firm_mw_p10": "P10",
    "grid_firm_mw_p90": "P90",
    "network_flexible_mw_p50": "If cut",
    "binding": "Held by",
    "contingency": "When lost",
    "binding_pct": "How often, %",
    "shadow_price": "Gain",
}
"""Columns of the table of buses, in words."""
STEPS: Final = {
    "step": "Built",
    "ready": "Ready",
    "months": "Months",
    "firm": "Firm, MW",
    "flexible": "If cut, MW",
    "millions": "M USD in all",
    "each": "k USD per MW",
    "binding": "Then held by",
}
"""Columns of the table of steps, in words."""
TEXTS: Final = frozenset(
    (
        "name",
        "binding",
        "contingency",
        "grid_binding",
        "grid_contingency",
        "step",
        "ready",
        "months",
        "firm",
        "flexible",
    )
)
"""Columns that hold words."""
STEPS_MEANING: Final = (
    "P50 (P10–P90). Each step stands on those above it, the best per dollar first; the "
    "station's own transformers count, units added included. Months are counted from "
    "the decision."
)
MEANING: Final = (
    "Gain: megawatts of new load for each megawatt more that the element held bears. "
    "Circuits, ratings and lengths that nobody publishes are drawn; only networks that "
    "could have served the peak of August 2025 count. Plants may be moved before an "
    "outage. Not covered: short circuit, voltage, stability, two outages at once."
)


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    ranking = ranked(scenario).ranking.table
    site = selected(ranking, intent().site)
    row = ranking[ranking["site_id"] == site].iloc[0]
    answer(row, scenario)
    pick_site(ranking, site)
    by_year(scenario, site, row)
    by_steps(scenario, site)
    supply(scenario, site)
    every_bus(scenario, row)
    explanation(scenario, site, "firm_mw")
    st.markdown("##### Take it with you")
    st.caption("The years of this site, and every bus as a file:")
    st.code(command(intent(), "explain", site, "firm_mw"), language=None)
    st.code(command(intent(), "grid", "hosting", "--out", "hosting.csv"), language=None)


def answer(row: pd.Series, scenario: Scenario) -> None:
    name, year = plain(str(row["name"])), scenario.campus.year
    st.subheader(f"How many megawatts can {name} really have?")
    st.markdown(plain_sentence(row, year))
    st.caption(
        f"{place(row.to_dict())} · {plain(str(row['site_id']))} · "
        f"{plain(str(row['power_method']))} :gray-badge[{row['power_grade'] or ABSENT}]"
    )


def plain_sentence(row: pd.Series, year: int) -> str:
    """Return the sentence that answers the page's question."""
    if not row["substation_name"]:
        return "**No substation of its network can take it.**"
    firm = figure("firm_mw", row["firm_mw"])
    spread = ""
    if pd.notna(row["firm_mw_p10"]):
        spread = f" ({row['firm_mw_p10']:.0f}–{row['firm_mw_p90']:.0f})"
    where = plain(f"{row['substation_name']}, {row['connection_kv']:.0f} kV")
    softer = row["flexible_mw"] - row["firm_mw"]
    more = f"; {softer:.0f} MW more if they may be cut at once" if softer >= 1 else ""
    return (
        f"**{firm}{spread} firm at {where} in {year}**, {row['lateral_km']:.0f} km of "
        f"line away; power in {figure('months_to_power', row['months_to_power'])}{more}."
    )


def wanted_mw(row: pd.Series) -> float:
    """Return the facility load of all that is asked for [MW]; NaN if none is built."""
    served = float(row["served_pct"])
    return float(row["facility_mw"]) * 100.0 / served if served > 0 else float("nan")


def by_year(scenario: Scenario, site: str, row: pd.Series) -> None:
    table = years(scenario, site)
    if table.empty:
        return
    st.altair_chart(years_chart(table, wanted_mw(row), ink()), width="stretch")
    st.dataframe(
        table.reset_index()[list(HELD)],
        hide_index=True,
        height="content",
        placeholder=ABSENT,
        column_config=columns(HELD),
    )


def by_steps(scenario: Scenario, site: str) -> None:
    with st.expander(
        "Megawatts by date: what to reinforce, when and for how much",
        key="steps",
        on_change="rerun",
    ) as part:
        if not part.open:
            return
        if scenario.power.network == "off":
            st.caption("The network is left out of this scenario.")
            return
        table = steps(scenario, site)
        if table.empty:
            st.caption("This island is not modelled: there is no network to reinforce.")
            return
        rows = table.to_dict("records")
        shown = table.assign(
            months=[spread(row, "months") for row in rows],
            firm=[spread(row, "firm_mw") for row in rows],
            flexible=[spread(row, "flexible_mw") for row in rows],
            millions=table["total_usd"] / 1e6,
            each=table["usd_per_firm_mw"] / 1e3,
        )
        st.dataframe(
            shown[list(STEPS)],
            hide_index=True,
            height="content",
            placeholder=ABSENT,
            column_config=columns(STEPS),
        )
        st.caption(STEPS_MEANING)
        st.code(command(intent(), "grid", "date", site), language=None)


def supply(scenario: Scenario, site: str) -> None:
    with st.expander(
        "Supply: sun, wind, batteries and gas beside the grid, at least cost",
        key="supply",
        on_change="rerun",
    ) as part:
        if not part.open:
            return
        told = supplied(scenario, site)
        if told is None:
            st.caption("No cooling system suits the racks and the site.")
            return
        left, right = st.columns([5, 6], gap="medium")
        with left:
            heads, *rows = told.rows
            st.dataframe(
                pd.DataFrame(rows, columns=["Figure", *heads[1:]]),
                hide_index=True,
                height="content",
                row_height=30,
            )
        with right:
            st.altair_chart(week_chart(told.week, ink()), width="stretch")
            for line in told.limits:
                st.caption(plain(line))
        st.code(command(intent(), "design", site), language=None)


def every_bus(scenario: Scenario, row: pd.Series) -> None:
    if scenario.power.network == "off":
        st.info("The network is left out of this scenario: transformers alone count.")
        return
    table = hosting(scenario)
    high = table[table["level_kv"] > 110]
    names = world().tables["substations"]["name"]
    shown = high.assign(name=names.reindex(high["substation_id"]).to_numpy())
    shown = shown.sort_values("grid_firm_mw_p50", ascending=False).reset_index(
        drop=True
    )
    st.markdown(f"##### Every bus of 220 kV and more in {scenario.campus.year}")
    own = shown["substation_id"].eq(str(row["substation_id"])).to_numpy()
    styled = shown[list(BUSES)].style.apply(
        lambda _: ["font-weight: 600" if mine else "" for mine in own], axis="index"
    )
    st.dataframe(
        styled,
        hide_index=True,
        height=420,
        placeholder=ABSENT,
        column_config=columns(BUSES),
    )
    st.caption(MEANING)


def columns(heads: dict[str, str]) -> dict[str, Any]:
    """Return columns under these heads, numbers without decimals but for the gain."""
    return {
        name: st.column_config.TextColumn(head)
        if name in TEXTS
        else st.column_config.NumberColumn(
            head,
            format="%.2f" if name == "shadow_price" else "%.0f",
        )
        for name, head in heads.items()
    }
