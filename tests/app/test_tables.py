"""Tables say what is known, how well, and never zero for absent."""

import pandas as pd
import pytest

from app.cache import ranked
from app.tables import FIGURES, OUT, RANKED, column, hazards, key_figures
from data import World
from siting.scenario import Scenario


@pytest.fixture(scope="module")
def table(base: Scenario) -> pd.DataFrame:
    return ranked(base).ranking.table


def test_the_columns_shown_are_in_the_ranking(table: pd.DataFrame) -> None:
    assert {*RANKED, *OUT} - {"flags"} <= set(table)
    assert {grade for _, grade in FIGURES if grade} <= set(table)


def test_key_figures_carry_units_and_grades(table: pd.DataFrame, world: World) -> None:
    row = table.iloc[0]
    ground = hazards(world.tables["hazards"], row["site_id"])
    shown = key_figures(row, ground).set_index("Figure")
    mines = world.tables["hazards"].loc[(row["site_id"], "mines")]
    assert shown.loc["Mines", "Grade"] == mines["grade"]
    assert shown.loc["LCOC", "Value"].endswith(" USD/kW-month")
    assert shown.loc["Firm at substation", "Grade"] == row["power_grade"]
    assert shown.loc["Connection", "Value"].endswith(row["substation_name"])


def test_absent_figures_are_dashes(table: pd.DataFrame, world: World) -> None:
    row = table.iloc[0].copy()
    row["it_mw"], row["substation_name"], row["ready_date"] = float("nan"), "", ""
    nowhere = hazards(world.tables["hazards"], "nowhere")
    shown = key_figures(row, nowhere).set_index("Figure")["Value"]
    assert shown[["Firm IT", "Connection", "Ready"]].tolist() == ["–", "–", "–"]


def test_heads_have_units_and_bars_run_to_a_hundred() -> None:
    assert column("lcoc_usd_per_kw_month")["label"] == "LCOC, USD/kW-month"
    bar = column("score")["type_config"]
    assert (bar["min_value"], bar["max_value"]) == (0, 100)
    assert "round-trip" in column("rtt_europe_ms")["help"]


def test_hazards_not_found_are_not_called_safe(world: World) -> None:
    found = hazards(world.tables["hazards"], "AZ28").set_index("Hazard")
    assert found.loc["Flood", "Found"] == "not found"
    assert found.loc["Mines", "Found"] == "cleared"
    assert found.loc["Below sea level", "Found"] == "no"
    assert found.loc["To Iran", "Found"].endswith(" km")
    assert hazards(world.tables["hazards"], "nowhere").empty
