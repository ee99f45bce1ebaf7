"""DC power flow in closed form: transfer and outage factors as dense arrays.

A branch is a group of equal parallel circuits between two buses. Every function
broadcasts over leading dimensions, so a stack of networks (draws of the unknown
circuits and lengths) is one call. Notation: N buses, L groups; A (L, N) is +1 at
the bus a group leaves and −1 at the bus it enters; b is the susceptance of a whole
group; P flows per MW injected and taken at the reference bus, the first.

References
----------
.. [1] Wood, Wollenberg & Sheblé (2013), "Power Generation, Operation, and Control",
   3rd ed., chapter 7 (sensitivity factors).
.. [2] Guo, Fu, Li & Shahidehpour (2009), "Direct calculation of line outage
   distribution factors", IEEE Trans. Power Systems 24, 1633.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

BRIDGE = 1e-6
"""A group whose own transfer factor is within this of 1 has no path beside it."""


def incidence(start: IntArray, end: IntArray, buses: int) -> FloatArray:
    """Return the incidence matrix A: +1 where a group starts, −1 where it ends.

    Parameters
    ----------
    start, end
        (group,): bus positions.
    buses
        Number of buses N.
    """
    row = np.arange(len(start))
    matrix = np.zeros((len(start), buses))
    matrix[row, start] += 1.0
    matrix[row, end] -= 1.0
    return matrix


def ptdf(incident: FloatArray, susceptance: FloatArray) -> FloatArray:
    """Return power transfer distribution factors.

    ``P = diag(b) A (Aᵀ diag(b) A)⁻¹`` with the row and column of the first bus
    left out of the inverse [1]_.

    Parameters
    ----------
    incident
        (group, bus) of one connected network.
    susceptance
        (…, group): b of the whole group, any unit.

    Returns
    -------
    FloatArray
        (…, group, bus): MW on the group per MW injected at the bus and taken at the
        first bus [MW/MW].

    Examples
    --------
    >>> a = incidence(np.array([0, 1, 0]), np.array([1, 2, 2]), 3)
    >>> ptdf(a, np.ones(3))[:, 1].round(3).tolist()
    [-0.667, 0.333, -0.333]
    """
    inner = incident[:, 1:]
    weighted = susceptance[..., None] * inner
    factors = np.zeros((*susceptance.shape, incident.shape[1]))
    factors[..., 1:] = weighted @ np.linalg.inv(inner.T @ weighted)
    return factors


def transfers(factors: FloatArray, incident: FloatArray) -> FloatArray:
    """Return flows per MW sent from the start of each group to its end.

    Parameters
    ----------
    factors
        (…, group, bus) as `ptdf` gives them.
    incident
        (group, bus).

    Returns
    -------
    FloatArray
        (…, group, sent group) [MW/MW]; 1 on the diagonal of a bridge.
    """
    return factors @ incident.T


def lodf(moved: FloatArray) -> FloatArray:
    """Return line outage distribution factors of whole groups.

    ``D[l, k] = H[l, k] / (1 − H[k, k])``, ``D[k, k] = −1`` [2]_.

    Parameters
    ----------
    moved
        (…, group, sent group) H as `transfers` gives it.

    Returns
    -------
    FloatArray
        (…, group, outage): flow gained per MW the lost group carried; NaN in the
        column of a bridge, whose loss splits the network.
    """
    return circuit_outage(moved, np.ones(moved.shape[:-1]))


def circuit_outage(moved: FloatArray, circuits: FloatArray) -> FloatArray:
    """Return outage factors of one circuit of each group.

    The lost circuit of n carried f/n. Sending ``Δ = (f/n) / (1 − H[k, k]/n)``
    between its ends cancels it, so ``C[l, k] = H[l, k]/n / (1 − H[k, k]/n)`` for
    other groups; the group itself keeps n − 1 circuits:
    ``C[k, k] = (H[k, k] − 1)/n / (1 − H[k, k]/n)``.

    Parameters
    ----------
    moved
        (…, group, sent group) H.
    circuits
        (…, group): number of circuits n [1].

    Returns
    -------
    FloatArray
        (…, group, outage): flow gained by a group per MW the whole group k carried
        before; NaN in the column of a bridge of one circuit.
    """
    own = np.diagonal(moved, axis1=-2, axis2=-1)
    left = 1.0 - own / circuits
    split = left < BRIDGE
    scale = 1.0 / np.where(split, np.nan, circuits * left)
    factors = moved * scale[..., None, :]
    diagonal = np.arange(moved.shape[-1])
    factors[..., diagonal, diagonal] -= scale
    return factors


def bridges(moved: FloatArray) -> BoolArray:
    """Return which groups have no path beside them, whatever their circuits.

    Parameters
    ----------
    moved
        (…, group, sent group) H.
    """
    return np.diagonal(moved, axis1=-2, axis2=-1) > 1.0 - BRIDGE


def far_side(factors: FloatArray) -> BoolArray:
    """Return the buses that each bridge parts from the first bus.

    An injection beyond a bridge crosses it whole, one on the near side not at all;
    rows of groups that are no bridge mean nothing.

    Parameters
    ----------
    factors
        (…, group, bus) as `ptdf` gives them.
    """
    return np.abs(factors) > 0.5
