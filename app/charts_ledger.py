"""The energy ledger as bars: what each cooling system adds to the IT, and where to."""

import altair as alt
import pandas as pd

from app.charts import Drawn, Look, named_colours, titled, whole, words_above
from app.palette import PART_COLOURS, PART_WORDS, short

BAR, AROUND = 32, 200
"""Pixels of one bar with its gap; of title, legend and axis around them."""


def ledger_chart(energy: pd.DataFrame, look: Look) -> Drawn:
    """Draw what the overhead, PUE − 1, of each system is made of: a bar a system.

    Parameters
    ----------
    energy : DataFrame
        As `siting.study.energy_table` gives it; systems without figures are left out.
    look : Look
    """
    known = energy.loc[:, energy.loc["pue_annual"].notna()]
    totals = pd.DataFrame(
        {
            "name": [_bar(str(s), look) for s in known],
            "pue_annual": known.loc["pue_annual"].to_numpy(),
            "overhead": known.loc["pue_annual"].to_numpy() - 1.0,
        }
    ).sort_values("overhead")
    rows = _parts(known, look)
    y = alt.Y(
        "name:N",
        title=None,
        sort=totals["name"].tolist(),
        axis=alt.Axis(labelLimit=220, labelOverlap=False, ticks=False),
    )
    sums = alt.Chart(totals).mark_text(align="left", dx=5, color=look.ink.text)
    told = sums.encode(x="overhead:Q", y=y, text=alt.Text("pue_annual:Q", format=".2f"))
    both = alt.layer(_bars(rows, look).encode(y=y), told)
    return whole(both, _title(rows, look), BAR * len(totals) + AROUND)


def _bars(rows: pd.DataFrame, look: Look) -> alt.Chart:
    share = alt.X(
        "share:Q",
        title="Energy beside the IT, kWh per kWh of IT (PUE − 1)",
        stack="zero",
        axis=alt.Axis(tickCount=8, format=".2f"),
    )
    bars: alt.Chart = alt.Chart(rows).mark_bar(stroke=look.ink.paper, strokeWidth=0.6)
    return bars.encode(
        x=share,
        color=named_colours("part", PART_WORDS, PART_COLOURS, words_above(3, "square")),
        order=alt.Order("place:Q"),
        tooltip=[
            alt.Tooltip("name:N", title="System"),
            alt.Tooltip("part:N", title="Goes to"),
            alt.Tooltip("share:Q", title="kWh per kWh of IT", format=".4f"),
        ],
    )


def _title(rows: pd.DataFrame, look: Look) -> alt.TitleParams:
    own = rows[rows["system"].eq(look.selected)].sort_values("share", ascending=False)
    title = f"Of an overhead of {own['share'].sum():.3f}: {_largest(own)}"
    below = f"{short(look.selected)}; the number at a bar's end is the PUE of the year"
    return titled(title, below, look.ink)


def _largest(own: pd.DataFrame) -> str:
    top = own.head(3)[["part", "share"]].itertuples(index=False)
    return ", ".join(f"{part} {share:.3f}" for part, share in top)


def _parts(energy: pd.DataFrame, look: Look) -> pd.DataFrame:
    rows = [
        {
            "system": str(system),
            "name": _bar(str(system), look),
            "part": words,
            "place": place,
            "share": column[part],
        }
        for system, column in energy.items()
        for place, (part, words) in enumerate(PART_WORDS.items())
    ]
    return pd.DataFrame(rows, columns=["system", "name", "part", "place", "share"])


def _bar(system: str, look: Look) -> str:
    return f"{short(system)}{' (refused)' if system in look.refused else ''}"
