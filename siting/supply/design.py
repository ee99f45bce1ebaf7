"""The least-cost supply of a site: cooling × tariff class × connection × plants.

The discrete parts are enumerated: each admissible cooling system under each tariff
class with each connection is one linear programme over every hour of the year, solved by the structured
interior point, by HiGHS where that stalls. Grid supply alone is closed form
(`grid_only`) and stands beside the result.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from siting.supply.build import SHORT, kind, programme
from siting.supply.case import Case, case_of, emissions, unclean
from siting.supply.grid_only import grid_only
from siting.supply.inputs import Inputs
from siting.supply.interior import interior
from siting.supply.lines import cost_lines
from siting.supply.pairs import Pair, pairs_of, standing
from siting.supply.programme import Array, Duals, Programme, Solution, proven
from siting.supply.referee import referee

GOOD_ENOUGH: Final = 1e-4
"""Gap up to which a stalled or timed-out point is kept rather than solved again."""
MISSED: Final = 1e-5
"""Part of the load, as MW or as energy, from which a limit counts as missed."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """One site with one cooling system under one tariff class."""

    pair: Pair
    case: Case
    programme: Programme
    solution: Solution
    supply: dict[str, float]
    """What the hours and plants cost in a year, line by line [USD]."""
    standing: dict[str, float]
    """What no hour decides [USD]."""
    missed: dict[str, float]
    """Limits that cannot be met, and by how much, in the unit of `UNITS`."""

    @property
    def lines(self) -> dict[str, float]:
        """Every dollar of a year [USD]; their sum is the cost."""
        return self.supply | self.standing

    @property
    def weighed(self) -> float:
        """Cost of a year with limits that are missed at their price [USD]."""
        return self.solution.objective + sum(self.standing.values())

    @property
    def usd_per_year(self) -> float:
        """Cost of a year [USD]."""
        return sum(self.lines.values())

    def capacity(self) -> dict[str, float]:
        """Return what is built [MW], the battery's energy [MWh]."""
        named = zip(self.programme.capacities, self.solution.capacity, strict=True)
        return {name: float(mw) for name, mw in named if not name.startswith(SHORT)}

    def energy(self) -> dict[str, float]:
        """Return the energy of each flow in a year [MWh], levels left out."""
        levels = {self.programme.flows[i] for i in self.programme.levels}
        total = self.solution.flow.sum(axis=1) / self.case.years
        named = zip(self.programme.flows, total, strict=True)
        return {name: float(mwh) for name, mwh in named if name not in levels}

    def worths(self) -> dict[str, float]:
        """Return what one more unit of each limit saves a year [USD].

        `contract`: a MW of firm grid; limits by their own names, carbon-free energy
        per percentage point of the year's energy.
        """
        p, found = self.programme, self.solution
        worth = {
            row.name: float(usd)
            for row, usd in zip(p.limits, found.duals.limit, strict=True)
        }
        if "carbon-free energy" in worth:
            point = self.case.load.sum() / self.case.years / 100.0
            worth["carbon-free energy"] *= point
        sized = zip(p.capacities, found.duals.room, strict=True)
        limited = dict(zip(p.capacities, np.isfinite(p.most), strict=True))
        return worth | {name: float(usd) for name, usd in sized if limited[name]}

    def carbon_t(self) -> float:
        """Return the CO2 of grid and engines in a year [t]."""
        energy = self.energy()
        return sum(t * energy.get(n, 0.0) for n, t in emissions(self.case).items())

    def carbon_free_pct(self) -> float:
        """Return the carbon-free part of the year's load [%]."""
        energy, load = self.energy(), self.case.load.sum() / self.case.years
        dirty = sum(w * energy.get(n, 0.0) for n, w in unclean(self.case).items())
        return float(100.0 * (1.0 - dirty / load))


def designs(given: Inputs, site: str) -> list[Design]:
    """Return the design of every admissible cooling system and tariff class.

    Each with the connection that makes it cheapest; the cheapest design that meets
    every limit comes first, then the others by cost.

    Parameters
    ----------
    given : Inputs
    site : str
        A site_id of the inputs.
    """
    made = [
        cheapest(given, [pair for pair in pairs if pair.tariff_class == kind_of])
        for pairs in (pairs_of(given, site, name) for name in usable(given, site))
        for kind_of in dict.fromkeys(pair.tariff_class for pair in pairs)
    ]
    return sorted(made, key=lambda d: (bool(d.missed), d.usd_per_year))


def best(given: Inputs, site: str) -> Design | None:
    """Return the cheapest design of a site, None if no cooling system suits it.

    The first of `designs`, with what cannot win left unsolved.
    """
    pairs = [p for name in usable(given, site) for p in pairs_of(given, site, name)]
    return cheapest(given, pairs) if pairs else None


def usable(given: Inputs, site: str) -> list[str]:
    """Return the cooling systems of a site, the cheapest on the grid alone first."""
    cost = grid_only(given)["usd_per_year"].sel(site=site).to_series()
    return [str(name) for name in cost.dropna().sort_values().index]


def cheapest(given: Inputs, pairs: list[Pair]) -> Design:
    """Return the cheapest of some pairs of one site.

    Cooling systems and connections change needs and sizes, not coefficients: the
    duals of those solved prove a least cost of the next (`programme.proven`), and a
    pair whose least cost is no better than the best so far is not solved. Exact to
    the solver's gap.
    """
    known: dict[str, list[Duals]] = {pair.tariff_class: [] for pair in pairs}
    chosen: Design | None = None
    for pair in pairs:
        p = programme(case_of(given, pair))
        proofs = [proven(p, duals) for duals in known[pair.tariff_class]]
        least = max(proofs, default=-np.inf) + sum(standing(given, pair).values())
        if chosen is not None and least >= chosen.weighed:
            continue
        made = design(given, pair)
        known[pair.tariff_class].append(made.solution.duals)
        if chosen is None or made.weighed < chosen.weighed:
            chosen = made
    assert chosen is not None, "no pairs to choose from"
    return chosen


def design(given: Inputs, pair: Pair) -> Design:
    """Return the least-cost supply of one pair."""
    case = case_of(given, pair)
    p = programme(case)
    found = solve(p, given.scenario.supply.gap, given.scenario.supply.time_limit_s)
    return Design(
        pair=pair,
        case=case,
        programme=p,
        solution=found,
        supply=cost_lines(case, p, found),
        standing=standing(given, pair),
        missed=missed(case, p, found),
    )


def solve(p: Programme, gap: float, seconds: float) -> Solution:
    """Return the optimum: interior point first, HiGHS if it did not get there.

    Whichever came closer to the proven bound is kept, with its gap and status.
    """
    found = interior(p, gap, seconds)
    if found.status == "optimal" or found.gap <= GOOD_ENOUGH:
        return found
    again = referee(p, seconds)
    return again if again.gap < found.gap else found


def missed(case: Case, p: Programme, found: Solution) -> dict[str, float]:
    """Return the limits that cannot be met and by how much.

    Months missing imports are summed.
    """
    mean = case.load.mean()
    least = {"firm power": mean * MISSED, "imports of a month": mean * 730.0 * MISSED}
    short: dict[str, float] = {}
    for name, by in zip(p.capacities, found.capacity, strict=True):
        if name.startswith(SHORT):
            which = kind(name.removeprefix(SHORT))
            short[which] = short.get(which, 0.0) + float(by)
    return {
        name: by
        for name, by in short.items()
        if by > least.get(name, mean * 8760.0 * MISSED)
    }


def redispatched(made: Design) -> Solution:
    """Return the year dispatched afresh by HiGHS with the capacities as designed.

    The full-year check of a design, by another solver on another programme: nothing
    but dispatch is left to decide.
    """
    return referee(fixed(made.programme, made.solution.capacity), 600.0)


def fixed(p: Programme, capacity: Array) -> Programme:
    """Return the programme with its plants built as they are; limits stay elastic."""
    held = np.array([not name.startswith(SHORT) for name in p.capacities])
    return replace(
        p,
        price=np.where(held, 0.0, p.price),
        most=np.where(held, capacity, p.most),
    )
