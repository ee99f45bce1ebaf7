"""Chillers of the published model, for `reference_case` alone.

Products use `climate.cooling.chillers`. These fits are kept apart because they are
the published ones, with their ranges and faults.

References
----------
.. [1] N. Lei and E. Masanet (2022), Resources, Conservation and Recycling 182:106323,
   training points of the water-cooled and air-cooled chillers.
.. [2] N. Lei and E. Masanet (2020), Energy 201:117556, chiller regression.
"""

import numpy as np

from climate.psychrometrics import FloatArray

HALF_LOAD = ((15.6, 7.82), (18.3, 7.48), (23.9, 6.76), (29.4, 6.17))
"""Condenser water [degC] and COP published at half load [1]_."""
VARIANCE, LENGTH_K, NOISE = 89.2, 86.85, 0.0194
"""Variance of COP, length in temperature [K], variance of a point's error.

The published model learns from the points by a Gaussian process; these three are
inferred from its results, which they meet within 0.008 in COP from 19 to 38 degC.
"""
COLDEST_C, WARMEST_C = 5.0, 38.0
"""Range of condenser air the published air-cooled points can speak for [degC]."""


def _kernel(one: FloatArray, other: FloatArray) -> FloatArray:
    apart = (one[..., None] - other) / LENGTH_K
    return VARIANCE * np.exp(-0.5 * apart**2)


def cop_at_half_load(temp_condenser: FloatArray) -> FloatArray:
    """COP of the water-cooled chiller at half load, by condenser water [degC].

    Mean of a Gaussian process of zero mean through the published points t_i, y_i::

        COP(t) = Σ k(t, t_i) w_i,  (K + σ² I) w = y,  k = v exp(−(t − t')²/2l²)
    """
    temp, cop = np.array(HALF_LOAD).T
    noisy = _kernel(temp, temp) + NOISE * np.eye(temp.size)
    weights = np.linalg.solve(noisy, cop)
    kernels = _kernel(np.asarray(temp_condenser), temp)
    result: FloatArray = (kernels * weights).sum(axis=-1)
    return result


def cop_air_cooled_log(temp_air: FloatArray, part_load: float) -> FloatArray:
    """COP of the air-cooled chiller: logarithmic fit of the published points.

    Within 0.05 in ln COP of the published model from 10 to 35 degC; held outside
    5–38 degC, where the fit would explode.

    Parameters
    ----------
    temp_air
        Air on the condenser t [degC].
    part_load
        Part-load ratio L, 0.25–1.
    """
    t = np.clip(temp_air, COLDEST_C, WARMEST_C)
    by_load = part_load * (2.08738 - 1.66731 * part_load)
    by_air = t * (-0.082683 + 5.95e-4 * t + 0.016667 * part_load)
    return np.exp(2.25557 + by_load + by_air)


def cop_2020(temp_condenser: FloatArray, part_load: float) -> FloatArray:
    """COP of the water-cooled chiller after the regression of 2020 [2]_.

    Parameters
    ----------
    temp_condenser
        Water entering the condenser t [degC], about 15–35.
    part_load
        Part-load ratio L.
    """
    t = temp_condenser
    by_load = part_load * (9.885294 - 8.528931 * part_load)
    by_water = t * (-0.760621 + 0.00884 * t + 0.084615 * part_load)
    return 16.798751 + by_load + by_water
