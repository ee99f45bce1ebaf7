"""Hosting capacity with the dispatch free to move: a linear programme for each bus.

``max d_b  s.t.  Σ g = Σ load + d_b,  0 ≤ g ≤ G,  |R (g at their buses − load − d_b)| ≤
bound`` with one row of R for every element intact and after every outage. The dispatch
is settled before the outage and holds through it. Rows are added as they are broken,
and each programme starts from the last one's basis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import highspy
import numpy as np
from highspy._core import _Highs

from grid.electricity.network.capacity import NO_OUTAGE, Limits, Sensitivity
from grid.electricity.network.flow import BRIDGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

AT_ONCE: Final = 20
"""Rows added at once."""
OVER_MW: Final = 1e-6
"""A row is broken if its flow is beyond its bound by more."""
UNSETTLED: Final = "HiGHS left a hosting programme unsolved"


@dataclass(frozen=True, slots=True)
class Rows:
    """What every element bears, intact and after every outage."""

    flow: FloatArray
    """(row, bus): MW on the element per MW injected at the bus."""
    bound_mw: FloatArray
    """(row,): most either way [MW]."""
    element: IntArray
    outage: IntArray
    """Group whose circuit is out; `NO_OUTAGE` for none."""

    def taken(self, rows: IntArray) -> Rows:
        """Return some of the rows."""
        return Rows(
            self.flow[rows], self.bound_mw[rows], self.element[rows], self.outage[rows]
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """Who can give and who takes at one moment: sources and buses."""

    at: FloatArray
    """(source, bus): share of its output that enters at each bus."""
    most_mw: FloatArray
    """(source,): most it gives."""
    load_mw: FloatArray
    """(bus,)."""


@dataclass(frozen=True, slots=True)
class Secure:
    """Most new load of each bus asked, alone, with what binds: arrays over buses."""

    mw: FloatArray
    element: IntArray
    """Group of the highest shadow price; -1 where generation binds, or nothing."""
    outage: IntArray
    price: FloatArray
    """Shadow price of that limit: MW of load per MW of bound [1]."""
    relieved_mw: float
    """Sum of the limits that no dispatch of the present load can keep [MW]."""


def intact_rows(s: Sensitivity, limits: Limits) -> Rows:
    """Return the rows of the network with everything in service.

    Parameters
    ----------
    s, limits
        The network.
    """
    group = np.arange(len(limits.circuits))
    lasting = limits.circuits * limits.each_mw
    return Rows(s.factors, lasting, group, np.full(len(group), NO_OUTAGE))


def outage_rows(s: Sensitivity, limits: Limits, share: FloatArray) -> Rows:
    """Return the rows of the network intact and after the loss of any one circuit.

    A lost bridge takes the injections beyond it away; what then lacks or remains is
    made up where `share` says, on this side. The bridge and all beyond it then carry
    nothing, as their factors are the same for every bus on this side.

    Parameters
    ----------
    s, limits
        The network.
    share
        (bus,): where one more MW comes from.
    """
    count, buses = s.factors.shape
    flow = s.factors[:, None, :] + s.outage[:, :, None] * s.factors[None, :, :]
    for k in np.flatnonzero(s.lost.any(axis=1)):
        kept = ~s.lost[k]
        left = share * kept / max((share * kept).sum(), BRIDGE)
        flow[:, k] = (s.factors - (s.factors @ left)[:, None]) * kept
    bound = limits.outage_mw[:, None] * (limits.circuits[:, None] - np.eye(count))
    line, out = np.indices((count, count)).reshape(2, -1)
    intact = intact_rows(s, limits)
    return Rows(
        np.vstack([intact.flow, flow.reshape(-1, buses)]),
        np.concatenate([intact.bound_mw, bound.ravel()]),
        np.concatenate([intact.element, line]),
        np.concatenate([intact.outage, out]),
    )


def secure_room(
    rows: Rows,
    moment: Moment,
    buses: IntArray,
    most_mw: FloatArray,
    least_factor: float,
) -> Secure:
    """Return the most new load each bus bears alone.

    First the dispatch that keeps the present load within most limits is sought. A
    limit that none keeps is widened by what is missing, and by `least_factor` for
    each MW of new load: only a bus that puts more on it is held by it.

    Parameters
    ----------
    rows
        Limits.
    moment
        Sources and load.
    buses
        Positions of the buses asked.
    most_mw
        Per bus asked, a load beyond which nobody asks [MW].
    least_factor
        [MW/MW].

    Raises
    ------
    RuntimeError
        If the solver fails.
    """
    near = rows.taken(_reachable(rows, moment, float(most_mw.max(initial=0.0))))
    programme = _Programme(near, moment, buses)
    relieved = programme.relieve(least_factor)
    found = [programme.most(bus, most) for bus, most in enumerate(most_mw)]
    mw, row, price = (np.array(column) for column in zip(*found, strict=True))
    return Secure(
        mw=mw,
        element=np.append(programme.rows.element, -1)[row],
        outage=np.append(programme.rows.outage, NO_OUTAGE)[row],
        price=price,
        relieved_mw=float(relieved.sum()),
    )


def widened(rows: Rows, moment: Moment) -> Rows:
    """Return the limits, those that no dispatch of the present load keeps made wider.

    Parameters
    ----------
    rows, moment
        As for `secure_room`.
    """
    near = _reachable(rows, moment, 0.0)
    programme = _Programme(rows.taken(near), moment, np.zeros(0, dtype=np.intp))
    bound = rows.bound_mw.copy()
    bound[near] += programme.relieve(0.0)
    return Rows(rows.flow, bound, rows.element, rows.outage)


def matrices(
    rows: Rows, moment: Moment, buses: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    """Return the limits as matrices: ``A x <= b``, ``e x = c``, x sources then loads.

    Parameters
    ----------
    rows, moment
        As for `secure_room`; `most_mw` bounds the sources.
    buses
        Positions of the buses with new load.

    Returns
    -------
    A, b
        (2 × row, source + bus) and (2 × row,) [MW].
    e, c
        (source + bus,) and present load [MW].
    """
    columns = _columns(rows, moment, buses)
    base = -(rows.flow @ moment.load_mw)
    each = np.concatenate([np.ones(len(moment.most_mw)), -np.ones(len(buses))])
    bound = np.concatenate([rows.bound_mw - base, rows.bound_mw + base])
    return np.vstack([columns, -columns]), bound, each, float(moment.load_mw.sum())


def _columns(rows: Rows, moment: Moment, buses: IntArray) -> FloatArray:
    """(row, source + bus): MW on each row per MW of each source and new load."""
    drawn = -np.eye(len(moment.load_mw))[buses]
    columns: FloatArray = rows.flow @ np.vstack([moment.at, drawn]).T
    return columns


def _reachable(rows: Rows, moment: Moment, most_mw: float) -> IntArray:
    """Return the rows that some dispatch and new load can break."""
    each = rows.flow @ moment.at.T
    base = -(rows.flow @ moment.load_mw)
    high = base + np.maximum(each, 0.0) @ moment.most_mw
    low = base + np.minimum(each, 0.0) @ moment.most_mw
    reach = most_mw * np.abs(rows.flow).max(axis=1)
    return np.flatnonzero(np.maximum(high, -low) + reach > rows.bound_mw)


@dataclass(slots=True)
class _Programme:
    """One network at one moment in the solver; columns are sources, then buses."""

    rows: Rows
    moment: Moment
    buses: IntArray
    columns: FloatArray = field(init=False)
    """(row, column): MW on each row per MW of each column."""
    base: FloatArray = field(init=False)
    """(row,): flow of the present load alone [MW]."""
    bound: FloatArray = field(init=False)
    """(2, row): bounds of flows forward and back [MW]; +inf once in the solver."""
    pool: list[tuple[int, int]] = field(init=False)
    """Row and sense (0 forward, 1 back) of each limit in the solver."""
    solver: _Highs = field(init=False)

    def __post_init__(self) -> None:
        self.columns = _columns(self.rows, self.moment, self.buses)
        self.base = -(self.rows.flow @ self.moment.load_mw)
        self.bound = np.stack([self.rows.bound_mw, self.rows.bound_mw])
        self.pool = []
        self.solver = _quiet()
        sources, count = len(self.moment.most_mw), self.columns.shape[1]
        sign = np.where(np.arange(count) < sources, 1.0, -1.0)
        most = np.zeros(count)
        most[:sources] = self.moment.most_mw
        self.solver.addVars(count, np.zeros(count), most)
        total = float(self.moment.load_mw.sum())
        self.solver.addRow(total, total, count, _span(count), sign)

    def relieve(self, least_factor: float) -> FloatArray:
        """Widen the limits no dispatch keeps; return what each row missed [MW]."""
        count, sources = self.columns.shape[1], len(self.moment.most_mw)
        while (broken := self._broken()).size:
            for row, sense in broken:
                self._add(row, sense)
                here = np.array([self.solver.getNumRow() - 1], dtype=np.int32)
                self.solver.addCol(1.0, 0.0, highspy.kHighsInf, 1, here, -np.ones(1))
        missing = np.asarray(self.solver.getSolution().col_value)[count:]
        short_of = np.zeros(len(self.base))
        for place, short in enumerate(missing):
            self.solver.changeColBounds(count + place, 0.0, 0.0)
            self.solver.changeColCost(count + place, 0.0)
            if short > OVER_MW:
                row, sense = self.pool[place]
                short_of[row] += short
                limit = self._limit(row, sense) + short
                self.solver.changeRowBounds(place + 1, -highspy.kHighsInf, limit)
                held = self._coefficients(row, sense)[sources:] - least_factor
                for bus, factor in enumerate(held):
                    self.solver.changeCoeff(place + 1, sources + bus, float(factor))
        return short_of

    def most(self, bus: int, most_mw: float) -> tuple[float, int, float]:
        """Return the most load of a bus [MW], the row that binds, and its price."""
        column = len(self.moment.most_mw) + bus
        self.solver.changeColBounds(column, 0.0, float(most_mw))
        self.solver.changeColCost(column, -1.0)
        while (broken := self._broken()).size:
            for row, sense in broken:
                self._add(row, sense)
        solution = self.solver.getSolution()
        load = max(0.0, float(solution.col_value[column]))
        price = -np.asarray(solution.row_dual)[1:]
        self.solver.changeColBounds(column, 0.0, 0.0)
        self.solver.changeColCost(column, 0.0)
        if not price.size or price.max() < OVER_MW:
            return load, -1, 0.0
        return load, self.pool[int(price.argmax())][0], float(price.max())

    def _broken(self) -> NDArray[np.intp]:
        """Solve, and return the worst broken limits that are not in the solver yet."""
        self._solve()
        x = np.asarray(self.solver.getSolution().col_value)[: self.columns.shape[1]]
        flow = self.columns @ x + self.base
        over = np.stack([flow, -flow]) - self.bound
        broken = np.flatnonzero(over.ravel() > OVER_MW)
        worst = broken[np.argsort(-over.ravel()[broken], kind="stable")][:AT_ONCE]
        sense, row = np.divmod(worst, len(flow))
        return np.column_stack([row, sense])

    def _solve(self) -> None:
        """Solve from the last basis; where that fails, from none."""
        for _ in range(2):
            self.solver.run()
            if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                return
            self.solver.clearSolver()
        raise RuntimeError(UNSETTLED)

    def _add(self, row: int, sense: int) -> None:
        count = self.columns.shape[1]
        limit, held = self._limit(row, sense), self._coefficients(row, sense)
        self.solver.addRow(-highspy.kHighsInf, limit, count, _span(count), held)
        self.bound[sense, row] = np.inf
        self.pool.append((row, sense))

    def _coefficients(self, row: int, sense: int) -> FloatArray:
        held: FloatArray = self.columns[row] * (1.0 - 2.0 * sense)
        return held

    def _limit(self, row: int, sense: int) -> float:
        return float(self.rows.bound_mw[row] - self.base[row] * (1.0 - 2.0 * sense))


def _span(count: int) -> NDArray[np.int32]:
    return np.arange(count, dtype=np.int32)


def _quiet() -> _Highs:
    """Return a solver that says nothing and runs on one thread.

    The class beneath `highspy.Highs`, which writes a banner to standard output before
    it can be told not to.
    """
    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("presolve", "off")
    return solver
