"""The cash flow as a table: lines that balance, and a sum that ends at their total."""

import numpy as np
import pytest
import xarray as xr

from siting.cash_table import LINES, cash_table

YEARS = [2026, 2027, 2028, 2029]


def evaluation() -> xr.Dataset:
    flow = {name: np.zeros((2, 4)) for name in LINES}
    flow["revenue_usd"][0] = [0.0, 0.0, 50.0, 80.0]
    flow["capex_nominal_usd"][0] = [0.0, 100.0, 0.0, 0.0]
    flow["free_cash_flow_usd"][0] = [0.0, -100.0, 50.0, 80.0]
    flow["free_cash_flow_usd"][1] = np.nan
    data = {name: (("site", "year"), values) for name, values in flow.items()}
    return xr.Dataset(data, coords={"site": ["A", "B"], "year": YEARS})


def test_the_sum_runs_on_and_idle_years_are_left_out() -> None:
    table = cash_table(evaluation(), "A")
    assert table.index.tolist() == [2027, 2028, 2029]
    assert table["cumulative_usd"].tolist() == [-100.0, -50.0, 30.0]
    assert table["cumulative_usd"].iloc[-1] == pytest.approx(
        table["free_cash_flow_usd"].sum()
    )


def test_a_site_that_cannot_be_built_has_none() -> None:
    assert cash_table(evaluation(), "B").empty
