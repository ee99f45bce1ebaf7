"""Doubt: 10,000 draws of the whole cash flow, and weights against a public library.

Run by hand: ``python benchmarks/bench_doubt.py``. The peer of the weights, `pymcdm`, is
an extra of the tests.
"""

import resource
import time

import numpy as np
from pymcdm.helpers import rankdata
from pymcdm.methods import SAW

from data import load_world
from siting.doubt.outcomes import outcomes
from siting.doubt.study import basis_of, doubt, draw
from siting.doubt.weights import acceptance, draw_weights, ranks, scores
from siting.loading import load_scenario
from siting.ranking import rank
from siting.trunk import evaluate

DRAWS = 10_000
WEIGHTS = 100_000
LOOPED = 2_000
"""Weight draws the library is timed on; the rest by proportion."""


def timed(work):
    """Return the seconds a call takes, and what it gives."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def cash_flow(sites, scenario, world):
    """Time the draws."""
    first, basis = timed(lambda: basis_of(sites, scenario, world))
    again, _ = timed(lambda: basis_of(sites, scenario, world))
    print(f"responses of the rooms: {first:.1f} s, found again {again:.1f} s")
    drawing, drawn = timed(lambda: draw(basis, DRAWS, 0))
    took, _ = timed(lambda: outcomes(basis, drawn))
    out = np.zeros(len(sites), dtype=bool)
    whole, _ = timed(lambda: doubt(basis, out, DRAWS, 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{DRAWS} draws × {len(sites)} sites: numbers {drawing:.1f} s, designs, cash "
        f"flow, debt and score {took:.1f} s, all with odds {whole:.1f} s; {peak:.2f} GB"
    )


def weights(ranking):
    """Time the weights, and check that the library ranks alike."""
    took, accepted = timed(lambda: acceptance(ranking, WEIGHTS))
    n, m = len(accepted.sites), len(accepted.criteria)
    print(f"{WEIGHTS} weights × {n} sites × {m} criteria: {took:.2f} s")
    preferences = ranking.preferences
    criteria = [c for c in preferences.criteria if c.metric in ranking.values]
    values = ranking.values.loc[accepted.sites, list(accepted.criteria)].to_numpy()
    rng = np.random.default_rng(0)
    drawn = draw_weights(preferences, tuple(criteria), LOOPED, rng)
    method = SAW(normalization_function=None)
    types = np.ones(m)
    loop, theirs = timed(
        lambda: [rankdata(method(values, w, types), reverse=True) for w in drawn]
    )
    group = np.array(
        [sorted({c.group for c in criteria}).index(c.group) for c in criteria]
    )
    ours = ranks(scores(values, drawn, group))
    same = (np.array(theirs) == ours).all(axis=1).mean()
    ratio = loop / LOOPED * WEIGHTS / took
    print(
        f"pymcdm, {LOOPED} in a loop: {loop:.2f} s, {ratio:.0f} × ours by proportion; "
        f"{same:.2%} of the orders the same"
    )


def main():
    """Run both parts."""
    world = load_world()
    scenario, sites = load_scenario("base"), world.tables["sites"]
    cash_flow(sites, scenario, world)
    evaluation = evaluate(sites, scenario, world)
    weights(rank(evaluation, scenario.preferences))


if __name__ == "__main__":
    main()
