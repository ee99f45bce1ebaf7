"""Choices that other choices follow from."""

import pytest

from data.choices import ClimateChoices, most_years


@pytest.mark.parametrize(
    ("choices", "years"),
    [
        (ClimateChoices(years=7), 7),
        (ClimateChoices(source="epw", years=7), 1),
        (ClimateChoices(source="pvgis_tmy"), 1),
        (ClimateChoices(source="open_meteo"), 10),
        (ClimateChoices(source="nasa_power", first_year=2001, last_year=2004), 4),
        (ClimateChoices(source="era5", first_year=1995, last_year=2020), 26),
        (ClimateChoices(source="era5"), 40),
    ],
)
def test_memory_is_planned_for_the_years_there_may_be(
    choices: ClimateChoices, years: int
) -> None:
    assert most_years(choices) == years
