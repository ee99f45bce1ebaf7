"""The psychrometric chart: outdoor air of a year, coloured by what the plant does."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from app.charts import Drawn, titled, whole, words_above
from app.palette import MODE_COLOURS, MODE_WORDS, Ink

SIZES: Final = (12, 90)
"""Least and largest dot [px²]."""
HEIGHT: Final = 470
SATURATED: Final = 100.0
HEADROOM: Final = 1.5
"""Space above the moistest air, for the lines to be named in [g/kg]."""


def air_chart(
    cells: pd.DataFrame, lines: pd.DataFrame, pressure: float, ink: Ink
) -> Drawn:
    """Draw the air of a year by mode, over lines of relative humidity.

    Parameters
    ----------
    cells : DataFrame
        As `siting.study_views.mode_table` gives it.
    lines : DataFrame
        As `siting.study_views.humidity_lines` gives it.
    pressure : float
        Pressure of the site [Pa].
    ink : Ink
    """
    ceiling = float(np.ceil(cells["humidity_ratio_g_per_kg"].max() + HEADROOM))
    ends = [lines["temp_air"].min() - 1.0, lines["temp_air"].max() + 3.0]
    x = alt.X(
        "temp_air:Q",
        title="Dry bulb, °C",
        scale=alt.Scale(domain=ends, nice=False, zero=False),
        axis=alt.Axis(tickCount=10),
    )
    y = alt.Y(
        "humidity_ratio_g_per_kg:Q",
        title="Humidity ratio, g/kg of dry air",
        scale=alt.Scale(domain=[0.0, ceiling], nice=False),
    )
    visible = lines[lines["humidity_ratio_g_per_kg"] <= ceiling]
    below = (
        "A dot is half a kelvin by half a gram; larger, more hours. Lines: relative "
        f"humidity at {pressure / 1000.0:.0f} kPa"
    )
    drawn = alt.layer(
        _curves(visible, ink).encode(x=x, y=y),
        _dots(cells, ink).encode(x=x, y=y),
        _names(visible, ink).encode(x=x, y=y),
    )
    return whole(drawn, titled(heading(cells), below, ink), HEIGHT)


def heading(cells: pd.DataFrame) -> str:
    """Say how many hours run free, and what the others mostly are."""
    hours = cells.groupby("mode_name")["hours_per_year"].sum()
    free = f"{hours.get('free', 0.0):,.0f} of {hours.sum():,.0f} hours run free"
    others = hours.drop("free", errors="ignore")
    if others.empty:
        return free
    most = str(others.idxmax())
    return f"{free}; {MODE_WORDS[most].lower()} in {others.max():,.0f}"


def _dots(cells: pd.DataFrame, ink: Ink) -> alt.Chart:
    hours = cells.groupby("mode_name")["hours_per_year"].sum()
    words = {
        mode: f"{said}, {hours[mode]:,.0f} h"
        for mode, said in MODE_WORDS.items()
        if mode in hours
    }
    named = cells.assign(words=cells["mode_name"].map(words))
    colour = alt.Color(
        "words:N",
        scale=alt.Scale(
            domain=list(words.values()), range=[MODE_COLOURS[m] for m in words]
        ),
        legend=words_above(2, "circle"),
    )
    marks: alt.Chart = alt.Chart(named).mark_circle(
        opacity=0.9, stroke=ink.paper, strokeWidth=0.3
    )
    return marks.encode(
        color=colour,
        size=alt.Size(
            "hours_per_year:Q", scale=alt.Scale(range=list(SIZES)), legend=None
        ),
        tooltip=[
            alt.Tooltip("words:N", title="Mode"),
            alt.Tooltip("temp_air:Q", title="Dry bulb, °C", format=".1f"),
            alt.Tooltip("humidity_ratio_g_per_kg:Q", title="g/kg", format=".1f"),
            alt.Tooltip("hours_per_year:Q", title="Hours a year", format=",.0f"),
        ],
    )


def _curves(lines: pd.DataFrame, ink: Ink) -> alt.Chart:
    saturated = f"datum.relative_humidity == {SATURATED:.0f}"
    marks: alt.Chart = alt.Chart(lines).mark_line(color=ink.muted)
    return marks.encode(
        detail="relative_humidity:Q",
        strokeWidth=alt.condition(saturated, alt.value(1.8), alt.value(0.7)),
    )


def _names(lines: pd.DataFrame, ink: Ink) -> alt.Chart:
    """Name each line where it leaves the chart."""
    last = lines.groupby("relative_humidity").tail(1)
    named = last.assign(said=[f"{h:.0f} %" for h in last["relative_humidity"]])
    marks: alt.Chart = alt.Chart(named).mark_text(
        align="left", dx=3, dy=-6, fontSize=11, color=ink.muted
    )
    return marks.encode(text="said:N")
