"""Annuities, discount factors, present values and payback of yearly cash flows.

Every function takes arrays with any leading dimensions (draws, sites, options,
systems) and the years last. The first year is year 0 and is not discounted.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def over_years(value: float | Array) -> Array:
    """Give a quantity without years a trailing axis for them.

    Parameters
    ----------
    value : float or array (...)

    Returns
    -------
    array (..., 1)
    """
    return np.asarray(value, dtype=np.float64)[..., None]


def ratio(part: Array, whole: Array) -> Array:
    """Return part over whole, NaN where the whole is not positive."""
    return np.where(whole > 0.0, part / np.where(whole > 0.0, whole, 1.0), np.nan)


def annuity_factor(rate_pct: float | Array, years: float | Array) -> Array:
    """Return the present value of 1 a year, paid at each year's end.

    ``a = (1 - (1 + r)^-n) / r``, and ``n`` where the rate is zero.

    Parameters
    ----------
    rate_pct : array_like
        Discount rate per year [%].
    years : array_like
        Number of yearly payments [years].

    Returns
    -------
    array
        Annuity factor [years].

    Examples
    --------
    >>> round(float(annuity_factor(10.0, 20.0)), 4)
    8.5136
    """
    rate, n = np.broadcast_arrays(
        np.asarray(rate_pct, dtype=np.float64) / 100.0,
        np.asarray(years, dtype=np.float64),
    )
    safe = np.where(rate == 0.0, 1.0, rate)
    return np.where(rate == 0.0, n, -np.expm1(-n * np.log1p(safe)) / safe)


def capital_recovery_factor(rate_pct: float | Array, years: float | Array) -> Array:
    """Return the level yearly payment that repays 1: the annuity's inverse.

    Parameters
    ----------
    rate_pct : array_like
        Discount rate per year [%].
    years : array_like
        Number of yearly payments [years].

    Returns
    -------
    array
        Payment per unit of capital [1/year].
    """
    return 1.0 / annuity_factor(rate_pct, years)


def discount_factors(rate_pct: float | Array, years: int) -> Array:
    """Return the worth today of 1 in each year, ``(1 + r)^-t`` for t = 0, 1, ….

    Parameters
    ----------
    rate_pct : float or array (...)
        Discount rate per year [%].
    years : int
        Number of years.

    Returns
    -------
    array (..., year)
        Discount factors [1].
    """
    return np.asarray((1.0 + over_years(rate_pct) / 100.0) ** -np.arange(years))


def npv(rate_pct: float | Array, flows: Array) -> Array:
    """Return the net present value of yearly flows, the first undiscounted.

    Parameters
    ----------
    rate_pct : float or array (...)
        Discount rate per year [%].
    flows : array (..., year)
        Cash flow [USD].

    Returns
    -------
    array (...)
        Net present value [USD].
    """
    factors = discount_factors(rate_pct, flows.shape[-1])
    return np.asarray((flows * factors).sum(axis=-1))


def payback_years(flows: Array, into_first_year: float = 0.0) -> Array:
    """Return the years until the running cash flow turns positive for good.

    Undiscounted; within the year of the turn the flow is taken as even.

    Parameters
    ----------
    flows : array (..., year)
        Cash flow [USD].
    into_first_year : float
        Part of year 0 gone when the count starts [years].

    Returns
    -------
    array (...)
        Payback [years]; 0 where nothing is ever owed, NaN where never repaid.
    """
    running = flows.cumsum(axis=-1)
    owing = running < 0.0
    count = flows.shape[-1]
    last = np.where(owing.any(axis=-1), count - 1 - owing[..., ::-1].argmax(-1), -1)
    turn = np.clip(last + 1, 0, count - 1)[..., None]
    debt = np.take_along_axis(running, np.maximum(turn - 1, 0), -1)[..., 0]
    gain = np.take_along_axis(flows, turn, -1)[..., 0]
    repaid = (last < count - 1) & np.isfinite(running[..., -1])
    part = -debt / np.where(gain > 0.0, gain, 1.0)
    years = np.where(last < 0, 0.0, last + 1 + part - into_first_year)
    return np.where(repaid, years, np.nan)
