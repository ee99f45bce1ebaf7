"""Supply designs: ours against HiGHS and PyPSA on the same year, and how long all takes.

Run: ``python benchmarks/bench_design.py [SITE …]``. The same problem is solved by the
structured interior point, by HiGHS on our matrix through scipy, and, with PyPSA
installed, by a network PyPSA builds and solves itself; the costs must agree to 1e-4.
Then every shipped site with every cooling system: the grid alone, and with supply on
site. Processor seconds stand beside wall seconds: another run may be beside this one.
"""

import logging
import resource
import sys
import warnings
from collections import Counter
from importlib.util import find_spec
from time import perf_counter, process_time

import pandas as pd

from data import load_world
from siting.loading import load_scenario
from siting.supply.build import programme
from siting.supply.case import case_of, gas_usd_per_mwh, unclean
from siting.supply.costs import plant_usd_per_mw
from siting.supply.design import designs
from siting.supply.grid_only import grid_only
from siting.supply.inputs import inputs_of
from siting.supply.interior import interior
from siting.supply.pairs import pairs_of
from siting.supply.referee import referee

SITES = ("AZ01", "AZ20", "AZ36")
SHARE = 70.0


def timed(function):
    wall, cpu = perf_counter(), process_time()
    found = function()
    return found, perf_counter() - wall, process_time() - cpu


def network(case):
    """The case as a PyPSA network. A link's size counts what it takes in."""
    import pypsa  # noqa: PLC0415 - an extra

    usd, s = plant_usd_per_mw(case.a), case.a.supply
    way = (s.battery_efficiency_pct / 100.0) ** 0.5
    hours = pd.date_range("2029-01-01", periods=case.load.size, freq="h")
    n = pypsa.Network(snapshots=hours)
    n.add("Bus", ["campus", "cells"])
    n.add("Load", "load", bus="campus", p_set=pd.Series(case.load, hours))

    def plant(name, price, running, **more):
        n.add(
            "Generator",
            name,
            bus="campus",
            p_nom_extendable=True,
            capital_cost=price,
            marginal_cost=running,
            **more,
        )

    price = pd.Series(case.price, hours)
    plant("grid", case.contract_usd_per_mw, price, p_nom_max=case.contract_mw)
    plant("solar", usd["solar"], 0.0, p_max_pu=pd.Series(case.solar, hours))
    plant("wind", usd["wind"], 0.0, p_max_pu=pd.Series(case.wind, hours))
    sure = s.gas_available_pct / 100.0
    plant("gas", usd["gas"], gas_usd_per_mwh(case), p_max_pu=sure)
    plant("unserved", 0.0, s.voll_usd_per_mwh)
    n.add(
        "Link",
        "charge",
        bus0="campus",
        bus1="cells",
        efficiency=way,
        p_nom_extendable=True,
        capital_cost=usd["battery power"],
    )
    n.add(
        "Link",
        "discharge",
        bus0="cells",
        bus1="campus",
        efficiency=way,
        p_nom_extendable=True,
    )
    n.add(
        "Store",
        "battery",
        bus="cells",
        e_nom_extendable=True,
        e_cyclic=True,
        capital_cost=usd["battery energy"],
    )
    return n


def limited(case):
    """What PyPSA has no word for: inverters both ways, firm power, energy limits."""
    s = case.a.supply
    way = (s.battery_efficiency_pct / 100.0) ** 0.5
    energy = case.load.sum()

    def more(n, _):
        size, link = (n.model.variables[f"{k}-p_nom"] for k in ("Generator", "Link"))
        made = n.model.variables["Generator-p"].sum("snapshot")
        n.model.add_constraints(
            link.loc["charge"] - way * link.loc["discharge"] == 0, name="inverter"
        )
        firm = size.loc["grid"] + s.gas_available_pct / 100.0 * size.loc["gas"]
        n.model.add_constraints(firm >= case.need_mw, name="firm")
        dirty = sum(by * made.loc[name] for name, by in unclean(case).items())
        n.model.add_constraints(dirty <= (1 - SHARE / 100.0) * energy, name="clean")
        lost = case.choices.unserved_pct / 100.0 * energy
        n.model.add_constraints(made.loc["unserved"] <= lost, name="lost")

    return more


def pypsa_cost(case):
    n = network(case)
    status = n.optimize(
        solver_name="highs",
        progress=False,
        extra_functionality=limited(case),
        solver_options={
            "solver": "ipm",
            "run_crossover": "off",
            "threads": 1,
            "output_flag": False,
        },
    )
    assert status[0] == "ok", status
    return float(n.objective)


def compared(given, site: str) -> None:
    case = case_of(given, pairs_of(given, site, "liquid_dry")[0])
    p, wall, _ = timed(lambda: programme(case))
    ours, fast, cpu = timed(lambda: interior(p, 1e-7, 600.0))
    print(
        f"{site}: built in {wall:.3f} s; interior point {fast:.2f} s ({cpu:.2f} s of "
        f"processor, {ours.steps} steps, {ours.status}), {ours.objective:,.0f} USD"
    )
    rivals = {"HiGHS": lambda: referee(p, 3600.0).objective}
    if find_spec("pypsa"):
        rivals["PyPSA, build and solve"] = lambda: pypsa_cost(case)
    for name, rival in rivals.items():
        cost, slow, own = timed(rival)
        print(
            f"  {name:24} {slow:7.1f} s ({own:.1f} s)  {own / cpu:5.0f} times  "
            f"relative difference {ours.objective / cost - 1.0:+.1e}",
            flush=True,
        )
        assert abs(ours.objective / cost - 1.0) < 1e-4


def everywhere(*sets: str) -> None:
    world = load_world()
    sites = world.tables["sites"]
    scenario = load_scenario("base", sets)
    given, wall, cpu = timed(lambda: inputs_of(sites, scenario, world))
    print(f"{' '.join(sets) or 'base'}: inputs {wall:.1f} s ({cpu:.1f} s)")
    alone, wall, cpu = timed(lambda: grid_only(given))
    pairs = int(alone["usd_per_year"].notna().sum())
    print(f"  grid alone, {len(sites)} sites × 5 systems: {wall:.3f} s ({cpu:.3f} s)")
    found, wall, cpu = timed(
        lambda: [d for s in sites.index for d in designs(given, s)]
    )
    how = Counter((d.solution.solver, d.solution.status) for d in found)
    steps = [d.solution.steps for d in found]
    print(
        f"  with supply, all {pairs} pairs: {wall:.1f} s ({cpu:.1f} s), {dict(how)}, "
        f"steps {min(steps)}–{max(steps)}, mean {sum(steps) / len(steps):.0f}",
        flush=True,
    )


def main() -> None:
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")  # PyPSA tells of its next version
    world = load_world()
    chosen = sys.argv[1:] or list(SITES)
    scenario = load_scenario("base", [f"supply.carbon_free_pct={SHARE}"])
    given = inputs_of(world.tables["sites"].loc[chosen], scenario, world)
    everywhere("campus.workload=colocation")
    everywhere("supply.carbon_free_pct=90")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    print(f"most memory so far {peak:.0f} MB")
    for site in chosen:
        compared(given, site)


if __name__ == "__main__":
    main()
