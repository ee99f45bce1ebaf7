"""Comparators: figures of the table in one unit, none filled, and the model's own beside."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from data.schema import GRADES
from data.vocabulary import CHOICES
from siting.asked import Asked
from siting.comparators import (
    FIGURES,
    MARKETS,
    NOT_FOUND,
    NOT_LOOKED_UP,
    comparison,
    weakest,
)
from siting.explain import Node
from siting.loading import load_scenario
from siting.ranking import rank, scored

BASE = load_scenario("base")
SITES = ["AZ01", "AZ25"]


@pytest.fixture(scope="module")
def table(base: xr.Dataset, world: World) -> pd.DataFrame:
    told = scored(base, rank(base, BASE.preferences))
    asked = Asked(world, BASE, world.tables["sites"], told)
    return comparison(asked, SITES).set_index(["place", "figure"])


def test_every_place_has_every_figure_once(table: pd.DataFrame) -> None:
    assert not table.index.duplicated().any()
    assert len(table) == (len(SITES) + len(MARKETS)) * len(FIGURES)
    assert set(FIGURES) == set(CHOICES["figure"])


def test_a_market_has_one_row_a_figure(world: World) -> None:
    own = world.tables["comparators"]
    own = own[own["figure"] != ""]
    country = own["country"].str.partition(" /")[0]
    assert not pd.DataFrame({"c": country, "f": own["figure"]}).duplicated().any()
    assert set(country) <= set(MARKETS)


@pytest.mark.parametrize(
    ("place", "figure", "value"),
    [
        ("Azerbaijan", "power_price", 62.0),  # 6.2 US cents/kWh
        ("Uzbekistan", "data_centre_price", 50.0),
        ("UAE", "capex", 8.8),  # USD/W
        ("Kazakhstan", "pue", 1.25),
        ("Armenia", "gpu_licence", 47144.0),
        ("Turkiye", "profit_tax", 25.0),
    ],
)
def test_figures_stand_in_the_unit_of_the_column(
    table: pd.DataFrame, place: str, figure: str, value: float
) -> None:
    row = table.loc[(place, figure)]
    assert row["value"] == pytest.approx(value)
    assert row["unit"] == FIGURES[figure].unit
    assert row["grade"] in GRADES
    assert row["source"]
    assert row["as_of"]


def test_what_has_another_unit_keeps_it(table: pd.DataFrame) -> None:
    row = table.loc[("UAE", "gpu_licence")]
    assert (row["value"], row["unit"]) == (70000.0, "systems")
    assert "UAE / Saudi Arabia together" in row["note"]
    assert table.loc[("Kazakhstan", "tax_relief"), "unit"] == "years"


def test_nothing_absent_is_filled(table: pd.DataFrame, world: World) -> None:
    assert np.isnan(table.loc[("Turkiye", "power_price"), "value"])
    assert table.loc[("Turkiye", "power_price"), "note"].startswith(NOT_FOUND)
    assert np.isnan(table.loc[("Georgia", "capex"), "value"])
    assert table.loc[("Georgia", "capex"), "note"] == NOT_LOOKED_UP
    own = world.tables["comparators"]
    known = int(own.loc[own["figure"] != "", "value"].notna().sum())
    markets = table.loc[list(MARKETS), "value"].notna().sum()
    assert markets == known


def test_a_figure_that_cannot_be_compared_is_left_out(table: pd.DataFrame) -> None:
    """Firebird's phase 1 is too small to include the GPUs it names: data/README.md."""
    assert np.isnan(table.loc[("Armenia", "capex"), "value"])


def test_a_site_has_the_models_own_figures(
    table: pd.DataFrame, base: xr.Dataset
) -> None:
    here = base.sel(site="AZ01")
    assert table.loc[("AZ01", "pue"), "value"] == here["pue_annual"].item()
    assert table.loc[("AZ01", "capex"), "value"] == pytest.approx(
        here["capex_usd_per_kw"].item() / 1000.0
    )
    assert table.loc[("AZ01", "tax_relief"), "value"] == 0.0
    assert table.loc[("AZ25", "tax_relief"), "value"] == 20.0
    assert table.loc[("AZ01", "pue"), "grade"] == "assumed"  # synthetic weather
    assert np.isnan(table.loc[("AZ01", "country_risk"), "value"])


def test_everything_that_stands_has_grade_date_and_source(table: pd.DataFrame) -> None:
    there = table[table["value"].notna()]
    assert there["grade"].isin(GRADES).all()
    assert there["as_of"].ne("").all()
    assert there["source"].ne("").all()
    cited = there.loc[list(MARKETS), "citation"]
    assert cited.str.len().gt(0).all()


def test_the_weakest_leaf_grades_a_tree_and_choices_do_not() -> None:
    leaves = tuple(
        Node("x", "1", grade=grade) for grade in ("published", "derived", "choice", "")
    )
    assert weakest(Node("top", "2", grade="assumed", children=leaves)) == "derived"
    assert weakest(Node("x", "1", grade="choice")) == ""


def test_a_row_of_a_flag_says_yes(table: pd.DataFrame) -> None:
    row = SimpleNamespace(**table.loc[("Georgia", "tax_relief")])
    assert row.unit == "flag"
    assert "(Tbilisi, Kutaisi): yes" in row.note
