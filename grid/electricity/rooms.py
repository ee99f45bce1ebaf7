"""Room for new load at each substation: its transformers and the network together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import xarray as xr

from grid.electricity.headroom import UNTESTED, headroom
from grid.electricity.options import OPTION_KV

if TYPE_CHECKING:
    import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.choices import PowerChoices

    FloatArray = NDArray[np.float64]

FIRM: Final = ("grid_firm_mw_p10", "grid_firm_mw_p50", "grid_firm_mw_p90")
FLEXIBLE: Final = "network_flexible_mw_p50"
SAID: Final = {
    "grid_binding": "binding",
    "grid_contingency": "contingency",
    "grid_state": "state",
}
"""Text of a room → column of the hosting table."""


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """What is asked of the grid, and when."""

    year: int
    """Calendar year the power is asked for."""
    decision: datetime.date
    """Day the campus is decided; waits count from it."""
    facility_mw: FloatArray
    """(site,) peak load of the whole facility wanted [MW]; NaN asks for nothing."""


def rooms(
    substations: pd.DataFrame,
    hosting: pd.DataFrame | None,
    choices: PowerChoices,
    a: PowerBook,
) -> xr.Dataset:
    """Return the room of every substation under every connection option.

    ``firm = min(own transformers, network and generation at the chosen quantile)``

    Parameters
    ----------
    substations
        The substations table, indexed by `substation_id`.
    hosting
        One year of `network.of_year`; None leaves the network untested.
    choices
        Which quantile of the networks bounds a site.
    a
        The power room's book.

    Returns
    -------
    Dataset
        (substation, option): `firm_mw`, `firm_mw_p10`, `firm_mw_p90`, `flexible_mw`,
        `transformer_firm_mw`, `transformer_flexible_mw`, `grid_firm_mw_p10`, `p50`,
        `p90`, `network_flexible_mw_p50` [MW], `grid_shadow_price` [1], `step_mva`
        [MVA], and texts: `power_method`, what holds the network. NaN and blank where
        the level is not carried or the network says nothing of it.
        (substation): `power_grade`.
    """
    own = headroom(substations, a).rename(
        firm_mw="transformer_firm_mw", flexible_mw="transformer_flexible_mw"
    )
    told = own.assign(_of_network(own, hosting))
    if hosting is None:
        return told.assign(_untested(own))
    quantile = f"grid_firm_mw_{choices.network}"
    firm = _lesser(told["transformer_firm_mw"], told[quantile])
    soft = _lesser(told["transformer_flexible_mw"], told[FLEXIBLE])
    method = told["power_method"].copy(data=_methods(told, quantile))
    return told.assign(
        firm_mw=firm,
        firm_mw_p10=np.minimum(told["transformer_firm_mw"], told[FIRM[0]]),
        firm_mw_p90=np.minimum(told["transformer_firm_mw"], told[FIRM[2]]),
        flexible_mw=soft.clip(min=firm),
        power_method=method,
    )


def _untested(own: xr.Dataset) -> dict[str, xr.DataArray]:
    """Room by the transformers alone, which has no spread."""
    blank = xr.full_like(own["transformer_firm_mw"], np.nan)
    return {
        "firm_mw": own["transformer_firm_mw"],
        "firm_mw_p10": blank,
        "firm_mw_p90": blank,
        "flexible_mw": own["transformer_flexible_mw"],
    }


def _lesser(transformers: xr.DataArray, network: xr.DataArray) -> xr.DataArray:
    """Return the lesser; the transformers' where the network says nothing."""
    less: xr.DataArray = xr.apply_ufunc(np.fmin, transformers, network)
    return less.where(transformers.notnull())  # noqa: PD004 - xarray


def _of_network(
    own: xr.Dataset, hosting: pd.DataFrame | None
) -> dict[str, tuple[tuple[str, str], NDArray[np.generic]]]:
    """Lay the hosting table out by (substation, option)."""
    dims = ("substation", "option")
    shape = (own.sizes["substation"], own.sizes["option"])
    numbers = {**{name: name for name in (*FIRM, FLEXIBLE)}, "grid_shadow_price": ""}
    if hosting is None:
        nothing = {name: (dims, np.full(shape, np.nan)) for name in numbers}
        blank = {name: (dims, np.full(shape, "", dtype=object)) for name in SAID}
        return {**nothing, **blank}
    numbers["grid_shadow_price"] = "shadow_price"
    indexed = hosting.set_index(["substation_id", "level_kv"])
    stations = own["substation"].to_numpy()
    at = indexed.index.get_indexer(
        [(station, kv) for station in stations for kv in OPTION_KV]  # type: ignore[arg-type]
    ).reshape(shape)
    found = {
        name: (dims, np.where(at < 0, np.nan, indexed[column].to_numpy(float)[at]))
        for name, column in numbers.items()
    }
    told = {
        name: (dims, np.where(at < 0, "", indexed[column].to_numpy(dtype=object)[at]))
        for name, column in SAID.items()
    }
    return {**found, **told}


def _methods(told: xr.Dataset, quantile: str) -> NDArray[np.object_]:
    """Say in one sentence what the transformers and the network allow."""
    names = ("power_method", *SAID)
    texts = [told[name].to_numpy().ravel() for name in names]
    low, middle, high = (told[name].to_numpy().ravel() for name in FIRM)
    which = quantile[-3:].upper()
    said = [
        own.replace(
            UNTESTED,
            f"network {which} of {mid:.0f} ({least:.0f}–{most:.0f}) MW, held by "
            f"{binding}{_lost(contingency)}, {state}",
        )
        if np.isfinite(mid)
        else own
        for own, binding, contingency, state, least, mid, most in zip(
            *texts, low, middle, high, strict=True
        )
    ]
    return np.array(said, dtype=object).reshape(told["power_method"].shape)


def _lost(contingency: str) -> str:
    """Name the circuit lost, where one is."""
    return "" if contingency in ("", "none") else f" when {contingency} is out"
