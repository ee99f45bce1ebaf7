"""How wide a number may be: its bounds, and the quantiles of its distribution.

A number with a low and a high follows a PERT distribution, a beta whose mean is
``(low + 4·value + high) / 6``. Where the bounds are absent the grade sets them.
"""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import beta

from data.schema import GRADES

Array = NDArray[np.float64]
Kind = Literal["plain", "efficiency", "probability"]

WIDTHS: Final = dict(zip(GRADES, (0.03, 0.10, 0.20, 0.40), strict=True))
"""Relative width by grade, where low and high are absent [1]."""
LOGITS: Final[Array] = np.linspace(-30.0, 30.0, 1025)
"""Logits ``ln(u / (1 − u))`` at which a quantile function is worked out; between them
straight. Evenly spaced probabilities would cut the tails off."""


def bounds(
    value: float, low: float, high: float, grade: str, kind: Kind = "plain"
) -> tuple[float, float]:
    """Return the least and greatest value a number may have.

    ``value / (1 + w)`` to ``value · (1 + w)`` with the width w of the grade, where a
    bound is absent; of an efficiency the loss ``1 − η`` is so widened.

    Parameters
    ----------
    value, low, high : float
        NaN bounds are absent.
    grade : str
        Of `GRADES`.
    kind : str
        What the number is.

    Returns
    -------
    tuple of float
        Low and high.

    Raises
    ------
    ValueError
        If a probability states no bounds: a grade says nothing of them.

    Examples
    --------
    >>> bounds(100.0, np.nan, np.nan, "published")
    (90.9090909090909, 110.00000000000001)
    """
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    if kind == "probability":
        raise ValueError("a probability must state its own low and high")
    width = 1.0 + WIDTHS[grade]
    if kind == "efficiency":
        least, most = 1.0 - (1.0 - value) * width, 1.0 - (1.0 - value) / width
    else:
        least, most = sorted((value / width, value * width))
    return (
        low if np.isfinite(low) else least,
        high if np.isfinite(high) else most,
    )


def pert(u: Array, low: float, value: float, high: float) -> Array:
    """Return the quantiles u of a PERT distribution.

    ``low + (high − low) · B⁻¹(u; 1 + 4(v − l)/(h − l), 1 + 4(h − v)/(h − l))``

    Parameters
    ----------
    u : array
        Probabilities, 0 to 1.
    low, value, high : float
        Equal bounds give the value.

    Returns
    -------
    array
        Of the shape of `u`.

    References
    ----------
    .. [1] Malcolm et al. (1959), "Application of a technique for research and
       development program evaluation", Operations Research 7(5), 646-669.
    """
    span = high - low
    if span == 0.0:
        return np.full(u.shape, value)
    first = 1.0 + 4.0 * (value - low) / span
    below, above = LOGITS[:512], -LOGITS[512:]
    part = np.concatenate(
        [
            beta.ppf(expit(below), first, 6.0 - first),
            beta.isf(expit(above), first, 6.0 - first),
        ]
    )
    part[[0, -1]] = 0.0, 1.0
    return np.asarray(low + span * np.interp(logit(u), LOGITS, part))


def binary(u: Array, value: float, otherwise: float, probability: float) -> Array:
    """Return the value where u lies below its probability, else the other."""
    return np.where(u < probability, value, otherwise)
