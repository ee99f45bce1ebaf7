"""A chart of steps: from one total to another, what adds and what takes away."""

import math
from typing import Final

import altair as alt
import pandas as pd

from app.charts import Drawn, titled, whole
from app.palette import Ink

LESS: Final = "#56b4e9"
MORE: Final = "#d55e00"
"""Steps down and up, told apart by colour-blind eyes."""
ROOM: Final = 1.14
"""The axis over the longest bar: its number stands beside it."""
ROW, AROUND = 30, 78
"""Pixels of a step; of title and axis around them."""


def steps_chart(
    table: pd.DataFrame, title: str, axis: str, ink: Ink, *, close: bool = False
) -> Drawn:
    """Draw steps as floating bars, top to bottom, with totals in the accent.

    Parameters
    ----------
    table : DataFrame
        `step`, `change` (absent in a total) and `left`: what is left after it.
    title : str
        What to see.
    axis : str
        What is measured, with its unit.
    ink : Ink
    close : bool
        True: the axis starts near the steps, which are small beside the totals.
    """
    low = _low(table) if close else 0.0
    before = table["left"] - table["change"].fillna(table["left"])
    rows = table.assign(
        start=before.where(table["change"].notna(), low),
        end=before.where(before > table["left"], table["left"]),
        kind=[_kind(change) for change in table["change"]],
        said=[
            _said(left, change)
            for left, change in zip(table["left"], table["change"], strict=True)
        ],
    )
    y = alt.Y(
        "step:N",
        title=None,
        sort=None,
        axis=alt.Axis(labelLimit=300, ticks=False, labelOverlap=False),
    )
    top = low + ROOM * (float(rows["end"].max()) - low)
    room = alt.Scale(domain=[low, top], nice=False, zero=False)
    ticks = alt.Axis(format=",.1f" if close else ",.0f", tickCount=6)
    x = alt.X("start:Q", title=axis, axis=ticks, scale=room)
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(
            domain=["total", "less", "more"], range=[ink.accent, LESS, MORE]
        ),
    )
    told = [
        alt.Tooltip("step:N", title="Step"),
        alt.Tooltip("said:N", title=axis),
        alt.Tooltip("left:Q", title="After it", format=",.1f"),
    ]
    base = alt.Chart(rows).encode(y=y)
    bars = base.mark_bar(size=16).encode(x=x, x2="left:Q", color=colour, tooltip=told)
    words = base.mark_text(align="left", dx=5, color=ink.text).encode(
        x="end:Q", text="said:N"
    )
    below = "each step down or up from what is left above it"
    if close:
        below += f"; the axis starts at {low:,.0f}"
    chart = alt.layer(bars, words)
    return whole(chart, titled(title, below, ink), ROW * len(rows) + AROUND)


def _low(table: pd.DataFrame) -> float:
    """Return where an axis starts that leaves the least total a third of the width."""
    least, most = float(table["left"].min()), float(table["left"].max())
    return math.floor(max(0.0, least - 0.5 * (most - least) - 1.0))


def _said(left: float, change: float) -> str:
    """Return a total as it is, a step with its sign, none as a bare nought."""
    if pd.isna(change):
        return f"{left:,.1f}"
    text = f"{change:+,.1f}"
    return "0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def _kind(change: float) -> str:
    if pd.isna(change):
        return "total"
    return "more" if change > 0 else "less"
