"""The published model of Lei and Masanet rebuilt, to validate ours against its figures.

One weather state, one kW of IT, the mid-range parameters `lei_compat.*` of the book;
formulas shared with the product systems wherever the physics is the same. What is
peculiar to the published model stands in this folder: losses as fixed shares, no heat
from fans, latent heat in every coil, no adiabatic cooling of hot air, halls that shut
as soon as the outdoor air leaves the humidity window.

References
----------
.. [1] N. Lei and E. Masanet (2022), Resources, Conservation and Recycling 182:106323.
.. [2] N. Lei and E. Masanet (2020), Energy 201:117556.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from climate.cooling.reference.airside import airside
from climate.cooling.reference.hall import Demand, State, published
from climate.cooling.reference.water import air_cooled, sea_water, tower
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.assumptions.lei_compat import LeiCompatBook

STANDARD_PRESSURE_PA = 101325.0
LEAST_PRESSURE_PA = 30_000.0
"""Lower pressures are in other units, or on no ground."""

CASES: dict[str, Callable[[State, CoolingBook, LeiCompatBook], Demand]] = {
    "c1": airside,
    "c2": tower,
    "c7": air_cooled,
    "seawater": sea_water,
}
"""Case of the publications → its model."""
NEEDS_HUMIDITY = ("c1", "c2")


def reference_case(
    case: str,
    temp_air: ArrayLike,
    relative_humidity: ArrayLike | None = None,
    pressure: ArrayLike | None = None,
) -> dict[str, FloatArray]:
    """PUE and WUE of a published case in given weather.

    Parameters
    ----------
    case
        `c1` outdoor air, humidified when dry, else water-cooled chillers and towers;
        `c2` towers with waterside economiser and water-cooled chillers; `c7` air-cooled
        chillers, comparable from 10 to 35 degC; `seawater` sea with water-cooled
        chillers.
    temp_air
        Dry bulb, for `seawater` the temperature of the sea [degC].
    relative_humidity
        [%]; `c7` can do without, and `seawater` does not look at it.
    pressure
        Station pressure [Pa]; sea level where None.

    Returns
    -------
    dict
        `pue` [1] and `wue_l_per_kwh` [L/kWh], arrays of the broadcast shape; NaN
        where an input is NaN. `seawater` takes no fresh water.

    Raises
    ------
    ValueError
        If the case is unknown, or needs the humidity and gets none, or a humidity or a
        pressure is in other units.

    Examples
    --------
    >>> round(float(reference_case("c2", 33.0, 33.0, 99500.0)["pue"]), 3)
    1.156
    """
    if case not in CASES:
        raise ValueError(f"unknown case {case!r} — choose among {', '.join(CASES)}")
    if relative_humidity is None and case in NEEDS_HUMIDITY:
        raise ValueError(f"case {case} needs the relative humidity")
    _check(relative_humidity, pressure)
    state = State(
        *np.broadcast_arrays(
            _filled(temp_air, np.nan),
            _filled(relative_humidity, 0.0),
            _filled(pressure, STANDARD_PRESSURE_PA),
        )
    )
    if case == "seawater":
        state = state._replace(humidity=np.zeros(state.temp.shape))
    demand = CASES[case](state, *published())
    absent = np.isnan(np.stack(state)).any(axis=0)
    return {
        "pue": np.where(absent, np.nan, 1.0 + demand.power)[()],
        "wue_l_per_kwh": np.where(absent, np.nan, demand.water)[()],
    }


def _check(humidity: ArrayLike | None, pressure: ArrayLike | None) -> None:
    """Raise if a value cannot be what its name says; NaN passes."""
    if (_filled(humidity, 0.0) < 0.0).any():
        raise ValueError("relative_humidity below 0 — expected percent")
    if (_filled(pressure, STANDARD_PRESSURE_PA) < LEAST_PRESSURE_PA).any():
        raise ValueError("pressure below 30,000 — expected pascals")


def _filled(values: ArrayLike | None, default: float) -> FloatArray:
    """Return the values as floats, the default where there are none."""
    return np.asarray(default if values is None else values, dtype=np.float64)
