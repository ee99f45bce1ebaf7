"""Yields beside the published ones, and where the model misses them."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data.choices import ClimateChoices
from siting.yields import beside_published, hour_table, study_yields, yield_table

REFERENCE = Path(__file__).parents[1] / "reference" / "resource_yields.csv"


@pytest.fixture(scope="module")
def published():
    with REFERENCE.open(encoding="utf-8", newline="") as stream:
        return {row["case"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def a(world):
    return world.book.resolve({})


@pytest.fixture(scope="module")
def beside(world, a):
    return beside_published(world, a)


@pytest.fixture(scope="module")
def study(world, a):
    choices = ClimateChoices(pathway="none")
    return study_yields(world, world.tables["sites"], choices, a)


def test_the_table_is_what_the_citations_say(beside, published):
    for plant, row in beside.iterrows():
        assert row["yield_gwh"] == float(published[plant]["value"])


@pytest.mark.parametrize(
    ("plant", "least", "most"),
    [
        ("PV_GAR", -0.04, 0.02),
        ("PV_SHF", -0.08, 0.0),
        ("PV_GOB", -0.27, -0.19),  # the miss: 2,600 h of rating are out of reach
    ],
)
def test_solar_plants(beside, plant, least, most):
    row = beside.loc[plant]
    assert least < row["model_gwh"] / row["yield_gwh"] - 1.0 < most


def test_no_plant_of_ours_reaches_gobustans_figure(world, a, beside):
    """Not even with half as many modules again as the greatest ratio of the book."""
    high = float(world.book.table.loc["resource.pv.dc_ac_ratio", "high"])
    many = replace(a, resource=replace(a.resource, pv_dc_ac_ratio=1.15 * high))
    told = beside_published(world, many).loc["PV_GOB"]
    assert told["model_gwh"] < told["yield_gwh"]
    assert told["model_gwh"] > beside.loc["PV_GOB", "model_gwh"]


def test_khizi_absheron(beside, published):
    """The weather's own wind meets the forecast; the sourced mean goes above it."""
    row, said = beside.loc["W_KHZ"], published["W_KHZ"]
    assert float(said["low"]) < row["model_gwh"] < float(said["high"])
    assert 1.0 < row["model_sourced_gwh"] / float(said["high"]) < 1.1


def test_radiation_where_it_is_published(study, published):
    for site in ("AZ06", "AZ21", "AZ33"):
        year = yield_table(study, site).loc["ghi_kwh_per_m2", "year"]
        assert year == pytest.approx(float(published[site]["value"]), rel=0.01)


def test_months_make_the_year_and_seasons_differ(study):
    table = yield_table(study, "AZ01")
    sums = table.drop(index="wind_hub")
    assert sums[range(1, 13)].sum(axis=1).to_numpy() == pytest.approx(
        sums["year"].to_numpy()
    )
    solar = table.loc["pv_tracker_mwh_per_mw"]
    assert solar[6] > 3.0 * solar[12]
    fixed = table.loc["pv_fixed_mwh_per_mw"]
    assert fixed[12] > solar[12]  # tilted to the south, it wins in winter
    assert fixed["year"] < solar["year"]


def test_wind_without_a_source_is_absent(study):
    assert np.isnan(yield_table(study, "AZ26").loc["wind_mwh_per_mw", "year"])
    assert yield_table(study, "AZ26").loc["wind_weather_mwh_per_mw", "year"] > 0.0


def test_hours_are_those_of_the_year(study):
    hours = hour_table(study.sel(site=["AZ01", "AZ26"]))
    assert len(hours) == 2 * 8760
    own = hours[hours["site_id"] == "AZ01"]
    year = yield_table(study, "AZ01").loc["pv_fixed_mwh_per_mw", "year"]
    assert own["pv_fixed"].sum() == pytest.approx(year)
