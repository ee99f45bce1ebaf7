"""Assumptions: the whole book and every announced project, searched and changed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.cache import world
from app.controls import command, sidebar
from app.figures import ABSENT, plain
from app.inputs import tabled
from app.intent import scenario_of, with_settings
from app.session import ask, intent
from data.schema import GRADES
from siting.assumptions_told import book_table, found
from siting.data_told import with_addresses
from siting.project_lines import counts
from siting.projects import project_table, same_line, stands_on, switched
from siting.scenario import Scenario

BOOK: Final = (
    "name", "in_force", "value", "low", "high", "unit", "grade", "note", "url", "as_of",
    "scope",
)  # fmt: skip
PROJECTS: Final = (
    "switch",
    "name",
    "kind",
    "status",
    "year",
    "capacity_mw",
    "counts",
    "url",
    "note",
)
POLICY, ON, OFF = "by policy", "on", "off"
TURN: Final = "turn"
"""Key of the session: how often a table was edited, which names its next widget."""
EVERY: Final = "every room"
TALL: Final = 560


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    table = book_table(world(), scenario)
    answer(table)
    names = ["The book", "Announced projects"]
    book, projects = st.tabs(names, key="assumptions.tabs", on_change="rerun")
    with book:
        if book.open:
            the_changes(table)
            the_book(table)
    with projects:
        if projects.open:
            the_projects(scenario)
    st.markdown("##### Take it with you")
    st.code(command(intent(), "scenario", "check"), language=None)


def answer(table: pd.DataFrame) -> None:
    counted = table["grade"].value_counts()
    graded = ", ".join(f"{counted[g]} {g}" for g in GRADES if g in counted)
    cited = table["source"].str.split().explode().nunique()
    st.subheader("What does it all rest on?")
    st.markdown(
        f"**{len(table)} numbers beside the tables: {graded}.** {cited} sources, newest "
        f"{table['as_of'].max()}. Change one and the ranking follows; what cannot be is "
        "refused with the reason."
    )


def the_changes(table: pd.DataFrame) -> None:
    own = table[table["changed"]]
    if own.empty:
        st.caption("Every number is as the book has it.")
        return
    st.markdown(f"**Changed: {len(own)}**")
    for name, row in own.head(MOST).iterrows():
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            st.markdown(
                f"{plain(str(name))}: {row['value']:g} → **{row['in_force']:g}** "
                f"{plain(str(row['unit']))}"
            )
        with right:
            st.button("Reset", key=f"reset.{name}", on_click=_reset([str(name)]))
    if len(own) > 1:
        names = [str(name) for name in own.index]
        st.button("Reset all of them", key="reset", on_click=_reset(names))


MOST: Final = 12
"""Changes listed one by one."""


def _reset(names: list[str]) -> Callable[[], None]:
    def take() -> None:
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        ask(with_settings(intent(), dict.fromkeys(names)))

    return take


def the_book(table: pd.DataFrame) -> None:
    left, middle, right = st.columns([4, 3, 5], vertical_alignment="bottom")
    with left:
        words = st.text_input(
            "Find", key="book.words", type="search", placeholder="tariff, WACC, pump …"
        )
    with middle:
        rooms = [EVERY, *table["room"].unique()]
        room = st.selectbox("Room", rooms, key="book.room")
    with right:
        grades = st.pills("Grade", GRADES, selection_mode="multi", key="book.grades")
    shown = found(table, words or "")
    shown = shown[shown["room"].eq(room) | (room == EVERY)]
    shown = shown[shown["grade"].isin(grades or GRADES)]
    st.caption(f"{len(shown)} of {len(table)}")
    if shown.empty:
        st.info("No number of the book has these words.")
        return
    names = [str(name) for name in shown.index]
    key = f"book.{st.session_state.get(TURN, 0)}.{words}.{room}.{grades}"
    st.data_editor(
        shown.reset_index()[list(BOOK)],
        hide_index=True,
        disabled=[name for name in BOOK if name != "in_force"],
        height=TALL,
        key=key,
        on_change=_edited(key, names, _numbers),
        column_config=book_columns(),
    )


def _edited(
    key: str, names: list[str], read: Callable[[str, Any], Mapping[str, object]]
) -> Callable[[], None]:
    """Return what an edit of a table does; the next widget starts without edits."""

    def take() -> None:
        edits = st.session_state[key].get("edited_rows", {})
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        for place, cells in edits.items():
            for value in cells.values():
                ask(with_settings(intent(), read(names[int(place)], value)))

    return take


def _numbers(name: str, value: float | None) -> dict[str, object]:
    """Return the setting of a number; emptied, or as tabled, it is left unsaid."""
    return {name: None if value is None or value == tabled(name) else float(value)}


def book_columns() -> dict[str, Any]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    return {
        "name": text("Number", width=236, pinned=True),
        "in_force": number(
            "In force", width=88, help="Type another; empty it to reset."
        ),
        "value": number("Book", width=76),
        "low": number("Low", width=64),
        "high": number("High", width=64),
        "unit": text("Unit", width=92),
        "grade": text("Grade", width=78),
        "note": text("Note", width=330),
        "url": st.column_config.LinkColumn("Source", width=80, display_text="open"),
        "as_of": text("As of", width=66),
        "scope": text("Scope", width=70),
    }


def the_projects(scenario: Scenario) -> None:
    table = with_addresses(project_table(world(), scenario), world())
    chosen = scenario.build_out
    switch = [
        ON if key in chosen.on else OFF if key in chosen.off else POLICY
        for key in map(str, table.index)
    ]
    rows = [counts(row) for _, row in table.iterrows()]
    told = table["status"].str.replace("_", " ")
    table = table.assign(switch=switch, counts=rows, status=told)
    counted = int(table["counted"].sum())
    st.markdown(
        f"**{counted} of {len(table)} announced projects count in {scenario.campus.year}** "
        f"under the policy {plain(chosen.policy.replace('_', ' '))}, "
        f"{chosen.delay_years:g} years late."
    )
    st.caption(
        "Switched on, a project brings the substations it stands on, and the same line "
        "in another table; a year it does not state is taken as now."
    )
    words = st.text_input(
        "Find", key="projects.words", type="search", placeholder="Navahi, cable, wind …"
    )
    text = table.reset_index()[["project_id", "name", "kind", "status", "note"]]
    hit = text.astype(str).agg(" ".join, axis=1).str.lower()
    shown = table[hit.str.contains((words or "").lower(), regex=False).to_numpy()]
    names = [str(name) for name in shown.index]
    key = f"projects.{st.session_state.get(TURN, 0)}.{words}"
    st.data_editor(
        shown.reset_index(drop=True)[list(PROJECTS)],
        hide_index=True,
        disabled=[name for name in PROJECTS if name != "switch"],
        height=TALL,
        key=key,
        on_change=_edited(key, names, _switches),
        column_config=project_columns(),
        placeholder=ABSENT,
    )


def _switches(project: str, switch: str | None) -> dict[str, object]:
    """Return the settings that switch a project, and what belongs to it."""
    scenario = scenario_of(intent())
    ids = same_line(world(), project)
    chosen = scenario.build_out
    if switch in (ON, OFF):
        along = (*ids, *stands_on(world(), ids)) if switch == ON else ()
        chosen = switched(scenario, ids, along).build_out
        return {"build_out.on": chosen.on, "build_out.off": chosen.off}
    return {
        "build_out.on": tuple(item for item in chosen.on if item not in ids),
        "build_out.off": tuple(item for item in chosen.off if item not in ids),
    }


def project_columns() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "switch": st.column_config.SelectboxColumn(
            "Switch", options=[POLICY, ON, OFF], width=92, required=True, pinned=True
        ),
        "name": text("Project", width=240),
        "kind": text("Kind", width=150),
        "status": text("Status", width=120),
        "year": st.column_config.NumberColumn("Year", format="%d", width=56),
        "capacity_mw": st.column_config.NumberColumn("MW", format="%.0f", width=60),
        "counts": text("Counts", width=86),
        "url": st.column_config.LinkColumn("Source", width=70, display_text="open"),
        "note": text("Note", width=320),
    }
