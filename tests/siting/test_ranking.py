"""Value functions on declared scales, groups, gates, and the order."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from siting.loading import load_scenario
from siting.ranking import MINED, rank, value
from siting.scenario import Criterion, Gates, Preferences

PUE = Criterion(metric="pue_annual", group="cooling", weight=3, best=1.05, worst=1.35)
DERATE = Criterion(metric="derate_pct", group="cooling", weight=1, best=0, worst=15)
PRICE = Criterion(
    metric="price_usd_per_mwh", group="power", weight=1, best=30, worst=90
)
TASTE = Preferences(
    groups=(("cooling", 30.0), ("power", 70.0)), criteria=(PUE, DERATE, PRICE)
)


def evaluation(**changes: list[float] | list[str]) -> xr.Dataset:
    base: dict[str, list[float] | list[str]] = {
        "name": ["Alat", "Ganja", "Sheki"],
        "lat": [40.0, 40.7, 41.2],
        "lon": [49.4, 46.4, 47.2],
        "pue_annual": [1.20, 1.10, 1.05],
        "derate_pct": [0.0, 3.0, 0.0],
        "price_usd_per_mwh": [60.0, 60.0, 75.0],
        "lcoc_usd_per_kw_month": [120.0, 110.0, 130.0],
        "npv_usd": [1.0, 2.0, -1.0],
        "irr_pct": [12.0, 13.0, np.nan],
        "served_pct": [100.0, 100.0, 100.0],
        "mines_class": ["none_known"] * 3,
        "seismic_msk": [8.0, 8.0, 9.0],
        "border_min_km": [150.0, 60.0, 30.0],
        "infeasible_because": ["", "", ""],
    }
    variables = {name: ("site", np.asarray(v)) for name, v in (base | changes).items()}
    return xr.Dataset(variables, coords={"site": ["AZ01", "AZ23", "AZ26"]})


def test_scores_are_the_hand_worked_weighted_means() -> None:
    table = rank(evaluation(), TASTE).table.set_index("site_id")
    # Alat: PUE 1.20 is half way, derate 0 is best: (3·50 + 1·100)/4 = 62.5;
    # price 60 is half way: 50. Total (30·62.5 + 70·50)/100 = 53.75.
    assert table.loc["AZ01", "cooling_score"] == pytest.approx(62.5)
    assert table.loc["AZ01", "power_score"] == pytest.approx(50.0)
    assert table.loc["AZ01", "score"] == pytest.approx(53.75)


def test_log_scale_gives_equal_ratios_equal_worth() -> None:
    hours = Criterion(
        metric="isolation_h_per_year",
        group="power",
        weight=1,
        best=0.1,
        worst=100,
        scale="log",
    )
    worth = value(hours, np.array([0.01, 0.1, 1.0, 10.0, 100.0, 1e4]))
    assert worth == pytest.approx([100, 100, 200 / 3, 100 / 3, 0, 0])


@given(
    st.floats(-1e6, 1e6), st.floats(-100, 100), st.floats(-100, 100), st.floats(0, 10)
)
def test_value_is_monotone_and_bounded(
    x: float, best: float, worst: float, step: float
) -> None:
    if best == worst:
        return
    scale = Criterion(metric="m", group="g", weight=1, best=best, worst=worst)
    toward = x + step * np.sign(best - worst)
    low, high = value(scale, np.array([x, toward]))
    assert 0 <= low <= high + 1e-9 <= 100 + 1e-9


def test_an_absent_number_is_unscored_and_never_an_average() -> None:
    table = rank(evaluation(derate_pct=[np.nan, 3.0, 0.0]), TASTE).table
    row = table.set_index("site_id").loc["AZ01"]
    assert row["cooling_score"] == pytest.approx(50.0)
    assert row["cooling_coverage_pct"] == pytest.approx(75.0)


def test_below_the_coverage_asked_for_the_total_is_absent_and_last() -> None:
    table = rank(evaluation(pue_annual=[np.nan, 1.1, 1.05]), TASTE).table
    row = table.set_index("site_id").loc["AZ01"]
    assert np.isnan(row["cooling_score"])
    assert np.isnan(row["score"])
    assert np.isnan(row["rank"])
    assert table["site_id"].iloc[-1] == "AZ01"


def test_a_criterion_the_model_does_not_compute_is_dropped_and_named() -> None:
    ghost = Criterion(metric="ghost", group="power", weight=9, best=0, worst=1)
    with_ghost = replace(TASTE, criteria=(*TASTE.criteria, ghost))
    assert rank(evaluation(), with_ghost).not_computed == ("ghost",)
    scores = rank(evaluation(), with_ghost).table["score"]
    assert scores.equals(rank(evaluation(), TASTE).table["score"])


def test_gates_keep_the_site_and_give_every_reason() -> None:
    gates = Gates(min_served_pct=80, max_seismic_msk=8, min_border_km=50)
    changed = evaluation(
        served_pct=[40.0, 100.0, 100.0],
        mines_class=["contaminated_district", "none_known", "cleared"],
    )
    table = rank(changed, replace(TASTE, gates=gates)).table.set_index("site_id")
    assert (
        table.loc["AZ01", "excluded_because"]
        == f"delivers 40 % of the MW asked for, less than 80 %; {MINED}"
    )
    assert "seismic zone 9 above 8" in table.loc["AZ26", "excluded_because"]
    assert "30 km from a state border" in table.loc["AZ26", "excluded_because"]
    assert table.loc["AZ23", "rank"] == 1
    assert np.isnan(table.loc["AZ01", "rank"])


def test_a_limit_whose_datum_is_absent_excludes_nothing() -> None:
    changed = evaluation(seismic_msk=[np.nan] * 3, border_min_km=[np.nan] * 3)
    strict = replace(TASTE, gates=Gates(max_seismic_msk=6, min_border_km=400))
    assert (rank(changed, strict).table["excluded_because"] == "").all()


@pytest.mark.parametrize(
    ("order", "first"),
    [("score", "AZ23"), ("lcoc", "AZ23"), ("npv", "AZ23"), ("irr", "AZ23")],
)
def test_order_by(order: str, first: str) -> None:
    table = rank(evaluation(), replace(TASTE, order_by=order)).table  # type: ignore[arg-type]
    assert table["site_id"].iloc[0] == first


def test_order_by_irr_puts_an_absent_irr_last() -> None:
    table = rank(evaluation(), replace(TASTE, order_by="irr")).table
    assert table["site_id"].iloc[-1] == "AZ26"
    assert np.isnan(table["rank"].iloc[-1])


@given(
    st.lists(st.floats(1.0, 1.5), min_size=3, max_size=3), st.permutations([0, 1, 2])
)
def test_scores_do_not_depend_on_the_company_or_the_order(
    pue: list[float], order: list[int]
) -> None:
    full = evaluation(pue_annual=pue)
    scores = rank(full, TASTE).table.set_index("site_id")["score"]
    shuffled = rank(full.isel(site=order), TASTE).table
    assert shuffled.equals(rank(full, TASTE).table)
    fewer = rank(full.isel(site=order[:2]), TASTE).table.set_index("site_id")["score"]
    assert (fewer == scores[fewer.index]).all()


def test_the_mines_gate_excludes_the_districts_not_cleared(base: xr.Dataset) -> None:
    table = rank(base, load_scenario("base").preferences).table.set_index("site_id")
    mined = table["excluded_because"].str.contains("mines")
    assert sorted(table.index[mined]) == ["AZ29", "AZ30", "AZ31", "AZ32"]
    lifted = load_scenario("base", ["preferences.gates.exclude_mined=false"])
    free = rank(base, lifted.preferences).table
    assert not free["excluded_because"].str.contains("mines").any()
