"""The calibration: what is kept did serve the peak."""

from dataclasses import replace

import numpy as np
import pytest

from data.choices import BuildOut
from data.faults import InputError
from grid.electricity.network.calibration import calibrate
from grid.electricity.network.case import case
from grid.electricity.network.flow import ptdf


def test_some_networks_serve_the_peak_and_most_do_not(fitted):
    assert 0 < fitted.accepted_pct < fitted.intact_pct < 20
    assert len(fitted.kept) > 0
    assert "ABS-MUS-220-1" in fitted.pockets


def test_what_is_kept_bears_the_record_peak(shipped, kept):
    then = case(
        shipped.built(BuildOut(policy="in_service")),
        2025,
        kept,
        np.full(kept.count, 4871.0),
    )
    factors = ptdf(then.network.incident, then.drawn.susceptance)
    flow = (factors @ then.states["summer"].injection_mw[..., None])[..., 0]
    assert (np.abs(flow) <= then.drawn.circuits * then.each_mw["summer"] + 1e-6).all()


def test_counts_are_chances(fitted):
    chances = fitted.counts[["p_1", "p_2", "p_3", "p_4"]]
    lines = ~fitted.counts.index.str.contains("transformers")
    assert chances[lines].sum(axis=1).to_numpy() == pytest.approx(1)


def test_a_peak_no_network_serves_is_a_fault(shipped, known):
    wild = replace(known, a=replace(known.a, network_peak_mw=40_000.0), draws=200)
    with pytest.raises(InputError, match="0 of 200 networks"):
        calibrate(shipped, wild)
