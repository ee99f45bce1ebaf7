import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.load import read_raw, typed

RECIPES = Path(__file__).parents[2] / "data" / "recipes"
KEYED = {
    "climate_points": 61,
    "climate_normals": 61 * 12,
    "climate_regions": 11 * 12,
    "climate_variability": 12 * 12,
    "climate_clearness": 3 * 12,
    "climate_linke_turbidity": 13 * 12,
    "climate_station_statistics": 9 * 12,
    "climate_merra2_ghi": 6 * 12,
    "climate_era5_grid": 21 * 31 * 12,
    "climate_site_regions": 61 + 36,
    "climate_region_list": 11,
    "outlines": 2056,
}


def table(name: str) -> pd.DataFrame:
    return typed(read_raw(name))


@pytest.mark.parametrize("name", KEYED)
def test_nothing_gathered_is_lost(name):
    assert len(read_raw(name)) == KEYED[name]


def test_every_design_figure_is_kept():
    """443 gathered: 13 of turbidity and 6 of the sea's level have their own tables."""
    design = table("climate_design")
    texts = design["design_id"].str.split("-").str[0]
    assert texts.nunique() == 443 - 13 - 6
    assert design["value"].notna().all()
    assert design["design_id"].is_unique
    assert (design["value_text"] != "").all()
    monthly = design.groupby(texts)["month"].count()
    assert set(monthly[monthly > 2]) == {8, 12}


def test_ranges_stand_about_their_value():
    design = table("climate_design")
    both = design.dropna(subset=["low", "high"])
    assert len(both) > 30
    assert ((both["low"] <= both["value"]) & (both["value"] <= both["high"])).all()
    hottest = design[design["quantity"].str.contains("hottest in over 120 years")]
    assert hottest[["low", "value", "high"]].to_numpy().tolist() == [[43, 43.5, 44]]


@pytest.mark.parametrize(
    "name",
    [
        "climate_normals",
        "climate_regions",
        "climate_variability",
        "climate_clearness",
        "climate_linke_turbidity",
        "climate_station_statistics",
    ],
)
def test_every_place_has_twelve_months(name):
    frame = table(name)
    key = next(iter(frame.columns[frame.columns != "month"]))
    assert not frame.duplicated([key, "month"]).any()
    assert (frame.groupby(key)["month"].nunique() == 12).all()
    assert set(frame["month"]) == set(range(1, 13))


def test_forty_five_points_have_normals_of_the_grid():
    points = table("climate_points").set_index("point_id")
    own = points[points["kind"] == "grid_normal"]
    assert len(own) == 45
    normals = table("climate_normals").set_index("point_id").loc[own.index]
    assert normals["temp_air"].notna().all()
    assert (normals["grade"] == "derived").all()


def test_the_grid_is_whole():
    grid = table("climate_era5_grid").set_index(["lat", "lon", "month"])
    cells = grid["temp_air"].to_xarray()
    assert dict(cells.sizes) == {"lat": 21, "lon": 31, "month": 12}
    assert np.isfinite(cells).all()
    assert np.allclose(np.diff(cells["lat"]), 0.25)
    assert np.allclose(np.diff(cells["lon"]), 0.25)
    sources = read_raw("sources").set_index("source_id")["citation"]
    citation = " ".join(sources[s] for s in grid["source"].iloc[0].split())
    assert "Copernicus Climate Change Service" in citation


def test_every_point_and_site_has_a_region():
    regions = table("climate_site_regions")
    places = {*read_raw("climate_points")["point_id"], *read_raw("sites")["site_id"]}
    assert set(regions["place_id"]) == places
    known = set(read_raw("climate_region_list")["climate_region"])
    assert set(regions["climate_region"]) == known
    assert set(table("climate_regions")["climate_region"]) == known
    assert set(table("climate_variability")["climate_region"]) == {*known, "default"}


def region(name: str) -> pd.DataFrame:
    frame = table("climate_regions")
    return frame[frame["climate_region"] == name].set_index("month")


def test_worded_ranges_are_their_midpoints():
    lowland, ganja = region("kura_araz_lowland"), region("ganja_gazakh")
    assert (lowland["relative_humidity"] - ganja["relative_humidity"] == 4).all()
    assert ganja["daily_range"].loc[[1, 4, 7]].tolist() == [8.5, 9.75, 11.0]
    assert (ganja["wind_speed"] == 2.75).all()
    north = region("north_foothills")
    moister = north["relative_humidity"] - lowland["relative_humidity"]
    assert moister.loc[[1, 4, 7]].tolist() == [0.0, 2.5, 5.0]
    assert set(ganja["grade"]) == set(north["grade"]) == {"assumed"}


def test_absheron_has_its_own_climate():
    baku, coast = region("absheron"), region("absheron_windy")
    # 68 % in January and 57 % in August forecast; 3 points more October-April.
    assert baku["relative_humidity"].loc[[1, 8]].tolist() == [71.0, 57.0]
    assert baku["daily_range"].mean() == pytest.approx(7.0, abs=0.1)
    assert coast["wind_speed"].to_numpy() == pytest.approx(
        1.3 * baku["wind_speed"].to_numpy()
    )
    frame = table("climate_variability").set_index(["climate_region", "month"])
    own, usual = frame.loc["absheron"], frame.loc["default"]
    assert own["temp_sd"].between(1.9, 2.8).all()
    assert (own["temp_sd"] < usual["temp_sd"]).all()
    assert usual["temp_sd"].iloc[0] == pytest.approx(4.06, abs=0.01)


def test_published_radiation_sums_to_the_published_years():
    normals = table("climate_normals").set_index(["point_id", "month"])
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for point, annual in (
        ("pirallahi", 1577),
        ("mingachevir_ghi", 1433),
        ("nakhchivan_ghi", 1723),
    ):
        daily = normals.loc[point, "ghi_kwh_m2_day"]
        assert (daily * days).sum() == pytest.approx(annual, abs=2)


@pytest.mark.parametrize("name", ["climate_clearness", "climate_variability"])
def test_recipes_reproduce_what_is_shipped(name):
    made = runpy.run_path(str(RECIPES / f"{name}.py"))["table"]()
    shipped = read_raw(name).reset_index(drop=True)
    assert list(made.columns) == list(shipped.columns)
    for column in made:
        if made[column].dtype.kind == "f":
            assert shipped[column].astype(float).to_numpy() == pytest.approx(
                made[column].to_numpy(), abs=2e-4
            )
        else:
            assert (shipped[column] == made[column].astype(str)).all()


def test_outlines_are_rings_of_points():
    rings = table("outlines").groupby(["country", "polygon"])
    assert rings["point"].apply(lambda p: list(p) == list(range(len(p)))).all()
    azerbaijan = table("outlines").query("country == 'AZ'")
    assert azerbaijan["lat"].between(38.2, 42.1).all()
    assert azerbaijan["lon"].between(44.6, 51.0).all()
