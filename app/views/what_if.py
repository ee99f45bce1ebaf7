"""What-if: other preferences, prices, plant, dates and stress, against the scenario."""

from dataclasses import replace
from typing import Any, Final, get_args

import pandas as pd
import streamlit as st

from app.cache import ranked, world
from app.cache_doubt import doubted
from app.controls import command, sidebar
from app.figures import ABSENT, heading, label, plain
from app.inputs import book_number, many, number, select, switch, weight, word
from app.intent import GROUPS, scenario_of, settings
from app.lists import drawn_here
from app.session import ask, intent
from app.views.doubt import METRICS, turned_by
from data.choices import CoolingSystem, NetworkQuantile, PowerTier
from siting.differences import moved_words, moves
from siting.loading import load_scenario
from siting.scenario import Contract, Criterion, Role, Scenario
from siting.scenario_file import changed
from siting.stress_cases import Case, applied, cases_of

PLACE: Final = "what"
CRITERIA: Final = "preferences.criteria."
PRICES: Final = {
    "power.tariff.industrial_azn_per_kwh": "Industrial tariff",
    "power.azn_per_usd": "Manat for a dollar",
    "finance.power_escalation_pct": "Power dearer every year",
    "finance.reference_rent_usd_per_kw_month": "Rent of the market",
    "finance.wacc_pct": "Cost of capital (WACC)",
    "finance.life_years": "Life",
    "finance.facility_capex_usd_per_kw": "Facility",
    "finance.capex_escalation_pct": "Building dearer every year",
    "finance.contingency_pct": "Contingency",
    "finance.maintenance_pct": "Maintenance",
    "finance.occupancy_pct": "Let in the long run",
    "finance.lease_up_months": "Time to let it",
}
DELAYS: Final = {
    "power.time.study_permits_months": "Connection study and permits",
    "power.time.large_transformer_months": "A large transformer",
    "power.time.switchgear_months": "Switchgear",
    "power.time.commissioning_months": "Commissioning",
    "campus.permit_months": "Permits of the campus",
    "campus.building_months": "Building",
    "campus.licence_months": "Licence for the equipment",
}
MOVES: Final = {
    "name": "Site",
    "rank_before": "# was",
    "rank_after": "# is",
    "rank_change": "Won",
    "score_before": "Score was",
    "score_after": "Score is",
    "lcoc_usd_per_kw_month_before": "LCOC was",
    "lcoc_usd_per_kw_month_after": "LCOC is",
    "lcoc_usd_per_kw_month_change": "Change",
    "it_mw_before": "MW was",
    "it_mw_after": "MW is",
    "months_to_power_change": "Months",
}
"""Columns of the table of moves, in words."""
TENTHS: Final = ("score_before", "score_after", "lcoc_usd_per_kw_month_change")


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    shipped = load_scenario(intent().scenario)
    table = moves(ranked(shipped).ranking, ranked(scenario).ranking)
    answer(table, scenario)
    preferences, prices, plant, delays, stress = st.tabs(
        ["Preferences", "Prices and money", "Plant and power", "Delays", "Stress cases"]
    )
    with preferences:
        the_preferences(scenario)
    with prices:
        the_prices(scenario)
    with plant:
        the_plant(scenario)
    with delays:
        the_delays(scenario)
    with stress:
        the_stress(scenario)
    smallest_flip(scenario)
    if settings(intent()):
        st.markdown("##### Who moves")
        who_moved(table)
    st.markdown("##### Take it with you")
    st.code(command(intent(), "rank"), language=None)


def answer(table: pd.DataFrame, scenario: Scenario) -> None:
    st.subheader("What if it is otherwise?")
    asked = settings(intent())
    if not asked:
        st.markdown(
            f"**Nothing is changed yet** from the scenario {plain(scenario.name)}. Change "
            "something below: the page says what it does to the ranking."
        )
        return
    first, *rest = moved_words(table)
    st.markdown("  \n".join([f"**{plain(first)}**", *map(plain, rest)]))
    many_ = f"{len(asked)} settings" if len(asked) > 1 else "one setting"
    st.caption(
        f"Against the scenario {plain(scenario.name)} as shipped, {many_} changed."
    )


def smallest_flip(scenario: Scenario) -> None:
    """Offer the least change of one number that turns the first two sites."""
    order = ranked(scenario).ranking.table.loc[lambda t: t["rank"].notna()]
    pair = order["site_id"].head(2).tolist()
    if len(pair) < 2 or not drawn_here():
        return
    with st.expander(
        "The smallest flip: what would turn the first two",
        key="flip",
        on_change="rerun",
    ) as part:
        if part.open:
            told = doubted(scenario, (pair[0], pair[1]), METRICS[0])
            turned_by(told, order["name"].head(2).tolist())


def the_preferences(scenario: Scenario) -> None:
    st.caption("Weights and scales re-order the sites at once; the model does not run.")
    for box, (group, _) in zip(
        st.columns(len(scenario.preferences.groups)),
        scenario.preferences.groups,
        strict=True,
    ):
        with box:
            weight(word(group), f"{GROUPS}{group}", scenario, place=PLACE)
            for criterion in scenario.preferences.criteria:
                if criterion.group == group:
                    _criterion(criterion, scenario)
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        key = "preferences.gates.min_served_pct"
        number("Least part of the load, %", key, scenario, 5.0, place=PLACE)
    with middle:
        key = "preferences.min_coverage_pct"
        number("Least part of a group scored, %", key, scenario, 5.0, place=PLACE)
    with right:
        key = "preferences.gates.exclude_mined"
        switch("Leave out districts not cleared of mines", key, scenario, place=PLACE)


def _criterion(criterion: Criterion, scenario: Scenario) -> None:
    weight(
        f"· {label(criterion.metric)}",
        f"{CRITERIA}{criterion.metric}.weight",
        scenario,
        place=PLACE,
        said=f"{heading(criterion.metric)}: 0 at {criterion.worst:g}, 100 at "
        f"{criterion.best:g}, {criterion.scale}",
    )


def the_prices(scenario: Scenario) -> None:
    left, right = st.columns(2)
    with left:
        select("Who invests", "finance.role", get_args(Role), scenario, place=PLACE)
    with right:
        contracts = get_args(Contract)
        select("Contract", "finance.contract", contracts, scenario, place=PLACE)
    _book(PRICES, scenario)


def the_plant(scenario: Scenario) -> None:
    systems = get_args(CoolingSystem)
    many("Cooling that may be built", "cooling.systems", systems, scenario, PLACE)
    left, middle, right = st.columns(3)
    with left:
        key = "cooling.facility_water_c"
        number("Facility water, °C", key, scenario, 1.0, place=PLACE)
        switch("Water may be used", "cooling.water_available", scenario, place=PLACE)
    with middle:
        number("Dry coolers sized for, K", "cooling.itd_k", scenario, 1.0, place=PLACE)
        switch("Trim chiller", "cooling.trim_chiller", scenario, place=PLACE)
    with right:
        key = "cooling.peak_shaving_h"
        number("Cold store, h", key, scenario, 1.0, place=PLACE)
        switch("Wetted air", "cooling.adiabatic", scenario, place=PLACE)
    with left:
        tiers = get_args(PowerTier)
        select("Tier of supply", "power.tier", tiers, scenario, place=PLACE)
        switch("Through Russia", "fibre.russia", scenario, place=PLACE)
    with middle:
        networks = get_args(NetworkQuantile)
        select("Network", "power.network", networks, scenario, place=PLACE)
        switch("Through Iran", "fibre.iran", scenario, place=PLACE)
    with right:
        number("Fuel, h", "power.fuel_h", scenario, 12.0, place=PLACE)
        switch("Through Georgia", "fibre.georgia", scenario, place=PLACE)


def the_delays(scenario: Scenario) -> None:
    key = "build_out.delay_years"
    number("Everything announced later by, years", key, scenario, 1.0, place=PLACE)
    _book(DELAYS, scenario)


def _book(names: dict[str, str], scenario: Scenario) -> None:
    boxes = st.columns(3)
    for place, (name, told) in enumerate(names.items()):
        with boxes[place % len(boxes)]:
            book_number(told, name, scenario, PLACE)


def the_stress(scenario: Scenario) -> None:
    cases = {case.key: case for case in cases_of(world())}
    key = st.selectbox(
        "Case",
        list(cases),
        format_func=lambda name: cases[name].name,
        key="what.case",
        index=None,
        placeholder="Choose what goes wrong",
    )
    if key is None:
        st.caption("Ready-made cases, each laid over the scenario as it stands now.")
        return
    case = cases[key]
    st.markdown(plain(case.statement))
    if case.refuses:
        st.info("Under this case no site is left.")
        return
    stressed_by(case, scenario)
    st.caption("Every case and figure, from the command line:")
    st.code(command(intent(), "stress", "--case", key), language=None)


def stressed_by(case: Case, scenario: Scenario) -> None:
    after, turns = applied(case, scenario, world())
    table = moves(ranked(scenario).ranking, ranked(after).ranking)
    st.markdown("  \n".join(f"- {plain(line)}" for line in moved_words(table)))
    st.dataframe(
        pd.DataFrame(
            [(t.setting, t.before, t.after, t.change.grade) for t in turns],
            columns=["What it changes", "From", "To", "Grade"],
        ),
        hide_index=True,
        height="content",
    )

    def take() -> None:
        base = load_scenario(intent().scenario)
        ask(replace(intent(), sets=changed(after, base)))

    st.button("Take it into the scenario", on_click=take, key="what.take")
    who_moved(table)


def who_moved(table: pd.DataFrame) -> None:
    st.dataframe(
        table.reset_index(drop=True)[list(MOVES)],
        hide_index=True,
        height="content",
        placeholder=ABSENT,
        column_config=_columns(),
    )
    st.caption(
        "Won: places won. LCOC in USD/kW-month; MW of IT that can be had; months by "
        "which power comes later."
    )


def _columns() -> dict[str, Any]:
    text, number_ = st.column_config.TextColumn, st.column_config.NumberColumn
    shown: dict[str, Any] = {"name": text("Site", width=188, pinned=True)}
    for name, head in list(MOVES.items())[1:]:
        signed = "+" if name.endswith("_change") else ""
        digits = 1 if name in TENTHS else 0
        shown[name] = number_(head, format=f"%{signed}.{digits}f", width=64)
    return shown
