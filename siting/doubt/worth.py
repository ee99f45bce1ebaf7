"""Shares and worth: what each number explains, and what knowing it would be worth.

Both rest on the mean of an outcome given a number, taken over equal groups of the draws
in its order: no further run of the model is needed.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from siting.doubt.outcomes import NETWORKS, Drawn

Array = NDArray[np.float64]

GROUPS: Final = 25
"""Groups a number's draws are divided into."""


def grouped(x: Array, groups: int = GROUPS) -> NDArray[np.intp]:
    """Return (draw,) the group of each draw, in the order of a number.

    Draws of one value stay together, so a number of two values has two groups.
    """
    values, place = np.unique(x, return_inverse=True)
    if values.size <= groups:
        return np.asarray(place, dtype=np.intp)
    order = np.argsort(x, kind="stable")
    found = np.empty(len(x), dtype=np.intp)
    found[order] = np.arange(len(x)) * groups // len(x)
    return found


def means(y: Array, group: NDArray[np.intp]) -> tuple[Array, Array]:
    """Return the mean of each outcome in each group, and the size of the groups.

    Parameters
    ----------
    y : array (draw, …)
    group : array (draw,)

    Returns
    -------
    tuple of array
        (group, …) and (group,).
    """
    size = np.bincount(group).astype(float)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(size.size))
    sums = np.add.reduceat(y[order], starts, axis=0)
    return sums / size.reshape(-1, *(1,) * (y.ndim - 1)), size


def share(y: Array, x: Array, groups: int = GROUPS) -> Array:
    """Return the part of each outcome's variance that a number explains alone [1].

    The first-order index ``Var(E[Y|X]) / Var(Y)``, as the correlation ratio of the
    groups less what chance gives: ``1 − (1 − η²)(N − 1)/(N − K)``, not below zero.

    Parameters
    ----------
    y : array (draw, …)
        Outcomes; a draw with NaN is left out of all.
    x : array (draw,)

    References
    ----------
    .. [1] Saltelli et al. (2008), "Global Sensitivity Analysis: The Primer", ch. 4.
    """
    known = np.isfinite(y.reshape(len(y), -1)).all(axis=1)
    y, group = y[known], grouped(x[known], groups)
    if len(y) <= groups or group.max(initial=0) == 0:
        return np.zeros(y.shape[1:])
    mean, size = means(y, group)
    centre = y.mean(axis=0)
    between = np.tensordot(size, (mean - centre) ** 2, axes=1) / len(y)
    whole = y.var(axis=0)
    ratio = np.where(whole > 0.0, between / np.where(whole > 0.0, whole, 1.0), 0.0)
    chance = (len(y) - 1.0) / (len(y) - size.size)
    return np.asarray(np.maximum(0.0, 1.0 - (1.0 - ratio) * chance))


def inputs(drawn: Drawn) -> Iterator[tuple[str, Array]]:
    """Yield every drawn number, network and event as (draw,) or (draw, site)."""
    for name, values in drawn.values.items():
        yield name, values.to_numpy()
    yield NETWORKS, drawn.network
    for name, on in drawn.happens.items():
        yield name, on.astype(float)


def shares(outcome: xr.DataArray, drawn: Drawn, site: int) -> pd.Series:
    """Return the share of each number in one outcome of one site, greatest first."""
    y = outcome.to_numpy()[:, site]
    found = {
        name: float(share(y, x if x.ndim == 1 else x[:, site]))
        for name, x in inputs(drawn)
    }
    return pd.Series(found, name="share").sort_values(ascending=False)


def worth_of_all(value: Array) -> float:
    """Return what knowing everything before deciding would be worth [USD].

    ``E[max_d V_d] − max_d E[V_d]`` over the sites and building nowhere.

    Parameters
    ----------
    value : array (draw, decision)
    """
    return float(value.max(axis=1).mean() - value.mean(axis=0).max())


def worth_of(value: Array, x: Array, groups: int = GROUPS) -> float:
    """Return what knowing one number before deciding would be worth [USD].

    ``E_x[max_d E[V_d | x]] − max_d E[V_d]``, not below zero. In each group of draws
    the decision is chosen on one half and valued on the other, so that what looks best
    by chance earns nothing.

    Parameters
    ----------
    value : array (draw, decision)
        Value of each decision, building nowhere among them.
    x : array (draw,)

    References
    ----------
    .. [1] Strong & Oakley (2013), "An efficient method for computing single-parameter
       partial expected value of perfect information", Medical Decision Making 33(6).
    """
    group = grouped(x, groups)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(1, group.max(initial=0) + 1))
    mean = value.mean(axis=0)
    usual = int(mean.argmax())
    earned = sum(_earned(some, usual) for some in np.split(value[order], starts))
    return max(0.0, earned / len(value) - float(mean[usual]))


def _earned(value: Array, usual: int) -> float:
    """Return what deciding on each half of some draws earns in the other half.

    A draw alone says nothing: there the usual decision stands.
    """
    one, other = value[::2], value[1::2]
    if len(other) == 0:
        return float(one[:, usual].sum())
    by_one, by_other = one.mean(axis=0).argmax(), other.mean(axis=0).argmax()
    return float(one[:, by_other].sum() + other[:, by_one].sum())


def decisions(npv_usd: xr.DataArray) -> Array:
    """Return the value of building at each site or nowhere, (draw, decision) [USD].

    What cannot be built is worth nothing, and costs nothing.
    """
    value = np.nan_to_num(npv_usd.to_numpy(), nan=0.0)
    return np.concatenate([value, np.zeros((len(value), 1))], axis=1)


def worths(npv_usd: xr.DataArray, drawn: Drawn, sites: list[str]) -> pd.DataFrame:
    """Return what knowing each number would be worth, the dearest first.

    Parameters
    ----------
    npv_usd : DataArray (draw, site)
    drawn : Drawn
    sites : list of str
        A number of a site or region is known at one of these at a time.

    Returns
    -------
    DataFrame
        `name`, `where`, `usd`.
    """
    value = decisions(npv_usd)
    known = [str(site) for site in npv_usd["site"].to_numpy()]
    rows = []
    for name, x in inputs(drawn):
        at = [("", x)] if x.ndim == 1 else [(s, x[:, known.index(s)]) for s in sites]
        rows += [(name, where, worth_of(value, own)) for where, own in at]
    table = pd.DataFrame(rows, columns=["name", "where", "usd"])
    return table.sort_values("usd", ascending=False, ignore_index=True)
