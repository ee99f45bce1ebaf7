"""Designs of whole years: costs to the last dollar, worths, limits, the check."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from siting.loading import load_scenario
from siting.supply import design as designing
from siting.supply.beside import side_by_side
from siting.supply.case import case_of, emissions
from siting.supply.design import (
    best,
    design,
    designs,
    fixed,
    redispatched,
    solve,
)
from siting.supply.grid_only import grid_only
from siting.supply.inputs import Inputs, inputs_of
from siting.supply.interior import interior
from siting.supply.pairs import ISLAND, Pair, connections, firm_room, pairs_of
from siting.supply.programme import Programme, proven
from siting.supply.referee import referee
from siting.supply.tables import design_table, hour_table
from siting.supply_lines import verified


def asked(world, site: str, *sets: str) -> Inputs:
    return inputs_of(
        world.tables["sites"].loc[[site]], load_scenario("base", sets), world
    )


def usual(given: Inputs, site: str, tariff_class: str = "industrial") -> Pair:
    option = connections(given, site, "liquid_dry")[0]
    return Pair(site, "liquid_dry", tariff_class, option)


@pytest.fixture(scope="module")
def green(world):
    """Alat at 70 % carbon-free with a price on the rest."""
    return asked(
        world, "AZ01", "supply.carbon_free_pct=70", "supply.carbon_usd_per_t=20"
    )


@pytest.fixture(scope="module")
def made(green):
    return design(green, usual(green, "AZ01", "industrial"))


def test_the_lines_are_the_cost_to_the_last_dollar(made):
    penalty = sum(made.solution.capacity[len(made.capacity()) :]) * 1e7
    supply = sum(made.supply.values())
    assert supply == pytest.approx(made.solution.objective, abs=1.0 + penalty)
    assert made.usd_per_year == pytest.approx(supply + sum(made.standing.values()))
    assert made.weighed == pytest.approx(made.usd_per_year, abs=1.0 + penalty)
    grid = made.energy()["grid"]
    assert made.lines["carbon price"] == pytest.approx(20.0 * made.carbon_t(), rel=1e-9)
    assert made.carbon_t() >= grid * emissions(made.case)["grid"] * (1.0 - 1e-9)


def test_the_share_asked_for_is_met_and_no_more(made):
    assert made.carbon_free_pct() == pytest.approx(70.0, abs=1e-3)
    assert not made.missed
    assert made.solution.status == "optimal"


def test_the_worth_of_a_point_is_what_the_next_point_costs(world, made):
    more = asked(
        world, "AZ01", "supply.carbon_free_pct=70.5", "supply.carbon_usd_per_t=20"
    )
    half = design(more, usual(more, "AZ01", "industrial"))
    risen = half.solution.objective - made.solution.objective
    assert risen / 0.5 == pytest.approx(made.worths()["carbon-free energy"], rel=0.05)


def test_the_worth_of_a_firm_megawatt_is_what_one_more_saves(green):
    tight = replace(case_of(green, usual(green, "AZ01")), contract_mw=80.0)
    one = designing.programme(tight)
    more = designing.programme(replace(tight, contract_mw=81.0))
    found, better = (interior(p, 1e-8, 60.0) for p in (one, more))
    at = one.capacities.index("contract")
    saved = found.objective - better.objective
    assert saved > 1000.0
    assert found.duals.room[at] == pytest.approx(saved, rel=0.01)


def test_the_grid_alone_is_never_cheaper(given):
    (one,) = designs(given, "AZ20")
    alone = grid_only(given)["usd_per_year"].sel(site="AZ20", system="liquid_dry")
    assert one.pair.system == "liquid_dry"
    assert one.usd_per_year <= alone.item() * (1.0 + 1e-6)
    chosen = best(given, "AZ20")
    assert chosen is not None
    assert chosen.weighed == one.weighed


def test_what_is_passed_over_could_not_win(world, monkeypatch):
    """Of two systems for air-cooled racks one is solved, and it is the better."""
    two = asked(
        world,
        "AZ20",
        "campus.workload=colocation",
        'cooling.systems=["air_chiller","liquid_dry"]',
    )
    solved = []

    def counted(given, pair):
        solved.append(pair)
        return design(given, pair)

    monkeypatch.setattr(designing, "design", counted)
    chosen = best(two, "AZ20")
    assert {pair.system for pair in solved} == {"liquid_dry"}
    first, second = designs(two, "AZ20")
    assert chosen.weighed == pytest.approx(first.weighed, rel=1e-9)
    least = proven(second.programme, chosen.solution.duals)
    assert least <= second.solution.objective * (1.0 + 1e-6)
    assert least >= 0.9 * second.solution.objective


def test_dispatching_afresh_gives_the_same_year(given):
    """Two weeks: the check over a year is the command's `--verify`."""
    case = case_of(given, usual(given, "AZ20"))
    two = slice(2000, 2336)
    names = ("load", "spare", "solar", "wind", "price", "midnight", "month")
    case = replace(case, **{name: getattr(case, name)[two] for name in names})
    p = designing.programme(case)
    found = solve(p, 1e-8, 60.0)
    again = referee(fixed(p, found.capacity), 60.0)
    built = p.price[: len(p.capacities) - 2] @ found.capacity[:-2]
    assert again.objective + built == pytest.approx(found.objective, rel=1e-5)
    part = design(given, usual(given, "AZ20", "industrial"))
    short = replace(part, programme=p, solution=found)
    assert redispatched(short).objective == pytest.approx(again.objective)
    told = verified(short)
    assert "HiGHS (optimal)" in told
    assert abs(float(told.split(" at ")[1].split()[0])) < 1e-5


@pytest.fixture(scope="module")
def given(world):
    return asked(world, "AZ20")


def test_a_limit_that_cannot_be_met_is_named_with_by_how_much(world):
    lone = asked(
        world, "AZ20", "supply.grid=false", 'supply.technologies=["solar","battery"]'
    )
    (one,) = designs(lone, "AZ20")
    assert one.pair.option == ISLAND
    assert one.missed == pytest.approx({"firm power": one.case.need_mw}, rel=1e-3)
    assert one.lines["connection, fixed"] == one.lines["meter"] == 0.0
    rows = side_by_side(lone, grid_only(lone), "AZ20", one)
    assert {len(row) for row in rows} == {2}


def test_imports_of_every_month_hold_the_data_centre_class(world):
    cheap = asked(world, "AZ01", "power.data_centre_tariff=true", "campus.mw=12")
    both = ("industrial", "data_centre")
    pairs = pairs_of(cheap, "AZ01", "liquid_dry")
    assert {pair.tariff_class for pair in pairs} == set(both)
    plain, special = (design(cheap, usual(cheap, "AZ01", name)) for name in both)
    grid = special.solution.flow[special.programme.flows.index("grid")]
    monthly = np.bincount(special.case.month, grid)
    assert (monthly >= 5000.0 - 1.0).all()
    assert plain.usd_per_year > special.usd_per_year


def test_a_solver_that_stalls_is_followed_by_the_referee(given, monkeypatch):
    def stalled(p: Programme, gap: float, seconds: float):
        return replace(interior(p, 1e-2, 60.0), status="stalled", gap=0.5)

    case = case_of(given, usual(given, "AZ20"))
    names = ("load", "spare", "solar", "wind", "price", "midnight", "month")
    case = replace(case, **{name: getattr(case, name)[:168] for name in names})
    monkeypatch.setattr(designing, "interior", stalled)
    found = solve(designing.programme(case), 1e-6, 60.0)
    assert (found.solver, found.status) == ("HiGHS", "optimal")


def test_the_room_of_a_connection_is_its_firm_power_and_its_circuits(given):
    own = given.facts.sel(site="AZ20")
    for option in own["option"].to_numpy():
        at = own.sel(option=option)
        room = firm_room(own, str(option), 130.0)
        assert room <= at["firm_mw"].item()
        assert room >= min(130.0, at["firm_mw"].item())


def test_no_connection_is_left_that_another_betters(given):
    own = given.facts.sel(site="AZ20", system="liquid_dry")
    kept = connections(given, "AZ20", "liquid_dry")
    capex = [own["connection_capex_usd"].sel(option=name).item() for name in kept]
    contract = [own["contract_mw"].sel(option=name).item() for name in kept]
    assert contract == sorted(contract, reverse=True)
    assert len(kept) < own.sizes["option"]
    assert contract[0] == own["contract_mw"].max()
    assert all(usd < capex[0] for usd in capex[1:])


def test_a_dear_line_gives_way_to_engines(world):
    """A far substation carries more, a near one costs less: both are weighed."""
    far = asked(world, "AZ29", "campus.mw=400", 'supply.technologies=["gas"]')
    pairs = pairs_of(far, "AZ29", "liquid_dry")
    every = [design(far, pair) for pair in pairs]
    chosen = best(far, "AZ29")
    assert len(every) > 1
    assert chosen.weighed == pytest.approx(min(one.weighed for one in every), rel=2e-6)


def test_days_end_at_midnight_in_baku_and_load_is_pue_times_it(given):
    case = case_of(given, usual(given, "AZ20"))
    stamps = pd.DatetimeIndex(given.pue["time"].to_numpy())
    assert set(stamps[case.midnight].hour) == {19}
    pue = given.pue.sel(site="AZ20", system="liquid_dry").to_numpy()
    assert case.load == pytest.approx(80.0 * pue)
    assert case.spare == pytest.approx(20.0 * pue)
    assert case.month.max() == 11
    prices = given.price.sel(tariff_class="industrial").to_numpy()
    borne = (1.0 + 0.18 * 0.2) / 1.18  # a fifth of the VAT is not got back
    assert case.price == pytest.approx(prices * borne)


def test_tables_hold_every_line_and_every_hour(green, made):
    table = design_table([made])
    lines = [name for name in table if name.endswith("_usd_per_year")]
    total = table[lines].drop(columns="total_usd_per_year").sum(axis=1)
    assert total.iloc[0] == pytest.approx(table["total_usd_per_year"].iloc[0])
    hours = hour_table([made], green)
    assert len(hours) == 8760
    served = hours["grid_mw"] + hours["solar_mw"] + hours["wind_mw"] + hours["gas_mw"]
    served = served + hours["discharge_mw"] - hours["charge_mw"] + hours["unserved_mw"]
    assert served.to_numpy() == pytest.approx(hours["load_mw"].to_numpy(), abs=1e-3)


def test_beside_the_grid_alone_every_row_is_told(green, made):
    rows = side_by_side(green, grid_only(green), "AZ01", made)
    told = {row[0]: row[1:] for row in rows}
    assert told["cooling"] == ["liquid_dry", "liquid_dry"]
    parts = [
        float(both[0])
        for name, both in told.items()
        if name.endswith("M USD a year") and name != "all, M USD a year"
    ]
    assert sum(parts) == pytest.approx(float(told["all, M USD a year"][0]), abs=0.01)
    assert float(told["carbon-free %"][0]) == 70.0


def test_a_cap_on_water_refuses_the_thirsty_systems_and_costs(world):
    """Serving people, Alat is cooled by outdoor air and pads, unless water is short."""
    sets = ["campus.workload=inference", "supply.technologies=[]"]
    free = asked(world, "AZ01", *sets)
    dry = asked(world, "AZ01", *sets, "supply.water_m3_per_year=5000")
    before, after = (
        each.facts["admissible"].sel(site="AZ01").to_series() for each in (free, dry)
    )
    water = 100.0 * free.facts["water_m3_per_mw_year"].sel(site="AZ01").to_series()
    assert (after == (before & ~(water > 5000.0))).all()
    assert list(before.index[before & ~after]) == ["airside", "tower"]
    told = dry.facts["inadmissible_because"].sel(site="AZ01", system="airside").item()
    assert told == "takes more than 5000 m3 of water a year"
    assert best(free, "AZ01").pair.system == "airside"
    assert best(dry, "AZ01").pair.system == "liquid_dry"
    assert best(dry, "AZ01").usd_per_year > best(free, "AZ01").usd_per_year
