"""Responses: exact where they were measured, parabolas between, rooms joined right."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from siting.doubt import responses
from siting.doubt.centre import Centre, numbers
from siting.doubt.draws import Unknown
from siting.doubt.outcomes import Basis
from siting.doubt.responses import (
    AIR,
    FIGURES,
    RATIOS,
    ROOMS,
    Response,
    Rooms,
    _parabola,
    predict,
    respond,
)
from siting.trunk import exact_labels

FACTOR = st.floats(-5.0, 5.0)


def line_of(*values: float) -> xr.Dataset:
    return xr.Dataset({"f": ("site", np.array(values))})


def unknown(name: str, value: float, low: float, high: float) -> Unknown:
    return Unknown(name, value, low, high, "common", name, np.nan)


@given(FACTOR, FACTOR, st.floats(-9.0, -0.5), st.floats(0.5, 9.0))
def test_a_parabola_is_found_again(
    slope: float, bend: float, below: float, above: float
) -> None:
    changes = [line_of(slope * d + bend * d * d) for d in (below, above)]
    one, two = _parabola([below, above], changes)
    assert one["f"].item() == pytest.approx(slope, abs=1e-9)
    assert two["f"].item() == pytest.approx(bend, abs=1e-9)


def test_of_one_side_a_straight_line_is_known() -> None:
    slope, bend = _parabola([0.5], [line_of(2.0, -1.0)])
    assert slope["f"].to_numpy().tolist() == [4.0, -2.0]
    assert bend["f"].to_numpy().tolist() == [0.0, 0.0]


def made(room: str, middle: float, *moves: tuple[Unknown, float, float]) -> Rooms:
    """Rooms of one figure at one site, on the scale on which changes add up."""
    zero = xr.DataArray([0.0], dims="site")
    return Rooms(
        {room: line_of(middle)},
        [Response(u, room, {"f": zero + s}, {"f": zero + b}) for u, s, b in moves],
    )


ONE, TWO = unknown("one", 1.0, 0.0, 2.0), unknown("two", 10.0, 5.0, 20.0)
MOVED = {
    "one": xr.DataArray([1.0, 2.0, 1.0, 2.0], dims="draw"),
    "two": xr.DataArray([10.0, 10.0, 20.0, 20.0], dims="draw"),
}


def test_changes_of_several_numbers_add_up() -> None:
    rooms = made("air", 7.0, (ONE, 3.0, 1.0), (TWO, 0.5, -0.01))
    told = predict(rooms, "air", MOVED)["f"].to_numpy().ravel()
    assert told == pytest.approx([7.0, 11.0, 11.0, 15.0])


def test_of_fibre_the_ratios_multiply() -> None:
    rooms = made("fibre", np.log(7.0), (ONE, np.log(2.0), 0.0), (TWO, 0.1, 0.0))
    told = predict(rooms, "fibre", MOVED)["f"].to_numpy().ravel()
    both = 7.0 * np.array([1.0, 2.0, np.e, 2.0 * np.e])
    assert told == pytest.approx(both)


def test_another_room_and_a_number_not_drawn_move_nothing() -> None:
    rooms = made("air", 7.0, (ONE, 3.0, 1.0))
    rooms.middle["line"] = line_of(1.0)
    assert predict(rooms, "line", MOVED) == {}
    assert predict(rooms, "air", {"two": MOVED["two"]}) == {}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_at_both_ends_the_prediction_is_the_run_itself(basis: Basis, room: str) -> None:
    centre = basis.centre
    moves = [move for move in basis.rooms.moves if move.room == room]
    assert moves
    for value in ("low", "high"):
        at = getattr(moves[-1].unknown, value)
        name = moves[-1].unknown.name
        with exact_labels():
            again = ROOMS[room](
                centre, numbers(centre.world, centre.scenario, {name: at})
            )
        told = predict(basis.rooms, room, {name: xr.DataArray([at], dims="draw")})
        assert told
        for figure in FIGURES[room]:
            run = again[figure]
            middle = basis.rooms.middle[room][figure]
            still = np.exp(middle) if room in RATIOS else middle
            own = told[figure].isel(draw=0) if figure in told else still
            own = own.transpose(*run.dims)
            known = run.notnull() & (run > 0)
            assert own.where(known).to_numpy() == pytest.approx(
                run.where(known).to_numpy(), rel=1e-9, nan_ok=True
            )


def test_the_middle_is_the_centre(basis: Basis) -> None:
    for figure in AIR:
        own = basis.centre.facts[figure]
        told = basis.rooms.middle["air"][figure].transpose(*own.dims).to_numpy()
        assert told == pytest.approx(own.to_numpy(), nan_ok=True)
    ways = np.exp(basis.rooms.middle["fibre"]["rtt_europe_ms"].to_numpy())
    assert ways == pytest.approx(basis.centre.facts["rtt_europe_ms"].to_numpy())


def test_heat_costs_energy_and_longer_ways_cost_kilometres(basis: Basis) -> None:
    slopes = {move.unknown.name: move.slope for move in basis.rooms.moves}
    assert (slopes["climate.temp_bias_k"]["pue_annual"] > 0).all()
    longer = slopes["power.lateral.route_factor_lowland"]["lateral_km"]
    assert (longer >= 0).all()
    assert (longer > 0).any()
    dearer = slopes["cooling.capex.dry_cooler_usd_per_kw"]
    assert set(dearer) == {"cooling_capex_usd_per_kw_it"}


def test_a_figure_that_rises_at_both_ends_is_kept_and_one_that_stays_is_not(
    monkeypatch: pytest.MonkeyPatch, basis: Basis
) -> None:
    name = "finance.wacc_pct"

    def valley(_: Centre, a: object) -> xr.Dataset:
        away = a.finance.wacc_pct - 10.0  # type: ignore[attr-defined]
        return xr.Dataset({"f": ("site", [3.0 + away**2]), "g": ("site", [1.0])})

    monkeypatch.setattr(responses, "ROOMS", {"air": valley, "line": valley})
    same = unknown("finance.life_years", 20.0, 15.0, 25.0)
    asked = {"air": [unknown(name, 10.0, 8.0, 12.0), same]}
    told = respond(basis.centre, asked)
    assert [move.unknown.name for move in told.moves] == [name]
    drawn = {name: xr.DataArray([8.0, 9.0, 10.0, 12.0], dims="draw")}
    found = predict(told, "air", drawn)
    assert set(found) == {"f"}
    assert found["f"].to_numpy().ravel() == pytest.approx([7.0, 4.0, 3.0, 7.0])
