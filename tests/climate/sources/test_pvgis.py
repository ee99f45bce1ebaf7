import json

import numpy as np
import pytest

from climate.sources import pvgis
from climate.sources.place import Site


def test_a_site_asks_once_whatever_the_years():
    (asked,) = pvgis.requests(Site("S1", 40.4, 49.8, 540.0), range(2015, 2025))
    assert dict(asked.query)["lat"] == "40.40000"
    assert asked.address.startswith("https://re.jrc.ec.europa.eu/api/v5_3/tmy?lat=")


def test_radiation_stands_at_the_satellites_minute(made):
    record = pvgis.record(made.pvgis(offset=0.1761))
    assert record.standing["ghi"] == 0.1761
    assert record.standing["temp_air"] == 0.0
    assert pvgis.record(made.pvgis(offset=0.5)).standing["dni"] == 0.5


def test_months_of_other_years_make_one_year(made):
    record = pvgis.record(made.pvgis())
    assert record.typical
    assert record.base_year == 2014.0  # the middle of 2005 to 2023
    assert len(record.hours) == 8760
    assert record.hours.notna().all().all()
    assert record.elevation_m == 540.0


def test_a_file_without_its_period_takes_that_of_its_months(made):
    told = json.loads(made.pvgis())
    del told["inputs"]["meteo_data"]
    record = pvgis.record(json.dumps(told).encode())
    assert record.base_year == (2006 + 2019) / 2


def test_a_february_of_a_leap_year_may_have_its_29th(made):
    told = json.loads(made.pvgis())
    rows = told["outputs"]["tmy_hourly"]
    spot = 24 * 59
    extra = [
        {**row, "time(UTC)": f"20160229:{h:02d}00", "T2m": 99.0}
        for h, row in enumerate(rows[spot - 24 : spot])
    ]
    told["outputs"]["tmy_hourly"] = rows[:spot] + extra + rows[spot:]
    record = pvgis.record(json.dumps(told).encode())
    assert len(record.hours) == 8760
    assert record.hours["temp_air"].max() < 40.0


def test_fill_values_are_holes(made):
    told = json.loads(made.pvgis())
    told["outputs"]["tmy_hourly"][10]["T2m"] = -999.0
    record = pvgis.record(json.dumps(told).encode())
    assert np.isnan(record.hours["temp_air"].iloc[10])
    assert record.hours["temp_air"].min() > -40.0


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"message": "no"}', b"<html>"])
def test_nonsense_is_seen(body):
    with pytest.raises((ValueError, KeyError, TypeError)):
        pvgis.record(body)
