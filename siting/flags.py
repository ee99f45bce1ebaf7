"""Risk flags: what the tables name against the ground of a site."""

from typing import Final

import pandas as pd

NAMED: Final = {
    "conflict_named": "conflict",
    "flood_named": "flood",
    "mud_volcano_named": "mud volcano",
    "below_sea_level": "below sea level",
}
"""Hazard tabled as named at the site → its word."""
MINED: Final = "contaminated_district"
STRONG_MSK: Final = 9.0
"""Seismic zone that is flagged: the strongest of the country's [MSK-64]."""


def risk_flags(table: pd.DataFrame) -> pd.Series:
    """Return what speaks against each site, gravest first; blank if nothing is named.

    Nothing named is not safe: what the tables do not know raises no flag.

    Parameters
    ----------
    table : DataFrame
        A ranking.

    Returns
    -------
    Series of str
        On the index of the table, flags parted by `, `.
    """
    raised = {"mines": table["mines_class"].eq(MINED)}
    raised |= {word: table[column].eq(1.0) for column, word in NAMED.items()}
    raised["earthquake zone 9"] = table["seismic_msk"].ge(STRONG_MSK)
    rows = zip(*raised.values(), strict=True)
    told = [
        ", ".join(w for w, up in zip(raised, row, strict=True) if up) for row in rows
    ]
    return pd.Series(told, index=table.index, dtype=str)
