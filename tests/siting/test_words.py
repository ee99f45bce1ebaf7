"""Texts: dates, what binds, what is untested."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from siting import words
from siting.loading import load_scenario
from siting.trunk import evaluate
from siting.words import ready_dates


def test_part_of_a_month_counts_whole() -> None:
    months = pd.Series([0.0, 1.0, 32.4, 33.0, float("nan")])
    dates = ready_dates(months, date(2026, 12, 1))
    assert dates.tolist() == ["2026-12", "2027-01", "2029-09", "2029-09", ""]


def test_every_site_says_what_binds_and_what_is_not_tested(base: xr.Dataset) -> None:
    for site in base["site"].values:
        own = base.sel(site=site)
        assert own["binding_constraint"].item() != ""
        untested = np.isnan(own["grid_firm_mw_p50"].item())
        assert ("network N-1" in own["not_tested"].item()) == untested
        study = own["study_items"].item()
        for item in ("ramps", "reactive", "flicker", "short-circuit", "stability"):
            assert item in study
        assert f"{own['facility_mw'].item():.0f} MW" in study
        assert own["substation_name"].item() in study
        assert ("land" in own["not_tested"].item().split(", ")) == bool(
            own["land_mw"].isnull().item()  # noqa: PD003 - xarray
        )


def test_land_and_power_are_named_with_their_place(base: xr.Dataset) -> None:
    balakhani = base.sel(site="AZ07")
    assert balakhani["binding"].item() == "land"
    assert balakhani["binding_constraint"].item() == "free land of 2 ha"
    assert "ha would carry all of it" in balakhani["unlock"].item()
    julfa = base.sel(site="AZ34")
    assert julfa["binding"].item() == "power"
    assert julfa["substation_name"].item() in julfa["binding_constraint"].item()


def test_the_network_is_named_where_it_holds() -> None:
    row = {
        "it_mw": 80.0,
        "binding": "power",
        "substation_name": "Yashma",
        "connection_kv": 220,
        "firm_mw": 90.0,
        "flexible_mw": 140.0,
        "transformer_firm_mw": 337.5,
        "land_free_ha": 50.0,
        "grid_binding": "SUM-YAS-220-1",
        "grid_contingency": "ABS-YAS-330-1",
        "grid_shadow_price": 0.81,
    }
    held = "firm power at Yashma 220 kV, held by SUM-YAS-220-1"
    assert words._binding(row) == f"{held} when ABS-YAS-330-1 is out"
    assert "0.8 MW for each MW more it bears; 50 MW more" in words._unlock(row)
    intact = {**row, "grid_contingency": "none", "grid_shadow_price": np.nan}
    assert words._binding(intact) == held
    assert "bears" not in words._unlock(intact)
    own = {**row, "transformer_firm_mw": 90.0}
    assert words._binding(own) == "firm power at Yashma 220 kV"
    assert "bears" not in words._unlock(own)


@pytest.mark.parametrize(
    ("setting", "driver"),
    [
        ("campus.licence_months=40", "the equipment licence"),
        ("campus.building_months=40", "permits and building"),
        ("power.time.study_permits_months=40", "study and permits of the connection"),
        (
            "power.time.large_transformer_months=44",
            "transformer and switchgear lead times",
        ),
        ("power.time.line_base_months=50", "line works"),
    ],
)
def test_the_date_driver_is_the_longest_wait(
    world: World, setting: str, driver: str
) -> None:
    sites = world.tables["sites"].loc[["AZ08", "AZ01"]]
    told = evaluate(sites, load_scenario("base", [setting]), world)
    assert (told["date_driver"] == driver).all()


def test_a_tier_that_cannot_be_had_says_why(world: World) -> None:
    """5 MW of inference at Nakhchivan: no other station lives on without the first."""
    sites = world.tables["sites"].loc[["AZ33", "AZ01"]]
    told = evaluate(sites, load_scenario("edge"), world)
    alone, alat = (told.sel(site=site) for site in ("AZ33", "AZ01"))
    assert not alone["tier_met"].item()
    assert "live on when Nakhchivan 110 is lost" in alone["tier_because"].item()
    assert alone["capex_second_feed_usd"].item() == 0
    assert alat["tier_met"].item()
    assert alat["tier_because"].item() == ""
    assert alat["second_substation_id"].item() != alat["substation_id"].item()
