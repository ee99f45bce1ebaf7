"""Kept responses: the same as fresh ones, and never those of other choices."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data import kept
from siting.doubt import keep, study
from siting.doubt.centre import Centre
from siting.doubt.draws import Unknown
from siting.doubt.keep import _key, kept_rooms
from siting.doubt.outcomes import Basis, outcomes
from siting.doubt.responses import Rooms

Found = dict[str, list[Unknown]]


@pytest.fixture
def found(basis: Basis) -> Found:
    return {
        room: [m.unknown for m in basis.rooms.moves if m.room == room]
        for room in ("air", "line", "fibre")
    }


@pytest.fixture
def counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, basis: Basis
) -> list[Centre]:
    """An empty cache, and the centres that were run: the answers are the basis's."""
    runs: list[Centre] = []

    def respond(centre: Centre, _: Found) -> Rooms:
        runs.append(centre)
        return basis.rooms

    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path))
    monkeypatch.setattr(kept, "_HERE", {})
    monkeypatch.setattr(keep, "respond", respond)
    return runs


def test_what_is_kept_gives_the_outcomes_of_what_was_run(
    counted: list[Centre],
    basis: Basis,
    found: Found,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = study.draw(basis, 40, 1)
    fresh = outcomes(basis, drawn)
    kept_rooms(basis.centre, found)
    monkeypatch.setattr(kept, "_HERE", {})  # another process
    again = kept_rooms(basis.centre, found)
    assert len(counted) == 1
    told = outcomes(replace(basis, rooms=again), drawn)
    for name in fresh:
        np.testing.assert_array_equal(told[name].to_numpy(), fresh[name].to_numpy())
    assert [m.unknown for m in again.moves] == [m.unknown for m in basis.rooms.moves]


def test_another_choice_or_number_is_another_key(basis: Basis, found: Found) -> None:
    centre = basis.centre
    asked = centre.scenario
    first = found["air"][0]
    changed = [
        replace(asked, overrides=(("finance.wacc_pct", 9.0),)),
        replace(asked, campus=replace(asked.campus, year=2031)),
        replace(asked, fibre=replace(asked.fibre, russia=True)),
        replace(asked, climate=replace(asked.climate, seed=5)),
    ]
    keys = [_key(replace(centre, scenario=other), found) for other in changed]
    keys += [
        _key(centre, found),
        _key(centre, {**found, "air": [replace(first, high=first.high * 1.01)]}),
        _key(replace(centre, sites=centre.sites.iloc[::-1]), found),
        _key(replace(centre, option=centre.option[::-1] + 1), found),
    ]
    assert len(set(keys)) == len(keys)


def test_taste_and_seed_of_the_draws_are_no_part_of_it(
    basis: Basis, found: Found
) -> None:
    centre = basis.centre
    asked = centre.scenario
    other = replace(
        asked,
        preferences=replace(asked.preferences, order_by="npv"),
        uncertainty=replace(asked.uncertainty, seed=9, draws=10),
    )
    assert _key(replace(centre, scenario=other), found) == _key(centre, found)


def test_real_weather_is_run_anew(
    counted: list[Centre], basis: Basis, found: Found, tmp_path: Path
) -> None:
    asked = basis.centre.scenario
    real = replace(asked, climate=replace(asked.climate, source="pvgis"))
    centre = replace(basis.centre, scenario=real)
    assert kept_rooms(centre, found) is basis.rooms
    assert kept_rooms(centre, found) is basis.rooms
    assert len(counted) == 2
    assert list(tmp_path.iterdir()) == []
