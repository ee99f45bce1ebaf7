"""Charts of PUE and WUE that set cooling systems side by side: tables to pictures.

Pure functions of small tables; what is drawn is computed in `siting.study_views`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from app.palette import Ink, short, system_colour

Drawn = alt.Chart | alt.LayerChart | alt.FacetChart
HOURS: Final = (0, 8760)
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
DASHED: Final = [5, 4]
MONTHS_HEIGHT: Final = 260
ROW: Final = 19
"""Pixels of a line of the legend."""
LEAST_WUE: Final = 0.1
"""The axis of water reaches at least this far [L/kWh]: nothing looks like nothing."""


@dataclass(frozen=True, slots=True)
class Look:
    """Whom a chart speaks of and what it is drawn with."""

    selected: str
    """System the title speaks of; its line is the bold one."""
    refused: frozenset[str]
    """Systems that cannot be built: dashed and pale."""
    ink: Ink


def titled(text: str, below: str, ink: Ink) -> alt.TitleParams:
    """Return a title that says what to see, and how to read it beneath."""
    return alt.TitleParams(
        text=text,
        subtitle=below,
        anchor="start",
        fontSize=14,
        fontWeight=600,
        color=ink.text,
        subtitleColor=ink.muted,
        subtitleFontSize=12,
        subtitlePadding=4,
        offset=8,
    )


def duration_chart(table: pd.DataFrame, look: Look) -> Drawn:
    """Draw how many hours a year PUE stands at or above a value, a line a system.

    Parameters
    ----------
    table : DataFrame
        As `siting.study_views.duration_table` gives it.
    look : Look
    """
    own = table.loc[table["system"].eq(look.selected), "pue"]
    title = (
        f"Below PUE {own.quantile(0.9):.2f} nine hours in ten, {own.max():.2f} at worst"
    )
    lines = _lines(table, look).encode(
        x=alt.X(
            "hours_per_year:Q",
            title="Hours of the year at or above that PUE, h",
            scale=alt.Scale(domain=list(HOURS), nice=False),
            axis=alt.Axis(values=[0, 2000, 4000, 6000, 8760], format=",.0f"),
        ),
        y=_axis("pue", "PUE", alt.Scale(zero=False)),
        tooltip=[
            alt.Tooltip("name:N", title="System"),
            alt.Tooltip("hours_per_year:Q", title="Hours", format=",.0f"),
            alt.Tooltip("pue:Q", title="PUE", format=".3f"),
        ],
    )
    below = f"{short(look.selected)}, at the mean load; hours sorted, dearest first"
    return whole(lines, titled(title, below, look.ink), 350)


def month_charts(table: pd.DataFrame, look: Look) -> tuple[Drawn, Drawn]:
    """Draw PUE and WUE of each month, a line a system.

    Parameters
    ----------
    table : DataFrame
        As `siting.study.month_table` gives it.
    look : Look

    Returns
    -------
    tuple of Chart
        PUE, and WUE [L/kWh].
    """
    known = table.dropna(subset=["pue_monthly"])
    named = known.assign(month_name=[MONTHS[m - 1] for m in known["month"]])
    own = named[named["system"].eq(look.selected)].set_index("month_name")
    pue = own["pue_monthly"]
    title = f"PUE {pue.max():.2f} in {pue.idxmax()}, {pue.min():.2f} in {pue.idxmin()}"
    wue = own["wue_monthly_l_per_kwh"]
    most = f"{wue.max():.2f} L/kWh in {wue.idxmax()}"
    water = f"Water: {most}" if wue.max() >= 0.005 else "No month takes water"
    top = max(LEAST_WUE, named["wue_monthly_l_per_kwh"].max())
    return (
        _months(named, _axis("pue_monthly", "PUE", alt.Scale(zero=False)), look, title),
        _months(
            named,
            _axis(
                "wue_monthly_l_per_kwh",
                "WUE, L/kWh",
                alt.Scale(domain=[0.0, top], nice=True),
            ),
            look,
            water,
        ),
    )


def _months(table: pd.DataFrame, value: alt.Y, look: Look, title: str) -> Drawn:
    lines = _lines(table, look, point=True).encode(
        x=alt.X(
            "month_name:O",
            title=None,
            sort=list(MONTHS),
            axis=alt.Axis(labelAngle=0, labelExpr="slice(datum.label, 0, 1)"),
        ),
        y=value,
        tooltip=[
            alt.Tooltip("name:N", title="System"),
            alt.Tooltip("month_name:O", title="Month"),
            alt.Tooltip("pue_monthly:Q", title="PUE", format=".3f"),
            alt.Tooltip("wue_monthly_l_per_kwh:Q", title="WUE, L/kWh", format=".3f"),
        ],
    )
    head = titled(title, f"{short(look.selected)}, by month", look.ink)
    systems = table["system"].nunique()
    return whole(lines, head, MONTHS_HEIGHT + ROW * (systems if systems > 1 else 0))


def _lines(table: pd.DataFrame, look: Look, *, point: bool = False) -> alt.Chart:
    """Return lines by system: the selected bold, the refused dashed and pale."""
    named = table.assign(
        name=[short(s) for s in table["system"]],
        bold=table["system"].eq(look.selected),
        refused=table["system"].isin(look.refused),
    )
    systems = list(dict.fromkeys(named["system"]))
    words = {system: short(system) for system in systems}
    colours = {system: system_colour(system, look.ink) for system in systems}
    mark = alt.OverlayMarkDef(size=28, filled=True) if point else False
    several = words_above(1 if point else 4, "stroke") if len(systems) > 1 else None
    colour = named_colours("name", words, colours, several)
    pale = alt.condition("datum.refused && !datum.bold", alt.value(0.6), alt.value(1.0))
    lines: alt.Chart = alt.Chart(named).mark_line(point=mark)
    return lines.encode(
        color=colour,
        strokeDash=alt.condition("datum.refused", alt.value(DASHED), alt.value([1, 0])),
        strokeWidth=alt.condition("datum.bold", alt.value(3), alt.value(1.6)),
        opacity=pale,
        detail="system:N",
    )


def named_colours(
    field: str,
    words: Mapping[str, str],
    colours: Mapping[str, str],
    legend: alt.Legend | None,
) -> alt.Color:
    """Return a colour by name, with its legend in words if wanted."""
    scale = alt.Scale(
        domain=list(words.values()), range=[colours[name] for name in words]
    )
    return alt.Color(f"{field}:N", scale=scale, legend=legend)


def words_above(columns: int, symbol: str) -> alt.Legend:
    """Return a legend above the chart, of so many columns of these symbols."""
    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=columns,
        labelLimit=0,
        symbolType=symbol,
        symbolSize=90,
        offset=6,
    )


def whole(chart: Drawn, title: alt.TitleParams, height: int) -> Drawn:
    """Return a chart under its title, of so many pixels with title and legend."""
    read_out = f"{title.text}. {title.subtitle}"
    done: Drawn = chart.properties(title=title, height=height, description=read_out)
    return done


def _axis(column: str, label: str, scale: alt.Scale) -> alt.Y:
    ticks = alt.Axis(format=".2f", tickCount=6)
    return alt.Y(f"{column}:Q", title=label, scale=scale, axis=ticks)


def shown(systems: Iterable[str], look: Look, *, refused: bool) -> list[str]:
    """Return the systems to draw: what can be built, the selected, or all.

    Examples
    --------
    >>> from app.palette import LIGHT
    >>> shown(["a", "b", "c"], Look("a", frozenset({"a", "b"}), LIGHT), refused=False)
    ['a', 'c']
    """
    return [
        s for s in systems if refused or s == look.selected or s not in look.refused
    ]
