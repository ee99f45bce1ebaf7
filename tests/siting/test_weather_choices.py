"""Choices about weather that do not go together are named."""

import pytest

from data.faults import InputError
from siting.loading import load_scenario


def faults_of(*sets):
    with pytest.raises(InputError) as caught:
        load_scenario("base", [f"climate.{one}" for one in sets])
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "sets",
    [
        ("source=pvgis_tmy",),
        ("source=epw", "files=somewhere"),
        ("source=era5", "files=cube.nc", "first_year=2015"),
        ("source=nasa_power", "first_year=2015", "last_year=2015"),
        ("source=open_meteo",),
        ("years=30",),
    ],
)
def test_what_goes_together_is_taken(sets):
    scenario = load_scenario("base", [f"climate.{one}" for one in sets])
    assert hash(scenario)


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        (("source=epw",), "where the epw files are"),
        (("source=pvgis_tmy", "files=x"), "reads no files of yours"),
        (("files=x",), "climate.source = synthetic reads no files"),
        (("source=nasa_power", "years=3"), "the generator makes years"),
        (("source=pvgis_tmy", "first_year=2015"), "has no calendar years"),
        (("last_year=2015",), "synthetic has no calendar years"),
        (
            ("source=nasa_power", "first_year=2020", "last_year=2019"),
            "2020, the first year, or later",
        ),
        (("source=nasa_power", "first_year=2025"), "2024, the last year unless chosen"),
        (("source=nasa_power", "first_year=1700"), "between 1940 and 2100"),
        (("source=meteonorm",), "one of synthetic, epw"),
    ],
)
def test_what_does_not_is_named(sets, told):
    (fault,) = faults_of(*sets)
    assert fault.startswith("--set::climate.")
    assert told in fault
