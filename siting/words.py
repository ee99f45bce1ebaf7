"""What the figures of a site mean, in words: what binds, what is untested, why not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from siting.scenario import Campus, Scenario

Row = Mapping[Any, Any]

UNTESTED = ("water supply", "fibre capacity")
"""Limits that no datum or model is at hand for at any site."""
NO_NETWORK = "network N-1 beyond the substation"
"""And that of a site whose network is not modelled, or not asked for."""


def words(told: xr.Dataset, scenario: Scenario) -> dict[str, tuple[str, np.ndarray]]:
    """Return the texts of every site.

    Parameters
    ----------
    told : Dataset
        The figures of the chosen designs, dim site.
    scenario : Scenario
        For what was asked.

    Returns
    -------
    dict of str to (dims, ndarray of str)
        `ready_date`, `date_driver`, `binding_constraint`, `unlock`, `not_tested`,
        `infeasible_because`, `study_items`, `tier_because`.
    """
    names = [
        str(name)
        for name, variable in told.data_vars.items()
        if variable.dims == ("site",)
    ]
    rows = pd.DataFrame({name: told[name].to_numpy() for name in names})
    rows = rows.assign(
        ready_date=ready_dates(rows["ready_months"], scenario.campus.decision_date)
    )
    records = [
        {**row, "date_driver": _date_driver(row)} for row in rows.to_dict("records")
    ]
    texts = [
        {
            "ready_date": row["ready_date"],
            "date_driver": row["date_driver"],
            "binding_constraint": _binding(row),
            "unlock": _unlock(row),
            "not_tested": _not_tested(row),
            "study_items": _study_items(row, scenario.campus),
            "tier_because": _tier(row),
            "infeasible_because": _infeasible(row, scenario.campus),
        }
        for row in records
    ]
    table = pd.DataFrame(texts)
    return {str(n): ("site", table[n].to_numpy(dtype=object)) for n in table}


def ready_dates(months: pd.Series, decision: date) -> pd.Series:
    """Return the month of first service as text, `2029-08`; blank when never.

    Parameters
    ----------
    months : Series
        Months from decision to first service [months]; part of a month counts whole.
    decision : date
        Day the investment is decided.
    """
    whole = np.ceil(months.fillna(0.0).to_numpy() - 1e-9).astype(int)
    start = np.datetime64(decision.isoformat(), "M")
    dates = pd.Series((start + whole).astype(str), months.index)
    return dates.where(months.notna(), "")


def _date_driver(row: Row) -> str:
    """Return what first service waits for longest."""
    if not row["it_mw"] > 0:
        return ""
    grid = {
        "study and permits of the connection": row["study_months"],
        "transformer and switchgear lead times": row["equipment_months"],
        "line works": row["line_works_months"],
        "the substation itself": row["upstream_months"],
    }
    waits = {
        max(grid, key=lambda what: grid[what]): row["months_to_power"],
        "permits and building": row["works_months"],
        "the equipment licence": row["licence_months"],
    }
    return max(waits, key=lambda what: waits[what])


def _limit(name: str, row: Row) -> str:
    """Return a limit as a reader would say it."""
    return {
        "asked": "the load asked for",
        "power": f"firm power at {row['substation_name']} {row['connection_kv']:.0f} kV"
        f"{_held_by(row)}",
        "cooling": "cooling on the design day",
        "land": f"free land of {row['land_free_ha']:.0f} ha",
    }[name]


def _held_by(row: Row) -> str:
    """Name the element of the network that holds a site, where it is the network."""
    if not row["firm_mw"] < row["transformer_firm_mw"]:
        return ""
    lost = row["grid_contingency"]
    when = "" if lost in ("", "none") else f" when {lost} is out"
    return f", held by {row['grid_binding']}{when}"


def _binding(row: Row) -> str:
    if not row["it_mw"] > 0:
        return ""
    held = _limit(row["binding"], row)
    if row["binding"] != "asked":
        return held
    if not np.isfinite(row["next_limit_mw"]):
        return held
    return f"{held} (next: {_limit(row['next_limit'], row)}, {row['next_limit_mw']:.0f} MW)"


def _unlock(row: Row) -> str:
    if not row["it_mw"] > 0:
        return ""
    if row["binding"] == "land":
        need = row["land_needed_ha"] / row["served_pct"] * 100.0
        return f"{need:.0f} ha would carry all of it"
    if row["binding"] == "power":
        softer = row["flexible_mw"] - row["firm_mw"]
        price = row["grid_shadow_price"] if _held_by(row) else np.nan
        worth = "" if np.isnan(price) else f"{price:.1f} MW for each MW more it bears; "
        return (
            f"no substation compared has more firm room; {worth}"
            f"{softer:.0f} MW more there if interruptible"
        )
    return (
        f"first service in {row['ready_months']:.0f} months waits for "
        f"{row['date_driver']} (power alone: {row['months_to_power']:.0f})"
    )


def _not_tested(row: Row) -> str:
    land = () if np.isfinite(row["land_mw"]) else ("land",)
    network = () if np.isfinite(row["grid_firm_mw_p50"]) else (NO_NETWORK,)
    return ", ".join((*land, *network, *UNTESTED))


def _study_items(row: Row, campus: Campus) -> str:
    """Return what only the connection study can answer; nothing of it is modelled."""
    if not row["it_mw"] > 0:
        return ""
    place = f"{row['substation_name']} {row['connection_kv']:.0f} kV"
    swings = (
        "steps of all accelerators at once"
        if campus.workload == "training"
        else "swings of demand"
    )
    return (
        f"ramps of {row['facility_mw']:.0f} MW ({swings}); reactive power and voltage "
        f"at {place}; flicker and harmonics there; short-circuit level and breakers "
        "there; voltage, transient and frequency stability"
    )


def _tier(row: Row) -> str:
    """Return why the second feed of the tier cannot be had; blank where it can."""
    if row["tier_met"] or not row["it_mw"] > 0:
        return ""
    if not row["second_substation_id"]:
        return (
            f"no second {row['connection_kv']:.0f} kV substation of its network is "
            f"known to live on when {row['substation_name']} is lost: one feed, "
            "with generators"
        )
    return (
        f"the second substation, {row['second_substation_name']}, carries "
        f"{row['second_feed_mw']:.0f} of {row['facility_mw']:.0f} MW: one feed, with "
        "generators"
    )


def _infeasible(row: Row, campus: Campus) -> str:
    reasons = []
    if not row["it_mw"] > 0:
        nothing = {
            "power": "no substation of its network has firm room",
            "cooling": row["inadmissible_because"] or "no cooling on the design day",
            "land": "no free land",
        }
        held = "land" if row["land_mw"] == 0 else row["binding"]
        reasons.append(nothing.get(held, "nothing can be built"))
    late = campus.must_by is not None and row["ready_date"][:4] > str(campus.must_by)
    if late:
        reasons.append(f"ready {row['ready_date']}, later than {campus.must_by}")
    return "; ".join(reasons)
