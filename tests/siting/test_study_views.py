"""The pictures of a study hold every hour, and its sentence the figures of the table."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from climate.psychrometrics import saturation_pressure
from data import World
from siting.loading import load_scenario
from siting.study import Study, hour_table, study_cooling, system_table
from siting.study_views import (
    MOST_CELLS,
    MOST_POINTS,
    cooling_headline,
    duration_table,
    hours_csv,
    humidity_lines,
    mode_table,
    station_pressure,
)

SITE = "AZ20"


@pytest.fixture(scope="module")
def study(world: World) -> Study:
    """A hot site where racks can be cooled by air and by liquid."""
    sites = world.tables["sites"].loc[[SITE]]
    return study_cooling(sites, load_scenario("inference"), world)


@pytest.mark.parametrize("system", ["airside", "tower", "liquid_dry"])
def test_every_hour_is_in_a_cell(study: Study, system: str) -> None:
    cells, hours = mode_table(study, SITE, system), hour_table(study, SITE, system)
    assert len(cells) <= MOST_CELLS
    assert cells["hours_per_year"].sum() == pytest.approx(8760)
    counted = cells.groupby("mode_name")["hours_per_year"].sum()
    expected = hours["mode_name"].value_counts().sort_index()
    np.testing.assert_allclose(counted.sort_index(), expected)
    weights = cells["hours_per_year"] / 8760
    for column, width in (("temp_air", 0.5), ("humidity_ratio", 0.5e-3)):
        name = {"humidity_ratio": "humidity_ratio_g_per_kg"}.get(column, column)
        scale = 1000.0 if column == "humidity_ratio" else 1.0
        mean = (cells[name] * weights).sum() / scale
        assert mean == pytest.approx(hours[column].mean(), abs=0.1 * width)


def test_wide_weather_gets_larger_cells(study: Study) -> None:
    rng = np.random.default_rng(0)
    shape = study.weather["temp_air"].shape
    wide = study.weather.assign(
        temp_air=(("site", "time"), rng.uniform(-40, 50, shape)),
        humidity_ratio=(("site", "time"), rng.uniform(0, 0.03, shape)),
    )
    cells = mode_table(replace(study, weather=wide), SITE, "tower")
    assert len(cells) <= MOST_CELLS
    assert cells["hours_per_year"].sum() == pytest.approx(8760)


def test_humidity_lines_are_those_of_the_site(study: Study) -> None:
    lines = humidity_lines(study, SITE)
    pressure = station_pressure(study, SITE)
    assert 60e3 < pressure < 103e3
    saturated = lines[lines["relative_humidity"] == 100]
    vapour = saturation_pressure(saturated["temp_air"])
    ratio = 621.945 * vapour / (pressure - vapour)
    np.testing.assert_allclose(saturated["humidity_ratio_g_per_kg"], ratio)
    air = study.weather["temp_air"].sel(site=SITE)
    assert lines["temp_air"].min() <= air.min()
    assert lines["temp_air"].max() >= air.max()
    at_warmest = lines[lines["temp_air"] == lines["temp_air"].max()]
    assert at_warmest["humidity_ratio_g_per_kg"].is_monotonic_increasing


def test_a_duration_curve_falls_from_the_worst_hour_to_the_best(study: Study) -> None:
    curves = duration_table(study, SITE)
    assert "sea_water" not in set(curves["system"])  # it has no figures inland
    for system, curve in curves.groupby("system"):
        hours = hour_table(study, SITE, str(system))["pue"]
        assert len(curve) == MOST_POINTS
        assert curve["pue"].is_monotonic_decreasing
        assert curve["hours_per_year"].iloc[[0, -1]].tolist() == [0, 8760]
        assert curve["pue"].iloc[[0, -1]].tolist() == [hours.max(), hours.min()]
        assert curve["pue"].mean() == pytest.approx(hours.mean(), abs=1e-3)
        reached = (hours >= curve["pue"].iloc[100]).sum()
        assert reached == pytest.approx(curve["hours_per_year"].iloc[100], abs=2)


def test_no_system_with_figures_is_no_curve(study: Study) -> None:
    only_sea = replace(study, cooling=study.cooling.sel(system=["sea_water"]))
    assert duration_table(only_sea, SITE).empty


def test_the_sentence_has_the_figures_of_the_table(study: Study) -> None:
    row = system_table(study, SITE).loc["liquid_dry"]
    day = study.cooling["design_temp_air"].sel(site=SITE).item()
    said = cooling_headline(study, SITE, "liquid_dry", "Imishli")
    assert said.startswith(
        "At Imishli, PUE with direct liquid cooling on dry coolers is "
        f"{row['pue_annual']:.2f} on average and {row['pue_peak']:.2f} on a {day:.0f} °C day"
    )
    assert f"without water ({row['pue_peak_wet']:.2f} with it)" in said
    hours = 8760 - row["free_cooling_hours"]
    assert f"the air loop's chillers run {hours:,.0f} h a year" in said
    tower = cooling_headline(study, SITE, "tower", "Imishli")
    wue = system_table(study, SITE).loc["tower", "wue_annual_l_per_kwh"]
    assert f"{wue:.2f} L/kWh of water over the year; its chillers" in tower
    assert "without water" not in tower  # towers keep their make-up


def test_the_sentence_says_what_fails(world: World, study: Study) -> None:
    sea = cooling_headline(study, SITE, "sea_water", "Imishli")
    why = system_table(study, SITE).loc["sea_water", "inadmissible_because"]
    assert "sea" in why
    assert sea == f"At Imishli, Caspian sea water has no figures: {why}."
    sites = world.tables["sites"].loc[[SITE]]
    scenario = load_scenario("base", ["cooling.trim_chiller=false"])
    dry = study_cooling(sites, scenario, world)
    said = cooling_headline(dry, SITE, "liquid_dry", "Imishli")
    derate = system_table(dry, SITE).loc["liquid_dry", "derate_pct"]
    assert derate > 1
    assert f"that day leaves {derate:.0f} % of the IT uncooled" in said
    refused = cooling_headline(dry, SITE, "tower", "Imishli")
    assert "PUE with cooling towers" in refused
    assert " would be " in refused
    assert "refused here: air cannot cool training racks" in refused


def test_the_file_of_hours_is_the_table(study: Study) -> None:
    head, *rows = hours_csv(study, SITE, "tower").decode().splitlines()
    table = hour_table(study, SITE, "tower")
    assert head.split(",") == list(table)
    assert len(rows) == 8760
    first = dict(zip(head.split(","), rows[0].split(","), strict=True))
    assert float(first["pue"]) == pytest.approx(table["pue"].iloc[0], rel=1e-9)
    assert pd.Timestamp(first["time"]) == table["time"].iloc[0]
