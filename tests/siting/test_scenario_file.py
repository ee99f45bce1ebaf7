"""A scenario written and read back is the same scenario."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.text import book_names, scenario_names
from siting.loading import load_scenario, parse_scenario
from siting.scenario_file import changed, choices, scenario_toml, setting

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_comes_back(name: str) -> None:
    scenario = load_scenario(name)
    assert parse_scenario(scenario_toml(scenario), "other.toml") == scenario


@given(
    TEXT,
    TEXT,
    st.floats(0.1, 5000),
    st.dictionaries(st.sampled_from(book_names()), st.floats(-1e12, 1e12), max_size=5),
    st.lists(TEXT, max_size=3),
)
def test_what_a_reader_may_choose_comes_back(
    name: str, said: str, mw: float, book: dict[str, float], on: list[str]
) -> None:
    sets = [f"{key}={value!r}" for key, value in book.items()]
    sets += [f"name={setting(name)}", f"description={setting(said)}"]
    sets += [f"campus.mw={mw!r}", f"build_out.on={setting(tuple(on))}"]
    scenario = load_scenario("edge", sets)
    assert (scenario.name, scenario.campus.mw) == (name, mw)
    assert scenario.build_out.on == tuple(on)
    assert parse_scenario(scenario_toml(scenario), "x.toml") == scenario


def test_settings_turn_the_shipped_scenario_into_the_wanted_one() -> None:
    base = load_scenario("base")
    wanted = load_scenario(
        "inference", ["power.azn_per_usd=1.9", "campus.decision_date=2027-03-01"]
    )
    pairs = changed(wanted, base)
    assert ("campus.decision_date", "2027-03-01") in pairs
    assert ("power.azn_per_usd", "1.9") in pairs
    again = load_scenario("base", [f"{key}={value}" for key, value in pairs])
    assert choices(again) == choices(wanted)
    assert changed(base, base) == ()


def test_what_follows_from_another_choice_is_not_said() -> None:
    told = choices(load_scenario("inference"))
    assert told["campus.workload"] == "inference"
    assert "cooling.workload" not in told
    assert "campus.must_by" not in told


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.7, "1.7"),
        (100.0, "100"),
        (1 / 3, repr(1 / 3)),
        (3, "3"),
        (False, "false"),
        ("true", '"true"'),
        ("two words", '"two words"'),
        (date(2026, 12, 1), "2026-12-01"),
    ],
)
def test_a_setting_is_short_and_exact(value: object, text: str) -> None:
    assert setting(value) == text
