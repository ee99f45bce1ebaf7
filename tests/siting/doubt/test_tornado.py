"""Tornado and flips: what they say is what the whole model says when run again."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from siting.doubt import tornado as module
from siting.doubt.designed import Case, designed, only
from siting.doubt.draws import Unknown
from siting.doubt.odds import placed
from siting.doubt.outcomes import NETWORKS, Basis, Drawn, outcomes
from siting.doubt.tornado import _grid, _root, flips, tornado, widest
from siting.loading import load_scenario
from siting.trunk import evaluate

LCOC = "lcoc_usd_per_kw_month"
DESIGN = ("cooling_system", "connection_option", "substation_id")
PAIR = ["AZ25", "AZ08"]


@pytest.fixture(scope="module")
def table(basis: Basis, numbers: list[Unknown]) -> pd.DataFrame:
    return tornado(basis, numbers, LCOC)


def rerun(basis: Basis, world: World, order: str = "lcoc", **over: float) -> xr.Dataset:
    settings = [f"{name}={value!r}" for name, value in over.items()]
    asked = load_scenario("base", [*settings, f"preferences.order_by={order}"])
    return evaluate(basis.centre.sites, asked, world, without=("year", "hub", "month"))


@pytest.mark.parametrize(
    "name",
    [
        "finance.wacc_pct",
        "finance.facility_capex_usd_per_kw",
        "power.tariff.industrial_azn_per_kwh",
        "campus.utilisation_training",
    ],
)
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_end_is_a_run_of_the_whole_model(
    name: str,
    end: str,
    table: pd.DataFrame,
    basis: Basis,
    world: World,
    evaluation: xr.Dataset,
) -> None:
    rows = table[table["name"] == name].set_index("site_id")
    again = rerun(basis, world, **{name: float(rows[end].iloc[0])})
    for design in DESIGN:
        assert (again[design].to_numpy() == evaluation[design].to_numpy()).all()
    told = rows[f"at_{end}"].loc[list(again["site"].to_numpy())]
    assert told.to_numpy() == pytest.approx(again[LCOC].to_numpy(), rel=1e-9)


def test_the_base_is_the_ranking(table: pd.DataFrame, evaluation: xr.Dataset) -> None:
    told = table.groupby("site_id")["base"].agg(["min", "max"])
    told = told.loc[list(evaluation["site"].to_numpy())]
    for column in ("min", "max"):
        assert told[column].to_numpy() == pytest.approx(evaluation[LCOC].to_numpy())


def test_every_number_network_and_event_has_a_row_a_site(
    table: pd.DataFrame, basis: Basis, numbers: list[Unknown]
) -> None:
    names = [u.name for u in numbers] + [NETWORKS] + [e.name for e in basis.events]
    assert table["name"].drop_duplicates().tolist() == names
    assert (table.groupby("name").size() == 5).all()
    tariff = next(e.name for e in basis.events if e.event_id == "data_centre_tariff")
    rows = table[table["name"] == tariff]
    assert rows["at_low"].to_numpy() == pytest.approx(rows["base"].to_numpy())
    assert (rows["at_high"] < rows["base"]).all()


def test_the_widest_swing_comes_first_and_what_moves_nothing_is_out(
    table: pd.DataFrame,
) -> None:
    told = widest(table, "AZ01")
    assert (told["site_id"] == "AZ01").all()
    assert (told["swing"].dropna() > 0).all()
    assert told["swing"].dropna().is_monotonic_decreasing
    known = told[told["swing"].notna()]
    assert known["name"].iloc[0] == "finance.facility_capex_usd_per_kw"


def test_where_one_end_cannot_be_built_the_swing_comes_before_all() -> None:
    rows = [("a", 1.0, 5.0), ("b", np.nan, 2.0), ("c", np.nan, np.nan), ("d", 3.0, 3.0)]
    table = pd.DataFrame(rows, columns=["name", "at_low", "at_high"])
    told = widest(table.assign(site_id="S"), "S")
    assert told["name"].tolist() == ["b", "a"]
    assert np.isnan(told["swing"].iloc[0])


@pytest.fixture(scope="module")
def by_cost(basis: Basis) -> Basis:
    scenario = basis.centre.scenario
    taste = replace(scenario.preferences, order_by="lcoc")
    asked = replace(scenario, preferences=taste)
    return replace(basis, centre=replace(basis.centre, scenario=asked))


@pytest.fixture(scope="module")
def turned(by_cost: Basis, numbers: list[Unknown]) -> pd.DataFrame:
    first, second = leads(by_cost, numbers)
    return flips(by_cost, numbers, first, second)


def leads(by_cost: Basis, numbers: list[Unknown]) -> list[str]:
    keys = keys_of(by_cost, numbers, PAIR, Case())
    return PAIR if keys[0] < keys[1] else PAIR[::-1]


def keys_of(
    basis: Basis, numbers: list[Unknown], pair: list[str], case: Case
) -> np.ndarray:
    some = only(basis, pair)
    told = outcomes(some, designed(some, numbers, [case]))
    keys = placed(told, np.zeros(2, dtype=bool), basis.centre.scenario)[0]
    return np.where(np.isnan(keys), 1e9, keys)  # without a place behind all others


def test_at_a_flip_the_two_are_even_and_about_it_the_order_turns(
    turned: pd.DataFrame, by_cost: Basis, numbers: list[Unknown]
) -> None:
    pair = leads(by_cost, numbers)
    smooth = 0
    for row in turned.to_dict("records"):
        number = next(n for n in numbers if n.name == row["name"])
        if np.isfinite(number.probability):
            continue
        at, value = row["flips_at"], row["value"]
        assert number.low <= at <= number.high
        where = None if row["where"] == "" else pair.index(row["where"])

        def gap(x: float, name: str = number.name, site: int | None = where) -> float:
            one, two = keys_of(by_cost, numbers, pair, Case({name: x}, site=site))
            return float(two - one)

        assert gap(value) > 0
        step = 0.01 * (number.high - number.low) * np.sign(at - value)
        beyond = np.clip(at + step, number.low, number.high)
        assert gap(float(beyond)) < 0
        assert gap(at - step) > 0
        if number.name.startswith("finance."):  # no steps of equipment in between
            smooth += 1
            assert abs(gap(at)) < 1e-3 * abs(gap(value))
        assert row["part_pct"] == pytest.approx(
            100 * abs(at - value) / (number.high - number.low)
        )
    assert smooth


def test_flips_come_the_smallest_change_first(turned: pd.DataFrame) -> None:
    assert turned["part_pct"].is_monotonic_increasing
    assert turned["part_pct"].between(0, 100).all()


def test_a_flip_of_a_common_number_is_one_of_the_whole_model(
    by_cost: Basis, numbers: list[Unknown], world: World, evaluation: xr.Dataset
) -> None:
    said = [(a, b) for a in evaluation["site"].to_numpy() for b in PAIR if a != b]
    common = [n for n in numbers if n.scope == "common" and np.isnan(n.probability)]
    common = [n for n in common if n.name.startswith(("finance.", "campus."))]
    base = evaluation[LCOC].to_series()
    for one, other in said:
        first, second = (one, other) if base[one] < base[other] else (other, one)
        table = flips(by_cost, common, first, second)
        for row in table.head(1).to_dict("records"):
            number = next(n for n in common if n.name == row["name"])
            step = 0.02 * (number.high - number.low)
            step *= np.sign(row["flips_at"] - row["value"])
            for at, ahead in ((row["flips_at"] + step, second), (row["value"], first)):
                inside = float(np.clip(at, number.low, number.high))
                again = rerun(by_cost, world, **{number.name: inside})
                for design in DESIGN:
                    assert (
                        again[design].sel(site=[first, second]).to_numpy()
                        == evaluation[design].sel(site=[first, second]).to_numpy()
                    ).all()
                cost = again[LCOC].to_series()
                assert cost[[first, second]].idxmin() == ahead
            return
    pytest.fail("no pair of sites that a common number turns")


def test_where_no_number_turns_the_order_the_table_is_empty(
    by_cost: Basis, numbers: list[Unknown]
) -> None:
    first, second = leads(by_cost, numbers)
    still = [n for n in numbers if n.name == "finance.reference_rent_usd_per_kw_month"]
    assert still
    table = flips(by_cost, still, first, second)
    assert table.empty
    assert list(table) == ["name", "where", "value", "flips_at", "part_pct"]


def fake(monkeypatch: pytest.MonkeyPatch, keys: object) -> None:
    """Outcomes and keys as a function of the one number drawn."""
    monkeypatch.setattr(module, "outcomes", lambda _, drawn: drawn)
    monkeypatch.setattr(module, "placed", keys)


def number(**more: float) -> Unknown:
    told = {"value": 2.0, "low": 0.0, "high": 10.0, "probability": np.nan} | more
    return Unknown(name="x", scope="common", group="x", **told)  # type: ignore[arg-type]


def test_a_tie_and_a_pair_without_places_are_no_flip(
    monkeypatch: pytest.MonkeyPatch, basis: Basis
) -> None:
    def level(drawn: Drawn, *_: object) -> np.ndarray:
        x = drawn.values["x"].to_numpy()
        return np.stack([x[:, 0] * 0, np.maximum(0.0, 5.0 - x[:, 1])], axis=1)

    fake(monkeypatch, level)
    assert flips(basis, [number()], *PAIR).empty

    def gone(drawn: Drawn, *_: object) -> np.ndarray:
        x = drawn.values["x"].to_numpy()
        keys = np.stack([x[:, 0] * 0, x[:, 1] * 0 + 1.0], axis=1)
        return np.where(x > 5.0, np.nan, keys)

    fake(monkeypatch, gone)
    assert flips(basis, [number()], *PAIR).empty


def test_a_leader_that_loses_its_place_is_passed_where_it_does(
    monkeypatch: pytest.MonkeyPatch, basis: Basis
) -> None:
    def lost(drawn: Drawn, *_: object) -> np.ndarray:
        x = drawn.values["x"].to_numpy()
        one = np.where(x[:, 0] > 6.3, np.nan, 0.0)
        return np.stack([one, np.ones(len(x))], axis=1)

    fake(monkeypatch, lost)
    (row,) = flips(basis, [number()], *PAIR).to_dict("records")
    assert row["flips_at"] == pytest.approx(6.3, abs=10 / 256)
    assert row["part_pct"] == pytest.approx(43.0, abs=0.4)


def test_the_nearest_of_several_flips_is_named(
    monkeypatch: pytest.MonkeyPatch, basis: Basis
) -> None:
    def wave(drawn: Drawn, *_: object) -> np.ndarray:
        x = drawn.values["x"].to_numpy()[:, 1]
        return np.stack([0 * x, (x - 1.0) * (x - 5.0) * (x - 9.0)], axis=1)

    fake(monkeypatch, wave)
    (row,) = flips(basis, [number()], *PAIR).to_dict("records")
    assert row["flips_at"] == pytest.approx(1.0, abs=1e-3)


def test_a_number_of_two_values_flips_at_the_other(
    monkeypatch: pytest.MonkeyPatch, basis: Basis
) -> None:
    def straight(drawn: Drawn, *_: object) -> np.ndarray:
        x = drawn.values["x"].to_numpy()[:, 1]
        return np.stack([0 * x, 3.0 - x], axis=1)

    fake(monkeypatch, straight)
    either = number(value=0.0, high=10.0, probability=0.8)
    (row,) = flips(basis, [either], *PAIR).to_dict("records")
    assert row["flips_at"] == 10.0
    assert row["part_pct"] == 100.0
    assert _grid(0.0, 10.0, either).tolist() == [0.0, 10.0]


def test_a_root_is_straight_between_points() -> None:
    grid, gap = np.array([0.0, 1.0, 2.0]), np.array([3.0, 1.0, -3.0])
    assert _root(number(), grid, gap) == pytest.approx(1.25)
    assert _root(number(), grid, np.array([3.0, 1.0, -np.inf])) == 1.5
