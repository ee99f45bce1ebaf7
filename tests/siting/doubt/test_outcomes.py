"""Outcomes: the ranking's own figures at its own numbers, in any block, draw by draw."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy.stats import rankdata

from data import World
from siting.doubt import OUTCOMES
from siting.doubt import outcomes as module
from siting.doubt.designed import Case, designed
from siting.doubt.draws import Unknown, in_force
from siting.doubt.odds import odds, placed
from siting.doubt.outcomes import (
    Basis,
    Drawn,
    dated,
    network_mw,
    outcomes,
    tariffs,
    with_events,
)
from siting.doubt.study import Doubt, basis_of, draw, every
from siting.loading import load_scenario
from siting.ranking import Ranking, rank
from siting.scenario import Criterion
from siting.trunk import evaluate

DESIGN = ("cooling_system", "connection_option", "substation_id")
DEBT = {"equity_irr_pct", "min_dscr"}
"""Figures of the loan, which is sized once at the centre, by the model anew."""
IN = np.zeros(5, dtype=bool)
WEIGHTS = load_scenario("base").preferences.groups


def rerun(basis: Basis, world: World, *sets: str) -> tuple[xr.Dataset, pd.DataFrame]:
    """The whole model run again with settings laid over the base case."""
    scenario = load_scenario("base", sets)
    sites = basis.centre.sites
    evaluation = evaluate(sites, scenario, world, without=("year", "hub", "month"))
    table = rank(evaluation, scenario.preferences).table.set_index("site_id")
    return evaluation, table.loc[list(sites.index)]


def built_alike(evaluation: xr.Dataset, again: xr.Dataset) -> np.ndarray:
    """Which sites build the same design in both."""
    same = [again[n].to_numpy() == evaluation[n].to_numpy() for n in DESIGN]
    return np.logical_and.reduce(same)


def test_at_the_numbers_of_the_book_they_are_those_of_the_ranking(
    basis: Basis, numbers: list[Unknown], ranking: Ranking
) -> None:
    told = outcomes(basis, designed(basis, numbers, [Case()])).isel(draw=0)
    table = ranking.table.set_index("site_id").loc[list(told["site"].to_numpy())]
    for name in (*OUTCOMES, "served_pct"):
        assert told[name].to_numpy() == pytest.approx(
            table[name].to_numpy(float), rel=1e-9, nan_ok=True
        ), name


@pytest.mark.parametrize(
    ("sets", "case"),
    [
        (["power.data_centre_tariff=true"], Case(event="data_centre_tariff")),
        (['build_out.off=["tcfo"]'], Case(event="trans_caspian_late")),
        (["fibre.georgia=false"], Case(event="georgia_closed")),
        (["campus.licence_months=36"], Case(event="licence_late")),
        (["campus.building_months=30"], Case({"campus.building_months": 30.0})),
        (
            ["finance.azn_depreciation_pct=4"],
            Case({"finance.azn_depreciation_pct": 4.0}),
        ),
        (
            ["power.tariff.vat_included=0", "finance.wacc_pct=8.5"],
            Case({"power.tariff.vat_included": 0.0, "finance.wacc_pct": 8.5}),
        ),
        (["power.network=p90"], Case(network=0.9)),
    ],
)
def test_an_event_or_a_number_gives_what_the_whole_model_gives(
    sets: list[str],
    case: Case,
    basis: Basis,
    numbers: list[Unknown],
    world: World,
    evaluation: xr.Dataset,
) -> None:
    again, table = rerun(basis, world, *sets)
    same = built_alike(evaluation, again)
    assert same.sum() >= 3
    told = outcomes(basis, designed(basis, numbers, [case])).isel(draw=0)
    cut_off = (table["connectivity_coverage_pct"] < 100.0).any()
    held = {*DEBT, "score"} if cut_off else DEBT
    for name in (name for name in OUTCOMES if name not in held):
        assert told[name].to_numpy()[same] == pytest.approx(
            table[name].to_numpy(float)[same], rel=1e-9, nan_ok=True
        ), name


@pytest.mark.parametrize(
    ("sets", "event"),
    [
        ("fibre.georgia=false", "georgia_closed"),
        ('build_out.off=["tcfo"]', "trans_caspian_late"),
    ],
)
def test_a_hub_that_an_event_cuts_off_counts_as_the_worst(
    sets: str, event: str, basis: Basis, numbers: list[Unknown], world: World
) -> None:
    _, table = rerun(basis, world, sets)
    covered = table["connectivity_coverage_pct"] / 100.0
    assert (covered < 1).all()
    group, weights = table["connectivity_score"], dict(WEIGHTS)
    part = weights["connectivity"] / sum(weights.values())
    expected = table["score"] - part * group * (1.0 - covered)
    told = outcomes(basis, designed(basis, numbers, [Case(event=event)]))
    assert told["score"].to_numpy()[0] == pytest.approx(expected.to_numpy(), rel=1e-9)


def test_a_row_of_the_tariff_table_scales_what_is_drawn(
    sites: pd.DataFrame,
    few: None,
    world: World,
) -> None:
    one = sites.loc[["AZ25"]]
    decided = ["fibre.georgia=false", 'build_out.off=["tcfo"]']  # one network of fibre
    scenario = load_scenario("base", ["tariffs:T11:value=0.12", *decided])
    basis = basis_of(one, scenario, world)
    told = outcomes(basis, designed(basis, every(basis), [Case()])).isel(draw=0)
    again = evaluate(one, scenario, world, without=("year", "hub", "month"))
    assert told["npv_usd"].item() == pytest.approx(again["npv_usd"].item(), rel=1e-9)


def test_a_criterion_of_any_metric_counts_in_the_draws(
    basis: Basis, numbers: list[Unknown], evaluation: xr.Dataset
) -> None:
    scenario = basis.centre.scenario
    more = [
        Criterion(metric=metric, group="power", weight=50.0, best=best, worst=worst)
        for metric, best, worst in (
            ("capex_usd_per_kw", 5_000.0, 20_000.0),
            ("power_outage_h_per_year", 0.0, 20.0),
        )
    ]
    taste = scenario.preferences
    taste = replace(taste, criteria=(*taste.criteria, *more))
    asked = replace(scenario, preferences=taste)
    other = replace(basis, centre=replace(basis.centre, scenario=asked))
    told = outcomes(other, designed(other, numbers, [Case()])).isel(draw=0)
    table = rank(evaluation, taste).table.set_index("site_id")["score"]
    assert told["score"].to_numpy() == pytest.approx(
        table.loc[list(told["site"].to_numpy())].to_numpy(), rel=1e-9
    )


def test_blocks_change_nothing(
    found: Doubt, basis: Basis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", 77)
    again = outcomes(basis, found.drawn)
    for name in again:
        np.testing.assert_allclose(
            again[name].to_numpy(), found.outcomes[name].to_numpy(), rtol=1e-12
        )


def test_a_draw_does_not_depend_on_the_others(found: Doubt, basis: Basis) -> None:
    alone = outcomes(basis, found.drawn.part(slice(41, 42)))
    for name in alone:
        np.testing.assert_allclose(
            alone[name].to_numpy()[0],
            found.outcomes[name].to_numpy()[41],
            rtol=1e-12,
        )


def only_drawn(drawn: Drawn, names: list[str], basis: Basis) -> Drawn:
    """The draws with all but some numbers, the networks and events at the centre."""
    values = {name: drawn.values[name] for name in names}
    still = np.full_like(drawn.network, 0.5)
    never = {e.event_id: np.zeros(drawn.count, dtype=bool) for e in basis.events}
    return Drawn(values, still, never)


def ranked_by(order: str, found: Doubt, drawn: Drawn) -> tuple[np.ndarray, np.ndarray]:
    basis = found.basis
    scenario = basis.centre.scenario
    taste = replace(scenario.preferences, order_by=order)
    told = outcomes(basis, drawn)
    return placed(told, IN, replace(scenario, preferences=taste)), told[
        "npv_usd"
    ].to_numpy()


def test_what_the_score_does_not_see_leaves_every_rank_as_it_is(found: Doubt) -> None:
    names = [
        name
        for name in found.drawn.values
        if name.startswith("finance.") and "vat" not in name
    ]
    keys, npv = ranked_by("score", found, only_drawn(found.drawn, names, found.basis))
    assert npv.std(axis=0).min() > 1e6
    order = rankdata(np.nan_to_num(keys, nan=np.inf), axis=1)
    assert (order == order[0]).all()
    assert set(odds(keys)["p_rank_1"]) == {0.0, 1.0}


def test_a_rent_common_to_all_leaves_the_order_of_costs_as_it_is(found: Doubt) -> None:
    names = [n for n in found.drawn.values if n.startswith("finance.reference_rent")]
    assert names
    keys, npv = ranked_by("lcoc", found, only_drawn(found.drawn, names, found.basis))
    assert npv.std(axis=0).min() > 1e6
    np.testing.assert_allclose(keys, np.tile(keys[0], (len(keys), 1)), rtol=1e-12)


def test_in_force_at_an_event_is_what_the_event_sets(
    found: Doubt, basis: Basis
) -> None:
    told = with_events(basis, found.drawn)["campus.licence_months"]
    late = found.drawn.happens["licence_late"]
    assert 0 < late.mean() < 1
    assert (told.to_numpy()[late] == 36.0).all()
    usual = found.drawn.values["campus.licence_months"].to_numpy()
    assert (told.to_numpy()[~late] == usual[~late]).all()


def test_an_event_sets_a_number_that_is_not_in_doubt_as_well(basis: Basis) -> None:
    late = {e.event_id: np.array([False, True]) for e in basis.events}
    bare = Drawn({}, np.full((2, 5), 0.5), late)
    told = with_events(basis, bare)["campus.licence_months"]
    tabled = basis.centre.world.book.table["value"]["campus.licence_months"]
    assert told.to_numpy().tolist() == [tabled, 36.0]


def test_a_tariff_in_force_is_scaled_as_an_override_is(basis: Basis) -> None:
    name = "power.tariff.industrial_azn_per_kwh"
    centre = basis.centre
    power = replace(centre.a.power, tariff_industrial_azn_per_kwh=0.2)
    other = replace(centre, a=replace(centre.a, power=power))
    tabled = float(centre.world.book.table["value"][name])
    drawn = {name: xr.DataArray([tabled, 2 * tabled], dims="draw")}
    drawn["finance.wacc_pct"] = xr.DataArray([9.0, 9.0], dims="draw")
    told = dated(other, drawn)
    assert told[name].to_numpy() == pytest.approx([0.2, 0.4])
    assert told["finance.wacc_pct"].to_numpy().tolist() == [9.0, 9.0]


def test_networks_are_met_at_their_quantiles_and_never_below_nothing() -> None:
    facts = xr.Dataset(
        {
            "grid_firm_mw_p10": ("site", [20.0, 0.0]),
            "grid_firm_mw_p50": ("site", [100.0, 10.0]),
            "grid_firm_mw_p90": ("site", [140.0, 50.0]),
        }
    )
    q = np.array([[0.1] * 2, [0.3] * 2, [0.5] * 2, [0.7] * 2, [0.9] * 2, [0.0] * 2])
    told = network_mw(facts, q).transpose("draw", "site").to_numpy()
    assert told[:, 0] == pytest.approx([20, 60, 100, 120, 140, 0])
    assert told[:, 1] == pytest.approx([0, 5, 10, 30, 50, 0])


def test_a_tariff_moves_the_bill_by_its_own_ratio(basis: Basis) -> None:
    centre = basis.centre
    tabled = centre.world.book.table["value"]
    name = "power.tariff.industrial_azn_per_kwh"
    a = in_force(centre.a, {name: xr.DataArray([1.3 * tabled[name]], dims="draw")})
    told = tariffs(centre, a)
    usual = told.sel(tariff_class="industrial").to_numpy()
    assert usual == pytest.approx(np.full_like(usual, 1.3))
    special = told.sel(tariff_class="data_centre").to_numpy()
    assert special == pytest.approx(np.ones_like(special))


def test_one_price_day_and_night_divides_by_nothing(basis: Basis) -> None:
    centre = basis.centre
    flat = replace(
        centre.a.power,
        tariff_data_centre_day_azn_per_kwh=0.05,
        tariff_data_centre_night_azn_per_kwh=0.05,
    )
    other = replace(centre, a=replace(centre.a, power=flat))
    assert np.isfinite(tariffs(other, other.a)).all()


def test_the_seed_repeats_and_another_differs(basis: Basis, found: Doubt) -> None:
    again, other = draw(basis, 300, 7), draw(basis, 300, 8)
    for name, values in found.drawn.values.items():
        assert (again.values[name] == values).all()
    assert (again.network == found.drawn.network).all()
    assert not (other.network == found.drawn.network).any()
