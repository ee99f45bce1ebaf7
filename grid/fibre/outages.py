"""When links fail and are mended: years of cuts, shared events and closures, drawn.

Each cause strikes as a Poisson process and lasts a log-normal time; a link is down
while any cause that takes it lasts. Its share of time up is therefore that of an
M/G/∞ queue standing empty, ``exp(−Σ λ·m)`` over its causes, whatever the spread of
the times [1]_. Every cause draws from a stream of its own name, so that a link fails
at the same times in every network that has it: differences between networks and
sites are no noise.

References
----------
.. [1] Takács (1962), Introduction to the Theory of Queues, ch. 3.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from data.assumptions.fibre import FibreBook
from grid.fibre.cuts import touching
from grid.fibre.network import BoolArray, FloatArray, IntArray, Network

HOURS = 8760.0
"""Hours of a year."""
WORD = 64
"""Spans that one machine word holds, a bit each."""
CASPIAN = "caspian"
"""How the names of the corridors across the Caspian begin."""
Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that takes links for a while."""

    kind: str
    """cut, corridor, hub or closure."""
    name: str
    links: IntArray
    """Rows of the links it takes."""
    per_year: float
    """How often it strikes [1/year]."""
    hours: float
    """How long it lasts on average [h]."""


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Drawn years, cut into spans within which no link changes."""

    up: Words
    """Bit by span: whether a link is up (link, word); spare bits are down."""
    hours: FloatArray
    """Length of each span [h]; they sum to the years drawn."""
    first: IntArray
    """First span of each year."""


def cut_rate(net: Network, a: FibreBook) -> FloatArray:
    """Return how often each link is cut, by length and medium [1/year].

    Parameters
    ----------
    net
        Any network.
    a
        The fibre book.
    """
    land = (net.links["medium"] == "terrestrial").to_numpy()
    per_1000km = np.where(land, a.cuts_land_per_1000km, a.cuts_sea_per_1000km)
    return np.asarray(per_1000km * net.km / 1000.0)


def repair_hours(net: Network, a: FibreBook) -> FloatArray:
    """Return the mean time to mend each link, by medium and sea [h].

    Parameters
    ----------
    net
        Any network.
    a
        The fibre book.
    """
    land = (net.links["medium"] == "terrestrial").to_numpy()
    caspian = net.links["corridor"].str.startswith(CASPIAN).to_numpy()
    days = np.where(caspian, a.repair_caspian_days, a.repair_sea_days)
    return np.where(land, a.repair_land_h, 24.0 * days)


def causes_of(net: Network, closures: pd.DataFrame, a: FibreBook) -> tuple[Cause, ...]:
    """Return all that can take links of a network.

    Parameters
    ----------
    net
        The permitted network, with or without a site on it.
    closures
        The table `fibre_closures`: how often and how long a country is closed.
    a
        The fibre book.

    Returns
    -------
    tuple of Cause
        A cut a link of some length; an event a corridor; an event a hub town; a
        closure a country of the table. Causes that take no link are left out.
    """
    named = zip(net.links.index, cut_rate(net, a), repair_hours(net, a), strict=True)
    cuts = [
        Cause("cut", str(name), np.array([row]), float(rate), float(hours))
        for row, (name, rate, hours) in enumerate(named)
    ]
    found = [*cuts, *_shared(net, a), *_closed(net, closures)]
    return tuple(c for c in found if c.per_year > 0 and len(c.links))


def _shared(net: Network, a: FibreBook) -> Iterator[Cause]:
    corridor = net.links["corridor"].to_numpy()
    for name in sorted(set(corridor) - {""}):
        rows = np.flatnonzero(corridor == name)
        rate, hours = a.corridor_events_per_year, a.corridor_event_h
        yield Cause("corridor", str(name), rows, rate, hours)
    towns = net.nodes.index
    for town in towns[net.nodes["node_kind"] == "hub"]:
        rows = touching(net, np.asarray(towns == town))
        rate, hours = a.hub_events_per_year, a.hub_event_h
        yield Cause("hub", str(town), rows, rate, hours)


def _closed(net: Network, closures: pd.DataFrame) -> Iterator[Cause]:
    country = net.nodes["country"].to_numpy()
    for name, row in closures.iterrows():
        rows = touching(net, country == name)
        rate, hours = float(row["closures_per_year"]), 24.0 * row["closure_days"]
        yield Cause("closure", str(name), rows, rate, float(hours))


def share_up(causes: tuple[Cause, ...], links: int) -> FloatArray:
    """Return the share of time each link is up, ``exp(−Σ λ·m)`` over its causes [1].

    Parameters
    ----------
    causes
        All that takes links.
    links
        How many links there are.
    """
    busy = np.zeros(links)
    for cause in causes:
        busy[cause.links] += cause.per_year * cause.hours / HOURS
    return np.exp(-busy)


def chronicle(
    causes: tuple[Cause, ...], links: int, a: FibreBook, seed: int
) -> Chronicle:
    """Draw years of failures and repairs; the last year runs on into the first.

    Parameters
    ----------
    causes
        All that takes links.
    links
        How many links there are.
    a
        The fibre book: years drawn and spread of the times.
    seed
        Seed of the run.

    Returns
    -------
    Chronicle
    """
    years = max(2, round(a.years_drawn))
    struck = [_times(cause, years, a.repair_log_sd, seed) for cause in causes]
    opening = HOURS * np.arange(years)
    moments = [opening, *(moment for pair in struck for moment in pair)]
    edges, place = np.unique(np.concatenate(moments), return_inverse=True)
    first, *places = np.split(place, np.cumsum([len(m) for m in moments])[:-1])
    down = np.zeros((links, len(edges)), dtype=bool)
    for cause, start, end in zip(causes, places[::2], places[1::2], strict=True):
        down[cause.links[:, None], _runs(start, end, len(edges))] = True
    hours = np.diff(edges, append=years * HOURS)
    return Chronicle(packed(~down), hours, first)


def _runs(start: IntArray, end: IntArray, spans: int) -> IntArray:
    """Return the spans from each start to before its end; a run may pass the last."""
    lasting = (end - start) % spans
    ends = np.cumsum(lasting)
    ahead = np.arange(lasting.sum()) - np.repeat(ends - lasting, lasting)
    spanned: IntArray = (np.repeat(start, lasting) + ahead) % spans
    return spanned


def _times(
    cause: Cause, years: int, log_sd: float, seed: int
) -> tuple[FloatArray, FloatArray]:
    """Draw when a cause strikes and when it is over, on a circle of years [h]."""
    rng = np.random.default_rng(
        [seed, zlib.crc32(f"{cause.kind} {cause.name}".encode())]
    )
    count = rng.poisson(cause.per_year * years)
    start = rng.uniform(0.0, years * HOURS, count)
    median = np.log(cause.hours) - log_sd**2 / 2
    lasting = rng.lognormal(median, log_sd, count)
    return start, (start + lasting) % (years * HOURS)


def packed(up: ArrayLike) -> Words:
    """Return flags as bits of machine words, in order; spare bits are 0.

    Parameters
    ----------
    up
        Flags (thing, span).
    """
    flags = np.ascontiguousarray(up, dtype=bool)
    bits = np.packbits(flags, axis=1, bitorder="little")
    spare = -bits.shape[1] % (WORD // 8)
    return np.pad(bits, ((0, 0), (0, spare))).view("<u8").astype(np.uint64, copy=False)


def unpacked(words: Words, spans: int) -> BoolArray:
    """Return the first so many bits of each row as flags.

    Parameters
    ----------
    words
        Result of `packed`, or of whole-word logic on it.
    spans
        How many flags a row holds.
    """
    bits = np.ascontiguousarray(words, dtype="<u8").view(np.uint8)
    return np.unpackbits(bits, axis=1, count=spans, bitorder="little").astype(bool)
