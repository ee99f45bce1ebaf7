"""Charts that set sites side by side: each in its own colour, told apart by all eyes."""

import textwrap
from typing import Final

import altair as alt
import pandas as pd

from app.charts import Drawn, named_colours, titled, whole, words_above
from app.palette import Ink
from app.scale import BESIDE, css

HEIGHT: Final = 420
LONGEST: Final = 46
"""Letters of a name in the legend."""


def curves_chart(table: pd.DataFrame, names: dict[str, str], ink: Ink) -> Drawn:
    """Draw the firm megawatts of the connections of some sites against the year.

    Parameters
    ----------
    table : DataFrame
        Long: `site`, `year`, `firm_mw`, `firm_mw_p10`, `firm_mw_p90`, `grid_binding`.
    names : dict of str to str
        Site → what readers call it, in the order of the colours.
    ink : Ink
    """
    known = table.dropna(subset=["firm_mw"])
    words = {
        site: textwrap.shorten(f"{site} {name}", LONGEST, placeholder=" …")
        for site, name in names.items()
    }
    rows = known.assign(name=known["site"].map(words))
    colours = {site: css(c) for site, c in zip(names, BESIDE, strict=False)}
    point = alt.OverlayMarkDef(size=40, filled=True)
    lines = alt.Chart(rows).mark_line(strokeWidth=2.5, point=point, opacity=0.9)
    chart = lines.encode(
        x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1)),
        y=alt.Y("firm_mw:Q", title="New firm load at the substation, MW"),
        color=named_colours("name", words, colours, words_above(1, "stroke")),
        strokeDash=alt.StrokeDash(
            "name:N",
            legend=None,
            scale=alt.Scale(domain=list(words.values()), range=DASHES),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="Site"),
            alt.Tooltip("year:Q", title="Year", format="d"),
            alt.Tooltip("firm_mw:Q", title="Firm, MW", format=",.0f"),
            alt.Tooltip("firm_mw_p10:Q", title="P10", format=",.0f"),
            alt.Tooltip("firm_mw_p90:Q", title="P90", format=",.0f"),
            alt.Tooltip("grid_binding:N", title="Network held by"),
        ],
    )
    title = titled(_most(known, words), "P50 of each; P10 and P90 on the points", ink)
    return whole(chart, title, HEIGHT)


DASHES: Final = [[1, 0], [7, 3], [3, 3], [9, 3, 2, 3]]
"""Strokes of the sites, so that lines on top of each other show."""


def _most(known: pd.DataFrame, words: dict[str, str]) -> str:
    """Say which site has most in the first and in the last year that parts them."""
    if known.empty:
        return "No year is known at any of them"
    first = known["year"].min()
    start = known[known["year"].eq(first)].nlargest(1, "firm_mw").iloc[0]
    end = known[known["firm_mw"].gt(0)]
    last = f", nothing after {end['year'].max():.0f}" if len(end) < len(known) else ""
    return f"Most in {first:.0f}: {start['firm_mw']:.0f} MW at {start['site']}{last}"
