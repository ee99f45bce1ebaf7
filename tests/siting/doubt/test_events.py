"""Dated events: which may happen, how often, and what fibre is when they do."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data import World
from grid import fibre
from siting.doubt.events import Event, events_of, fibre_states, happen, state_of
from siting.doubt.outcomes import Basis, outcomes
from siting.doubt.responses import FIBRE, ways
from siting.doubt.study import basis_of, draw
from siting.loading import load_scenario
from siting.scenario import Scenario
from siting.trunk import exact_labels


def told(scenario: Scenario, world: World) -> dict[str, Event]:
    found = events_of(world.tables["doubt_events"], scenario)
    return {event.event_id: event for event in found}


@pytest.mark.parametrize(
    ("year", "chance"), [(2026, 0.5), (2027, 0.5), (2028, 0.2), (2030, 0.05)]
)
def test_the_chance_is_that_of_the_year_asked_for(
    year: int, chance: float, scenario: Scenario, world: World
) -> None:
    asked = replace(scenario, campus=replace(scenario.campus, year=year))
    assert told(asked, world)["trans_caspian_late"].probability == chance


def test_an_event_without_a_chance_in_the_year_is_none(
    scenario: Scenario, world: World
) -> None:
    table = world.tables["doubt_events"].reset_index()
    table = table[table["from_year"] > scenario.campus.year]
    assert events_of(table, scenario) == []


@pytest.mark.parametrize(
    ("choice", "event"),
    [
        ('build_out.off=["tcfo"]', "trans_caspian_late"),
        ("fibre.georgia=false", "georgia_closed"),
        ("power.data_centre_tariff=true", "data_centre_tariff"),
        ("campus.licence_months=30", "licence_late"),
    ],
)
def test_what_is_decided_is_not_in_doubt(
    choice: str, event: str, scenario: Scenario, world: World
) -> None:
    before = told(scenario, world)
    after = told(load_scenario("base", [choice]), world)
    assert set(before) - set(after) == {event}


def test_settings_are_read_in_pairs(scenario: Scenario, world: World) -> None:
    events = told(scenario, world)
    assert events["georgia_closed"].settings == (("fibre.georgia", "false"),)
    assert events["trans_caspian_late"].of_fibre
    assert events["georgia_closed"].of_fibre
    assert not events["licence_late"].of_fibre
    assert not events["data_centre_tariff"].of_fibre


def event(name: str, chance: float, *settings: tuple[str, str]) -> Event:
    return Event(name, name, chance, settings)


def test_an_event_happens_as_often_as_its_chance_and_never_and_always() -> None:
    events = [event("never", 0.0), event("some", 0.23), event("always", 1.0)]
    on = happen(events, 1000, 4)
    assert {name: int(yes.sum()) for name, yes in on.items()} == {
        "never": 0,
        "some": 230,
        "always": 1000,
    }


def test_one_more_event_changes_no_other() -> None:
    one, two = event("one", 0.3), event("two", 0.6)
    assert (happen([two], 50, 1)["two"] == happen([one, two], 50, 1)["two"]).all()


def test_a_state_counts_the_events_of_fibre_in_their_order() -> None:
    events = [
        event("a", 0.5, ("fibre.georgia", "false")),
        event("x", 0.5, ("campus.licence_months", "36")),
        event("b", 0.5, ("build_out.off", "tcfo")),
    ]
    a, b = (np.array(bits, dtype=bool) for bits in ([0, 1, 0, 1], [0, 0, 1, 1]))
    on = {"a": a, "x": np.ones(4, dtype=bool), "b": b}
    assert state_of(events, on, 4).tolist() == [0, 1, 2, 3]
    assert state_of(events[1:2], on, 4).tolist() == [0, 0, 0, 0]


def test_every_state_is_fibre_run_with_those_settings(basis: Basis) -> None:
    centre = basis.centre
    scenario, world = centre.scenario, centre.world
    settings = {"trans_caspian_late": 'build_out.off=["tcfo"]'}
    settings["georgia_closed"] = "fibre.georgia=false"
    own = [e.event_id for e in basis.events if e.of_fibre]
    assert own == list(settings)
    for state in range(4):
        sets = [settings[name] for k, name in enumerate(own) if state >> k & 1]
        asked = load_scenario("base", sets)
        built = world.built(asked.build_out)
        year, seed = scenario.campus.year, scenario.climate.seed
        with exact_labels():
            on = fibre.trunk(built, asked.fibre, centre.a.fibre, year, seed)
            run = fibre.reach(centre.sites, on, centre.a.fibre)
        for name in FIBRE:
            assert basis.states[name].isel(state=state).to_numpy() == pytest.approx(
                run[name].to_numpy(), nan_ok=True
            )


def test_a_state_without_events_is_the_centre(basis: Basis) -> None:
    with exact_labels():
        states = fibre_states(basis.centre, [event("x", 0.5, ("campus.mw", "5"))])
        run = ways(basis.centre, basis.centre.a)
    for name, figure in states.items():
        assert figure.shape == (1, 5)
        assert figure.isel(state=0).to_numpy() == pytest.approx(run[name].to_numpy())


def test_a_number_beside_a_setting_of_fibre_switches_no_cable_off(
    basis: Basis,
) -> None:
    both = event(
        "both", 0.5, ("fibre.georgia", "false"), ("campus.licence_months", "36")
    )
    with exact_labels():
        states = fibre_states(basis.centre, [both])
    index = [e.event_id for e in basis.events if e.of_fibre].index("georgia_closed")
    for name, figure in states.items():
        assert figure.isel(state=1).to_numpy() == pytest.approx(
            basis.states[name].isel(state=1 << index).to_numpy(), nan_ok=True
        )


def test_every_chance_lies_within_its_doubt(world: World) -> None:
    table = world.tables["doubt_events"]
    chance, low, high = (table[c] for c in ("probability", "low", "high"))
    assert ((low >= 0) & (low <= chance) & (chance <= high) & (high <= 1)).all()


@pytest.mark.usefixtures("few")
def test_with_every_choice_of_fibre_made_draws_go_on(
    sites: pd.DataFrame, world: World
) -> None:
    decided = ['build_out.off=["tcfo"]', "fibre.georgia=false"]
    asked = load_scenario("base", decided)
    basis = basis_of(sites.loc[["AZ12"]], asked, world)
    assert [e.event_id for e in basis.events] == ["data_centre_tariff", "licence_late"]
    found = outcomes(basis, draw(basis, 3, 1))
    assert found["score"].shape == (3, 1)
    assert np.isfinite(found["score"].to_numpy()).all()
