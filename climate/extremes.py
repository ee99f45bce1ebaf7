"""Temperatures that return once in many years, from the hottest hour of each year."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

EULER_GAMMA = float(np.euler_gamma)


def annual_maxima(temp_air: Array, years: int) -> Array:
    """Return the highest value of each year.

    Parameters
    ----------
    temp_air : array, (site, time)
        Equally many steps a year, whole years [degC].
    years : int
        Years the steps make up.

    Returns
    -------
    array, (site, years)
        [degC]
    """
    highest: Array = temp_air.reshape(len(temp_air), years, -1).max(axis=-1)
    return highest


def return_level(temp_air: Array, years: int, period: float) -> Array:
    """Return the annual maximum exceeded once in `period` years on average.

    ``T = M - (√6/π) (γ + ln ln(n/(n - 1))) s``, M and s mean and standard deviation
    of the annual maxima: Gumbel's law fitted by moments, as ASHRAE gives n-year
    extremes [1]_. Gumbel's tail has no end where heat has one, so long periods come
    out on the high side; from ten years a 20-year value is good to about ± 1 K.

    Parameters
    ----------
    temp_air : array, (site, time)
        [degC]
    years : int
        Years the steps make up.
    period : float
        Above 1 [years].

    Returns
    -------
    array, (site,)
        [degC]; NaN from a single year, which holds no spread between years, and for
        a site with missing values.

    References
    ----------
    .. [1] ASHRAE Handbook Fundamentals (2017), chapter 14, return period of extreme
       temperature; E. J. Gumbel (1958), Statistics of Extremes.

    Examples
    --------
    >>> import numpy as np
    >>> two_years = np.array([[30.0, 38.0, 31.0, 40.0]])
    >>> return_level(two_years, 2, 20.0).round(2).tolist()
    [41.64]
    """
    if period <= 1.0:
        raise ValueError(f"period is {period} years — expected above 1")
    highest = annual_maxima(temp_air, years)
    if years == 1:
        return np.full(len(highest), np.nan)
    reduced = EULER_GAMMA + np.log(np.log(period / (period - 1.0)))
    spread = highest.std(axis=-1, ddof=1)
    level: Array = highest.mean(axis=-1) - np.sqrt(6.0) / np.pi * reduced * spread
    return level
