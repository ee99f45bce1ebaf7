"""What is enumerated: cooling system × tariff class × connection."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from siting.supply.costs import contract_usd_per_mw, works_usd_per_year
from siting.supply.inputs import Inputs

CLASSES: Final = ("industrial", "data_centre")
ISLAND: Final = ""
"""Connection of a campus without one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One way to cool, connect and be billed at one site."""

    site: str
    system: str
    tariff_class: str
    option: str
    """Connection, or `ISLAND`."""


def pairs_of(given: Inputs, site: str, system: str) -> list[Pair]:
    """Return every pair of a cooling system that could be the cheapest.

    A connection is left out if another carries as much for no more and is billed no
    worse. The data-centre class needs its voltage, and that the row stands.
    """
    stands = given.scenario.power.data_centre_tariff
    least_kv = given.a.power.tariff_data_centre_min_kv
    kv = given.facts["connection_kv"].to_series()
    return [
        Pair(site, system, kind, option)
        for option in connections(given, site, system)
        for kind in CLASSES
        if kind == "industrial" or (option and stands and kv[option] >= least_kv)
    ]


def connections(given: Inputs, site: str, system: str) -> list[str]:
    """Return the connections none of the others betters, that of most MW first."""
    own = given.facts.sel(site=site)
    at = own.sel(system=system)
    mw = at["contract_mw"].to_series()
    offered = [str(option) for option in mw.index[mw > 0.0]]
    if not given.scenario.supply.grid or not offered:
        return [ISLAND]
    least_kv = given.a.power.tariff_data_centre_min_kv
    terms = {
        option: (
            -float(mw[option]),
            fixed_usd(given, at, option),
            float(own["connection_kv"].sel(option=option)) < least_kv,
        )
        for option in offered
    }
    ordered = sorted(offered, key=lambda option: terms[option])
    kept: list[str] = []
    for option in ordered:
        if not any(
            all(b <= o for b, o in zip(terms[better], terms[option], strict=True))
            for better in kept
        ):
            kept.append(option)
    return kept


def firm_room(own: xr.Dataset, option: str, need_mw: float) -> float:
    """Return the most a connection can be contracted for [MW].

    The substation's firm MW, and what the circuits ordered for the need carry.
    """
    at = own.sel(option=option)
    firm, circuit = float(at["firm_mw"]), float(at["circuit_mw"])
    return min(firm, circuit * max(1.0, float(np.ceil(min(need_mw, firm) / circuit))))


def fixed_usd(given: Inputs, at: xr.Dataset, option: str) -> float:
    """Return the yearly cost of a connection that its contract does not move [USD]."""
    tied = at.sel(option=option)
    works = works_usd_per_year(float(tied["connection_capex_usd"]), given.a.finance)
    return works - float(tied["contract_mw"]) * contract_usd_per_mw(given.a)


def standing(given: Inputs, pair: Pair) -> dict[str, float]:
    """Return the yearly costs that no hour decides [USD]."""
    own, a = given.facts.sel(site=pair.site), given.a
    at = own.sel(system=pair.system)
    tied = pair.option != ISLAND
    m3 = float(at["water_m3_per_mw_year"]) * given.scenario.campus.mw
    return {
        "connection, fixed": fixed_usd(given, at, pair.option) if tied else 0.0,
        "meter": float(own["meter_usd_per_year"]) if tied else 0.0,
        "cooling plant": works_usd_per_year(float(at["cooling_capex_usd"]), a.finance),
        "water": m3 * a.campus.water_tariff_azn_per_m3 / a.power.azn_per_usd,
    }
