"""Status, year and the build-out policies; overrides of table cells."""

import itertools

import numpy as np
import pandas as pd
import pytest

from data import load_world
from data.choices import BuildOut
from data.faults import InputError
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


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("substation:JAN:transformer_mva", "did you mean substations?"),
        ("substations:NAV50:transformer_mva", "did you mean NAV500?"),
        ("substations:JAN:transformer_mvs", "did you mean transformer_mva?"),
        ("substations:JAN:name", "a column of numbers of substations"),
        ("substations:JAN:transformer_mva:x", "table:id:column"),
        ("substations:JAN:transformer_mva", "a possible MVA value, 0 to"),
        ("sites:AZ01:area_ha", "a site list of your own"),
    ],
)
def test_a_cell_that_does_not_exist_names_the_nearest(cell: str, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("?", r"\?")):
        load_world().amended({cell: -1.0})


def test_a_switch_that_names_nothing_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"did you mean tcfo\?"):
        load_world().built(BuildOut(off=("tcf",)))
