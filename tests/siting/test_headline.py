"""The first sentence an investor reads."""

import pytest
import xarray as xr

from siting.headline import headline, question, warnings_of
from siting.loading import load_scenario
from siting.ranking import rank


def test_it_names_megawatts_date_limit_cost_and_what_unlocks(base: xr.Dataset) -> None:
    scenario = load_scenario("base")
    row = rank(base, scenario.preferences).table.iloc[0]
    said = headline(row, scenario)
    assert said.startswith(str(row["name"]))
    for part in ("100 of 100 MW firm from 20", "binds", "USD/kW-month at PUE 1.0"):
        assert part in said
    assert said.endswith(".")
    assert "nan" not in said


def test_an_excluded_site_says_why(base: xr.Dataset) -> None:
    scenario = load_scenario("base")
    table = rank(base, scenario.preferences).table.set_index("site_id", drop=False)
    said = headline(table.loc["AZ07"], scenario)
    assert said.startswith("Balakhani Industrial Park: excluded — delivers 11 %")


def test_draws_say_how_sure_the_first_place_is(base: xr.Dataset) -> None:
    table = rank(base, load_scenario("base").preferences).table
    odds = [0.2, 0.5] + [0.0] * (len(table) - 2)
    drawn = table.assign(p_rank_1=odds, p_top_3=[0.6, 0.7] + [0.0] * (len(table) - 2))
    first, second = table["name"].iloc[0], table["name"].iloc[1]
    assert warnings_of(drawn)[-1] == (
        f"over the draws {first} is first in 20% and among the first three in 60%; "
        f"{second} is first most often, in 50%"
    )
    sure = drawn.assign(p_rank_1=odds[::-1]).sort_values("p_rank_1", ascending=False)
    assert warnings_of(sure.reset_index(drop=True))[-1].endswith("first three in 0%")
    assert "draws" not in " ".join(warnings_of(table))


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        ([], "a landlord of power and cooling put 100 MW of AI training, asked for in"),
        ([], "decided on 1 December 2026? Contract: the tenant pays the power."),
        (['finance.contract="all_in"'], "Contract: one price for rent and power."),
        (
            ['finance.role="gpu_cloud"'],
            "Contract: sold by the GPU-hour, power included.",
        ),
        (['finance.role="shell"'], "Contract: the tenant buys its own power."),
        (["campus.workload=inference", "campus.mw=2.5"], "2.5 MW of AI inference"),
    ],
)
def test_the_question_is_asked_in_words(sets, said):
    assert said in question(load_scenario("base", sets))
