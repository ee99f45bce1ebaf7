"""How sure the ranking is, told without more certainty than there is."""

import pandas as pd

from siting.doubt_words import lost_words, odds_words


def odds(first: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "site_id": ["B", "A", "C", "D"],
            "name": ["Bee", "Ay", "Sea", "Dee"],
            "p_rank_1": first,
            "p_top_3": 0.5,
        }
    )


def test_the_likeliest_are_told_and_the_level_are_called_so() -> None:
    said = odds_words(odds([0.249, 0.24, 0.1, 0.0]), "A", 2000)
    assert said == [
        "Bee comes first in 25 % of 2,000 draws and among the first three in 50 %.",
        "Ay comes first in 24 %, among the first three in 50 %.",
        "Sea comes first in 10 %, among the first three in 50 %.",
        "The first two are level: their order says little.",
        "At the book's own values Ay is first.",
    ]


def test_a_clear_leader_is_not_called_level() -> None:
    said = odds_words(odds([0.8, 0.1, 0.1, 0.0]), "B", 10)
    assert len(said) == 3
    assert len(odds_words(odds([1.0, 0.0, 0.0, 0.0]).head(1), "B", 10)) == 1


def test_a_number_that_leaves_nothing_is_named_with_its_end() -> None:
    table = pd.DataFrame(
        {
            "name": ["a.mva", "b.pct", "c.usd"],
            "low": [250.0, 1.0, 2.0],
            "high": [500.0, 9.0, 3.0],
            "at_low": [None, 4.0, 5.0],
            "at_high": [7.0, None, 6.0],
            "swing": [None, None, 1.0],
        }
    )
    assert lost_words(table) == [
        "With a.mva at its low, 250, nothing can be built there.",
        "With b.pct at its high, 9, nothing can be built there.",
    ]
