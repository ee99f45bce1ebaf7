"""Announced projects: each a switch, and what it changes is what the model then says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.faults import InputError
from data.schema import TABLES
from siting.loading import load_scenario
from siting.projects import (
    SHOWN,
    project_effect,
    project_table,
    same_line,
    stands_on,
    switched,
    table_of,
)
from siting.trunk import evaluate

BASE = load_scenario("base")


def test_every_project_is_listed_with_status_source_and_no_invented_size(world):
    table = project_table(world, BASE)
    dated = [name for name, own in TABLES.items() if own.dated]
    count = sum((world.tables[n]["status"] != "in_service").sum() for n in dated)
    assert len(table) == count
    assert table.index.is_unique
    assert (table["source"] != "").all()
    assert set(table["status"]) == {"under_construction", "planned", "concept"}
    for project, row in table.iterrows():
        own = world.tables[table_of(world, str(project))].loc[project]
        for column in ("capacity_mw", "year"):
            if column in own:
                assert np.array_equal(row[column], own[column], equal_nan=True)


@pytest.mark.parametrize(
    ("project", "status", "year", "mw"),
    [
        ("PP_NUC", "concept", 2035, None),
        ("IC14", "planned", 2032, 1300),
        ("IC16", "concept", None, None),
        ("IC12", "under_construction", None, 1000),
        ("JAB-NAK330-330-1", "under_construction", None, None),
        ("PV_SHF", "under_construction", 2027, 240),
        ("W_ABG", "planned", 2027, 240),
        ("BESS_ABS", "under_construction", 2026, 125),
        ("bssc", "planned", 2030, None),
    ],
)
def test_the_projects_an_investor_asks_for(world, project, status, year, mw):
    row = project_table(world, BASE).loc[project]
    assert row["status"] == status
    for column, value in (("year", year), ("capacity_mw", mw)):
        assert np.isnan(row[column]) if value is None else row[column] == value


@pytest.mark.parametrize(
    ("policy", "asked", "counted"),
    [
        ("in_service", 2029, set()),
        ("committed", 2029, {"tcfo", "BESS_ABS"}),
        ("all_planned", 2029, {"tcfo", "BESS_ABS", "NAV500", "W_ABG"}),
        ("all_planned", 2032, {"tcfo", "BESS_ABS", "NAV500", "W_ABG", "IC14"}),
    ],
)
def test_what_counts_follows_policy_and_year(world, policy, asked, counted):
    scenario = replace(
        BASE,
        build_out=replace(BASE.build_out, policy=policy),
        campus=replace(BASE.campus, year=asked),
    )
    table = project_table(world, scenario)
    some = ["tcfo", "BESS_ABS", "NAV500", "W_ABG", "IC14", "IC16", "PP_NUC"]
    assert set(table.loc[some].index[table.loc[some, "counted"]]) == counted


def test_every_project_can_be_switched_off_and_on(world):
    for project in map(str, project_table(world, BASE).index):
        ids = same_line(world, project)
        off = world.built(switched(BASE, ids, ()).build_out)
        on = world.built(switched(BASE, ids, (*ids, *stands_on(world, ids))).build_out)
        row = off.tables[table_of(world, project)].loc[project]
        assert row["exists_from"] == np.inf
        row = on.tables[table_of(world, project)].loc[project]
        assert row["exists_from"] < np.inf


def test_a_line_and_its_tie_are_one_and_bring_their_end(world):
    assert same_line(world, "IC12") == ("IC12", "JAB-NAK330-330-1")
    assert same_line(world, "JAB-NAK330-330-1") == ("JAB-NAK330-330-1", "IC12")
    assert stands_on(world, ("IC12",)) == ("NAK330",)
    assert same_line(world, "tcfo") == ("tcfo",)


def test_a_tie_of_another_voltage_is_another_line(world):
    ties = world.tables["interconnectors"].copy()
    ties.loc["IC12", "voltage_kv"] = 220.0
    other = replace(world, tables={**world.tables, "interconnectors": ties})
    assert same_line(other, "IC12") == ("IC12",)


def test_a_switch_undoes_the_opposite_one():
    chosen = replace(BASE.build_out, on=("A", "B"), off=("C", "D"))
    scenario = replace(BASE, build_out=chosen)
    off = switched(scenario, ("A",), ()).build_out
    assert (off.on, off.off) == (("B",), ("C", "D", "A"))
    on = switched(scenario, ("C",), ("C",)).build_out
    assert (on.on, on.off) == (("A", "B", "C"), ("D",))


def test_the_effect_is_the_difference_of_two_evaluations(world):
    sites = world.tables["sites"].loc[["AZ01", "AZ33"]]
    effect = project_effect("tcfo", sites, BASE, world)
    told = effect.table.set_index(["site_id", "metric"])
    for name, scenario in (("off", effect.off), ("on", effect.on)):
        found = evaluate(sites, scenario, world)
        for metric in ("rtt_central_asia_ms", "routes_caspian_node"):
            for site in sites.index:
                value = float(found[metric].sel(site=site))
                said = float(told.loc[(site, metric), name])
                assert np.array_equal(value, said, equal_nan=True)
    assert set(effect.table["metric"]) <= {*SHOWN, "binding_constraint"}
    assert "pue_annual" not in set(effect.table["metric"])


def test_the_sites_beside_do_not_matter(world):
    both = world.tables["sites"].loc[["AZ01", "AZ33"]]
    one = project_effect("tcfo", both.loc[["AZ33"]], BASE, world).table
    two = project_effect("tcfo", both, BASE, world).table
    two = two[two["site_id"] == "AZ33"].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, two)


def test_a_plant_without_mw_changes_nothing(world):
    sites = world.tables["sites"].loc[["AZ01"]]
    late = replace(BASE, campus=replace(BASE.campus, year=2036))
    assert project_effect("PP_NUC", sites, late, world).table.empty


ALONE = load_scenario("base", ["power.network=off"])


@pytest.mark.parametrize("project", ["W_ABG", "PV_SHF"])
def test_a_wind_or_solar_project_changes_carbon_at_every_site(world, project):
    sites = world.tables["sites"].loc[["AZ01", "AZ33"]]
    told = project_effect(project, sites, ALONE, world).table
    told = told.set_index(["site_id", "metric"])
    for site in sites.index:
        average = told.loc[(site, "carbon_hourly_average_t_per_mwh")]
        assert float(average["on"]) < float(average["off"])
        free = told.loc[(site, "carbon_free_pct")]
        assert float(free["on"]) > float(free["off"])
    assert "carbon_location_t_per_mwh" not in told.index.get_level_values("metric")


def test_a_gigawatt_of_nuclear_power_frees_a_fifth_of_2036(world):
    """1,000 MW · 0.92 over a mean demand of 4,871 · 1.03^11 · 0.637 MW is 21 %.

    A flat load gains a little more, for it runs in hours of little demand as well.
    """
    late = load_scenario(
        "base",
        ["power.network=off", "campus.year=2036", "plants:PP_NUC:capacity_mw=1000"],
    )
    sites = world.tables["sites"].loc[["AZ01"]]
    told = project_effect("PP_NUC", sites, late, world).table.set_index("metric")
    free = told.loc["carbon_free_pct"]
    gained = float(free["on"]) - float(free["off"])
    share = 100 * 920 / (4871 * 1.03**11 * 0.637)
    assert share < gained < 1.05 * share


@pytest.mark.parametrize(
    ("project", "says"),
    [("tcf", "did you mean tcfo"), ("ABS", "this one is in service")],
)
def test_an_id_that_is_no_project_is_refused(world, project, says):
    with pytest.raises(InputError, match=says):
        table_of(world, project)
