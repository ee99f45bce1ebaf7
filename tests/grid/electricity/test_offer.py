"""Cost and time of a connection: three by hand, limits, monotone in MW and km."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from grid.electricity import offer
from grid.electricity.offer import circuits, transformer_months
from grid.electricity.options import OPTION_KV, OPTION_STEP, OPTIONS


@pytest.fixture(scope="module")
def access(joined, sites):
    return joined(sites)


@pytest.mark.parametrize(
    ("site", "option", "mw", "expected"),
    [
        # circuits·km·USD/km + (2c−1)·bay + (MVA·20 k + bay) + station + 1.5·P/0.95·20 k
        # 2·5.195·0.22 + 3·1.3 + (40·0.02 + 1.3) + 4 + 3.947
        ("AZ01", "110kV transformer", 125.0, (16.23, 32.0)),
        # 50.35·0.35 + 2.6 + (375·0.02 + 2.6) + 7 + 3.947
        ("AZ01", "220kV transformer", 125.0, (41.27, 32.0)),
        # 29.51·0.45 + 4 + (375·0.02 + 4) + 10 + 3.947
        ("AZ01", "330kV transformer", 125.0, (42.72, 32.0)),
        # 2·4.98·0.22 + 3·1.3 + (200·0.02 + 1.3) + 4 + 3.947
        ("AZ21", "110kV transformer", 125.0, (19.34, 32.0)),
        # 7.50·0.22 + 1.3 + 0 + 4 + 1.5·40/0.95·0.02
        ("AZ33", "110kV existing", 40.0, (8.21, 23.0)),
    ],
)
def test_by_hand(access, book, site, option, mw, expected):
    """Million USD and months."""
    here = offer(access.sel(site=[site], option=[option]), mw, book).squeeze()
    millions, months = expected
    assert here["connection_capex_usd"].item() / 1e6 == pytest.approx(
        millions, abs=0.01
    )
    assert here["months_to_power"].item() == pytest.approx(months)


def test_parts_sum_to_the_total(access, book):
    cost = offer(access, 80.0, book)
    parts = sum(
        cost[f"{part}_capex_usd"] for part in ("lateral", "bay", "step", "station")
    )
    assert np.allclose(cost["connection_capex_usd"], parts, equal_nan=True)
    there = np.isfinite(access["firm_mw"])
    assert np.isfinite(cost["connection_capex_usd"]).equals(there)
    assert np.isfinite(cost["months_to_power"]).equals(there)
    assert "no connection charge" in cost.attrs["connection_charge"]
    assert all(array.attrs["units"] for array in cost.data_vars.values())


def test_small_units_are_quicker(book):
    months = transformer_months(
        xr.DataArray([40.0, 50.0, 50.1, 40.0]), xr.DataArray([110, 110, 110, 220]), book
    )
    assert months.values.tolist() == [16.0, 16.0, 30.0, 30.0]


def test_switchgear_holds_the_small_ones_back(access, book):
    cost = offer(access.sel(option="110kV existing"), 5.0, book)
    assert (cost["months_to_power"] == 21.0 + 2.0).all()


def test_each_term_can_bind(book):
    def months(lateral=1.0, upstream=0.0, **numbers):
        a = replace(book, **numbers)
        return float(
            offer(one(lateral=lateral, upstream=upstream), 5.0, a).months_to_power
        )

    assert months() == 23.0
    assert months(time_study_permits_months=25.0) == 27.0
    assert months(lateral=600.0) == pytest.approx(0.5 + 30.0 + 2.0)
    assert months(upstream=40.0) == 42.0


def test_feeds_double_the_lateral(access, book):
    two = access.assign(feeds=2)
    single, double = offer(access, 100.0, book), offer(two, 100.0, book)
    ratio = double["lateral_capex_usd"] / single["lateral_capex_usd"]
    assert np.allclose(ratio.values[~np.isnan(ratio.values)], 2.0)


def test_circuits_round_up():
    needed = circuits(
        xr.DataArray([0.0, 116.85, 116.86, 300.0]),
        xr.DataArray(116.85),
        xr.DataArray(1),
    )
    assert needed.values.tolist() == [1, 1, 2, 3]
    assert np.isnan(circuits(xr.DataArray(np.nan), xr.DataArray(1.0), xr.DataArray(1)))


def test_load_may_vary_by_site_and_system(access, book):
    load = xr.DataArray(
        np.linspace(5, 500, access.sizes["site"] * 2).reshape(-1, 2),
        dims=("site", "system"),
        coords={"site": access["site"], "system": ["air_chiller", "liquid_dry"]},
    )
    cost = offer(access, load, book)["connection_capex_usd"]
    assert set(cost.dims) == {"site", "option", "system"}
    at = {"site": "AZ21", "option": "220kV existing", "system": "liquid_dry"}
    alone = offer(
        access.sel(site=["AZ21"]),
        float(load.sel(site="AZ21", system="liquid_dry")),
        book,
    )["connection_capex_usd"]
    assert float(cost.sel(at)) == pytest.approx(
        float(alone.sel(site="AZ21", option="220kV existing"))
    )


def test_an_option_chosen_by_site_costs_the_same(access, book):
    whole = offer(access, 100.0, book)
    choice = xr.DataArray(np.arange(36) % 2, dims="site")
    chosen = offer(access.isel(option=choice).drop_vars("option"), 100.0, book)
    expected = whole.isel(option=choice).drop_vars("option")
    assert np.allclose(chosen["connection_capex_usd"], expected["connection_capex_usd"])


def one(lateral=10.0, upstream=0.0, option="110kV existing"):
    """Access of one made-up site by one option."""
    i = OPTIONS.index(option)
    return xr.Dataset(
        {
            "lateral_km": lateral,
            "upstream_months": upstream,
            "step_mva": 40.0 * (OPTION_STEP[i] == "transformer"),
            "connection_kv": int(OPTION_KV[i]),
            "connection_step": OPTION_STEP[i],
            "circuit_mw": 116.85,
            "feeds": 1,
        }
    )


@given(
    km=st.floats(0, 500),
    more_km=st.floats(0, 300),
    mw=st.floats(0.1, 900),
    more_mw=st.floats(0, 400),
    option=st.sampled_from(OPTIONS),
)
def test_more_costs_no_less(book, km, more_km, mw, more_mw, option):
    base = offer(one(km, option=option), mw, book)
    for grown in (
        offer(one(km + more_km, option=option), mw, book),
        offer(one(km, option=option), mw + more_mw, book),
    ):
        for metric in ("connection_capex_usd", "months_to_power"):
            assert float(grown[metric]) >= float(base[metric]) - 1e-6
