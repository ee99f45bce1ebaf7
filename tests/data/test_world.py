"""Status, year and the build-out policies; overrides of table cells."""

import itertools

import numpy as np
import pandas as pd
import pytest

from data.choices import BuildOut
from data.world import exists_from

ROWS = pd.DataFrame(
    {
        "status": [
            "in_service",
            "in_service",
            "under_construction",
            "planned",
            "planned",
            "concept",
            "under_construction",
        ],
        "year": [np.nan, 2013, 2027, 2030, np.nan, 2040, np.nan],
    },
    index=["old", "dated", "building", "plan", "someday", "idea", "undated"],
)
ALWAYS, NEVER = -np.inf, np.inf


@pytest.mark.parametrize(
    ("choice", "years"),
    [
        (
            BuildOut(policy="in_service"),
            [ALWAYS, 2013, NEVER, NEVER, NEVER, NEVER, NEVER],
        ),
        (
            BuildOut(policy="committed"),
            [ALWAYS, 2013, 2027, NEVER, NEVER, NEVER, NEVER],
        ),
        (
            BuildOut(policy="all_planned"),
            [ALWAYS, 2013, 2027, 2030, NEVER, NEVER, NEVER],
        ),
        (
            BuildOut(policy="committed", delay_years=2),
            [ALWAYS, 2013, 2029, NEVER, NEVER, NEVER, NEVER],
        ),
        (
            BuildOut(policy="in_service", on=("plan", "someday", "idea")),
            [ALWAYS, 2013, NEVER, 2030, ALWAYS, 2040, NEVER],
        ),
        (
            BuildOut(policy="committed", off=("old", "building")),
            [NEVER, 2013, NEVER, NEVER, NEVER, NEVER, NEVER],
        ),
    ],
)
def test_what_exists_from_when(choice: BuildOut, years: list[float]) -> None:
    assert exists_from(ROWS, choice).tolist() == years


def test_each_policy_counts_no_less_than_the_one_before() -> None:
    policies = ("in_service", "committed", "all_planned")
    starts = [exists_from(ROWS, BuildOut(policy=policy)) for policy in policies]  # type: ignore[arg-type]
    for fewer, more in itertools.pairwise(starts):
        assert (more <= fewer).all()
