"""Charts of megawatts by year: tables to pictures."""

from typing import Final

import altair as alt
import pandas as pd

from app.charts import Drawn, named_colours, titled, whole, words_above
from app.palette import Ink

HEIGHT: Final = 300
LEAST_MW: Final = 0.05
"""Output below which a source is not drawn."""
FLEXIBLE: Final = "#e69f00"
DASHED: Final = [5, 4]


def years_chart(table: pd.DataFrame, wanted_mw: float, ink: Ink) -> Drawn:
    """Draw the firm and flexible megawatts of a connection against the year.

    Parameters
    ----------
    table : DataFrame
        As `siting.explain_years.year_table` gives it.
    wanted_mw : float
        Load of the whole facility asked for [MW]; NaN draws no line.
    ink : Ink
    """
    known = table.dropna(subset=["firm_mw"]).reset_index()
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1))
    top = alt.Scale(domainMin=0.0, nice=True)
    y = alt.Y("firm_mw:Q", title="New load at the substation, MW", scale=top)
    base = alt.Chart(known).encode(x=x)
    told = [
        alt.Tooltip("year:Q", title="Year", format="d"),
        alt.Tooltip("firm_mw:Q", title="Firm, MW", format=",.0f"),
        alt.Tooltip("firm_mw_p10:Q", title="P10", format=",.0f"),
        alt.Tooltip("firm_mw_p90:Q", title="P90", format=",.0f"),
        alt.Tooltip("flexible_mw:Q", title="If it may be cut, MW", format=",.0f"),
        alt.Tooltip("grid_binding:N", title="Network held by"),
    ]
    band = base.mark_area(opacity=0.18, color=ink.accent).encode(
        y=alt.Y("firm_mw_p10:Q"), y2="firm_mw_p90:Q"
    )
    soft = base.mark_line(color=FLEXIBLE, strokeDash=DASHED).encode(y="flexible_mw:Q")
    point = alt.OverlayMarkDef(size=45, filled=True)
    firm = base.mark_line(color=ink.accent, strokeWidth=3, point=point)
    layers = [band, soft, firm.encode(y=y, tooltip=told)]
    if pd.notna(wanted_mw):
        line = pd.DataFrame({"mw": [wanted_mw]})
        rule = alt.Chart(line).mark_rule(color=ink.muted, strokeDash=[2, 3])
        layers.append(rule.encode(y="mw:Q"))
    return whole(
        alt.layer(*layers), titled(_title(known, wanted_mw), _BELOW, ink), HEIGHT
    )


SOURCE_WORDS: Final = {
    "solar": "Sun",
    "wind": "Wind",
    "gas": "Gas engines",
    "discharge": "Battery",
    "grid": "Grid",
    "unserved": "Unserved",
}
"""What serves the load, in words."""
SOURCE_COLOURS: Final = {
    "solar": "#e69f00",
    "wind": "#56b4e9",
    "gas": "#d55e00",
    "discharge": "#009e73",
    "grid": "#9aa3a9",
    "unserved": "#cc79a7",
}


def week_chart(table: pd.DataFrame, ink: Ink) -> Drawn:
    """Draw what serves the campus in the week of its greatest load.

    Parameters
    ----------
    table : DataFrame
        As `siting.supply.tables.busiest_week` gives it.
    ink : Ink
    """
    used = table.groupby("source")["mw"].max()
    kept = [name for name in SOURCE_WORDS if used[name] >= LEAST_MW]
    shown = table[table["source"].isin(kept)]
    shown = shown.assign(
        name=shown["source"].map(SOURCE_WORDS), order=shown["source"].map(kept.index)
    )
    words = {name: SOURCE_WORDS[name] for name in kept}
    x = alt.X("time:T", title=None, axis=alt.Axis(format="%d %b"))
    area = alt.Chart(shown).mark_area(opacity=0.85)
    areas = area.encode(
        x=x,
        y=alt.Y("mw:Q", title="MW"),
        color=named_colours("name", words, SOURCE_COLOURS, words_above(6, "square")),
        order="order:Q",
        tooltip=[
            alt.Tooltip("time:T", title="UTC", format="%d %b %H:%M"),
            alt.Tooltip("name:N", title="From"),
            alt.Tooltip("mw:Q", title="MW", format=",.0f"),
        ],
    )
    load = alt.Chart(table.drop_duplicates("time")).mark_line(color=ink.text)
    line = load.encode(x=x, y="load_mw:Q")
    title = f"In the week of greatest load the grid gives {_share(table):.0f} %"
    below = "line: load of the campus; what stands above it charges the battery"
    return whole(alt.layer(areas, line), titled(title, below, ink), HEIGHT)


def _share(table: pd.DataFrame) -> float:
    """Return the part of the load's energy that the grid gives [%]."""
    grid = table.loc[table["source"].eq("grid"), "mw"].sum()
    return float(100.0 * grid / table.drop_duplicates("time")["load_mw"].sum())


_BELOW: Final = "firm with its P10–P90; dashed: if it may be cut; dotted: asked for"


def _title(known: pd.DataFrame, wanted_mw: float) -> str:
    """Say until when the load asked for finds firm room."""
    if known.empty:
        return "No year is known here"
    enough = known[known["firm_mw"] >= wanted_mw]
    if pd.isna(wanted_mw) or enough.empty:
        best = known.nlargest(1, "firm_mw").iloc[0]
        if (known["firm_mw"] == best["firm_mw"]).all():
            return f"{best['firm_mw']:.1f} MW firm in every year shown"
        return f"At most {best['firm_mw']:.0f} MW firm, in {best['year']:.0f}"
    if len(enough) == len(known):
        return f"{wanted_mw:.0f} MW find firm room in every year shown"
    years = ", ".join(f"{year:.0f}" for year in enough["year"])
    return f"{wanted_mw:.0f} MW find firm room in {years}"
