"""Doubt: 10,000 draws of the whole cash flow, and weights against a public library.

Run by hand: ``python benchmarks/bench_doubt.py``. The peer of the weights, `pymcdm`, is
an extra of the tests.
"""

import resource
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM

from data import load_world
from siting import appraisal
from siting.doubt.outcomes import BLOCK, WORKERS, outcomes
from siting.doubt.study import basis_of, doubt, draw
from siting.doubt.weights import acceptance, draw_weights, ranks, scores
from siting.finance import appraise_cash
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


def cash_alone(basis, drawn):
    """Run the cash flow of so many draws, its inputs at hand, on two threads."""
    given = {}

    def keep(*asked):
        given["asked"] = asked
        return appraise_cash(*asked)

    appraisal.appraise_cash = keep
    outcomes(basis, drawn.part(slice(0, BLOCK)))
    appraisal.appraise_cash = appraise_cash
    blocks = range(0, drawn.count, BLOCK)
    with ThreadPoolExecutor(WORKERS) as pool:
        return sum(
            pool.map(lambda _: appraise_cash(*given["asked"]).years.size, blocks)
        )


def cash_flow(sites, scenario, world):
    """Time the draws."""
    first, basis = timed(lambda: basis_of(sites, scenario, world))
    again, _ = timed(lambda: basis_of(sites, scenario, world))
    print(f"responses of the rooms: {first:.1f} s, found again {again:.1f} s")
    drawing, drawn = timed(lambda: draw(basis, DRAWS, 0))
    took, _ = timed(lambda: outcomes(basis, drawn))
    alone, _ = timed(lambda: cash_alone(basis, drawn))
    out = np.zeros(len(sites), dtype=bool)
    whole, _ = timed(lambda: doubt(basis, out, DRAWS, 0))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{DRAWS} draws × {len(sites)} sites: numbers {drawing:.1f} s, designs, cash "
        f"flow, debt and score {took:.1f} s (the cash flow and debt alone {alone:.1f} s), "
        f"all with odds {whole:.1f} s; {peak:.2f} GB"
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
    method = WSM(lambda column, cost=False: column)  # values are on one scale already
    types = np.ones(m)
    loop, theirs = timed(lambda: [rrankdata(method(values, w, types)) for w in drawn])
    bare, _ = timed(
        lambda: [rrankdata(method(values, w, types, validation=False)) for w in drawn]
    )
    group = np.array(
        [sorted({c.group for c in criteria}).index(c.group) for c in criteria]
    )
    ours = ranks(scores(values, drawn, group))
    same = (np.array(theirs) == ours).all(axis=1).mean()
    as_called, unchecked = (t / LOOPED * WEIGHTS / took for t in (loop, bare))
    print(
        f"pymcdm, {LOOPED} in a loop: {loop:.2f} s, {as_called:.0f} × ours by proportion "
        f"({unchecked:.0f} × with its checks off); {same:.2%} of the orders the same"
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
