"""What is asked for is a scenario, said as on the command line."""

import pytest

from app.intent import (
    Intent,
    choice,
    scenario_of,
    settings,
    with_setting,
    with_settings,
)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("campus.mw", 42.5),
        ("campus.year", 2033),
        ("campus.workload", "inference"),
        ("build_out.policy", "all_planned"),
        ("power.data_centre_tariff", True),
        ("preferences.order_by", "lcoc"),
        ("preferences.groups.cooling", 0.0),
    ],
)
def test_a_setting_reaches_the_scenario(key: str, value: object) -> None:
    asked = with_setting(Intent(), key, value)
    assert choice(scenario_of(asked), key) == value
    shipped = choice(scenario_of(Intent()), key)
    assert with_setting(asked, key, shipped) == Intent()


def test_settings_are_those_of_the_command_line() -> None:
    asked = with_setting(Intent(), "power.data_centre_tariff", value=True)
    assert settings(asked) == ("power.data_centre_tariff=true",)


def test_none_and_as_shipped_are_left_unsaid() -> None:
    asked = with_settings(Intent(), {"power.azn_per_usd": 1.9, "campus.mw": 100.0})
    assert asked.sets == (("power.azn_per_usd", "1.9"),)
    assert with_settings(asked, {"power.azn_per_usd": None}) == Intent()


def test_several_choices_change_at_once() -> None:
    wanted = {"campus.mw": 40.0, "build_out.on": ("NAV500",)}
    scenario = scenario_of(with_settings(Intent(), wanted))
    assert scenario.campus.mw == 40
    assert scenario.build_out.on == ("NAV500",)
