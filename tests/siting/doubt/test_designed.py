"""Designed draws: what is set is set where it was asked for, the rest stays."""

from dataclasses import replace

import numpy as np
import pytest

from siting.doubt.designed import Case, designed, only
from siting.doubt.draws import Unknown
from siting.doubt.outcomes import Basis, outcomes
from siting.loading import load_scenario

NAME = "finance.wacc_pct"


def test_a_case_sets_its_number_everywhere_or_at_one_site(
    basis: Basis, numbers: list[Unknown]
) -> None:
    cases = [Case(), Case({NAME: 9.0}), Case({NAME: 9.0}, site=2)]
    told = designed(basis, numbers, cases)
    usual = next(n.value for n in numbers if n.name == NAME)
    np.testing.assert_array_equal(
        told.values[NAME].to_numpy(),
        [[usual] * 5, [9.0] * 5, [usual, usual, 9.0, usual, usual]],
    )
    for number in numbers:
        if number.name != NAME:
            assert (told.values[number.name] == number.value).all()


def test_networks_and_events_are_those_of_the_case(
    basis: Basis, numbers: list[Unknown]
) -> None:
    cases = [Case(), Case(network=0.1), Case(event="licence_late")]
    told = designed(basis, numbers, cases)
    assert told.network[:, 0].tolist() == [0.5, 0.1, 0.5]
    assert told.happens["licence_late"].tolist() == [False, False, True]
    assert not told.happens["georgia_closed"].any()
    assert told.count == 3


@pytest.mark.parametrize(("network", "quantile"), [("p10", 0.1), ("p90", 0.9)])
def test_the_usual_network_is_that_of_the_scenario(
    network: str, quantile: float, basis: Basis, numbers: list[Unknown]
) -> None:
    asked = load_scenario("base", [f"power.network={network}"])
    other = replace(basis, centre=replace(basis.centre, scenario=asked))
    told = designed(other, numbers, [Case()])
    assert (told.network == quantile).all()


def test_some_sites_alone_have_the_outcomes_they_have_among_all(
    basis: Basis, numbers: list[Unknown]
) -> None:
    cases = [Case(), Case({NAME: 12.0}), Case(event="georgia_closed")]
    pair = only(basis, ["AZ25", "AZ01"])
    alone = outcomes(pair, designed(pair, numbers, cases))
    whole = outcomes(basis, designed(basis, numbers, cases))
    assert alone["site"].to_numpy().tolist() == ["AZ25", "AZ01"]
    for name in alone:
        np.testing.assert_allclose(
            alone[name].to_numpy(), whole[name].to_numpy()[:, [2, 0]], rtol=1e-12
        )
