"""What the tables hold: rows, grades and how old the newest source is."""

import pandas as pd

from data import World
from data.schema import GRADES


def table_counts(world: World) -> pd.DataFrame:
    """Return rows and grades of every table.

    Parameters
    ----------
    world : World

    Returns
    -------
    DataFrame
        Indexed by `table`: `rows`, a count for each of `GRADES`, and `newest`, the
        latest date a row was read or stands for, as text.
    """
    rows = {}
    for name, table in world.tables.items():
        counts = table["grade"].value_counts() if "grade" in table else pd.Series()
        graded = {grade: int(counts.get(grade, 0)) for grade in GRADES}
        newest = str(table["as_of"].max())
        rows[name] = {"rows": len(table), **graded, "newest": newest}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("table")


def with_addresses(table: pd.DataFrame, world: World) -> pd.DataFrame:
    """Return a table with the address of the first source of every row, `url`.

    Parameters
    ----------
    table : DataFrame
        With `source`: ids of the table of sources, parted by blanks.
    world : World
    """
    known = world.tables["sources"]["url"]
    first = table["source"].astype(str).str.split().str[0]
    return table.assign(url=known.reindex(first).fillna("").to_numpy())
