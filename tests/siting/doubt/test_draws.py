"""Draws: strata filled once, streams of their own, scopes and groups kept."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from data import World
from siting.doubt.draws import (
    Unknown,
    draw,
    draw_all,
    drawn,
    field_of,
    in_force,
    stream,
    unknowns,
)

COUNT, SEED = 400, 3
PLACES = {
    "site": np.array(["a", "b", "c"], dtype=object),
    "region": np.array(["west", "east", "west"], dtype=object),
}


def number(name: str = "x", scope: str = "common", **more: float | str) -> Unknown:
    told = {"value": 4.0, "low": 2.0, "high": 9.0, "probability": np.nan, "group": name}
    return Unknown(name=name, scope=scope, **(told | more))  # type: ignore[arg-type]


@given(
    st.integers(1, 500),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["x", "finance.wacc_pct"]),
)
def test_every_stratum_holds_one_number(count: int, seed: int, name: str) -> None:
    u = stream(seed, name, "place", count)
    assert np.floor(np.sort(u) * count).tolist() == list(range(count))


def test_streams_differ_by_seed_name_and_place_and_repeat() -> None:
    first = stream(1, "x", "a", COUNT)
    assert (first == stream(1, "x", "a", COUNT)).all()
    for other in (
        stream(2, "x", "a", COUNT),
        stream(1, "y", "a", COUNT),
        stream(1, "x", "b", COUNT),
    ):
        assert abs(spearmanr(first, other).statistic) < 0.15


def test_a_common_number_has_no_site() -> None:
    assert draw(number(), PLACES, COUNT, SEED).dims == ("draw",)


def test_a_number_of_a_region_is_one_within_it() -> None:
    told = draw(number(scope="region"), PLACES, COUNT, SEED)
    assert told.dims == ("draw", "site")
    west, east, again = told.to_numpy().T
    assert (west == again).all()
    assert abs(spearmanr(west, east).statistic) < 0.15


def test_a_number_of_a_site_is_each_its_own() -> None:
    told = draw(number(scope="site"), PLACES, COUNT, SEED).to_numpy()
    apart = spearmanr(told).statistic
    assert np.abs(apart[np.triu_indices(3, 1)]).max() < 0.15


def test_one_more_site_changes_no_other() -> None:
    more = {
        "site": np.array(["0", "a", "b", "bb", "c"], dtype=object),
        "region": np.array(["east", "west", "east", "south", "west"], dtype=object),
    }
    for scope in ("site", "region"):
        before = draw(number(scope=scope), PLACES, COUNT, SEED).to_numpy()
        after = draw(number(scope=scope), more, COUNT, SEED).to_numpy()
        assert (after[:, [1, 2, 4]] == before).all()


def test_one_more_number_changes_no_other() -> None:
    one, two = number("x"), number("y", "site")
    alone = draw_all([two], PLACES, COUNT, SEED)
    both = draw_all([one, two], PLACES, COUNT, SEED)
    assert (alone["y"] == both["y"]).all()


def test_numbers_of_a_group_move_together() -> None:
    one, two = number("x", group="g"), number("y", group="g", high=900.0)
    told = draw_all([one, two, number("z")], PLACES, COUNT, SEED)
    assert spearmanr(told["x"], told["y"]).statistic == pytest.approx(1.0)
    assert abs(spearmanr(told["x"], told["z"]).statistic) < 0.15


def test_draws_are_of_the_stated_distribution() -> None:
    told = draw(number(), PLACES, 20_000, SEED).to_numpy()
    assert told.mean() == pytest.approx((2 + 16 + 9) / 6, abs=1e-3)
    assert told.min() >= 2
    assert told.max() <= 9


@pytest.mark.parametrize(("value", "other"), [(2.0, 9.0), (9.0, 2.0)])
def test_one_of_two_values_is_its_own_or_the_other_bound(
    value: float, other: float
) -> None:
    u = stream(SEED, "x", "", COUNT)
    told = drawn(number(value=value, probability=0.85), u)
    assert set(told) == {value, other}
    assert (told == value).sum() == pytest.approx(0.85 * COUNT, abs=1)


TABLE = pd.DataFrame(
    {
        "value": [1.0, 5.0, 3.0, 7.0],
        "low": [0.0, 5.0, np.nan, 6.0],
        "high": [2.0, 5.0, np.nan, 8.0],
        "grade": "published",
        "scope": ["common", "common", "site", "region"],
    },
    index=["one", "sure", "bare", "given"],
)
LAWS = pd.DataFrame(
    {"group": ["", "g"], "probability": [0.6, np.nan]}, index=["one", "given"]
)


def test_what_is_sure_or_decided_is_not_in_doubt() -> None:
    names = ["one", "sure", "bare", "given"]
    found = unknowns(TABLE, LAWS, names, {"given": 7.5})
    assert [one.name for one in found] == ["one", "bare"]
    assert [one.name for one in unknowns(TABLE, LAWS, ["given"], {})] == ["given"]


def test_laws_name_groups_and_chances_and_grades_fill_bounds() -> None:
    one, bare, given_ = unknowns(TABLE, LAWS, ["one", "bare", "given"], {})
    assert (one.group, one.probability) == ("one", 0.6)
    assert (bare.low, bare.high) == pytest.approx((3 / 1.1, 3.3))
    assert bare.scope == "site"
    assert given_.group == "g"
    assert np.isnan(given_.probability)


def test_drawn_numbers_take_the_place_of_the_tabled_ones(world: World) -> None:
    a = world.book.resolve({})
    drawn_rate = xr.DataArray([8.0, 9.0], dims="draw")
    told = in_force(a, {"finance.wacc_pct": drawn_rate})
    assert told.finance.wacc_pct is drawn_rate
    assert told.finance.life_years == a.finance.life_years
    assert told.power == a.power


def test_every_name_of_the_book_has_its_field(world: World) -> None:
    table = world.tables["parameters"]
    a = world.book.resolve({})
    for name, value in table["value"].items():
        room, field = field_of()[str(name).replace(".", "_")]
        assert getattr(getattr(a, room), field) == value
