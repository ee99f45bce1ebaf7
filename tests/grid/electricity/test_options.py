"""The eight options, and values by voltage class."""

import numpy as np
import xarray as xr

from grid.electricity.options import (
    OPTION_KV,
    OPTION_STEP,
    OPTION_VOLTAGE,
    OPTIONS,
    VOLTAGES,
    bay_usd,
    line_usd_per_km,
    of_class,
    station_usd,
    unit_mva,
)


def test_labels_say_what_they_are():
    assert len(set(OPTIONS)) == 8
    for label, kv, step in zip(OPTIONS, OPTION_KV, OPTION_STEP, strict=True):
        assert label == f"{kv}kV {step}"
    assert [VOLTAGES[i] for i in OPTION_VOLTAGE] == OPTION_KV.tolist()


def test_values_follow_the_class():
    kv = xr.DataArray([500, 110, 330, 220, 110], dims="site")
    assert of_class(kv, (1.0, 2.0, 3.0, 4.0)).values.tolist() == [
        4.0,
        1.0,
        3.0,
        2.0,
        1.0,
    ]


def test_a_class_may_be_drawn():
    kv = xr.DataArray([110, 500], dims="site")
    drawn = xr.DataArray([1.0, 2.0], dims="draw")
    found = of_class(kv, (drawn, 0.0, 0.0, 3.0)).transpose("draw", "site")
    assert found.values.tolist() == [[1.0, 3.0], [2.0, 3.0]]


def test_higher_voltage_costs_and_carries_more(book):
    for of in (unit_mva, line_usd_per_km, bay_usd, station_usd):
        assert (np.diff(of(book)) > 0).all()
