"""The assumptions book as a reader sees it: what is in force, found by a word."""

import pandas as pd

from data import World
from siting.data_told import with_addresses
from siting.scenario import Scenario

SEARCHED = ("name", "unit", "grade", "source", "scope", "note")
"""Columns a word is looked for in."""


def book_table(world: World, scenario: Scenario) -> pd.DataFrame:
    """Return every number of the book with what is in force under a scenario.

    Parameters
    ----------
    world : World
    scenario : Scenario
        Whose overrides take the place of tabled numbers.

    Returns
    -------
    DataFrame
        Indexed by name, in the order of the book: `room` (first word of the name),
        `in_force`, the columns of the book, `changed`, and `url` of its first source.
    """
    table = with_addresses(world.tables["parameters"], world)
    given = pd.Series(dict(scenario.overrides), dtype=float).reindex(table.index)
    in_force = given.fillna(table["value"])
    rooms = table.index.to_series().str.partition(".")[0]
    return table.assign(
        room=rooms, in_force=in_force, changed=given.notna() & given.ne(table["value"])
    )


def found(table: pd.DataFrame, words: str) -> pd.DataFrame:
    """Return the rows that hold every one of some words, in any of `SEARCHED`.

    Case does not matter, and nothing in a word has a meaning of its own.
    """
    text = table.reset_index()[list(SEARCHED)].astype(str).agg(" ".join, axis=1)
    low = text.str.lower()
    keep = pd.Series(data=True, index=low.index)
    for word in words.lower().split():
        keep &= low.str.contains(word, regex=False)
    return table[keep.to_numpy()]
