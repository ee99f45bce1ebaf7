"""From a site's hours and prices to the programme of its supply."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from siting.supply.case import Case, emissions, gas_usd_per_mwh, unclean
from siting.supply.costs import plant_usd_per_mw
from siting.supply.programme import FREE, GIVEN, Array, Limit, Programme

SHORT: Final = "short of "
"""How the elastic part of a limit is named: by how much the limit is missed."""
PENALTY: Final = {
    "firm power": 1e7,
    "carbon-free energy": 1e6,
    "emissions": 1e6,
    "energy served": 1e6,
    "imports of a month": 1e6,
}
"""Price of missing a limit by one unit: above anything a supply could cost [USD]."""
UNITS: Final = {
    "firm power": "MW",
    "carbon-free energy": "MWh/year",
    "emissions": "t/year",
    "energy served": "MWh/year",
    "imports of a month": "MWh",
}
BALANCE, CLEAN = (1.0, 0.0), (0.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One flow of the programme."""

    name: str
    cost: Array | float = 0.0
    row: tuple[float, float] = (0.0, 0.0)
    """What it adds to the balance, and to energy that is not carbon-free."""
    owner: str = ""
    """Capacity that bounds it; blank: none."""
    share: Array | float = 1.0
    """Bound per MW of the owner, or the bound itself where `given`."""
    given: bool = False
    moves: tuple[tuple[str, float], ...] = ()
    """Level it draws on and by how much."""
    level: bool = False


def sizes(case: Case) -> dict[str, tuple[float, float]]:
    """Return yearly price per MW and most MW of each capacity that may be built."""
    choices, usd = case.choices, plant_usd_per_mw(case.a)
    most = {
        name: np.inf if limit is None else limit
        for name, limit in {
            "solar": choices.solar_mw,
            "wind": choices.wind_mw,
            "gas": choices.gas_mw,
            "battery": choices.battery_mw,
        }.items()
    }
    built = {n for n in choices.technologies if most[n] > 0.0}
    if not case.solar.any():
        built -= {"solar"}
    if not case.wind.any():
        built -= {"wind"}
    if _clean_only(case):
        built -= {"gas"}
    found = {"contract": (case.contract_usd_per_mw, case.contract_mw)}
    if not choices.grid or case.contract_mw <= 0.0:
        found = {}
    found |= {n: (usd[n], most[n]) for n in ("solar", "wind", "gas") if n in built}
    if "battery" in built:
        found["battery power"] = usd["battery power"], most["battery"]
        found["battery energy"] = usd["battery energy"], np.inf
    return found


def _clean_only(case: Case) -> bool:
    """Return whether nothing but carbon-free energy may flow."""
    return case.choices.carbon_free_pct >= 100.0 or case.choices.carbon_t_per_year == 0


def _hourly(case: Case) -> bool:
    """Return whether every hour has a carbon-free share of its own to keep."""
    return case.choices.carbon_free_hourly and 0.0 < case.choices.carbon_free_pct < 100


def programme(case: Case) -> Programme:
    """Return the programme of a case.

    Minimise capacity at its yearly price, grid energy at the hourly tariff, fuel,
    CO2 and energy not served, subject to the balance of each hour, what the plants
    give, the stores, and the limits of the year. Each limit may be missed at a price
    no supply reaches, so that what cannot be met is told by how much.
    """
    built = sizes(case)
    parts = list(_parts(case, built))
    limits = list(_limits(case, built, parts))
    names = [*built, *(SHORT + name for name, _, _ in limits)]
    price = [usd for usd, _ in built.values()]
    price += [PENALTY[kind(name)] for name, _, _ in limits]
    most = [mw for _, mw in built.values()] + [np.inf] * len(limits)
    hours = case.load.size
    levels = [part.name for part in parts if part.level]
    moves = np.zeros((len(levels), len(parts)))
    for i, part in enumerate(parts):
        for level, by in part.moves:
            moves[levels.index(level), i] = by
    rows = np.array([part.row for part in parts]).T
    clean = (1.0 - case.choices.carbon_free_pct / 100.0) * case.load
    rows = rows if _hourly(case) else rows[:1]
    need = np.array([case.load, clean])
    full = np.ones(hours)
    return Programme(
        flows=tuple(part.name for part in parts),
        cost=np.array([part.cost * full for part in parts]) / case.years,
        rows=rows,
        need=need[: len(rows)],
        levels=tuple([part.name for part in parts].index(name) for name in levels),
        moves=moves,
        owner=np.array([_owner(part, names) for part in parts], dtype=np.intp),
        share=np.array([part.share * full for part in parts]),
        capacities=tuple(names),
        price=np.array(price),
        most=np.array(most),
        limits=tuple(
            _limit(row, names, len(built) + i) for i, row in enumerate(limits)
        ),
    )


def kind(name: str) -> str:
    """Return what kind of limit a name stands for: months share one."""
    return "imports of a month" if name.startswith("imports") else name


def _owner(part: Part, names: list[str]) -> int:
    if part.given:
        return GIVEN
    return names.index(part.owner) if part.owner else FREE


def _parts(case: Case, built: dict[str, tuple[float, float]]) -> Iterator[Part]:
    """Yield the flows of a case."""
    co2, dirty, a = emissions(case), unclean(case), case.a.supply
    tax = case.choices.carbon_usd_per_t
    if "contract" in built:
        bought, row = case.price + tax * co2["grid"], (1.0, dirty["grid"])
        shut = 0.0 if _clean_only(case) else 1.0
        yield Part("grid", bought, row, "contract", shut)
    if "solar" in built:
        yield Part("solar", 0.0, BALANCE, "solar", case.solar)
    if "wind" in built:
        yield Part("wind", 0.0, BALANCE, "wind", case.wind)
    if "gas" in built:
        cost = gas_usd_per_mwh(case) + tax * co2["gas"]
        yield Part("gas", cost, (1.0, dirty["gas"]), "gas", a.gas_available_pct / 100.0)
    if "battery power" in built:
        way = np.sqrt(a.battery_efficiency_pct / 100.0)
        power, level = "battery power", "stored"
        yield Part("charge", 0.0, (-1.0, 0.0), power, 1.0, moves=((level, -way),))
        yield Part("discharge", 0.0, BALANCE, power, 1.0, moves=((level, 1.0 / way),))
        yield Part(level, owner="battery energy", level=True)
    if case.choices.flexible_pct > 0.0:
        yield from _flexible(case)
    yield Part("unserved", a.voll_usd_per_mwh, BALANCE)
    if _hourly(case):
        yield Part("cleaner than asked", 0.0, CLEAN)


def _flexible(case: Case) -> Iterator[Part]:
    """Yield the load that pauses, what it owes, and its catching up by midnight."""
    last = case.midnight.copy()
    last[-1] = True
    paused = case.choices.flexible_pct / 100.0 * case.load
    owed = "owed"
    yield Part("paused", 0.0, BALANCE, share=paused, given=True, moves=((owed, -1.0),))
    yield Part(
        "caught up",
        0.0,
        (-1.0, 0.0),
        share=case.spare,
        given=True,
        moves=((owed, 1.0),),
    )
    yield Part(owed, share=np.where(last, 0.0, 1.0), level=True)


Row = tuple[str, tuple[list[tuple[int, Array]], dict[str, float]], float]
"""Name, weights of flows and of capacities, and bound of a limit."""


def _limits(
    case: Case, built: dict[str, tuple[float, float]], parts: list[Part]
) -> Iterator[Row]:
    """Yield name, weights of flows and capacities, and bound of each limit."""
    at = {part.name: i for i, part in enumerate(parts)}
    full, choices = np.ones(case.load.size) / case.years, case.choices
    energy = case.load.sum() / case.years

    def weighed(by: dict[str, float]) -> list[tuple[int, Array]]:
        return [(at[n], w * full) for n, w in by.items() if n in at]

    sure = {"contract": 1.0, "gas": case.a.supply.gas_available_pct / 100.0}
    counted = {name: -sure[name] for name in built if name in sure}
    yield "firm power", ([], counted), -case.need_mw
    share = choices.carbon_free_pct / 100.0
    if 0.0 < share < 1.0 and not choices.carbon_free_hourly:
        rest = (1.0 - share) * energy
        yield "carbon-free energy", (weighed(unclean(case)), {}), rest
    if choices.carbon_t_per_year:
        cap = choices.carbon_t_per_year
        yield "emissions", (weighed(emissions(case)), {}), cap
    most = choices.unserved_pct / 100.0 * energy
    yield "energy served", (weighed({"unserved": 1.0}), {}), most
    if case.month_mwh > 0.0 and "grid" in at:
        for month in range(int(case.month.max()) + 1):
            inside = np.where(case.month == month, -1.0, 0.0)
            name = f"imports of month {month + 1}"
            yield name, ([(at["grid"], inside)], {}), -case.month_mwh


def _limit(row: Row, names: list[str], elastic: int) -> Limit:
    """Return a limit that its elastic part may relax."""
    name, (weights, capacities), bound = row
    on = np.zeros(len(names))
    for capacity, weight in capacities.items():
        on[names.index(capacity)] = weight
    on[elastic] = -1.0
    return Limit(name, tuple(weights), on, bound)
