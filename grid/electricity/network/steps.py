"""What may be built to bring more to a bus: a circuit, a transformer, a new line.

A step changes one group of the network in every draw; all else, the draws included,
stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from data.sphere import great_circle_km
from grid.electricity.network.calibration import limits_mw
from grid.electricity.network.draws import Drawn, doubted, draw, lengths_km, scalar
from grid.electricity.waits import Works

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.assumptions.power import PowerBook
    from data.book import Book
    from data.world import World
    from grid.electricity.network.case import Case
    from grid.electricity.network.draws import Known

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

BAYS: Final = {"circuit": 2, "line": 2, "unit": 1}
"""New bays of each kind of step: at both ends of a line, at one side of a unit."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to build."""

    kind: str
    """circuit: one more on a line that stands; unit: one more transformer; line: a
    new one."""
    name: str
    """Group of the network it adds to, or the new line."""
    level: int
    """Voltage, of a transformer its high side [kV]."""
    km: float
    """Line built [km]; 0 for a transformer."""
    unit_mva: float
    """Transformer ordered [MVA]; NaN for a line."""

    @property
    def words(self) -> str:
        """Return what is built."""
        if self.kind == "unit":
            return f"one more unit of {self.unit_mva:.0f} MVA: {self.name}"
        what = "new line" if self.kind == "line" else "one more circuit"
        return f"{what}, {self.km:.0f} km of {self.level} kV: {self.name}"

    @property
    def works(self) -> Works:
        """Return what is ordered and built for it."""
        parts = (self.km, self.unit_mva, float(self.level), -np.inf)
        return Works(*(np.array(part) for part in parts))


def cost_usd(step: Step, a: PowerBook, book: Book) -> FloatArray:
    """Return the cost of a step: low, value and high of the book [USD].

    ``km · USD/km + MVA · USD/MVA + bays · USD``, all low, as they are, or all high.

    Parameters
    ----------
    step
        What is built.
    a
        The numbers in force.
    book
        Their doubt.
    """
    names = (f"line_usd_per_km_{step.level}", f"bay_usd_{step.level}")
    line, bay, unit = (
        np.array(doubted(name, a, book)) for name in (*names, "transformer_usd_per_mva")
    )
    mva = 0.0 if np.isnan(step.unit_mva) else step.unit_mva
    return np.asarray(step.km * line + BAYS[step.kind] * bay + mva * unit)


def upgrade(found: Case, group: int, known: Known) -> Step:
    """Return the step that adds one more of what a group consists of.

    Parameters
    ----------
    found
        A year.
    group
        Position of the group.
    known
        Numbers in force.
    """
    row = found.network.groups.iloc[group]
    name, level = str(row.name), int(row["level"])
    if row["is_line"]:
        km = lengths_km(found.network, replace(known, central=True))[0, group]
        return Step("circuit", name, level, float(km), np.nan)
    power = float(np.median(found.drawn.thermal_mw[:, group]))
    return Step("unit", name, level, 0.0, power / known.a.substation_power_factor)


def reinforced(found: Case, group: int) -> Case:
    """Return the year with one more circuit or transformer of a group, like the others.

    Parameters
    ----------
    found
        A year.
    group
        Position of the group.
    """
    one = np.zeros_like(found.drawn.circuits)
    one[:, group] = 1.0
    circuits = found.drawn.circuits + one
    susceptance = found.drawn.susceptance * circuits / found.drawn.circuits
    drawn = replace(found.drawn, circuits=circuits, susceptance=susceptance)
    return replace(found, drawn=drawn)


def new_line(found: Case, bus: int, world: World, known: Known) -> Step | None:
    """Return a line to the nearest public bus of the level that none goes to yet.

    Parameters
    ----------
    found
        A year.
    bus
        Position of the bus.
    world
        A built world.
    known
        Numbers in force.
    """
    straight = _straight_km(found, bus, world)
    other = int(np.argmin(straight))
    if not np.isfinite(straight[other]):
        return None
    labels = found.network.buses.index
    level = int(found.network.buses["level"].iloc[bus])
    km = straight[other] * known.a.lateral_route_factor_lowland
    return Step("line", f"{labels[bus]} – {labels[other]}", level, float(km), np.nan)


def _straight_km(found: Case, bus: int, world: World) -> FloatArray:
    """Great circle to every bus a new line may go to; inf to the others."""
    buses, groups = found.network.buses, found.network.groups
    table = world.tables["substations"].loc[buses["station"]]
    lat, lon, error = (
        table[c].to_numpy(dtype=np.float64) for c in ("lat", "lon", "position_error_km")
    )
    km = great_circle_km(lat[bus], lon[bus], lat, lon)
    km = np.hypot(km, np.hypot(np.nan_to_num(error), np.nan_to_num(error[bus])))
    ends = groups[["start", "end"]].to_numpy()
    linked = ends[(ends == bus).any(axis=1)].ravel()
    same = (buses["level"] == buses["level"].iloc[bus]).to_numpy()
    public = (table["country"] == "AZ") & (table["purpose"] == "network")
    fit = same & public.to_numpy() & ~np.isnan(km)
    fit[np.append(linked, bus)] = False
    return np.where(fit, km, np.inf)


def with_line(found: Case, step: Step, world: World, known: Known) -> Case:
    """Return the year with a new line of one circuit of the preferred conductor.

    Parameters
    ----------
    found
        A year.
    step
        Of kind line.
    world, known
        As for `new_line`.
    """
    types = world.tables["line_types"]
    fit = (types["voltage_kv"] == step.level) & types["preferred"].astype(bool)
    ends = found.network.buses.index.get_indexer(pd.Index(step.name.split(" – ")))
    row = {
        "start": ends[0],
        "end": ends[1],
        "is_line": True,
        "level": step.level,
        "circuits": 1.0,
        "length_km": step.km,
        "conductor": types.loc[fit, "conductor"].iloc[0],
    }
    added = pd.DataFrame([row], index=[step.name]).reindex(
        columns=found.network.groups.columns
    )
    kinds = found.network.groups.dtypes
    groups = pd.concat([found.network.groups, added.astype(kinds)])
    return _with_groups(found, groups, types, known)


def _with_groups(
    found: Case, groups: pd.DataFrame, types: pd.DataFrame, known: Known
) -> Case:
    """Return the year with one group more, its draws beside those there are."""
    network = replace(found.network, groups=groups)
    alone = replace(network, groups=groups.iloc[[-1]])
    own = draw(alone, types, known)
    pairs = ((getattr(one, f.name) for one in (found.drawn, own)) for f in fields(own))
    drawn = Drawn(*(np.hstack([*pair]) for pair in pairs))
    each = {
        name: limits_mw(network, drawn, scalar(f"network_{name}_rating", known))
        for name in found.states
    }
    return replace(found, network=network, drawn=drawn, each_mw=each)


def stepped(found: Case, step: Step, world: World, known: Known) -> Case:
    """Return the year with a step built.

    Parameters
    ----------
    found
        A year.
    step
        What is built; its group or the ends of its line stand in that year.
    world, known
        As for `new_line`.
    """
    if step.kind == "line":
        return with_line(found, step, world, known)
    return reinforced(found, list(found.network.groups.index).index(step.name))


def fits(found: Case, step: Step) -> bool:
    """Return whether what a step builds on stands in a year.

    Parameters
    ----------
    found
        A year.
    step
        Chosen in another year.
    """
    if step.kind == "line":
        return set(step.name.split(" – ")) <= set(found.network.buses.index)
    return step.name in found.network.groups.index
