"""The sea's tables: whole, reproduced by their recipes, true to what was published."""

import csv
import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.load import read_raw, typed

ROOT = Path(__file__).parents[2]
COASTS = ["khachmaz", "absheron_north", "absheron_south", "alat", "lankaran"]
OBSERVED_APRIL_2022 = {
    ("absheron_north", "Sumgait"): 12.2,
    ("absheron_north", "Chilov"): 12.7,
    ("absheron_south", "Baku"): 15.2,
}
"""Monthly means [degC]: meteo.az, Caspian review for April 2022, observed."""


def table(name: str) -> pd.DataFrame:
    return typed(read_raw(name))


@pytest.fixture(scope="module")
def water() -> pd.DataFrame:
    return table("sea_temperature").set_index(["coast_id", "month"])


@pytest.fixture(scope="module")
def bulletins() -> list[dict[str, str]]:
    path = ROOT / "tests" / "reference" / "sea_bulletins.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("name", ["sea_shore", "sea_temperature"])
def test_recipes_reproduce_what_is_shipped(name):
    made = runpy.run_path(str(ROOT / "data" / "recipes" / f"{name}.py"))["table"]()
    text = made.to_csv(index=False, lineterminator="\n")
    shipped = ROOT / "data" / "tables" / f"{name}.csv"
    assert text == shipped.read_text(encoding="utf-8")


def test_every_coast_has_twelve_months_and_a_shore(water):
    assert table("sea_coasts")["coast_id"].tolist() == COASTS
    assert water.index.tolist() == [(c, m) for c in COASTS for m in range(1, 13)]
    assert list(dict.fromkeys(table("sea_shore")["coast_id"])) == COASTS


def test_the_shore_runs_from_the_samur_to_astara():
    shore = table("sea_shore").reset_index(drop=True)
    assert len(shore) == 82
    assert shore["lat"].idxmax() == 0
    assert shore["lat"].idxmin() == 81
    assert shore["lat"].iloc[0] == pytest.approx(41.85, abs=0.01)
    assert shore["lat"].iloc[-1] == pytest.approx(38.43, abs=0.01)
    assert shore["lon"].between(48.5, 50.5).all()


def test_baku_is_as_published(water):
    """wassertemperatur.org: means of the year, and lowest and highest to August."""
    baku = water.loc["absheron_south"]
    assert baku["temp_sea"].tolist() == [8, 7, 8, 12, 18, 24, 26, 27, 25, 20, 15, 10]
    assert baku["temp_sea_low"].tolist()[:8] == [4, 5, 5, 8, 12, 19, 23, 24]
    assert baku["temp_sea_high"].tolist()[:8] == [12, 9, 11, 17, 24, 28, 29, 30]


def test_published_bulletins_lie_within_the_range_of_their_month(water, bulletins):
    assert len(bulletins) == 28
    for row in bulletins:
        for side in ("north", "south"):
            known = water.loc[(f"absheron_{side}", float(row["month"]))]
            low, high = (float(row[f"{side}_{end}"]) for end in ("low", "high"))
            assert known["temp_sea_low"] <= low < high <= known["temp_sea_high"], row


def test_the_mean_of_bulletins_is_near_the_mean_of_the_month(water, bulletins):
    """Within 1 K where there are three or more; they favour dry, still days."""
    frame = pd.DataFrame(bulletins).drop(columns=["citation", "year"]).astype(float)
    for side in ("north", "south"):
        middle = (frame[f"{side}_low"] + frame[f"{side}_high"]) / 2.0
        months = middle.groupby(frame["month"]).agg(["mean", "count"])
        months = months[months["count"] >= 3]["mean"]
        tabled = water.loc[f"absheron_{side}"]["temp_sea"].reindex(months.index)
        assert np.abs(months - tabled).max() < 1.0


def test_observed_april_lies_within_the_range(water):
    for (coast, _), mean in OBSERVED_APRIL_2022.items():
        known = water.loc[(coast, 4)]
        assert known["temp_sea_low"] < mean < known["temp_sea_high"]


def test_coasts_stand_as_the_sea_does(water):
    """Warmest in August, coldest in February; Lankaran warmest, the north coldest."""
    mean = water["temp_sea"].to_xarray().to_pandas().loc[COASTS]
    assert (mean.idxmax(axis=1) == 8).all()
    assert (mean.idxmin(axis=1) == 2).all()
    assert (mean.idxmax() == "lankaran").all()
    assert (mean.loc["absheron_north"] < mean.loc["absheron_south"]).all()
    assert (mean.loc["khachmaz"] <= mean.loc["absheron_north"] + 0.2).all()
    # Late summer: Middle Caspian about 24, South Caspian 25-28 degC (meteomelumat).
    assert mean.loc["khachmaz", 8] == pytest.approx(24, abs=2)
    assert 25 <= mean.loc["alat", 8] <= 28


def test_the_sea_cools_with_depth_in_summer_and_is_mixed_in_winter():
    profile = table("sea_profile").set_index(["depth_m", "month"])
    cooling = profile["sea_cooling_k"].to_xarray().to_pandas().T
    assert (cooling.diff(axis=1).iloc[:, 1:] >= 0).to_numpy().all()
    assert (cooling.loc[[12, 1, 2, 3]] == 0).to_numpy().all()
    # 16 K between 20 and 50 m in deep water, 18 K between 10 and 40 m off Rudsar.
    summer = profile.loc[(50, 8)]
    assert summer["sea_cooling_k"] == 16
    assert summer["sea_cooling_k_high"] == 18
    assert profile.loc[(10, 8), "sea_cooling_k_high"] == 2.6


def test_no_depth_is_colder_than_winter_leaves_it(water):
    """At 50 m the water of August cannot be colder than February's by more than 1 K."""
    profile = table("sea_profile").set_index(["depth_m", "month"])["sea_cooling_k"]
    for coast in COASTS:
        surface = water.loc[coast]["temp_sea"]
        deep = surface - profile.loc[50]
        assert deep.min() >= surface.min() - 1.0


def test_levels_of_the_sea_fall_and_officials_differ():
    level = table("sea_level").set_index("sea_level_id")
    assert len(level) == 35
    read = level[level["quantity"] == "level, Baltic datum"]
    middle = read.filter(regex="level_20.*middle", axis=0)["value"]
    assert middle.iloc[0] == middle.max() == -28.31
    falls = level.loc[["fall_5_years_2025_minister", "fall_4_years_2025_official"]]
    assert falls["value"].tolist() == [1.0, 0.24]
    assert falls["note"].str.contains("differ").all()
    assert level["year_from"].notna().all()
    assert (level["year_from"] <= level["year_to"]).all()


def test_the_book_falls_as_the_readings_do():
    """From July 2021 to September 2025 the readings fell by 0.24 m a year."""
    level = table("sea_level").set_index("sea_level_id")["value"]
    book = table("parameters").set_index("name")
    rate = (level["level_2021_07_middle"] - level["level_2025_09_kazakhstan"]) / 4.17
    assert rate == pytest.approx(0.24, abs=0.005)
    fall = book.loc["climate.sea.fall_m_per_year"]
    assert fall["low"] < rate < fall["high"]
    assert fall["value"] == pytest.approx(rate, abs=0.02)
    start = book.loc["climate.sea.level_m"]
    assert start["value"] == level["level_2025_09_kazakhstan"]
    assert start["low"] == level["level_2025_10_east"]
