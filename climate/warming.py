"""How much warmer a future year is than the normals, month by month."""

import numpy as np
import numpy.typing as npt

from data.assumptions.climate import ClimateBook

Array = npt.NDArray[np.float64]

SUMMER = np.isin(np.arange(1, 13), [6, 7, 8, 9])
"""June to September, the months the published projections give apart."""
Line = tuple[tuple[float, float], ...]
"""Year and warming [K] at the ends of straight lines."""


def _stated(a: ClimateBook) -> dict[str, Line]:
    """Return the stated warming of every pathway, from its base year on."""
    ssp, rcp = (a.warming_base_year, 0.0), (a.warming_rcp_base_year, 0.0)
    return {
        "none": (ssp, (2090.0, 0.0)),
        "ssp245": (
            ssp,
            (2030.0, a.warming_ssp245_2030_k),
            (2050.0, a.warming_ssp245_2050_k),
            (2090.0, a.warming_ssp245_2090_k),
        ),
        "ssp585": (
            ssp,
            (2030.0, a.warming_ssp585_2030_k),
            (2050.0, a.warming_ssp585_2050_k),
            (2090.0, a.warming_ssp585_2090_k),
        ),
        "rcp26": (
            rcp,
            (2050.0, a.warming_rcp26_2050_k),
            (2090.0, a.warming_rcp26_2090_k),
        ),
        "rcp45": (
            rcp,
            (2050.0, a.warming_rcp45_2050_k),
            (2090.0, a.warming_rcp45_2090_k),
        ),
        "rcp85": (
            rcp,
            (2050.0, a.warming_rcp85_2050_k),
            (2090.0, a.warming_rcp85_2090_k),
        ),
    }


def annual_warming(year: float, pathway: str, a: ClimateBook) -> float:
    """Return the warming of a year against the base period of the projections.

    Straight lines from zero at the base year through the stated years, the first and
    last running on.

    Parameters
    ----------
    year : float
        Calendar year.
    pathway : str
        "ssp245", "ssp585", "rcp26", "rcp45", "rcp85", or "none" for no warming.
    a : ClimateBook
        The assumptions.

    Returns
    -------
    float
        [K]; above 1995-2014 for the SSPs and above 1986-2005 for the RCPs.
    """
    years, level = np.array(_stated(a)[pathway]).T
    piece = int(np.clip(np.searchsorted(years, year) - 1, 0, years.size - 2))
    slope = (level[piece + 1] - level[piece]) / (years[piece + 1] - years[piece])
    return float(level[piece] + slope * (year - years[piece]))


def monthly_warming(
    year: float, pathway: str, a: ClimateBook, since: float | None = None
) -> Array:
    """Return the warming of a year over that of the weather at hand, by month.

    ``Δ(year) - Δ(since)``; June to September take the summer factor and the
    other eight months the rest, so that the mean of the months is the annual figure.

    Parameters
    ----------
    year : float
        Calendar year the weather stands for.
    pathway : str
        As in `annual_warming`.
    a : ClimateBook
        The assumptions.
    since : float, optional
        Calendar year in the middle of the weather at hand; absent: of the normals.

    Returns
    -------
    array, (12,)
        [K]
    """
    base = a.normals_year if since is None else since
    annual = annual_warming(year, pathway, a) - annual_warming(base, pathway, a)
    months = SUMMER.size
    summer = int(SUMMER.sum())
    rest = (months - summer * a.warming_summer_factor) / (months - summer)
    return annual * np.where(SUMMER, a.warming_summer_factor, rest)
