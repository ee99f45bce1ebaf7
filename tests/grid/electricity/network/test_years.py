"""Results by year: found again, and anew when anything they rest on changes."""

import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from data import kept
from data.choices import BuildOut
from grid.electricity.network.case import known_of
from grid.electricity.network.years import (
    chosen,
    computed,
    digest_of_year,
    fitted_to,
    hosting_table,
    of_year,
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path))
    return tmp_path


def few(shipped, **numbers):
    named = {f"power.network.{name}": value for name, value in numbers.items()}
    return known_of(shipped, {"power.network.draws_kept": 2, **named}, seed=1)


def test_a_year_is_found_again_from_disk(world, shipped, folder, monkeypatch):
    known = few(shipped, draws=3000)
    first = of_year(world, 2026, known)["table"]
    assert list(folder.rglob("*.table.parquet"))
    monkeypatch.setattr("data.kept._HERE", {})
    monkeypatch.setattr("grid.electricity.network.years.case", None)
    again = of_year(world, 2026, known)["table"]
    assert again.equals(first)


def test_a_number_that_counts_is_no_longer_the_same(world, shipped):
    before = of_year(world, 2026, few(shipped, draws=3000))["table"]
    after = of_year(world, 2026, few(shipped, draws=3000, reserve_pct=18))["table"]
    assert after["national_mw_p50"].max() < before["national_mw_p50"].min()


def test_calibration_survives_the_way_to_disk(world, shipped, monkeypatch):
    known = few(shipped, draws=3000)
    first = fitted_to(world, known)
    monkeypatch.setattr("data.kept._HERE", {})
    again = fitted_to(world, known)
    assert (again.kept == first.kept).all()
    assert again.pockets == first.pockets
    assert again.counts.equals(first.counts)
    assert chosen(again, known).count == 2


def test_every_policy_and_year_is_shipped(shipped):
    """If not, `python data/recipes/hosting.py` was not run after the last change."""
    known = known_of(shipped, {}, 0)
    years = (2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2035)
    for policy in ("in_service", "committed", "all_planned"):
        built = shipped.built(BuildOut(policy=policy))
        for year in years:
            digest = digest_of_year(built, year, known)
            assert kept.shipped("hosting", digest) is not None, (policy, year)


def test_what_is_shipped_is_what_the_model_computes(world, shipped):
    known = known_of(shipped, {}, 0)
    found, anew = of_year(world, 2029, known), computed(world, 2029, known)
    assert list(found["table"]) == list(anew["table"])
    numbers = found["table"].select_dtypes("number").columns.drop("shadow_price")
    assert_frame_equal(found["table"][numbers], anew["table"][numbers], atol=1e-3)
    same = found["table"]["binding"] == anew["table"]["binding"]
    assert same.mean() > 0.95  # of limits that tie, another may be named
    parts = (each["overloads"]["part"] for each in (found, anew))
    assert_series_equal(*parts, check_names=False)


def test_the_table_holds_every_year(world, shipped):
    found = hosting_table(world, (2026, 2030), few(shipped, draws=3000))
    assert set(found.table["year"]) == {2026, 2030}
    assert list(found.overloads) == [2026, 2030]
