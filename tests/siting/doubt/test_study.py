"""The study: every question asked of the same draws, and certainty where none is left."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kstest, spearmanr

from data import World
from siting.doubt import study
from siting.doubt.designed import Case, designed, only
from siting.doubt.draws import Unknown
from siting.doubt.odds import odds, placed
from siting.doubt.outcomes import Basis, Drawn, outcomes
from siting.doubt.study import Doubt, doubt, draw, every, networks, places_of
from siting.ranking import Ranking

IN = np.zeros(5, dtype=bool)


def test_no_number_is_drawn_twice_and_none_without_doubt(
    numbers: list[Unknown],
) -> None:
    names = [number.name for number in numbers]
    assert len(names) == len(set(names))
    assert all(number.low < number.high for number in numbers)
    assert all(number.low <= number.value <= number.high for number in numbers)
    assert {"finance.wacc_pct", "climate.temp_bias_k"} <= set(names)


def test_one_and_the_same_number_is_drawn_for_the_money_and_the_rooms(
    basis: Basis, numbers: list[Unknown]
) -> None:
    moved = {move.unknown.name for move in basis.rooms.moves}
    assert moved <= {number.name for number in numbers}
    assert "campus.utilisation_training" in moved


def test_what_is_overridden_is_not_drawn(basis: Basis) -> None:
    asked = basis.centre.scenario
    asked = replace(asked, overrides=(("finance.wacc_pct", 9.0),))
    other = replace(basis, centre=replace(basis.centre, scenario=asked))
    gone = {n.name for n in every(basis)} - {n.name for n in every(other)}
    assert gone == {"finance.wacc_pct"}


def test_odds_sum_and_stand_by_site(found: Doubt, basis: Basis) -> None:
    table = found.table
    assert table.index.tolist() == basis.centre.facts["site"].to_numpy().tolist()
    placed_in_all = found.table["p_ranked"].sum()
    some = np.isfinite(found.keys).any(axis=1).mean()
    assert table["p_rank_1"].sum() == pytest.approx(some)
    assert table["p_top_3"].sum() <= 3.0 + 1e-9
    assert placed_in_all <= 5.0
    for name in ("npv_usd", "lcoc_usd_per_kw_month", "it_mw", "score", "irr_pct"):
        low, middle, high = (table[f"{name}_{q}"] for q in ("p10", "p50", "p90"))
        assert (low <= middle).all()
        assert (middle <= high).all()


def test_the_centre_lies_within_what_is_drawn(
    found: Doubt, basis: Basis, numbers: list[Unknown]
) -> None:
    usual = outcomes(basis, designed(basis, numbers, [Case()])).isel(draw=0)
    for name in ("npv_usd", "lcoc_usd_per_kw_month", "pue_annual"):
        drawn = found.outcomes[name]
        assert (drawn.min("draw") < usual[name]).all()
        assert (drawn.max("draw") > usual[name]).all()


def test_without_doubt_the_odds_are_the_ranking(
    basis: Basis, numbers: list[Unknown], ranking: Ranking
) -> None:
    never = designed(basis, numbers, [Case()] * 20)
    keys = placed(outcomes(basis, never), IN, basis.centre.scenario)
    told = odds(keys)
    assert set(told["p_rank_1"]) == {0.0, 1.0}
    assert set(told["p_top_3"]) == {0.0, 1.0}
    rank = ranking.table.set_index("site_id")["rank"]
    rank = rank.loc[list(basis.centre.facts["site"].to_numpy())].fillna(5.0)
    assert told["rank_p50"].tolist() == rank.tolist()


def test_events_that_are_sure_leave_the_odds_sure(
    basis: Basis, numbers: list[Unknown]
) -> None:
    still = designed(basis, numbers, [Case()] * 10)
    always = {name: np.ones(10, dtype=bool) for name in still.happens}
    sure = Drawn(still.values, still.network, always)
    told = odds(placed(outcomes(basis, sure), IN, basis.centre.scenario))
    assert set(told["p_rank_1"]) == {0.0, 1.0}


def test_with_low_and_high_at_the_value_no_number_is_in_doubt(world: World) -> None:
    table = world.tables["parameters"]
    sure = table.assign(low=table["value"], high=table["value"])
    laws = world.tables["doubt_laws"]
    assert study.unknowns(sure, laws, list(sure.index), {}) == []


def test_a_site_twice_in_the_list_shares_its_place(
    basis: Basis, numbers: list[Unknown]
) -> None:
    told = outcomes(basis, designed(basis, numbers, [Case()]))
    twin = told.isel(site=[0, 0, 1])
    table = odds(placed(twin, np.zeros(3, dtype=bool), basis.centre.scenario))
    assert table["p_rank_1"].tolist() == [0.5, 0.5, 0.0]


def test_a_gate_that_stands_takes_a_site_out_of_every_draw(basis: Basis) -> None:
    out = np.array([True, False, False, False, False])
    told = doubt(basis, out, 40, 7)
    assert told.table["p_ranked"].iloc[0] == 0.0
    assert told.table["p_rank_1"].iloc[0] == 0.0
    assert told.table["npv_usd_p50"].notna().iloc[0]


def test_networks_are_uniform_and_shared_behind_one_substation(basis: Basis) -> None:
    count = 4000
    told = networks(basis.centre, count, 2)
    for k in range(5):
        assert kstest(told[:, k], "uniform").pvalue > 0.01
    stations = basis.centre.facts["substation_id"].to_numpy()
    assert stations[0] == stations[3]
    assert (told[:, 0] == told[:, 3]).all()
    share = basis.centre.a.doubt.network_common_share
    expected = 6 / np.pi * np.arcsin(share / 2)  # of a normal copula
    apart = spearmanr(told[:, 0], told[:, 1]).statistic
    assert apart == pytest.approx(expected, abs=0.04)


@pytest.mark.parametrize(("share", "apart"), [(0.0, 0.0), (1.0, 1.0)])
def test_networks_hang_together_as_much_as_the_book_says(
    share: float, apart: float, basis: Basis
) -> None:
    centre = basis.centre
    book = replace(centre.a.doubt, network_common_share=share)
    other = replace(centre, a=replace(centre.a, doubt=book))
    told = networks(other, 2000, 2)
    assert spearmanr(told[:, 0], told[:, 1]).statistic == pytest.approx(apart, abs=0.05)


def test_fewer_sites_draw_what_they_draw_among_all(basis: Basis, found: Doubt) -> None:
    some = draw(only(basis, ["AZ12", "AZ06"]), 300, 7)
    for name, values in some.values.items():
        whole = found.drawn.values[name].to_numpy()
        own = whole if whole.ndim == 1 else whole[:, [1, 4]]
        assert (values.to_numpy() == own).all()
    assert (some.network == found.drawn.network[:, [1, 4]]).all()


def test_places_are_those_of_the_sites(basis: Basis, sites: pd.DataFrame) -> None:
    told = places_of(basis.centre)
    assert told["site"].tolist() == sites.index.tolist()
    assert len(told["region"]) == len(sites)
