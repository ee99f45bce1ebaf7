"""Weather in, cooling performance out: the room's front door."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climate.cooling.plant import UNKNOWN, Operation, Plant, operate
from climate.cooling.registry import System, chosen
from climate.cooling.state import Ambient, design_state, from_weather
from climate.cooling.summary import Year, summarise
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices
from data.schema import unit_of

METHOD = (
    "steady state each hour at the mean utilisation; design day = 20-year maximum of ten "
    "years or more, else mean yearly maximum + margin, at mean coincident moisture and full load; "
    "towers keep their make-up water on the design day without water"
)
BY_MONTH = "_monthly"
"""Ending of the figures that have one value a month."""


def cool(
    weather: xr.Dataset,
    choices: CoolingChoices,
    a: CoolingBook,
    utilisation: float,
    *,
    refused_too: bool = True,
) -> xr.Dataset:
    """Run every chosen cooling system through the weather of every site.

    Parameters
    ----------
    weather
        temp_air [degC], relative_humidity [%], pressure [Pa] on (site, time).
    choices
        Systems and how they are designed.
    a
        Assumptions in force.
    utilisation
        Mean IT power over rated IT power, above 0 and at most 1: energy and water
        are counted at it, peaks and shortfall at full load.
    refused_too
        Whether to run a system where it is refused, too. Otherwise its figures are NaN
        there, but at a site that refuses every system.

    Returns
    -------
    Dataset with hourly `pue`, `wue_l_per_kwh`, `mode` on (site, system, time), the
    year's figures, `admissible` and `inadmissible_because` on (site, system), the
    months' on (site, system, month), the design day on (site). Units in attrs. The
    hourly energy ledger is `ledger`. Time and memory grow with sites × hours × systems.
    """
    systems = chosen(choices.systems)
    _check(utilisation)
    air = from_weather(weather)
    extreme = design_state(air, a)
    month = weather["time"].dt.month.to_numpy()
    design = Design(choices, a, utilisation, month)
    reasons = [system.refused(air, choices, a) for system in systems.values()]
    wanted = wanted_runs(np.stack(reasons, axis=1), refused_too=refused_too)
    runs = [
        _run_some(system, air, extreme, design, rows) | _said(why)
        for system, why, rows in zip(systems.values(), reasons, wanted.T, strict=True)
    ]
    data: dict[str, Any] = {
        name: (_dims(name, values), np.stack([r[name] for r in runs], axis=1))
        for name, values in runs[0].items()
    }
    data["design_temp_air"] = ("site", extreme.temp_air[:, 0])
    data["design_wet_bulb"] = ("site", extreme.wet_bulb[:, 0])
    coords = {
        "site": weather["site"],
        "system": list(systems),
        "time": weather["time"],
        "month": np.arange(1, 13),
    }
    return _labelled(xr.Dataset(data, coords=coords))


def wanted_runs(
    reasons: NDArray[np.object_], *, refused_too: bool
) -> NDArray[np.bool_]:
    """Return where each system is worth running (site, system).

    Everywhere; or where nothing refuses it, and all of them at a site where every
    one is refused, so that its figures say what was refused.
    """
    stands = np.asarray(reasons == "", dtype=np.bool_)
    return stands | ~stands.any(axis=1, keepdims=True) | refused_too


def _said(reasons: NDArray[np.object_]) -> dict[str, NDArray[Any]]:
    return {"admissible": reasons == "", "inadmissible_because": reasons}


def _run_some(
    system: System,
    air: Ambient,
    extreme: Ambient,
    design: "Design",
    rows: NDArray[np.bool_],
) -> dict[str, NDArray[Any]]:
    """Run one system at the sites of some rows; its figures are absent at the rest."""
    if rows.all():
        return _run(system, air, extreme, design)
    figures = _run(system, air.rows(rows), extreme.rows(rows), design)
    return {name: _spread(values, rows) for name, values in figures.items()}


def _spread(values: NDArray[Any], rows: NDArray[np.bool_]) -> NDArray[Any]:
    absent = UNKNOWN if values.dtype == np.int8 else np.nan
    full = np.full((rows.size, *values.shape[1:]), absent, dtype=values.dtype)
    full[rows] = values
    return full


def _dims(name: str, values: NDArray[Any]) -> tuple[str, ...]:
    if values.ndim == 1:
        return ("site", "system")
    return ("site", "system", "month" if BY_MONTH in name else "time")


def ledger(
    weather: xr.Dataset, choices: CoolingChoices, a: CoolingBook, utilisation: float
) -> xr.DataArray:
    """Hourly energy ledger of every chosen system.

    Returns
    -------
    Power over IT power [1] on (site, system, component, time); summed over component
    it is the hour's PUE − 1. Components are those of `climate.cooling.plant`.
    """
    systems = chosen(choices.systems)
    _check(utilisation)
    air = from_weather(weather)
    parts: list[Operation] = [
        operate(system.plant(air, utilisation, choices, a), utilisation, a)
        for system in systems.values()
    ]
    values = np.stack(
        [np.stack(list(part.ledger.values()), axis=1) for part in parts], axis=1
    )
    return xr.DataArray(
        values / utilisation,
        dims=("site", "system", "component", "time"),
        coords={
            "site": weather["site"],
            "system": list(systems),
            "component": list(parts[0].ledger),
            "time": weather["time"],
        },
        attrs={"units": "1"},
    )


class Design(NamedTuple):
    """What a run holds fixed."""

    choices: CoolingChoices
    book: CoolingBook
    utilisation: float
    month: NDArray[np.int64]
    """Month of each hour, 1 to 12."""


def _run(
    system: System, air: Ambient, extreme: Ambient, design: Design
) -> dict[str, NDArray[Any]]:
    """One system: the year as run, the year at full load and both design days."""
    choices, a, utilisation, month = design

    def at(state: Ambient, load: float, chosen: CoolingChoices) -> Operation:
        return operate(system.plant(state, load, chosen, a), load, a)

    def peak(case: Operation) -> Operation:
        if choices.peak_shaving_h <= 0.0:
            return case
        return operate(shaved(case.plant, air_heat, choices, a), 1.0, a)

    dry = replace(choices, water_available=False)
    liquid_heat, air_heat = system.design_heat(air.site_pressure, choices, a)
    actual = at(air, utilisation, choices)
    full = actual if utilisation == 1.0 else at(air, 1.0, choices)
    days = [peak(at(extreme, 1.0, case)) for case in (dry, choices)]
    figures = summarise(Year(actual, full, peak(full), month), *days)
    return {
        "pue": actual.pue,
        "wue_l_per_kwh": actual.wue_l_per_kwh,
        "mode": actual.plant.mode,
        **figures,
        "liquid_heat_kw_per_kw_it": liquid_heat[:, 0],
        "air_heat_kw_per_kw_it": air_heat[:, 0],
        "cold_store_kwh_per_kw_it": air_heat[:, 0] * a.tes_minutes / 60.0,
    }


def shaved(
    plant: Plant, air_heat: FloatArray, choices: CoolingChoices, a: CoolingBook
) -> Plant:
    """Return the plant in its peak hours with the cold store relieving the chillers.

    A store of τ minutes at the full air load carries ``min(Q_ch, Q τ/Δt)`` over the
    chosen hours Δt.
    """
    carried = air_heat * a.tes_minutes / 60.0 / choices.peak_shaving_h
    by_machine = plant.heat_chilled + plant.heat_trim
    share = np.minimum(plant.heat_chilled, carried) / np.maximum(by_machine, 1e-9)
    return replace(plant, compressors=plant.compressors * (1.0 - share))


def _check(utilisation: float) -> None:
    if not 0.0 < utilisation <= 1.0:
        raise ValueError(
            f"utilisation is {utilisation} — expected above 0 and at most 1"
        )


def _labelled(result: xr.Dataset) -> xr.Dataset:
    """Units from the glossary, and how the figures were made."""
    for name, variable in result.data_vars.items():
        variable.attrs["units"] = unit_of(str(name))
    return result.assign_attrs(cooling_method=METHOD)
