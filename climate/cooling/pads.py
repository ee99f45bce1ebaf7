"""Wetted pads: how far they cool air, and the water that takes."""

import numpy as np

from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook

HEAT_CAPACITY_DRY_AIR = 1.006
"""Dry air [kJ/(kg K)]."""


def pad_cooling(air: Ambient, wet: bool, a: CoolingBook) -> FloatArray:
    """Cooling of the air by fully wet pads, ε (t − t_wb) [K].

    None where no water is to be had (`wet` false) or frost has drained the pads.
    """
    if not wet:
        return np.zeros_like(air.temp_air)
    depression = a.adiabatic_effectiveness * (air.temp_air - air.wet_bulb)
    return np.where(air.temp_air < a.adiabatic_min_temp_c, 0.0, depression)


def pad_evaporation(
    air_flow: FloatArray, cooling: FloatArray, wet_bulb: FloatArray
) -> FloatArray:
    """Water evaporated to cool an air flow: 1.006 m ΔT / h_fg [L/h].

    Parameters
    ----------
    air_flow
        Dry air [kg/s].
    cooling
        Cooling of the air ΔT [K].
    wet_bulb
        Wet bulb [degC].
    """
    per_second = HEAT_CAPACITY_DRY_AIR * air_flow * cooling / latent_heat(wet_bulb)
    return 3600.0 * per_second


def latent_heat(temp: FloatArray) -> FloatArray:
    """Heat of vaporisation of water at `temp` degC [kJ/kg]."""
    return 2500.5 - temp * (2.3097 + 0.0013 * temp)
