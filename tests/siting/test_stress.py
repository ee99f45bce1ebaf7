"""Stress: what each case does to money, dates and routes, and what it leaves alone."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import World
from siting.loading import load_scenario
from siting.stress import (
    FIGURES,
    FIVE,
    Effect,
    flat,
    refused,
    sentence,
    stressed,
    told,
    untouched,
    weight,
)
from siting.stress_cases import applied, cases_of
from siting.trunk import evaluate

BASE = load_scenario("base")
SITES = ["AZ01", "AZ04", "AZ25"]
"""A free zone, a park and a place of the standard regime."""
NOT_RUN = "heat_wave_no_water"
"""Ten years of hours: run once, below."""


@pytest.fixture(scope="module")
def effects(world: World) -> dict[str, Effect]:
    cases = tuple(one for one in cases_of(world) if one.key != NOT_RUN)
    sites = world.tables["sites"].loc[SITES]
    found = stressed(SITES, sites, BASE, world, cases)
    return {effect.case.key: effect for effect in found}


def gap(effect: Effect, metric: str) -> pd.Series:
    return effect.after[metric] - effect.before[metric]


def test_a_late_connection_moves_first_service_as_far_as_the_grid_is_the_slowest(
    effects: dict[str, Effect],
) -> None:
    late = effects["connection_late"]
    assert (gap(late, "ready_months") == 11.0).all()  # max(32 + 12, 9 + 24) - 33
    assert (gap(late, "npv_usd") < 0).all()
    assert (gap(late, "lcoc_usd_per_kw_month") > 0).all()
    for metric in ("it_mw", "pue_annual", "rtt_europe_ms"):
        assert (gap(late, metric) == 0).all()


def test_the_tariff_is_worth_what_its_table_says(
    effects: dict[str, Effect], world: World
) -> None:
    """14 of 24 hours at 7.3 and 10 at 3.5 qepik, against 10.6."""
    tariff = effects["data_centre_tariff"]
    utilisation, azn = 0.8, 1.70
    saved = (0.106 - (14 * 0.073 + 10 * 0.035) / 24) / azn
    pue = tariff.before.loc["AZ25", "pue_annual"]
    level = saved * 730 * utilisation * pue
    fall = -gap(tariff, "lcoc_usd_per_kw_month")["AZ25"]
    # LCOC weighs it by the path of the tariff, 2 % a year, over 20 years of service.
    assert level < fall < 1.5 * level
    # The tenant pays the power; what is left is the bill unpaid at a year's end.
    assert (gap(tariff, "npv_usd").abs() < 1.5e6).all()


def test_a_devaluation_cheapens_what_is_paid_in_manat(
    effects: dict[str, Effect],
) -> None:
    fall = effects["devaluation"]
    assert (gap(fall, "lcoc_usd_per_kw_month") < 0).all()
    assert (gap(fall, "npv_usd") > 0).all()
    assert (gap(fall, "score") == 0).all()  # the price of 2029 is that of before


def test_a_cable_late_by_two_years_is_there_in_2029_and_one_never_built_is_not(
    effects: dict[str, Effect],
) -> None:
    late, never = effects["trans_caspian_late"], effects["trans_caspian_never"]
    assert all(
        sentence(late.before.loc[s], late.after.loc[s]) == "nothing changes"
        for s in SITES
    )
    assert never.before["rtt_central_asia_ms"].notna().all()
    assert never.after["rtt_central_asia_ms"].isna().all()


def test_without_georgia_europe_is_out_of_reach_and_no_cable_is_moved(
    effects: dict[str, Effect],
) -> None:
    closed = effects["georgia_closed"]
    assert closed.after["rtt_europe_ms"].isna().all()
    assert (gap(closed, "lcoc_usd_per_kw_month") == 0).all()
    assert (gap(closed, "isolation_h_per_year") > 50).all()
    assert (gap(closed, "score") < 0).all()


def test_a_refused_holiday_costs_only_those_that_had_one(
    effects: dict[str, Effect],
) -> None:
    dear = gap(effects["tax_holiday_refused"], "required_rent_usd_per_kw_month")
    assert dear["AZ01"] > 1.0
    assert dear["AZ04"] > 1.0
    assert dear["AZ25"] == 0.0
    assert (gap(effects["tax_holiday_refused"], "lcoc_usd_per_kw_month") == 0).all()


def test_a_fifth_more_capex_is_a_fifth_more_of_every_line(
    base: xr.Dataset, world: World
) -> None:
    (case,) = cases_of(world, ("capex_20_pct",))
    dear, _ = applied(case, BASE, world)
    before = base.sel(site=SITES)
    after = evaluate(world.tables["sites"].loc[SITES], dear, world)
    np.testing.assert_allclose(
        after["capex_usd"], 1.2 * before["capex_usd"], rtol=1e-12
    )
    np.testing.assert_allclose(
        after["capex_connection_usd"], 1.2 * before["capex_connection_usd"], rtol=1e-12
    )


def test_without_a_licence_nothing_is_left_but_the_reason(
    effects: dict[str, Effect],
) -> None:
    never = effects["gpu_licence_never"]
    assert never.after[["rank", *FIGURES]].isna().all(axis=None)
    for site in SITES:
        said = sentence(never.before.loc[site], never.after.loc[site])
        assert said.startswith("excluded: without a United States licence")
    assert gap(effects["gpu_licence_late"], "ready_months").tolist() == [3.0] * 3


def test_a_heat_wave_without_water_wets_nothing_and_peaks_higher(world: World) -> None:
    cases = cases_of(world, (NOT_RUN,))
    (hot,) = stressed(["AZ01"], world.tables["sites"].loc[["AZ01"]], BASE, world, cases)
    assert (gap(hot, "pue_peak") > 0.01).all()
    assert hot.after["cooling_system"].tolist() != ["tower"]


def test_five_best_are_shown_where_none_is_named(world: World) -> None:
    cases = cases_of(world, ("gpu_licence_never",))
    (effect,) = stressed([], world.tables["sites"], BASE, world, cases)
    assert effect.before["rank"].tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert len(effect.after) == FIVE


def test_weights_count_yardsticks_and_losses_most() -> None:
    assert weight("irr_pct", 10.0, 8.0) == 2.0
    assert weight("lcoc_usd_per_kw_month", 200.0, 210.0) == pytest.approx(1.0)
    assert weight("npv_usd", 5.0, 5.0 + 1e-12) == 0.0
    assert weight("npv_usd", 0.0, -50e6, 100.0) == 1.0
    assert weight("npv_usd", 0.0, -50e6, 5.0) == 20.0
    assert weight("rtt_europe_ms", 50.0, np.nan) == np.inf
    assert weight("rtt_europe_ms", np.nan, 50.0) == np.inf
    assert weight("rtt_europe_ms", np.nan, np.nan) == 0.0


def row(**moved: object) -> pd.Series:
    plain: dict[str, object] = dict.fromkeys(FIGURES, 100.0)
    texts = {"ready_date": "2029-09", "cooling_system": "airside"}
    rest = {"substation_name": "A", "excluded_because": "", "rank": 1.0, "name": "X"}
    return pd.Series(plain | texts | rest | moved)


def test_the_sentence_names_the_most_first_then_design_and_rank() -> None:
    after = row(irr_pct=97.0, pue_peak=100.01, cooling_system="tower", rank=4.0)
    said = sentence(row(), after)
    assert said == (
        "most: IRR falls 100.0 → 97.0 %; cooling system airside → tower; rank 1 → 4"
    )
    assert sentence(row(), row()) == "nothing changes"
    assert sentence(row(), row(score=101.0)).startswith("little; most: score rises")
    lost = sentence(row(), row(rtt_europe_ms=np.nan))
    assert lost == "most: RTT to Europe is lost (was 100 ms)"
    late = sentence(row(), row(ready_months=111.0, ready_date="2030-08"))
    assert late == (
        "most: first service is later: 100 → 111 months after the decision "
        "(2029-09 → 2030-08)"
    )


def test_an_excluded_site_keeps_its_own_reason_quiet() -> None:
    one, two = row(excluded_because="mines"), row(excluded_because="mines")
    assert sentence(one, two) == "nothing changes"
    assert sentence(row(), two) == "excluded: mines"
    gone = refused(pd.DataFrame([one], index=["S"]), "no licence")
    assert sentence(one, gone.loc["S"]) == "excluded: no licence"


def test_what_is_told_is_rounded_and_absent_is_a_dash() -> None:
    assert told("npv_usd", -187_200_000.0) == "-187"
    assert told("npv_usd", -1.0) == "0"
    assert told("irr_pct", np.nan) == "–"


def test_one_row_a_case_and_site_with_both_figures(effects: dict[str, Effect]) -> None:
    table = flat(tuple(effects.values()))
    assert len(table) == len(effects) * len(SITES)
    assert not table.duplicated(["stress_case", "site_id"]).any()
    own = table[table["stress_case"] == "capex_20_pct"].set_index("site_id")
    assert (own["npv_usd_after"] < own["npv_usd_before"]).all()
    assert "RTT to Europe" in own.loc["AZ01", "untouched"]
    assert own["source"].str.len().gt(0).all()
    late = effects["trans_caspian_late"]
    assert len(untouched(late, SITES)) == len(FIGURES)
