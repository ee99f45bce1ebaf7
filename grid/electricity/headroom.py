"""Room for new load at each substation, by its transformers alone.

A station of n units of u MVA that may lose one of them carries (n − 1)·u·pf MW;
what its present customers take at their peak is gone from that. Lines feeding the
station are not tested here.
"""

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.power import PowerBook
from grid.electricity.options import (
    OPTION_STEP,
    OPTION_VOLTAGE,
    OPTIONS,
    VOLTAGES,
    unit_mva,
)

FloatArray = NDArray[np.float64]
UNTESTED = "the station's N-1 only, lines not tested"


def carried(voltages_kv: pd.Series) -> NDArray[np.bool_]:
    """Return which voltage classes each substation carries.

    Parameters
    ----------
    voltages_kv
        Levels as text, such as ``500/330/220`` [kV].

    Returns
    -------
    NDArray
        (substation, voltage), voltages as in `VOLTAGES`.
    """
    levels = [set(str(text).split("/")) for text in voltages_kv]
    return np.array([[str(kv) in own for kv in VOLTAGES] for own in levels], dtype=bool)


def feeding_class(carries: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the class of the transformers that feed each level of a substation.

    A level is fed from the next one above it in the same station; the highest
    level is fed by lines, and its own transformers stand for its strength.

    Parameters
    ----------
    carries
        (substation, voltage) as `carried` gives it.

    Returns
    -------
    NDArray
        (substation, voltage): position in `VOLTAGES`.
    """
    own = np.arange(len(VOLTAGES))
    above = np.broadcast_to(own, carries.shape).copy()
    for level in range(len(VOLTAGES) - 2, -1, -1):
        following = np.where(carries[:, level + 1], level + 1, above[:, level + 1])
        reachable = carries[:, level + 1 :].any(axis=1)
        above[:, level] = np.where(reachable, following, level)
    return above


def firm_mw(
    units: FloatArray, mva: FloatArray, existing_mva: FloatArray, a: PowerBook
) -> FloatArray:
    """Return the new load a station carries with its largest unit out [MW].

    ``firm = max(0, (n − 1)/n · S · pf − share · S₀)``

    Parameters
    ----------
    units
        Number of equal transformers n, with the step [1].
    mva
        Their total rating S, with the step [MVA].
    existing_mva
        Total rating S₀ of the units now there, which sets the present peak [MVA].
    a
        Power factor and share of the present peak.
    """
    able = (units - 1.0) / units * mva * a.substation_power_factor
    return np.maximum(0.0, able - a.substation_existing_peak_share * existing_mva)


def flexible_mw(mva: FloatArray, existing_mva: FloatArray, a: PowerBook) -> FloatArray:
    """Return the new load a station carries while every unit runs [MW].

    ``flexible = max(0, S · pf − share · S₀)``; the part above `firm_mw` must be
    shed at once when a unit is lost.

    Parameters
    ----------
    mva, existing_mva
        Total rating with the step, and now [MVA].
    a
        Power factor and share of the present peak.
    """
    able = mva * a.substation_power_factor
    return np.maximum(0.0, able - a.substation_existing_peak_share * existing_mva)


def installed(
    substations: pd.DataFrame, carries: NDArray[np.bool_], a: PowerBook
) -> tuple[FloatArray, FloatArray]:
    """Return the number of transformers and their total rating, by level.

    A published total is divided into its published count of units or, without one,
    into units of the station's highest class, two at least. Without a total, the
    class default of the transformers that feed the level stands in.

    Parameters
    ----------
    substations
        Table, with `transformer_mva` [MVA] and `transformer_units`.
    carries
        (substation, voltage) as `carried` gives it.
    a
        Class sizes and default count.

    Returns
    -------
    units, mva : FloatArray
        (substation, voltage): count [1] and total rating [MVA].
    """
    size = unit_mva(a)
    highest = np.where(carries, np.arange(len(VOLTAGES)), 0).max(axis=1)
    total = substations["transformer_mva"].to_numpy(dtype=np.float64)
    counted = substations["transformer_units"].to_numpy(dtype=np.float64)
    by_size = np.maximum(2.0, np.rint(total / size[highest]))
    known = np.where(np.isnan(counted), by_size, counted)
    rated = ~np.isnan(total)[:, None]
    count = np.where(rated, known[:, None], a.substation_default_units)
    default = a.substation_default_units * size[feeding_class(carries)]
    units = np.broadcast_to(count, carries.shape)
    return units, np.where(rated, total[:, None], default)


def headroom(substations: pd.DataFrame, a: PowerBook) -> xr.Dataset:
    """Return the room of every substation under every connection option.

    Parameters
    ----------
    substations
        The substations table, indexed by `substation_id`.
    a
        The power room's book.

    Returns
    -------
    Dataset
        (substation, option): `firm_mw`, `flexible_mw` [MW], `step_mva` added [MVA],
        `power_method`; NaN and blank where the level is not carried.
        (substation): `power_grade`, the grade of the rating.
    """
    carries = carried(substations["voltages_kv"])
    units, mva = installed(substations, carries, a)
    wide = (slice(None), OPTION_VOLTAGE)
    carries, units, mva = carries[wide], units[wide], mva[wide]
    added = np.array([step == "transformer" for step in OPTION_STEP], dtype=float)
    unit = mva / units
    step = unit * added
    dims = ("substation", "option")
    absent = np.where(carries, 0.0, np.nan)
    return xr.Dataset(
        {
            "firm_mw": (dims, firm_mw(units + added, mva + step, mva, a) + absent),
            "flexible_mw": (dims, flexible_mw(mva + step, mva, a) + absent),
            "step_mva": (dims, step + absent),
            "power_method": (dims, _methods(substations, carries, units, unit, a)),
            "power_grade": ("substation", _grades(substations)),
        },
        coords={"substation": substations.index.to_numpy(), "option": list(OPTIONS)},
    )


def _grades(substations: pd.DataFrame) -> NDArray[np.object_]:
    """Grade of the rating: as tabled, `assumed` where there is none."""
    rated = substations["transformer_mva"].notna().to_numpy()
    return np.where(rated, substations["transformer_grade"], "assumed").astype(object)


def _methods(
    substations: pd.DataFrame,
    carries: NDArray[np.bool_],
    units: FloatArray,
    unit: FloatArray,
    a: PowerBook,
) -> NDArray[np.object_]:
    """Say in one sentence how the room of each station and option was found."""
    peak = f"present peak assumed {a.substation_existing_peak_share:.0%} of MVA"
    rows = zip(
        _bases(substations), _dues(substations), carries, units, unit, strict=True
    )
    return np.array(
        [
            [
                f"{count:g} × {size:.4g} MVA {basis}{', one unit added' * grown}; "
                f"{peak}; {UNTESTED}{due}"
                if here
                else ""
                for here, count, size, grown in zip(
                    own, counts, sizes, _grown(), strict=True
                )
            ]
            for basis, due, own, counts, sizes in rows
        ],
        dtype=object,
    )


def _grown() -> list[bool]:
    return [step == "transformer" for step in OPTION_STEP]


def _bases(substations: pd.DataFrame) -> list[str]:
    """Where the count and size of the units come from."""
    rated = substations["transformer_mva"].notna()
    counted = substations["transformer_units"].notna()
    return [
        ("rated" if both else "of a rated total, count by class size")
        if known
        else "assumed for the class"
        for known, both in zip(rated, counted, strict=True)
    ]


def _dues(substations: pd.DataFrame) -> list[str]:
    """Mention of a station that is not in service yet."""
    return [
        ""
        if status == "in_service"
        else f"; {status.replace('_', ' ')}{'' if np.isnan(year) else f', {year:.0f}'}"
        for status, year in zip(
            substations["status"], substations["year"].astype(float), strict=True
        )
    ]
