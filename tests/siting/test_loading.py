"""Scenarios: what is accepted, and that everything else is named with its place."""

import dataclasses
from pathlib import Path

import pytest

from data.faults import InputError
from data.text import book_names, scenario_names
from siting.loading import load_scenario
from siting.scenario import SHAPES


def faults_of(name: str, *sets: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_scenario(name, sets)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_loads_and_is_a_cache_key(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name
    assert hash(scenario) == hash(load_scenario(name))


def test_the_four_scenarios_are_those_promised() -> None:
    asked = {name: load_scenario(name).campus.mw for name in scenario_names()}
    assert asked == {"base": 100, "inference": 20, "training-campus": 500, "edge": 5}
    base = load_scenario("base").campus
    assert (base.year, str(base.decision_date)) == (2029, "2026-12-01")


def test_book_and_scenario_do_not_overlap() -> None:
    choices = {
        f"{group}.{field.name}"
        for group, shape in SHAPES.items()
        for field in dataclasses.fields(shape)
    }
    assert not choices & set(book_names())


def test_a_file_is_laid_over_the_base_case(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n[campus]\nmw = 42\n', encoding="utf-8")
    mine, base = load_scenario(str(path)), load_scenario("base")
    assert mine.campus.mw == 42
    assert mine.preferences == base.preferences
    assert mine.campus.decision_date == base.campus.decision_date


def test_a_setting_is_a_choice_or_an_override_of_the_book() -> None:
    scenario = load_scenario(
        "base", ["power.data_centre_tariff=true", "finance.wacc_pct=9"]
    )
    assert scenario.power.data_centre_tariff is True
    assert scenario.overrides == (("finance.wacc_pct", 9.0),)


def test_the_workload_is_said_once() -> None:
    assert load_scenario("inference").cooling.workload == "inference"
    (fault,) = faults_of("base", 'cooling.workload="training"')
    assert "follows from campus.workload" in fault


def test_all_faults_are_listed_at_once_with_the_nearest_name() -> None:
    faults = faults_of(
        "base",
        "campus.mww=3",
        "campus.mw=-1",
        "cooling.itd_k=wide",
        "power.data_centre_tariff=1",
        "climate.seed=1.5",
        "finance.waccpct=9",
    )
    assert len(faults) == 6
    text = "\n".join(faults)
    assert "did you mean campus.mw?" in text
    assert "did you mean finance.wacc_pct?" in text
    assert "campus.mw: -1 — expected between 0.1 and 5000" in text
    assert "expected true or false" in text
    assert "expected a whole number" in text
    assert all(fault.startswith("--set") for fault in faults)


def test_a_fault_in_a_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n\n[campus]\nmw = "many"\nyears = 3\n')
    first, second = faults_of(str(path))
    assert first.startswith("mine.toml:4:campus.mw")
    assert second.startswith("mine.toml:5:campus.years")
    assert "did you mean year?" in second


@pytest.mark.parametrize(
    "value", ["nan", "inf", "-inf", "1" * 400, "1" * 5000, "[" * 5000, "5\nmore = 6"]
)
@pytest.mark.parametrize("name", ["campus.mw", "finance.wacc_pct"])
def test_numbers_must_be_finite_and_alone(name: str, value: str) -> None:
    (fault,) = faults_of("base", f"{name}={value}")
    assert "expected a number" in fault


def test_a_number_too_long_to_read_is_a_fault_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_text(f"[campus]\nmw = {'1' * 5000}\n")
    (fault,) = faults_of(str(path))
    assert "valid TOML" in fault


def test_a_quoted_date_is_told_from_a_date(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[campus]\ndecision_date = "2026-12-01"\n')
    (fault,) = faults_of(str(path))
    assert "a date without quotes" in fault


def test_name_and_description_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = ["a"]\ndescription = 5\n')
    assert [f.split(": ")[0] for f in faults_of(str(path))] == [
        "mine.toml:1:name",
        "mine.toml:2:description",
    ]


def test_groups_and_criteria_are_both_judged(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[preferences]\ncriteria = 5\ngroups = []\n")
    assert len(faults_of(str(path))) == 2


def test_a_misspelt_criterion_is_one_fault_and_names_the_nearest() -> None:
    (fault,) = faults_of("base", "preferences.criteria.pue_anual.weight=3")
    assert "a numeric metric (did you mean pue_annual?)" in fault


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("preferences.groups.power=-1", "a weight from 0 to"),
        ("preferences.groups.coolng=30", "(did you mean cooling?)"),
        ("preferences.criteria.pue_annual.best=1.35", "best different from worst"),
        ("preferences.criteria.pue_annual.weigth=1", "did you mean weight?"),
        ("preferences.criteria.pue_annual.group=heat", "one of cooling"),
        ("preferences.criteria.isolation_h_per_year.best=0", "above 0 on a log scale"),
        ("preferences.order_by=price", "one of score, lcoc, npv, irr"),
        (
            "cooling.systems=dry",
            "a list of one of airside, tower, air_chiller, liquid_dry, sea_water",
        ),
        (
            'cooling.systems=["fridge"]',
            "a list of one of airside, tower, air_chiller, liquid_dry, sea_water",
        ),
        ("cooling.systems=[]", "at least one system"),
        ("build_out.on=3", "a list of texts"),
        ("campus=3", "a table [campus]"),
    ],
)
def test_preferences_are_checked(setting: str, says: str) -> None:
    assert any(says in fault for fault in faults_of("base", setting))


def test_weights_may_not_all_be_zero() -> None:
    zeros = [f"preferences.groups.{g}=0" for g in ("cooling", "power", "connectivity")]
    assert any("sum to more than zero" in fault for fault in faults_of("base", *zeros))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "UTF-8 text"),
        (b"mw = = 3", "valid TOML"),
        (b"wind = 3\n", "did you mean"),
    ],
)
def test_unreadable_files_are_named(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    assert any(says in fault or "wind" in fault for fault in faults_of(str(path)))


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf[campus]\nmw = 7\n")
    assert load_scenario(str(path)).campus.mw == 7


def test_a_scenario_that_does_not_exist_is_named() -> None:
    (fault,) = faults_of("bsae")
    assert "base" in fault
