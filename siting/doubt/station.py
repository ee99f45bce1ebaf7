"""The room of each site's own substation, at numbers drawn: in steps, as it is.

A total rating is divided into whole units, so the room jumps with their size: no curve
through a few points would follow it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.power import PowerBook
from grid.electricity.headroom import carried, feeding_class, firm_mw
from grid.electricity.options import OPTION_STEP, OPTION_VOLTAGE
from siting.doubt.centre import Centre


@dataclass(frozen=True, slots=True, eq=False)
class Stations:
    """What is known of the substation each site connects to, (site,)."""

    there: xr.DataArray
    """False where a site has none, or none of its level."""
    total_mva: xr.DataArray
    """Published rating; NaN where there is none."""
    counted: xr.DataArray
    """Published number of units; NaN where there is none."""
    highest: xr.DataArray
    """Position of the station's highest class in `VOLTAGES`."""
    feeding: xr.DataArray
    """Position of the class that feeds the level of the connection."""
    added: xr.DataArray
    """Units the connection adds [1]."""


def stations_of(centre: Centre) -> Stations:
    """Return what is known of the substations the sites connect to at the centre."""
    table = centre.world.tables["substations"]
    names = [str(name) for name in table.index]
    own = centre.facts["substation_id"].to_numpy()
    at = np.array([names.index(str(name)) if name else -1 for name in own])
    level = OPTION_VOLTAGE[centre.option]
    carries = carried(table["voltages_kv"])
    steps = np.array([step == "transformer" for step in OPTION_STEP], dtype=float)
    highest = np.where(carries, np.arange(carries.shape[1]), 0).max(axis=1)

    def laid(values: NDArray[np.generic]) -> xr.DataArray:
        return xr.DataArray(values, dims="site", coords={"site": centre.facts["site"]})

    return Stations(
        there=laid((at >= 0) & carries[at, level]),
        total_mva=laid(table["transformer_mva"].to_numpy(dtype=float)[at]),
        counted=laid(table["transformer_units"].to_numpy(dtype=float)[at]),
        highest=laid(highest[at]),
        feeding=laid(feeding_class(carries)[at, level]),
        added=laid(steps[centre.option]),
    )


def room_of(own: Stations, a: PowerBook) -> dict[str, xr.DataArray]:
    """Return firm megawatts of the transformers and the step, as `headroom` does.

    Parameters
    ----------
    own : Stations
    a : PowerBook
        Numbers in force, floats or DataArrays (draw) or (draw, site).

    Returns
    -------
    dict of str to DataArray
        `transformer_firm_mw` [MW] and `step_mva` added [MVA], (site) or (draw, site);
        NaN where there is no station.
    """
    rated = own.total_mva.notnull()
    by_size = np.maximum(2.0, np.rint(own.total_mva / size_mva(own.highest, a)))
    known = own.counted.fillna(by_size)
    default = xr.zeros_like(own.total_mva) + a.substation_default_units
    units: Any = known.where(rated, default)
    mva: Any = own.total_mva.where(rated, default * size_mva(own.feeding, a))
    step = mva / units * own.added
    firm: Any = firm_mw(units + own.added, mva + step, mva, a)
    return {
        "transformer_firm_mw": firm.where(own.there),
        "step_mva": step.where(own.there),
    }


def size_mva(position: xr.DataArray, a: PowerBook) -> xr.DataArray:
    """Return the size of one unit of each site's class [MVA]."""
    sizes = (
        a.substation_unit_mva_110,
        a.substation_unit_mva_220,
        a.substation_unit_mva_330,
        a.substation_unit_mva_500,
    )
    parts = [size * (position == k) for k, size in enumerate(sizes)]
    return parts[0] + parts[1] + parts[2] + parts[3]
