"""Pieces that more than one page has."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from app.cache import evaluation, explained, ranked
from app.figures import heading, plain
from app.intent import Intent
from app.palette import DARK, LIGHT, Ink
from app.session import ask, intent
from app.trees import tree_html
from data.schema import glossary
from siting.scenario import Scenario


def ink() -> Ink:
    """Return what the charts of the page are drawn with, by its theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def selected(table: pd.DataFrame, wanted: str) -> str:
    """Return the site asked for, or the first of the ranking."""
    known = table["site_id"].tolist()
    return wanted if wanted in known else str(known[0])


def explanation(scenario: Scenario, site: str, opened: str) -> None:
    """Offer any number of the ranking down to its sources, `opened` first."""
    with st.expander(
        "Explain a number, down to its sources", key="explain", on_change="rerun"
    ) as part:
        if not part.open:
            return
        metrics = explainable(scenario)
        wanted = intent().metric
        now = wanted if wanted in metrics else opened
        choose("Number", metrics, now, lambda name: replace(intent(), metric=name))
        tree(scenario, site, now)


def explainable(scenario: Scenario) -> dict[str, str]:
    """Return the metrics that have a tree, each with its short name."""
    own = [
        str(name)
        for name, variable in evaluation(scenario).data_vars.items()
        if variable.dims == ("site",) and glossary()[str(name)].formula
    ]
    scores = [c for c in ranked(scenario).ranking.table if str(c).endswith("score")]
    named = {name: heading(name) for name in (*map(str, scores), *own)}
    return {n: h if h.startswith(n) else f"{h} ({n})" for n, h in named.items()}


def tree(scenario: Scenario, site: str, metric: str) -> None:
    """Draw what a number means and the tree it stands on."""
    st.caption(plain(glossary()[metric].meaning))
    st.html(tree_html(explained(scenario, site, metric)))


def choose(
    label: str, names: dict[str, str], now: str, wanted: Callable[[str], Intent]
) -> None:
    """Draw a list to choose from; `wanted` says what the choice asks for."""
    key = f"view.{label}"
    st.session_state[key] = now
    st.selectbox(
        label,
        list(names),
        format_func=lambda name: names[name],
        key=key,
        on_change=lambda: ask(wanted(st.session_state[key])),
    )


def pick_site(ranking: pd.DataFrame, site: str) -> None:
    """Draw the list of sites, best first, with the one in force chosen."""
    names = dict(zip(ranking["site_id"], ranking["name"], strict=True))
    choose("Site", names, site, lambda chosen: replace(intent(), site=chosen))


def chosen_row(key: str, known: list[str], now: str) -> None:
    """Set the row of a table that is drawn as chosen; call before the table."""
    rows = [known.index(now)] if now in known else []
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def on_row(
    key: str, known: list[str], wanted: Callable[[str], Intent]
) -> Callable[[], None]:
    """Return what a click on a row of a table does: ask for what it stands for."""

    def take() -> None:
        rows = st.session_state[key].get("selection", {}).get("rows", [])
        if rows:
            ask(wanted(known[rows[0]]))

    return take


def wrapped(table: pd.DataFrame) -> None:
    """Draw a table of texts whose long ones wrap, every letter as it stands."""
    texts = table.map(lambda cell: plain(str(cell)))
    st.table(texts, border="horizontal", hide_index=True)
