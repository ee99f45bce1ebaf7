"""A link holds everything the page shows, and nothing it should not open."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures import COLOURS
from app.intent import (
    LAYERS,
    Intent,
    choice,
    from_link,
    scenario_of,
    settings,
    to_link,
    with_setting,
)
from climate.cooling import SYSTEMS
from data.faults import InputError
from data.text import scenario_names

intents = st.builds(
    Intent,
    scenario=st.sampled_from(scenario_names()),
    site=st.sampled_from(["", "AZ01", "AZ33", "own-7"]),
    colour=st.sampled_from(COLOURS),
    layers=st.lists(st.sampled_from(LAYERS), unique=True).map(tuple),
    system=st.sampled_from(["", *SYSTEMS]),
    refused=st.booleans(),
)


@given(intents, st.floats(1, 5000), st.integers(2026, 2060))
def test_a_link_reproduces_the_intent(intent: Intent, mw: float, year: int) -> None:
    asked = with_setting(with_setting(intent, "campus.mw", mw), "campus.year", year)
    again = from_link(to_link(asked))
    assert replace(again, sets=()) == replace(asked, sets=())
    assert scenario_of(again) == scenario_of(asked)


def test_the_page_as_it_opens_needs_no_link() -> None:
    assert to_link(Intent()) == {}
    assert from_link({}) == Intent()


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


def test_a_bad_link_lists_everything_wrong_with_it() -> None:
    link = {
        "scenario": "bse",
        "colour": "beauty",
        "layers": "grid,roads",
        "system": "igloo",
        "refused": "perhaps",
        "campus.mv": "50",
        "campus.year": "soon",
    }
    with pytest.raises(InputError) as caught:
        from_link(link)
    told = str(caught.value)
    for word in ("bse", "beauty", "roads", "igloo", "perhaps", "campus.mw", "soon"):
        assert word in told


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e9", "[1]", '"many"', ""])
def test_a_link_asks_for_possible_megawatts(value: str) -> None:
    with pytest.raises(InputError, match=r"campus\.mw"):
        from_link({"campus.mw": value})


def test_a_link_opens_no_file(tmp_path: object) -> None:
    secret = tmp_path / "secret.toml"  # type: ignore[operator]
    secret.write_text("not toml: my-password", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        from_link({"scenario": str(secret)})
    assert "my-password" not in str(caught.value)
    with pytest.raises(InputError, match="expected one of"):
        scenario_of(Intent(scenario=str(secret)))


@pytest.mark.parametrize("source", ["pvgis_tmy", "epw"])
def test_a_link_opens_no_weather_file_and_asks_no_service(source: str) -> None:
    sets = {"climate.source": source}
    if source == "epw":
        sets["climate.files"] = "somewhere"
    with pytest.raises(InputError, match=r"climate\.source: .* one of synthetic"):
        scenario_of(from_link(sets))
