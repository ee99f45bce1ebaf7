import json

import numpy as np
import pandas as pd
import pytest

from climate.sources import nasa_power
from climate.sources.place import Site


def edited(body, edit):
    told = json.loads(body)
    edit(told)
    return json.dumps(told).encode()


def test_each_year_is_asked_for_in_utc():
    asked = nasa_power.requests(Site("S1", 40.4, 49.8, 540.0), [2019, 2020])
    assert [dict(r.query)["start"] for r in asked] == ["20190101", "20200101"]
    assert all(dict(r.query)["time-standard"] == "utc" for r in asked)


def test_units_are_those_the_answer_states(made):
    hours, height = nasa_power.parsed(made.nasa_power(2016))
    assert height == 540.0
    assert len(hours) == 8784
    assert hours["pressure"].mean() == pytest.approx(95_000.0, abs=20.0)

    def joules(told):
        sun = told["properties"]["parameter"]["ALLSKY_SFC_SW_DWN"]
        for key in sun:
            sun[key] *= 3600.0 / 1e6
        told["parameters"]["ALLSKY_SFC_SW_DWN"]["units"] = "MJ/hr"

    other, _ = nasa_power.parsed(edited(made.nasa_power(2016), joules))
    assert other["ghi"].to_numpy() == pytest.approx(hours["ghi"].to_numpy())


def test_minus_999_is_a_hole(made):
    def holed(told):
        told["properties"]["parameter"]["T2M"]["2016070112"] = -999.0

    hours, _ = nasa_power.parsed(edited(made.nasa_power(2016), holed))
    assert hours["temp_air"].isna().sum() == 1
    assert np.isnan(hours.loc[pd.Timestamp("2016-07-01 12:00"), "dew_point"])
    assert hours["temp_air"].min() > -40.0


def test_local_solar_time_is_refused(made):
    body = edited(
        made.nasa_power(2016), lambda told: told["header"].update(time_standard="LST")
    )
    with pytest.raises(ValueError, match="UTC was asked for"):
        nasa_power.parsed(body)


def test_an_unknown_unit_is_refused(made):
    body = edited(
        made.nasa_power(2016), lambda told: told["parameters"]["T2M"].update(units="F")
    )
    with pytest.raises(KeyError):
        nasa_power.parsed(body)


def test_a_year_of_fill_values_at_its_end_is_not_over(made):
    def unfinished(told):
        for values in told["properties"]["parameter"].values():
            values.update({key: -999.0 for key in values if key > "20161120"})

    with pytest.raises(ValueError, match="ends early"):
        nasa_power.parsed(edited(made.nasa_power(2016), unfinished))
