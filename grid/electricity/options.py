"""The ways a campus may connect: a voltage class and a step at the substation."""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.power import PowerBook

VOLTAGES: Final = (110, 220, 330, 500)
"""Voltage classes of a connection [kV]."""
STEPS: Final = ("existing", "transformer")
"""What is asked of the substation: its present room, or one more equal unit."""
OPTIONS: Final = tuple(f"{kv}kV {step}" for kv in VOLTAGES for step in STEPS)
"""Labels of the connection options, such as ``220kV transformer``."""
OPTION_KV: Final[NDArray[np.intp]] = np.repeat(np.array(VOLTAGES), len(STEPS))
OPTION_STEP: Final = STEPS * len(VOLTAGES)
OPTION_VOLTAGE: Final[NDArray[np.intp]] = np.repeat(
    np.arange(len(VOLTAGES)), len(STEPS)
)
"""Position in `VOLTAGES` of each option."""


PerClass = tuple[float, float, float, float]
"""One value per class, in the order of `VOLTAGES`; of draws, arrays over them."""


def of_class(connection_kv: xr.DataArray, per_class: PerClass) -> xr.DataArray:
    """Return the value of each connection's voltage class.

    Parameters
    ----------
    connection_kv
        Voltage of the connection [kV], of `VOLTAGES`; any dimensions.
    per_class
        One value per class, or one array of draws each.

    Returns
    -------
    DataArray
        The value, on the dimensions of `connection_kv` and of the draws.
    """
    values = zip(VOLTAGES, per_class, strict=True)
    parts = [(connection_kv == kv) * value for kv, value in values]
    return parts[0] + parts[1] + parts[2] + parts[3]


def unit_mva(a: PowerBook) -> NDArray[np.float64]:
    """Return the size of one transformer by the class of its high side [MVA]."""
    return np.array(
        [
            a.substation_unit_mva_110,
            a.substation_unit_mva_220,
            a.substation_unit_mva_330,
            a.substation_unit_mva_500,
        ]
    )


def line_usd_per_km(a: PowerBook) -> PerClass:
    """Return the cost of one overhead circuit by class [USD/km]."""
    return (
        a.line_usd_per_km_110,
        a.line_usd_per_km_220,
        a.line_usd_per_km_330,
        a.line_usd_per_km_500,
    )


def bay_usd(a: PowerBook) -> PerClass:
    """Return the cost of one line bay by class [USD]."""
    return (a.bay_usd_110, a.bay_usd_220, a.bay_usd_330, a.bay_usd_500)


def station_usd(a: PowerBook) -> PerClass:
    """Return the campus's own substation by class, without transformers [USD]."""
    return (a.station_usd_110, a.station_usd_220, a.station_usd_330, a.station_usd_500)
