"""Stress cases: every row of the table means something, and starts from what is in force."""

import numpy as np
import pytest

from data import World
from data.faults import InputError
from siting.loading import load_scenario
from siting.stress_cases import Case, Change, applied, cases_of

BASE = load_scenario("base")


def case(setting: str, how: str, value: float = np.nan, text: str = "") -> Case:
    change = Change(
        setting=setting,
        how=how,
        value=value,
        text=text,
        grade="assumed",
        source="x",
        as_of="2026",
    )
    return Case(key="k", name="n", statement="s", changes=(change,))


def test_the_cases_an_investor_asks_for_are_there(world: World) -> None:
    keys = {one.key for one in cases_of(world)}
    assert keys >= {
        "connection_late",
        "data_centre_tariff",
        "devaluation",
        "trans_caspian_late",
        "georgia_closed",
        "gpu_licence_late",
        "gpu_licence_never",
        "tax_holiday_refused",
        "capex_20_pct",
        "heat_wave_no_water",
    }


def test_every_case_has_words_and_every_change_a_source(world: World) -> None:
    for one in cases_of(world):
        assert one.name, one.key
        assert one.statement, one.key
        assert one.changes, one.key
        for change in one.changes:
            assert change.grade, one.key
            assert change.source, one.key


def test_every_case_gives_a_scenario_the_model_accepts(world: World) -> None:
    for one in cases_of(world):
        changed, turns = applied(one, BASE, world)
        overrides = dict(changed.overrides)
        world.book.resolve(overrides)
        world.amended(overrides).built(changed.build_out)
        assert len(turns) == len(one.changes) - one.refuses
        assert (changed != BASE) != one.refuses
        assert all(turn.before != turn.after for turn in turns), one.key


def test_a_change_starts_from_what_is_in_force(world: World) -> None:
    late = load_scenario("base", ["power.time.commissioning_months=5"])
    changed, (turn,) = applied(
        case("power.time.commissioning_months", "add", 12.0), late, world
    )
    assert dict(changed.overrides)["power.time.commissioning_months"] == 17.0
    assert (turn.before, turn.after) == ("5", "17")


def test_the_case_ends_above_the_high_of_the_book_and_never_below_the_scenario(
    world: World,
) -> None:
    wait = case("campus.licence_months", "above_high", 12.0)
    changed, _ = applied(wait, BASE, world)
    assert dict(changed.overrides)["campus.licence_months"] == 24.0 + 12.0
    slow = load_scenario("base", ["campus.licence_months=60"])
    assert applied(wait, slow, world)[0].overrides == slow.overrides


def test_the_devaluation_is_that_of_2015(world: World) -> None:
    (one,) = cases_of(world, ("devaluation",))
    changed, _ = applied(one, BASE, world)
    lost = "manat_loss_of_value_vs_usd_1_jan_2015_21_jan_2016"
    sourced = world.tables["finance_references"]["value"][lost]
    assert dict(changed.overrides)["finance.devaluation_pct"] == sourced


def test_a_choice_is_set_flipped_or_switched_off(world: World) -> None:
    closed, _ = applied(case("fibre.georgia", "set", 0.0), BASE, world)
    assert closed.fibre.georgia is False
    assert applied(case("climate.years", "set", 10.0), BASE, world)[
        0
    ].climate.years == (10)
    tariff = case("power.data_centre_tariff", "flip")
    on, _ = applied(tariff, BASE, world)
    assert on.power.data_centre_tariff is True
    assert applied(tariff, on, world)[0].power.data_centre_tariff is False
    switched = load_scenario("base", ['build_out.on=["tcfo"]'])
    gone, _ = applied(case("build_out.off", "off", text="tcfo"), switched, world)
    assert gone.build_out.off == ("tcfo",)
    assert gone.build_out.on == ()


def test_a_cell_of_a_table_moves(world: World) -> None:
    changed, (turn,) = applied(case("fibre_links:tcfo:year", "add", 2.0), BASE, world)
    assert dict(changed.overrides) == {"fibre_links:tcfo:year": 2028.0}
    assert (turn.before, turn.after) == ("2026", "2028")


def test_a_star_reaches_every_number_of_that_beginning(world: World) -> None:
    changed, (turn,) = applied(case("power.bay.usd*", "times", 1.2), BASE, world)
    book = world.tables["parameters"]["value"]
    names = [n for n in book.index if n.startswith("power.bay.usd")]
    assert dict(changed.overrides) == {n: pytest.approx(1.2 * book[n]) for n in names}
    assert turn.before == "4 of the book"


def test_years_are_not_generated_from_weather_of_ones_own(world: World) -> None:
    own = load_scenario("base", ["climate.source=pvgis_tmy"])
    (one,) = cases_of(world, ("heat_wave_no_water",))
    changed, turns = applied(one, own, world)
    assert changed.climate == own.climate
    assert [turn.setting for turn in turns] == ["cooling.water_available"]


def test_an_unknown_case_is_named_with_the_nearest(world: World) -> None:
    with pytest.raises(InputError) as error:
        cases_of(world, ("devaluaton", "devaluation"))
    assert "devaluaton" in str(error.value)
    assert "did you mean devaluation" in str(error.value)
    assert len(error.value.faults) == 1
    with pytest.raises(InputError, match="one of connection_late, data_centre"):
        cases_of(world, ("x",))
