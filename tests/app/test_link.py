"""A link holds everything the page shows, and nothing it should not open."""

import base64
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures import COLOURS
from app.intent import Intent, scenario_of, with_setting, with_settings
from app.link import (
    LARGEST,
    LAYERS,
    LONGEST,
    PACKED,
    from_link,
    packed,
    to_link,
    unpacked,
)
from climate.cooling import SYSTEMS
from data.faults import InputError
from data.text import book_names, scenario_names

intents = st.builds(
    Intent,
    scenario=st.sampled_from(scenario_names()),
    site=st.sampled_from(["", "AZ01", "AZ33", "own-7"]),
    colour=st.sampled_from(COLOURS),
    layers=st.lists(st.sampled_from(LAYERS), unique=True).map(tuple),
    system=st.sampled_from(["", *SYSTEMS]),
    refused=st.booleans(),
    beside=st.lists(st.sampled_from(["AZ01", "AZ02", "own-7"]), unique=True).map(tuple),
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


def test_a_bad_link_lists_everything_wrong_with_it() -> None:
    link = {
        "scenario": "bse",
        "colour": "beauty",
        "layers": "grid,roads",
        "system": "igloo",
        "refused": "perhaps",
        "beside": "A,B,C,D,E",
        "campus.mv": "50",
        "campus.year": "soon",
    }
    with pytest.raises(InputError) as caught:
        from_link(link)
    told = str(caught.value)
    for word in (
        "bse",
        "beauty",
        "roads",
        "igloo",
        "perhaps",
        "A,B,C,D,E",
        "campus.mw",
        "soon",
    ):
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


def full() -> Intent:
    """Every number of the book a little off, and lists: more than fits one by one."""
    book = {name: 0.123456 for name in book_names() if name.startswith("cooling.")}
    lists = {"build_out.on": ("NAV500",), "preferences.groups.cooling": 55.0}
    return with_settings(Intent(site="AZ12"), {**book, **lists})


def test_many_settings_are_packed_and_come_back() -> None:
    link = to_link(full())
    assert set(link) == {"site", PACKED}
    assert len(link[PACKED]) <= LONGEST
    again = from_link(link)
    assert dict(again.sets) == dict(full().sets)
    assert scenario_of(again) == scenario_of(full())


def test_few_settings_stand_one_by_one() -> None:
    asked = with_setting(Intent(), "build_out.off", ("NAV500", "ABS-YAS"))
    assert to_link(asked) == {"build_out.off": '["NAV500", "ABS-YAS"]'}
    assert scenario_of(from_link(to_link(asked))).build_out.off == ("NAV500", "ABS-YAS")


def word_of(content: object) -> str:
    tight = zlib.compress(json.dumps(content).encode())
    return base64.urlsafe_b64encode(tight).decode().rstrip("=")


@pytest.mark.parametrize(
    "word",
    [
        "",
        "!",
        "é",
        "abcd",
        word_of({"campus.mw": "5"}),
        word_of([["campus.mw", 5]]),
        word_of([["campus.mw", "5", "6"]]),
        word_of([["campus.mw", "5"]])[:-6],
        word_of([["x", "0" * LARGEST]]),
        "A" * (LONGEST + 1),
    ],
)
def test_a_damaged_or_swollen_word_is_refused(word: str) -> None:
    with pytest.raises(InputError, match=PACKED):
        unpacked(word)


def test_unknown_settings_in_a_packed_link_are_faults() -> None:
    with pytest.raises(InputError) as caught:
        from_link(
            {PACKED: word_of([["campus.mv", "5"], ["power.azn_per_usd", "many"]])}
        )
    assert "did you mean" in str(caught.value)
    assert "power.azn_per_usd" in str(caught.value)


def test_more_than_a_link_can_carry_is_a_sentence() -> None:
    many = tuple(
        (f"lines:L{n * 7919 % 99991}:length_km", f"{n * 1.23:.6f}") for n in range(4000)
    )
    with pytest.raises(InputError, match="keep them as a scenario file"):
        packed(many)
