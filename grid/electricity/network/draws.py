"""What the tables do not know of a network, drawn: circuits, conductors, lengths.

Each unknown has its own stream, seeded by the seed and the element's id: a new line
changes no other line's draws, and an element has the same draws in every year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from grid.electricity.network.elements import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from data.assumptions.power import PowerBook
    from data.book import Book
    from grid.electricity.network.elements import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

STREAMS: Final = ("circuits", "conductor", "length", "reactance")
BASE_KM: Final = 80.0
FAR_KM: Final = 300.0
"""Lengths at which the book gives St Clair's curve [km]."""
ROUTE_LEAST: Final = 1.0
"""No line is shorter than the straight way between its ends."""


@dataclass(frozen=True, slots=True)
class Known:
    """The numbers in force, the book with their doubt, and the seed of the draws."""

    a: PowerBook
    book: Book
    seed: int
    draws: int
    """Networks drawn."""
    pick: IntArray | None = None
    """Draws looked at; None for all."""
    central: bool = False
    """One network instead, every unknown at its median over those draws."""

    @property
    def count(self) -> int:
        """Number of networks looked at."""
        if self.central:
            return 1
        return self.draws if self.pick is None else len(self.pick)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Networks drawn: every array is (draw, group)."""

    circuits: FloatArray
    """Circuits, or transformers, of the group [1]."""
    susceptance: FloatArray
    """Of the whole group [MW/rad]."""
    thermal_mw: FloatArray
    """Thermal limit of one circuit at the tabled temperature [MW]."""
    stable_mw: FloatArray
    """Limit of one circuit by its length or its operator [MW]; +inf without one."""

    def taken(self, draws: IntArray) -> Drawn:
        """Return some of the draws."""
        return Drawn(
            self.circuits[draws],
            self.susceptance[draws],
            self.thermal_mw[draws],
            self.stable_mw[draws],
        )


def uniforms(names: Iterable[str], known: Known) -> FloatArray:
    """Return (draw, name) uniform numbers, one stream per name.

    Every law drawn from them rises with its number, so the median number gives the
    median of the unknown: what `Known.central` asks for.

    Parameters
    ----------
    names
        What is drawn.
    known
        Seed, number of draws, and which of them are looked at.
    """
    every = slice(None) if known.pick is None else known.pick
    seeds = [[known.seed, crc32(name.encode())] for name in names]
    streams = [np.random.default_rng(seed).random(known.draws) for seed in seeds]
    found = np.stack([stream[every] for stream in streams], axis=1)
    return np.median(found, axis=0, keepdims=True) if known.central else found


def triangular(
    u: FloatArray, low: ArrayLike, mode: ArrayLike, high: ArrayLike
) -> FloatArray:
    """Return the quantiles u of triangular distributions.

    Parameters
    ----------
    u
        Uniform numbers.
    low, mode, high
        The distribution; equal bounds give the mode.

    Examples
    --------
    >>> triangular(np.array([0.0, 0.5, 1.0]), 0.0, 1.0, 2.0).tolist()
    [0.0, 1.0, 2.0]
    """
    low, mode, high = (np.asarray(b, dtype=np.float64) for b in (low, mode, high))
    width = np.maximum(high - low, 1e-12)
    split = (mode - low) / width
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1 - u) * width * (high - mode))
    return np.where(u < split, rising, falling)


def counts(u: FloatArray, ratio: float, least: float, most: float) -> FloatArray:
    """Return counts of a geometric law cut at both ends, ``P(n) ∝ ratioⁿ``.

    Parameters
    ----------
    u
        Uniform numbers.
    ratio
        P(n + 1) ÷ P(n).
    least, most
        Bounds of the count.
    """
    number = np.arange(least, most + 1)
    weight = ratio ** (number - least)
    chance = np.cumsum(weight) / weight.sum()
    return number[np.minimum(np.searchsorted(chance, u), len(number) - 1)]


def loadability_mw(
    length_km: FloatArray, sil_mw: FloatArray, a: PowerBook
) -> FloatArray:
    """Return the loadability of a circuit by its length, after St Clair's curve [MW].

    ``P = SIL · s₈₀ · (L/80)^(−k)``, ``k = ln(s₈₀/s₃₀₀)/ln(300/80)``; no limit up to
    80 km, where heat decides [1]_.

    Parameters
    ----------
    length_km
        Length L [km].
    sil_mw
        Surge impedance loading [MW].
    a
        Loadability in SIL at 80 and 300 km.

    References
    ----------
    .. [1] Dunlop, Gutman & Marchenko (1979), "Analytical development of loadability
       characteristics for EHV and UHV transmission lines", IEEE PAS-98, 606.
    """
    near, far = a.network_stclair_sil_at_80, a.network_stclair_sil_at_300
    power = np.log(near / far) / np.log(FAR_KM / BASE_KM)
    curve = sil_mw * near * (np.maximum(length_km, BASE_KM) / BASE_KM) ** -power
    return np.where(length_km > BASE_KM, curve, np.inf)


def scalar(name: str, known: Known) -> FloatArray:
    """Return draws of one number of the book, triangular over its doubt.

    Parameters
    ----------
    name
        Field of the power room's book, such as ``network_reserve_pct``.
    known
        The numbers in force, their doubt and the seed.
    """
    u = uniforms([name], known)[:, 0]
    return triangular(u, *doubted(name, known.a, known.book))


def doubted(name: str, a: PowerBook, book: Book) -> tuple[float, float, float]:
    """Return low, value and high of a number; a value used instead widens its range.

    Parameters
    ----------
    name
        Field of the power room's book, such as ``time_switchgear_months``.
    a
        The numbers in force.
    book
        Their doubt.
    """
    at = "power." + name.replace("_", ".", 1)
    low, high = book.table[["low", "high"]].loc[at].to_numpy(dtype=np.float64)
    value = float(getattr(a, name))
    return min(float(low), value), value, max(float(high), value)


def draw(network: Network, types: pd.DataFrame, known: Known) -> Drawn:
    """Return networks with everything unknown drawn.

    Parameters
    ----------
    network
        Buses and groups.
    types
        The line types table.
    known
        Laws of the unknowns, and the seed.
    """
    groups, a = network.groups, known.a
    line = groups["is_line"].to_numpy(dtype=bool)
    u = {
        stream: uniforms([f"{name} {stream}" for name in groups.index], known)
        for stream in STREAMS
    }
    circuits, unit_mva = _counts(groups, u["circuits"], a)
    wires = _wires(groups, types, u, a)
    percent = scalar("network_transformer_reactance_pct", known)[:, None]
    power = unit_mva * a.substation_power_factor
    each = np.where(line, wires.susceptance, unit_mva * 100.0 / percent)
    return Drawn(
        circuits=circuits,
        susceptance=circuits * each,
        thermal_mw=np.where(line, wires.thermal_mw, power),
        stable_mw=np.where(line, wires.stable_mw, np.inf),
    )


def _counts(
    groups: pd.DataFrame, u: FloatArray, a: PowerBook
) -> tuple[FloatArray, FloatArray]:
    """Circuits or transformers of each group, and the rating of one transformer."""
    line = groups["is_line"].to_numpy(dtype=bool)
    known, rated = (groups[c].to_numpy(dtype=np.float64) for c in ("circuits", "mva"))
    least = a.substation_default_units
    size = _of_level(
        groups,
        (
            a.substation_unit_mva_220,
            a.substation_unit_mva_330,
            a.substation_unit_mva_500,
        ),
    )
    lines = counts(u, a.network_circuits_ratio, 1, a.network_circuits_most)
    units = counts(u, a.network_units_ratio, least, a.network_units_most)
    by_size = np.maximum(least, np.rint(rated / size))
    units = np.where(np.isnan(rated), units, by_size)
    drawn = np.where(line, lines, units)
    number = np.where(np.isnan(known), drawn, known)
    return number, np.where(np.isnan(rated), size, rated / number)


def _of_level(groups: pd.DataFrame, values: tuple[float, ...]) -> FloatArray:
    place = np.searchsorted(LEVELS, groups["level"].to_numpy(dtype=np.float64))
    return np.take(np.array(values, dtype=np.float64), place)


def _wires(
    groups: pd.DataFrame, types: pd.DataFrame, u: dict[str, FloatArray], a: PowerBook
) -> Drawn:
    """Susceptance and limits of one circuit of each group taken as a line."""
    level = groups["level"].to_numpy(dtype=np.int64)
    length = _lengths(groups, u["length"], a)
    shape = length.shape
    ohm, sil, thermal = np.ones(shape), np.ones(shape), np.ones(shape)
    for kv in LEVELS:
        at = np.flatnonzero(level == kv)
        fit = types[types["voltage_kv"] == kv]
        best = fit[fit["preferred"].astype(bool)].iloc[0]
        chosen = _chosen(groups.iloc[at], fit, u["conductor"][:, at])
        for array, column in (
            (ohm, "x_ohm_per_km"),
            (sil, "sil_mw"),
            (thermal, "thermal_mva"),
        ):
            filled = fit[column].fillna(best[column]).to_numpy(dtype=np.float64)
            array[:, at] = filled[chosen]
    cap = groups["cap_mw"].to_numpy(dtype=np.float64)
    stable = np.fmin(loadability_mw(length, sil, a), cap)
    power = thermal * a.substation_power_factor
    return Drawn(np.ones(shape), level**2 / (ohm * length), power, stable)


def _chosen(groups: pd.DataFrame, fit: pd.DataFrame, u: FloatArray) -> IntArray:
    """Position of each line's conductor: as named, else any of its class alike."""
    anyone = np.minimum((u * len(fit)).astype(np.intp), len(fit) - 1)
    names = groups["conductor"].fillna("").astype(str)
    known = np.array(
        [
            next((i for i, c in enumerate(fit["conductor"]) if name.startswith(c)), -1)
            if name
            else -1
            for name in names
        ],
        dtype=np.intp,
    )
    return np.where(known < 0, anyone, known)


def lengths_km(network: Network, known: Known) -> FloatArray:
    """Return the length of every line (draw, group) [km]; 1 for transformers.

    Parameters
    ----------
    network
        Buses and groups.
    known
        Laws of the unknowns, and the seed.
    """
    names = [f"{name} length" for name in network.groups.index]
    return _lengths(network.groups, uniforms(names, known), known.a)


def _lengths(groups: pd.DataFrame, u: FloatArray, a: PowerBook) -> FloatArray:
    """Length of each line [km]: tabled with its range, else route factor × straight."""
    given, low, high = (
        groups[c].to_numpy(dtype=np.float64)
        for c in ("length_km", "length_km_low", "length_km_high")
    )
    factor = triangular(
        u,
        ROUTE_LEAST,
        a.lateral_route_factor_lowland,
        a.lateral_route_factor_mountain,
    )
    guessed = factor * np.maximum(groups["straight_km"].to_numpy(dtype=float), 1.0)
    low, high = np.fmin(low, given), np.fmax(high, given)
    known = triangular(u, np.where(np.isnan(low), given, low), given, high)
    return np.nan_to_num(np.where(np.isnan(given), guessed, known), nan=1.0)
