"""Charts of doubt: how often each site is first, and which numbers decide."""

from typing import Final

import altair as alt
import pandas as pd

from app.charts import Drawn, named_colours, titled, whole, words_above
from app.charts_steps import LESS, MORE
from app.figures import heading, number
from app.palette import Ink
from siting.doubt_words import percent

ROW, AROUND = 27, 110
CHANCES: Final = {"p_rank_1": "First", "p_top_3": "Among the first three"}


def odds_chart(odds: pd.DataFrame, ink: Ink) -> Drawn:
    """Draw how often each site comes first, and among the first three.

    Parameters
    ----------
    odds : DataFrame
        A row a site, the likeliest first: `name`, `p_rank_1`, `p_top_3` [1].
    ink : Ink
    """
    rows = odds.melt("name", list(CHANCES), "kind", "chance")
    rows = rows.assign(
        told=rows["kind"].map(CHANCES), thick=rows["kind"].eq("p_rank_1")
    )
    y = alt.Y(
        "name:N",
        title=None,
        sort=odds["name"].tolist(),
        axis=alt.Axis(labelLimit=280, ticks=False, labelOverlap=False),
    )
    colours = {"p_rank_1": ink.accent, "p_top_3": "#9aa3a9"}
    bars = alt.Chart(rows).mark_bar(opacity=0.9)
    chart = bars.encode(
        x=alt.X(
            "chance:Q", title="Part of the draws", axis=alt.Axis(format="%"), stack=None
        ),
        y=y,
        color=named_colours("told", CHANCES, colours, words_above(2, "square")),
        size=alt.condition("datum.thick", alt.value(9), alt.value(17)),
        order=alt.Order("thick:Q"),
        tooltip=[
            alt.Tooltip("name:N", title="Site"),
            alt.Tooltip("told:N", title="Comes"),
            alt.Tooltip("chance:Q", title="In", format=".1%"),
        ],
    )
    best = odds.iloc[0]
    title = titled(
        f"No site comes first in more than {percent(best['p_rank_1'])} of the draws",
        "thick: among the first three; thin: first",
        ink,
    )
    return whole(chart, title, ROW * len(odds) + AROUND)


def tornado_chart(table: pd.DataFrame, metric: str, per: float, ink: Ink) -> Drawn:
    """Draw what one number at a time does to a figure of a site.

    Parameters
    ----------
    table : DataFrame
        As `siting.doubt.tornado.widest` gives it, the widest first.
    metric : str
        The figure moved.
    per : float
        What one of the unit shown is in the metric's own.
    ink : Ink
    """
    rows = pd.DataFrame(
        [
            {
                "name": row["name"],
                "end": end,
                "at": row[f"at_{end}"] / per,
                "base": row["base"] / per,
                "set": row[end],
                "said": f"{number(metric, row[f'at_{end}'])} at {row[end]:g}",
            }
            for row in table.to_dict("records")
            for end in ("low", "high")
        ]
    )
    y = alt.Y(
        "name:N",
        title=None,
        sort=table["name"].tolist(),
        axis=alt.Axis(labelLimit=300, ticks=False, labelOverlap=False),
    )
    words = {"low": "number at its low", "high": "number at its high"}
    rows = rows.assign(told=rows["end"].map(words))
    colours = {"low": LESS, "high": MORE}
    bars = alt.Chart(rows).mark_bar(size=15)
    chart = bars.encode(
        x=alt.X("base:Q", title=heading(metric), scale=alt.Scale(zero=False)),
        x2="at:Q",
        y=y,
        color=named_colours("told", words, colours, words_above(2, "square")),
        tooltip=[
            alt.Tooltip("name:N", title="Number"),
            alt.Tooltip("said:N", title=heading(metric)),
        ],
    )
    line = alt.Chart(rows.head(1)).mark_rule(color=ink.text).encode(x="base:Q")
    title = titled(
        f"{table['name'].iloc[0]} moves it most",
        "each number alone, from its low to its high; line: at the book's values",
        ink,
    )
    return whole(alt.layer(chart, line), title, ROW * len(table) + AROUND)
