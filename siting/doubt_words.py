"""How sure the ranking is, in a few sentences."""

import pandas as pd

EVEN = 0.05
"""Chances closer than this read as level [1]."""


def odds_words(odds: pd.DataFrame, first: str, draws: int) -> list[str]:
    """Return how often the leading sites come first, and what that says of the ranking.

    Parameters
    ----------
    odds : DataFrame
        A row a site, the likeliest first: `site_id`, `name`, `p_rank_1`, `p_top_3`,
        `rank_p10`, `rank_p90`, `p_npv_positive`.
    first : str
        The site the ranking has first at the book's values.
    draws : int
        Draws they were counted in.
    """
    lead, *others = odds.head(3).to_dict("records")
    said = [
        f"{lead['name']} comes first in {percent(lead['p_rank_1'])} of {draws:,} draws "
        f"and among the first three in {percent(lead['p_top_3'])}."
    ]
    said += [
        f"{row['name']} comes first in {percent(row['p_rank_1'])}, among the first "
        f"three in {percent(row['p_top_3'])}."
        for row in others
    ]
    if others and lead["p_rank_1"] - others[0]["p_rank_1"] < EVEN:
        said.append("The first two are level: their order says little.")
    if lead["site_id"] != first:
        own = odds.loc[odds["site_id"].eq(first), "name"]
        said += [f"At the book's own values {name} is first." for name in own]
    return said


def lost_words(table: pd.DataFrame) -> list[str]:
    """Return the numbers that alone leave a site without a figure, at which end.

    Parameters
    ----------
    table : DataFrame
        As `siting.doubt.tornado.widest` gives it: the figure is absent at one end.
    """
    said = []
    for row in table[table["swing"].isna()].to_dict("records"):
        end = "low" if pd.isna(row["at_low"]) else "high"
        said.append(
            f"With {row['name']} at its {end}, {row[end]:g}, nothing can be built there."
        )
    return said


def percent(part: float) -> str:
    """Return a part as whole percent.

    Examples
    --------
    >>> percent(0.249)
    '25 %'
    """
    return f"{100.0 * part:.0f} %"
