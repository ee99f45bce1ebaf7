"""The week that is drawn: it holds the greatest load and loses no energy."""

import numpy as np
import pandas as pd
import pytest

from siting.supply.tables import SOURCES, WEEK_H, busiest_week


def year(top: int) -> pd.DataFrame:
    hours = 8760
    load = np.full(hours, 90.0)
    load[top] = 120.0
    flows = {f"{name}_mw": np.zeros(hours) for name in SOURCES}
    flows["wind_mw"] = np.linspace(0.0, 60.0, hours)
    flows["grid_mw"] = load - flows["wind_mw"]
    time = pd.date_range("2029-01-01", periods=hours, freq="h")
    return pd.DataFrame({"time": time, "load_mw": load, **flows, "stored_mwh": 0.0})


@pytest.mark.parametrize("top", [0, 50, 5000, 8759])
def test_a_whole_week_about_the_greatest_load(top):
    hours = year(top)
    week = busiest_week(hours)
    assert len(week) == WEEK_H * len(SOURCES)
    load = week.drop_duplicates("time").set_index("time")["load_mw"]
    assert len(load) == WEEK_H
    assert load.idxmax() == hours["time"][top]
    served = week.groupby("time")["mw"].sum()
    assert np.allclose(served, load)
    assert set(week["source"]) == set(SOURCES)
