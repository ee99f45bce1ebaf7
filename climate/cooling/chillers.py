"""Chillers: efficiency against what they reject heat to, and capacity.

Air-cooled machines: the Carnot form was fitted to published part-load points (RMSE 0.15 in COP over
15–35 degC, part load 0.25–1) and, unlike a polynomial, stays physical in extreme
heat: at 46 degC and full load it gives 2.2 where catalogue curves give 2.0–2.3.
Their COP includes the condenser fans. Water-cooled machines: a quadratic fit to published
points (RMSE 0.085 over 15.6–29.4 degC condenser water and part load 0.25–1) that is
safe to extrapolate from −10 to 45 degC.
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
WATER_COOLED = (4.9312, -0.051074, -4.09e-4, 11.6782, -5.8490, -0.096091)
"""c in COP = c0 + c1 t + c2 t² + c3 L + c4 L² + c5 L t, t condenser water [degC]."""
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
    gain = a.chiller_cop_multiplier * warm_water_gain(temp_water, a)
    return np.minimum(efficiency * EVAPORATING_K / lift * gain, a.chiller_cop_cap)


def cop_water_cooled(
    temp_condenser: FloatArray,
    part_load: FloatArray | float,
    temp_water: float,
    a: CoolingBook,
) -> FloatArray:
    """Coefficient of performance of a water-cooled chiller.

    ::

        COP = (c0 + c1 t + c2 t² + c3 L + c4 L² + c5 L t)
              (1 + k_c (min(t_w, t_top) − 6.7)), capped

    Parameters
    ----------
    temp_condenser
        Water entering the condenser t [degC].
    part_load
        Part-load ratio L, 0.25–1.
    temp_water
        Chilled-water supply temperature t_w [degC].
    a
        Assumptions in force.
    """
    fitted = water_cooled_fit(temp_condenser, part_load)
    gain = a.chiller_water_cooled_multiplier * warm_water_gain(temp_water, a)
    return np.minimum(fitted * gain, a.chiller_water_cooled_cop_cap)


def water_cooled_fit(
    temp_condenser: FloatArray, part_load: FloatArray | float
) -> FloatArray:
    """Return the bare fit of `cop_water_cooled`, at 6.7 degC chilled water [1]."""
    c0, c1, c2, c3, c4, c5 = WATER_COOLED
    t, load = temp_condenser, part_load
    return c0 + t * (c1 + c2 * t) + load * (c3 + c4 * load + c5 * t)


def warm_water_gain(temp_water: float, a: CoolingBook) -> float:
    """COP with warm chilled water over that at 6.7 degC [1]."""
    warmth = min(temp_water, a.chiller_water_gain_top_c) - RATING_WATER_C
    return 1.0 + a.chiller_water_gain_per_k * warmth


def part_load(load: FloatArray, capacity: FloatArray, a: CoolingBook) -> FloatArray:
    """Part-load ratio of the running machines: load/capacity, staged above a floor."""
    loading = load / np.where(capacity > 0, capacity, 1.0)
    staged: FloatArray = np.clip(loading, a.chiller_min_part_load, 1.0)
    return staged


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
