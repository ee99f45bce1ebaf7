"""Prices: identities of the tariff table, the local clock, the class thresholds."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from grid.electricity import tariff
from grid.electricity.tariff import (
    flat_price,
    is_day,
    price_ex_vat,
    prices,
    tariff_class,
    zone_energy,
    zone_prices,
)

YEAR = pd.date_range("2029-01-01", "2029-12-31 23:00", freq="h").to_numpy()


def test_flat_means(book):
    """Decision 9 of 2021: 7.3 and 3.5 qepik make 3.36 cents; 10.6 make 6.24."""
    mean = prices(YEAR, book).mean("time")
    assert float(mean.sel(tariff_class="data_centre")) == pytest.approx(
        33.63, abs=0.005
    )
    assert float(mean.sel(tariff_class="industrial")) == pytest.approx(62.35, abs=0.005)
    assert np.allclose(flat_price(book), mean)


def test_the_worth_of_the_class(book):
    """About 0.31 million USD per MW-year of IT at a PUE of 1.25."""
    flat = flat_price(book)
    gap = flat.sel(tariff_class="industrial") - flat.sel(tariff_class="data_centre")
    assert float(gap) * 8760 * 1.25 / 1e6 == pytest.approx(0.314, abs=0.001)


def test_zones_switch_on_the_clock_of_baku(book):
    """08:00 in Baku is 04:00 UTC: the zones change at 04 and 18 UTC."""
    day = prices(YEAR[:24], book).sel(tariff_class="data_centre")
    cents = (day.values * 1.7 / 10).round(6)
    assert cents[3:5].tolist() == [3.5, 7.3]
    assert cents[17:19].tolist() == [7.3, 3.5]
    assert (cents == 7.3).sum() == 14


def test_a_utc_clock_would_be_wrong(book, monkeypatch):
    """An afternoon load priced on a UTC clock pays for other hours."""
    local_hour = (np.arange(24) + 4) % 24
    evening = xr.DataArray((local_hour >= 20).astype(float), coords={"time": YEAR[:24]})
    right = float(
        (evening * prices(YEAR[:24], book)).sel(tariff_class="data_centre").sum()
    )
    assert right * 1.7 / 10 == pytest.approx(2 * 7.3 + 2 * 3.5)
    monkeypatch.setattr(tariff, "BAKU_UTC_OFFSET_H", 0)
    wrong = float(
        (evening * prices(YEAR[:24], book)).sel(tariff_class="data_centre").sum()
    )
    assert wrong * 1.7 / 10 == pytest.approx(4 * 7.3)


def test_the_clock_agrees_with_the_time_zone_data(book):
    local = pd.DatetimeIndex(YEAR, tz="UTC").tz_convert("Asia/Baku").hour
    assert (is_day(YEAR, book) == ((local >= 8) & (local < 22))).all()


def test_industrial_price_never_changes(book):
    assert np.ptp(prices(YEAR, book).sel(tariff_class="industrial").values) == 0.0


def test_labels_and_units(book):
    priced = prices(YEAR[:48], book)
    assert priced.dims == ("tariff_class", "time")
    assert priced.attrs["units"] == "USD/MWh"
    assert (priced["time"].values == YEAR[:48]).all()
    assert set(priced.coords) == {"tariff_class", "time"}


@given(st.lists(st.floats(0, 200), min_size=48, max_size=48))
def test_two_zones_make_the_whole_bill(book, load):
    energy = xr.DataArray(load, coords={"time": YEAR[:48]})
    hourly = (energy * prices(YEAR[:48], book)).sum("time")
    zoned = (zone_energy(energy, book) * zone_prices(book)).sum("zone")
    assert np.allclose(hourly, zoned)


def test_zone_energy_keeps_other_dimensions(book):
    energy = xr.DataArray(
        np.ones((2, len(YEAR))), dims=("site", "time"), coords={"time": YEAR}
    )
    split = zone_energy(energy, book)
    assert split.sel(zone="day").values.tolist() == [365 * 14.0] * 2
    assert split.sel(zone="night").values.tolist() == [365 * 10.0] * 2


def test_vat(book):
    """5.717 qepik with VAT is 2.85 cents without."""
    flat = flat_price(book).sel(tariff_class="data_centre")
    assert float(price_ex_vat(flat, 18.0, book)) == pytest.approx(28.50, abs=0.01)
    assert price_ex_vat(100.0, 0.0, book) == 100.0


@pytest.mark.parametrize(
    ("gwh", "kv", "stands", "expected"),
    [
        (5.0, 110, True, "data_centre"),
        (4.999, 110, True, "industrial"),
        (5.0, 10, True, "industrial"),
        (5.0, 35, True, "data_centre"),
        (60.0, 500, True, "data_centre"),  # above 110 kV: our reading
        (60.0, 110, False, "industrial"),
        (np.nan, 110, True, "industrial"),
    ],
)
def test_class_thresholds(book, gwh, kv, stands, expected):
    assert tariff_class(gwh, kv, stands, book).item() == expected


def test_five_megawatts_never_qualify(book):
    """Every month counts, and in February 5 MW of IT would need a PUE of 1.49."""
    february = 5.0 * 1.48 * 28 * 24 / 1000
    assert tariff_class(february, 110, True, book).item() == "industrial"
    assert tariff_class(20 * february, 110, True, book).item() == "data_centre"


def test_classes_broadcast(book):
    energy = xr.DataArray([[2.0, 6.0]], dims=("site", "system"))
    kv = xr.DataArray([110, 220, 10], dims="option")
    named = tariff_class(energy, kv, True, book)
    assert named.sizes == {"site": 1, "system": 2, "option": 3}
    assert (named == "data_centre").sum() == 2
