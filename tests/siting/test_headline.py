"""The first sentence an investor reads."""

import xarray as xr

from siting.headline import headline
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
