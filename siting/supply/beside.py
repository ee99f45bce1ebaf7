"""A design beside the grid alone, row by row."""

import xarray as xr

from siting.supply.design import Design
from siting.supply.inputs import Inputs
from siting.texts import cell
from siting.trunk import utilisation

MILLION = 1e6
LEAST_MW = 0.05
"""Size below which a plant is shown as none."""
LEAST_USD = 50.0
"""Cost below which a line is left out [USD/year]."""


def side_by_side(
    given: Inputs, alone: xr.Dataset, site: str, best: Design
) -> list[list[str]]:
    """Return the design and the cheapest cooling on the grid alone.

    Sizes, the lines of a year's cost in million USD, and what comes of it.
    """
    own = alone.sel(site=site)
    own = own.sel(system=own["usd_per_year"].fillna(1e300).idxmin("system"))
    system = str(own["system"].item())
    need = float(given.facts["need_mw"].sel(site=site, system=system))
    rows = [
        ["", "design", "grid alone"],
        ["cooling", best.pair.system, system],
        ["tariff class", best.pair.tariff_class, str(own["tariff_class"].item())],
        *_sizes(best, need),
        *_costs(best.lines, _grid_lines(own)),
        *_outcome(given, best, own),
    ]
    return rows if best.pair.option else [row[:2] for row in rows]


def _sizes(best: Design, need_mw: float) -> list[list[str]]:
    rows = []
    for name, size in best.capacity().items():
        unit = "MWh" if name == "battery energy" else "MW"
        other = cell(need_mw, 1) if name == "contract" else "–"
        ours = "–" if size < LEAST_MW else cell(size, 1)
        rows.append([f"{name} {unit}", ours, other])
    return rows


def _grid_lines(own: xr.Dataset) -> dict[str, float]:
    named = {
        "grid energy": "energy_usd",
        "connection": "connection_usd",
        "meter": "meter_usd",
        "carbon price": "carbon_usd",
        "cooling plant": "cooling_usd",
        "water": "water_usd",
    }
    return {line: float(own[name]) for line, name in named.items()}


def _costs(lines: dict[str, float], theirs: dict[str, float]) -> list[list[str]]:
    """Return the cost lines; a connection's fixed and contracted parts as one."""
    tied = ("connection, fixed", "grid contract")
    ours = {name: usd for name, usd in lines.items() if name not in tied}
    ours["connection"] = sum(lines.get(name, 0.0) for name in tied)
    pairs = {
        name: (ours.get(name, 0.0), theirs.get(name, 0.0))
        for name in dict.fromkeys([*ours, *theirs])
    }
    return [
        [f"{name}, M USD a year", *(cell(usd / MILLION, 3) for usd in both)]
        for name, both in pairs.items()
        if max(both) >= LEAST_USD
    ]


def _outcome(given: Inputs, best: Design, own: xr.Dataset) -> list[list[str]]:
    campus = given.scenario.campus
    energy = 8760.0 * campus.mw * utilisation(given.scenario, given.a)
    totals = best.usd_per_year, float(own["usd_per_year"])
    short = best.missed.get("firm power", 0.0), max(float(own["short_mw"]), 0.0)
    figures: dict[str, tuple[tuple[float, float], int]] = {
        "all, M USD a year": ((totals[0] / MILLION, totals[1] / MILLION), 3),
        "USD per MWh of IT": ((totals[0] / energy, totals[1] / energy), 1),
        "t CO2 a year": ((best.carbon_t(), float(own["carbon_t"])), 0),
        "carbon-free %": ((best.carbon_free_pct(), float(own["carbon_free_pct"])), 1),
        "unserved MWh a year": ((best.energy()["unserved"], 0.0), 0),
        "firm MW short": (short, 0),
    }
    return [
        [name, *(cell(value, digits) for value in both)]
        for name, (both, digits) in figures.items()
    ]
