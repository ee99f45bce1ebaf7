"""Charts of the money of one site: cash by year, and what the cost is made of."""

from typing import Final

import altair as alt
import pandas as pd

from app.charts import Drawn, titled, whole
from app.charts_steps import ROOM
from app.palette import Ink

HEIGHT: Final = 330
OUT: Final = "#d55e00"
MILLION: Final = 1e6
LEAST: Final = 0.05
"""Lines of the cost smaller than this are not drawn [USD/kW-month]."""
ROW, AROUND = 26, 80


def cash_chart(table: pd.DataFrame, ink: Ink) -> Drawn:
    """Draw the free cash flow of every year, and what it has added up to.

    Parameters
    ----------
    table : DataFrame
        As `siting.cash_table.cash_table` gives it, with at least one year.
    ink : Ink
    """
    rows = (table / MILLION).reset_index()
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    told = [alt.Tooltip("year:O", title="Year")] + [
        alt.Tooltip(f"{name}:Q", title=f"{word}, M USD", format=",.0f")
        for name, word in CASH_WORDS.items()
    ]
    bars = alt.Chart(rows).mark_bar()
    flow = bars.encode(
        x=x,
        y=alt.Y("free_cash_flow_usd:Q", title="M USD", axis=alt.Axis(format=",.0f")),
        color=alt.condition(
            "datum.free_cash_flow_usd < 0", alt.value(OUT), alt.value(ink.accent)
        ),
        tooltip=told,
    )
    line = alt.Chart(rows).mark_line(color=ink.text, strokeDash=[5, 4])
    total = line.encode(x=x, y="cumulative_usd:Q")
    below = "bars: free cash flow after tax, before debt; dashed: added up"
    return whole(alt.layer(flow, total), titled(_paid(table), below, ink), HEIGHT)


CASH_WORDS: Final = {
    "revenue_usd": "Revenue",
    "opex_usd": "Operation",
    "capex_nominal_usd": "Investment",
    "vat_usd": "VAT not recovered",
    "property_tax_usd": "Property tax",
    "profit_tax_usd": "Profit tax",
    "free_cash_flow_usd": "Free cash flow",
    "cumulative_usd": "Added up",
}
"""Lines of the cash flow, in words."""


def _paid(table: pd.DataFrame) -> str:
    """Say how much is laid out, and when it has come back."""
    added = table["cumulative_usd"]
    deepest = -added.min() / MILLION
    back = added.index[(added >= 0) & (added.index > added.idxmin())]
    if len(back):
        return f"{deepest:,.0f} M USD laid out, back in {back[0]}"
    return f"{deepest:,.0f} M USD laid out, not back by {added.index[-1]}"


def split_chart(lines: pd.Series, ink: Ink) -> Drawn:
    """Draw what the levelised cost is made of, the greatest line first.

    Parameters
    ----------
    lines : Series
        Lines of LCOC and their `total` [USD/kW-month].
    ink : Ink
    """
    total = float(lines["total"])
    kept = lines.drop("total").sort_values(ascending=False)
    kept = kept[kept >= LEAST]
    rows = pd.DataFrame(
        {"line": [cost_word(str(name)) for name in kept.index], "usd": kept.to_numpy()}
    )
    y = alt.Y(
        "line:N", title=None, sort=None, axis=alt.Axis(ticks=False, labelLimit=200)
    )
    base = alt.Chart(rows).encode(
        y=y,
        x=alt.X(
            "usd:Q",
            title="USD/kW-month",
            axis=alt.Axis(format=",.0f"),
            scale=alt.Scale(domain=[0.0, ROOM * float(rows["usd"].max())], nice=False),
        ),
    )
    words = base.mark_text(align="left", dx=5, color=ink.text)
    both = alt.layer(
        base.mark_bar(color=ink.accent, size=14).encode(
            tooltip=["line:N", alt.Tooltip("usd:Q", title="USD/kW-month", format=".2f")]
        ),
        words.encode(text=alt.Text("usd:Q", format=".1f")),
    )
    greatest = rows.iloc[0]
    title = f"{greatest['line']} is {100.0 * greatest['usd'] / total:.0f} % of the cost"
    below = f"lines of the {total:.0f} USD/kW-month before tax"
    return whole(both, titled(title, below, ink), ROW * len(rows) + AROUND)


def cost_word(line: str) -> str:
    """Return a line of the cost as a reader has it.

    Examples
    --------
    >>> cost_word("second_feed")
    'Second feed'
    """
    return line.replace("_", " ").capitalize()
