"""The study shows what the ranking chose from, with the same numbers."""

import numpy as np
import pytest
import xarray as xr

from climate.cooling.plant import COMPONENTS
from data import World
from siting.loading import load_scenario
from siting.study import (
    Study,
    energy_table,
    hour_table,
    month_table,
    study_cooling,
    system_table,
)


@pytest.fixture(scope="module")
def study(world: World) -> Study:
    sites = world.tables["sites"].loc[["AZ01", "AZ20"]]
    return study_cooling(sites, load_scenario("base"), world)


def test_the_chosen_system_has_the_figures_of_the_ranking(
    study: Study, base: xr.Dataset
) -> None:
    for site in ("AZ01", "AZ20"):
        chosen = base.sel(site=site)
        row = system_table(study, site).loc[chosen["cooling_system"].item()]
        for name in ("pue_annual", "pue_peak", "cooling_capex_usd_per_kw_it"):
            assert row[name] == chosen[name].item(), name


def test_what_is_refused_says_why(study: Study) -> None:
    table = system_table(study, "AZ20")
    assert "132 kW" in table.loc["tower", "inadmissible_because"]
    assert table.loc["liquid_dry", "inadmissible_because"] == ""
    assert table["title"].ne("").all()


def test_energy_adds_up_to_the_pue(study: Study) -> None:
    table = energy_table(study, "AZ01")
    parts = 1.0 + table.loc[list(COMPONENTS)].sum(skipna=False)
    np.testing.assert_allclose(parts, table.loc["pue_annual"], atol=1e-9)


def test_hours_average_to_the_year(study: Study) -> None:
    hours = hour_table(study, "AZ01", "tower")
    year = system_table(study, "AZ01").loc["tower"]
    assert len(hours) == 8760
    assert hours["pue"].mean() == pytest.approx(year["pue_annual"], abs=1e-12)
    added = 1.0 + hours[[f"{name}_per_it" for name in COMPONENTS]].sum(axis=1)
    np.testing.assert_allclose(added, hours["pue"], atol=1e-9)
    assert (hours["wet_bulb"] <= hours["temp_air"] + 1e-9).all()
    assert set(hours["mode_name"]) <= {"free", "partial economiser", "full mechanical"}


def test_months_of_every_system(study: Study) -> None:
    months = month_table(study, "AZ01")
    assert len(months) == 12 * 5
    tower = months[months["system"] == "tower"].set_index("month")
    assert tower["pue_monthly"].idxmax() in (6, 7, 8)
