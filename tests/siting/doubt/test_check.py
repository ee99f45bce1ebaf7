"""Check: predictions against the whole model run again."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from siting.doubt import check as module
from siting.doubt.check import CHECKED, HELD, check, settings
from siting.doubt.draws import Unknown
from siting.doubt.outcomes import Basis


def number(name: str, value: float, low: float, high: float) -> Unknown:
    return Unknown(name, value, low, high, "common", name, np.nan)


def test_a_number_at_its_own_value_is_predicted_exactly(
    basis: Basis, world: World
) -> None:
    still = number("finance.wacc_pct", 10.0, 10.0, 10.0)
    told = check(basis, [still], world, seed=1, runs=1)
    assert told.index.tolist() == list(CHECKED)
    errors = told[["mean_pct", "p90_pct", "worst_pct", "bias_pct"]]
    assert errors.abs().to_numpy().max() < 1e-9
    assert (told["compared"] == 5).all()


def test_the_money_is_predicted_exactly_and_weather_closely(
    basis: Basis, numbers: list[Unknown], world: World
) -> None:
    names = ("finance.wacc_pct", "climate.temp_bias_k")
    some = [n for n in numbers if n.name in names]
    assert len(some) == 2
    told = check(basis, some, world, seed=3, runs=2)
    assert (told["worst_pct"] < 3.0).all()  # another yard at the hotter end
    assert told.loc["pue_annual", "worst_pct"] < 0.01
    assert told.loc["lcoc_usd_per_kw_month", "worst_pct"] < 0.2
    assert (told["mean_pct"] <= told["worst_pct"]).all()
    assert (told["bias_pct"].abs() <= told["mean_pct"] + 1e-12).all()
    assert told.loc["ready_months", "worst_pct"] < 1e-9


def test_numbers_of_the_network_are_held(
    basis: Basis,
    numbers: list[Unknown],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[set[str]] = []

    def run(basis: Basis, _: World, values: dict[str, float]) -> xr.Dataset:
        asked.append(set(values))
        sites = basis.centre.facts.sizes["site"]
        return xr.Dataset({name: ("site", np.ones(sites)) for name in CHECKED})

    monkeypatch.setattr(module, "_run", run)
    check(basis, numbers, world, seed=1, runs=2)
    held = {n.name for n in numbers if n.name.startswith(HELD)}
    assert held
    assert asked == [{n.name for n in numbers} - held] * 2


def test_where_nothing_is_built_nothing_is_compared(
    basis: Basis,
    numbers: list[Unknown],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(basis: Basis, *_: object) -> xr.Dataset:
        sites = basis.centre.facts.sizes["site"]
        return xr.Dataset({n: ("site", np.full(sites, np.nan)) for n in CHECKED})

    monkeypatch.setattr(module, "_run", nothing)
    told = check(basis, numbers, world, seed=1, runs=1)
    assert (told["compared"] == 0).all()
    assert told.drop(columns="compared").isna().to_numpy().all()


def test_errors_by_hand() -> None:
    predicted = xr.DataArray([[11.0, 20.0], [30.0, np.nan]], dims=("draw", "site"))
    full = xr.DataArray([[10.0, 22.0], [28.0, 1.0]], dims=("draw", "site"))
    told = pd.Series(module._error(predicted, full))
    assert told["compared"] == 3
    assert told["mean_pct"] == pytest.approx(100 * (1 + 2 + 2) / 3 / 20)
    assert told["worst_pct"] == pytest.approx(10.0)
    assert told["bias_pct"] == pytest.approx(100 * (1 - 2 + 2) / 3 / 20)


def test_every_run_draws_every_number_from_its_own_stratum() -> None:
    asked = [number("a", 4.0, 2.0, 9.0), number("b", 1.0, 0.0, 2.0)]
    told = settings(asked, 50, 6)
    assert [set(one) for one in told] == [{"a", "b"}] * 50
    middle = np.median([one["a"] for one in told])
    assert middle == pytest.approx(4.4, abs=0.3)
    alone = settings(asked[1:], 50, 6)
    assert [one["b"] for one in alone] == [one["b"] for one in told]
