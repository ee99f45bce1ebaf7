"""Air-cooled chillers: efficiency and capacity against ambient air.

The Carnot form was fitted to published part-load points (RMSE 0.15 in COP over
15–35 degC, part load 0.25–1) and, unlike a polynomial, stays physical in extreme
heat: at 46 degC and full load it gives 2.2 where catalogue curves give 2.0–2.3.
Chiller COP includes the condenser fans.
"""

import numpy as np

from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook

EVAPORATING_K = 276.96
"""Fitted evaporating temperature [K] at the rating water temperature."""
CONDENSER_LIFT_K = 4.59
EVAPORATING_C = 3.81
PART_LOAD = (0.1202, 0.7793, -0.5291)
"""Share of Carnot efficiency = p0 + p1 L + p2 L²."""
COLDEST_CONDENSER_AIR_C = 5.0
"""Below this air temperature controls hold the condensing pressure [degC]."""
RATING_WATER_C = 6.7
"""Chilled-water supply temperature the fit speaks of [degC]."""
RATING_AIR_C = 35.0
"""Ambient temperature of catalogue ratings [degC]."""


def cop_air_cooled(
    temp_air: FloatArray,
    part_load: FloatArray | float,
    temp_water: float,
    a: CoolingBook,
) -> FloatArray:
    """Coefficient of performance of an air-cooled chiller.

    ::

        COP = (p0 + p1 L + p2 L²) T_ev / (max(t, 5) + 4.59 − 3.81)
              (1 + k_c (min(t_w, t_top) − 6.7)), capped

    Parameters
    ----------
    temp_air
        Air on the condenser [degC].
    part_load
        Part-load ratio L, 0.25–1.
    temp_water
        Chilled-water supply temperature t_w [degC].
    a
        Assumptions in force.
    """
    p0, p1, p2 = PART_LOAD
    efficiency = p0 + part_load * (p1 + part_load * p2)
    lift = np.maximum(temp_air, COLDEST_CONDENSER_AIR_C)
    lift = lift + CONDENSER_LIFT_K - EVAPORATING_C
    warmth = min(temp_water, a.chiller_water_gain_top_c) - RATING_WATER_C
    gain = a.chiller_cop_multiplier * (1.0 + a.chiller_water_gain_per_k * warmth)
    return np.minimum(efficiency * EVAPORATING_K / lift * gain, a.chiller_cop_cap)


def available_capacity(
    temp_air: FloatArray, design_heat: FloatArray, a: CoolingBook
) -> FloatArray:
    """Capacity at an ambient temperature [kW], zero above the lock-out.

    ``redundancy × design heat × (1 − d max(t − 35, 0))``: machines, spares included,
    are chosen to carry the design heat at 35 degC with their own warm water. Every
    site gets that one specification, so extreme heat shows as derate, not as silently
    larger machines.
    """
    beyond_rating = np.maximum(temp_air - RATING_AIR_C, 0.0)
    derate = 1.0 - a.chiller_capacity_derate_per_k * beyond_rating
    return a.redundancy * design_heat * derate * (temp_air <= a.chiller_lockout_c)
