"""Pieces that more than one page has."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from app.cache import evaluation, explained
from app.figures import plain
from app.intent import Intent
from app.palette import DARK, LIGHT, Ink
from app.session import ask
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
        metrics = [
            str(name)
            for name, variable in evaluation(scenario).data_vars.items()
            if variable.dims == ("site",) and glossary()[str(name)].formula
        ]
        first = metrics.index(opened)
        metric = st.selectbox("Number", metrics, index=first, key=f"explain.{opened}")
        st.caption(plain(glossary()[metric].meaning))
        st.code(explained(scenario, site, metric), language=None, wrap_lines=True)


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
