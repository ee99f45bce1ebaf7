from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate.warming import annual_warming, monthly_warming
from data.assumptions.climate import ClimateBook
from data.choices import Pathway

A = ClimateBook(
    lapse_k_per_km=6.5,
    temp_bias_k=0.0,
    dew_point_bias_k=0.0,
    daily_range_factor=1.0,
    wind_factor=1.0,
    normals_year=2012.5,
    warming_base_year=2004.5,
    warming_ssp245_2030_k=0.8,
    warming_ssp245_2050_k=1.6,
    warming_ssp245_2090_k=2.3,
    warming_ssp585_2030_k=0.9,
    warming_ssp585_2050_k=2.2,
    warming_ssp585_2090_k=4.7,
    warming_rcp_base_year=1995.5,
    warming_rcp26_2050_k=1.0,
    warming_rcp26_2090_k=1.2,
    warming_rcp45_2050_k=1.6,
    warming_rcp45_2090_k=2.3,
    warming_rcp85_2050_k=2.4,
    warming_rcp85_2090_k=4.7,
    warming_summer_factor=1.3,
    sea_level_m=-29.31,
    sea_level_year=2025.7,
    sea_fall_m_per_year=0.25,
    sea_warming_share=1.0,
    sea_temp_bias_k=0.0,
    sea_stratification=1.0,
)


@pytest.mark.parametrize(
    ("year", "pathway", "kelvin"),
    [
        (2030, "ssp245", 0.8),
        (2050, "ssp245", 1.6),
        (2040, "ssp245", 1.2),
        (2090, "ssp245", 2.3),
        (2030, "ssp585", 0.9),
        (2050, "ssp585", 2.2),
        (2004.5, "ssp585", 0.0),
        (2050, "rcp26", 1.0),
        (2090, "rcp26", 1.2),
        (2090, "rcp45", 2.3),
        (2050, "rcp85", 2.4),
        (2090, "rcp85", 4.7),
        (1995.5, "rcp85", 0.0),
        (2022.75, "rcp85", 1.2),
        (2050, "none", 0.0),
        (2000, "ssp245", -0.8 * 4.5 / 25.5),
    ],
)
def test_stated_years_have_the_stated_warming(year, pathway, kelvin):
    assert annual_warming(year, pathway, A) == pytest.approx(kelvin)


def test_what_the_normals_hold_is_taken_off():
    assert monthly_warming(2012.5, "ssp245", A) == pytest.approx(np.zeros(12))
    # By hand: 0.8 at 2030 less 0.8 x 8 / 25.5 in the normals.
    assert monthly_warming(2030, "ssp245", A).mean() == pytest.approx(0.8 - 0.250980)


@given(st.floats(2000, 2100), st.sampled_from(get_args(Pathway)))
def test_summer_warms_more_and_the_year_as_stated(year, pathway):
    months = monthly_warming(year, pathway, A)
    annual = annual_warming(year, pathway, A) - annual_warming(2012.5, pathway, A)
    assert months.mean() == pytest.approx(annual, abs=1e-12)
    assert months[5:9] == pytest.approx(np.full(4, 1.3 * annual), abs=1e-12)
    # The published projections give about 0.83 of the annual mean for Nov-Apr.
    assert months[0] == pytest.approx(0.85 * annual, abs=1e-12)


def test_an_even_year_without_the_factor():
    even = monthly_warming(2050, "ssp585", replace(A, warming_summer_factor=1.0))
    assert np.ptp(even) == pytest.approx(0.0, abs=1e-12)


def test_the_seasons_are_those_published():
    """RCP8.5, World Bank: June-September about +3 and November-April 2 or less by
    2050, of +2.4 a year; ADB/WB: July-September almost +6 by the 2090s.
    """
    no_offset = replace(A, normals_year=1995.5)
    middle = monthly_warming(2050, "rcp85", no_offset)
    assert middle.mean() == pytest.approx(2.4)
    assert middle[6] == pytest.approx(3.0, abs=0.2)
    assert middle[0] == pytest.approx(2.0, abs=0.1)
    assert monthly_warming(2090, "rcp85", no_offset)[7] == pytest.approx(6.0, abs=0.2)


def test_the_shipped_figures_are_in_order(world):
    book = world.book.resolve({}).climate
    for year in (2030.0, 2050.0, 2090.0):
        low, middle, high = (
            annual_warming(year, pathway, book)
            for pathway in ("rcp26", "rcp45", "rcp85")
        )
        assert 0 < low < middle < high
        assert annual_warming(year, "ssp245", book) < annual_warming(
            year, "ssp585", book
        )
    grades = world.book.table["grade"]
    assert grades["climate.warming.rcp85_2050_k"] == "published"
    assert grades["climate.warming.ssp245_2050_k"] == "assumed"
