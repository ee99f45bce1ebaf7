"""Weather in, cooling performance out: the room's front door."""

from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climate.cooling.plant import Operation, operate
from climate.cooling.registry import System, chosen
from climate.cooling.state import AirState, design_state, from_weather
from climate.cooling.summary import summarise
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices
from data.schema import unit_of

METHOD = (
    "steady state each hour at the mean utilisation; systems air_chiller and "
    "liquid_dry; design day = year's maximum + margin at mean coincident moisture, "
    "full load"
)


def cool(
    weather: xr.Dataset, choices: CoolingChoices, a: CoolingBook, utilisation: float
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

    Returns
    -------
    Dataset with hourly `pue`, `wue_l_per_kwh`, `mode` on (site, system, time), the
    year's figures on (site, system), the design day on (site), and `admissible` with
    `inadmissible_because` on (system). Units in attrs.
    """
    systems = chosen(choices.systems)
    _check(utilisation)
    air = from_weather(weather)
    extreme = design_state(air, a)
    runs = [
        _run(system, air, extreme, choices, a, utilisation)
        for system in systems.values()
    ]
    dims = ("site", "system", "time")
    data: dict[str, Any] = {
        name: (dims[: values.ndim + 1], np.stack([r[name] for r in runs], axis=1))
        for name, values in runs[0].items()
    }
    reasons = [s.inadmissible_because(choices, a) for s in systems.values()]
    data["admissible"] = ("system", np.array([not reason for reason in reasons]))
    data["inadmissible_because"] = ("system", np.array(reasons, dtype=object))
    data["design_temp_air"] = ("site", extreme.temp_air[:, 0])
    data["design_wet_bulb"] = ("site", extreme.wet_bulb[:, 0])
    coords = {
        "site": weather["site"],
        "system": list(systems),
        "time": weather["time"],
    }
    return _labelled(xr.Dataset(data, coords=coords))


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


def _run(
    system: System,
    air: AirState,
    extreme: AirState,
    choices: CoolingChoices,
    a: CoolingBook,
    utilisation: float,
) -> dict[str, NDArray[Any]]:
    """One system: the year as run, the year at full load and both design days."""

    def at(state: AirState, load: float, design: CoolingChoices) -> Operation:
        return operate(system.plant(state, load, design, a), load, a)

    dry = replace(choices, water_available=False)
    actual = at(air, utilisation, choices)
    full = actual if utilisation == 1.0 else at(air, 1.0, choices)
    liquid_heat, air_heat = system.design_heat(air.site_pressure, a)
    figures = summarise(actual, full, at(extreme, 1.0, dry), at(extreme, 1.0, choices))
    return {
        "pue": actual.pue,
        "wue_l_per_kwh": actual.wue_l_per_kwh,
        "mode": actual.plant.mode,
        **figures,
        "liquid_heat_kw_per_kw_it": liquid_heat[:, 0],
        "air_heat_kw_per_kw_it": air_heat[:, 0],
    }


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
