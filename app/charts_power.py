"""Charts of megawatts by year: tables to pictures."""

from typing import Final

import altair as alt
import pandas as pd

from app.charts import Drawn, titled, whole
from app.palette import Ink

HEIGHT: Final = 300
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


_BELOW: Final = "firm with its P10–P90; dashed: if it may be cut; dotted: asked for"


def _title(known: pd.DataFrame, wanted_mw: float) -> str:
    """Say until when the load asked for finds firm room."""
    if known.empty:
        return "No year is known here"
    enough = known[known["firm_mw"] >= wanted_mw]
    if pd.isna(wanted_mw) or enough.empty:
        best = known.nlargest(1, "firm_mw").iloc[0]
        return f"At most {best['firm_mw']:.0f} MW firm, in {best['year']:.0f}"
    if len(enough) == len(known):
        return f"{wanted_mw:.0f} MW find firm room in every year shown"
    years = ", ".join(f"{year:.0f}" for year in enough["year"])
    return f"{wanted_mw:.0f} MW find firm room in {years}"
