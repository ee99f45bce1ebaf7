"""Megawatts of a bus by date: its ladder of steps in several years, what each costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from data.kept import kept_tables, key_of
from grid.electricity.network.case import case
from grid.electricity.network.checks import check_tables
from grid.electricity.network.ladder import ladder, rung
from grid.electricity.network.steps import Step, cost_usd, fits, stepped
from grid.electricity.network.years import chosen, fitted_to, rests_on
from grid.electricity.waits import TERMS, quantiles, together, waits

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from data.assumptions.power import PowerBook
    from data.book import Book
    from data.world import World
    from grid.electricity.network.draws import Known
    from grid.electricity.network.ladder import Rung
    from grid.electricity.waits import Waits, Works

PERCENTS: Final = (10, 50, 90)
AS_IT_IS: Final = "the network as it is"
DAYS_OF_A_MONTH: Final = 365.25 / 12.0


def climb(
    world: World, known: Known, bus: str, years: tuple[int, ...], steps: int
) -> pd.DataFrame:
    """Return what a bus bears in some years, as it is and after each upgrade step.

    The steps are chosen in the first year, greedily by firm MW per dollar, and stand
    in every year after.

    Parameters
    ----------
    world
        A built world.
    known
        Numbers in force, doubt, seed.
    bus
        Label such as ``NAV 330``, in service in the first year.
    years
        Calendar years, rising.
    steps
        Steps at most.

    Returns
    -------
    DataFrame
        One row a year and step: `bus`, `year`, `steps_built`, `step`, what is built,
        `firm_mw_p10`, `p50`, `p90`, `mean`, `flexible_mw_…` [MW], what binds, its
        `shadow_price`, `step_usd_low`, `step_usd`, `step_usd_high` [USD] and
        `usd_per_firm_mw` [USD/MW].
    """

    def compute() -> dict[str, pd.DataFrame]:
        check_tables(world)
        kept = chosen(fitted_to(world, known), known)
        rows = _rows(world, kept, bus, years, steps)
        return {"climb": pd.DataFrame([{"bus": bus, **row} for row in rows])}

    asked = repr((bus, years, steps))
    prices = known.book.table.loc[
        known.book.table.index.str.startswith(("power.line", "power.bay", "power.tr"))
    ]
    rest = [*rests_on(world, known), prices[["value", "low", "high"]], asked]
    rest.append(repr(known.a))
    return kept_tables(key_of(rest, Path(__file__).parent), ("climb",), compute)[
        "climb"
    ]


def _rows(
    world: World, known: Known, bus: str, years: tuple[int, ...], steps: int
) -> Iterator[dict[str, Any]]:
    found = case(world, years[0], known)
    at = list(found.network.buses.index).index(bus)
    first = list(ladder(found, world, known, at, steps))
    yield from _told(first, years[0], known)
    for year in years[1:]:
        later = case(world, year, known)
        at = list(later.network.buses.index).index(bus)
        built = [rung(later, known, at, None)[0]]
        for one in first[1:]:
            if one.step is not None and fits(later, one.step):
                later = stepped(later, one.step, world, known)
            built.append(rung(later, known, at, one.step)[0])
        yield from _told(built, year, known)


def _told(rungs: list[Rung], year: int, known: Known) -> Iterator[dict[str, Any]]:
    """Yield one row a rung."""
    before = float(rungs[0].firm_mw.mean())
    for count, one in enumerate(rungs):
        mean = float(one.firm_mw.mean())
        yield {
            "year": year,
            "steps_built": count,
            **_built(one.step, known),
            **_spread("firm_mw", one),
            "firm_mw_mean": mean,
            **_spread("flexible_mw", one),
            **one.told,
            "usd_per_firm_mw": _usd_per_mw(one.step, mean - before, known),
        }
        before = mean


def _built(step: Step | None, known: Known) -> dict[str, Any]:
    """Return what a step builds and costs."""
    names = ("step_usd_low", "step_usd", "step_usd_high")
    if step is None:
        blank = dict.fromkeys(("step_kv", "step_km", "step_unit_mva"), np.nan)
        none = {"step": AS_IT_IS, "step_kind": "", "step_on": ""}
        return {**none, **blank, **dict.fromkeys(names, 0.0)}
    cost = cost_usd(step, known.a, known.book)
    return {
        "step": step.words,
        "step_kind": step.kind,
        "step_on": step.name,
        "step_kv": float(step.level),
        "step_km": step.km,
        "step_unit_mva": step.unit_mva,
        **dict(zip(names, map(float, cost), strict=True)),
    }


def _spread(name: str, one: Rung) -> dict[str, float]:
    values = quantiles(getattr(one, name))
    return {f"{name}_p{p}": float(v) for p, v in zip(PERCENTS, values, strict=True)}


def _usd_per_mw(step: Step | None, gain: float, known: Known) -> float:
    """Return the cost of a step per MW its mean gains; NaN where it gains nothing."""
    if step is None or gain <= 0:
        return np.nan
    return float(cost_usd(step, known.a, known.book)[1] / gain)


def dated(
    table: pd.DataFrame,
    own: Sequence[Works],
    decision: datetime.date,
    a: PowerBook,
    book: Book,
) -> pd.DataFrame:
    """Return the rows of `climb` with the months and the date each step is ready.

    Every step and the connection itself are begun on the day of the decision; a row
    is ready when the last of its steps and the connection are.

    Parameters
    ----------
    table
        As `climb` gives it, of one bus.
    own
        Works of the connection itself, of no dimension, by steps built.
    decision
        Day the campus is decided.
    a
        The numbers in force.
    book
        Their doubt.

    Returns
    -------
    DataFrame
        And `months_p10`, `p50`, `p90` [months], `ready` (year and month of P50),
        `waits_for` the term that is longest most often, `waits_for_pct` [%].
    """
    steps: list[Waits] = []
    told: list[dict[str, Any]] = []
    ladder_rows = table[table["year"] == table["year"].min()]
    for row, works in zip(ladder_rows.to_dict("records"), own, strict=True):
        if row["steps_built"]:
            steps.append(waits(_step(row).works, decision, a, book))
        all_ = together(waits(works, decision, a, book), *steps)
        months = quantiles(all_.months)
        told.append(
            {f"months_p{p}": m for p, m in zip(PERCENTS, months, strict=True)}
            | {
                "waits_for": TERMS[int(all_.longest_pct.argmax())],
                "waits_for_pct": float(all_.longest_pct.max()),
            }
        )
    when = pd.DataFrame([told[int(k)] for k in table["steps_built"]], table.index)
    days = pd.to_timedelta(when["months_p50"] * DAYS_OF_A_MONTH, unit="D")
    ready = (pd.Timestamp(decision) + days).dt.strftime("%Y-%m")
    return table.join(when).assign(ready=ready)


def _step(row: dict[Any, Any]) -> Step:
    """Return the step a row builds."""
    kind, on = str(row["step_kind"]), str(row["step_on"])
    return Step(kind, on, int(row["step_kv"]), row["step_km"], row["step_unit_mva"])
