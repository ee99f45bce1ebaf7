"""Hosting capacity year by year, found once for each state of the tables and the book."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from data.choices import BuildOut
from data.kept import digest_of, kept_tables, key_of, shipped
from grid.electricity.network.calibration import Calibration, calibrate
from grid.electricity.network.case import case
from grid.electricity.network.checks import check_tables
from grid.electricity.network.hosting import overloaded, year_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.kept import Tables
    from data.world import World
    from grid.electricity.network.draws import Known

TABLES: Final = ("substations", "lines", "plants", "interconnectors", "line_types")
NAMES: Final = ("table", "overloads")
"""Tables of one year."""
NUMBERS: Final = ("network_", "substation_", "lateral_route_factor_")
"""Fields of the power room's book that the network computes with."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """What the networks that served the peak say of new load."""

    table: pd.DataFrame
    """One row a year, substation and level: the `bus` it is or hangs on,
    `grid_firm_mw_p10`, `p50`, `p90`, `network_firm_mw_…`, `network_flexible_mw_…`,
    `national_mw_…` [MW], what binds most often and in which state, its shadow price,
    and `station_firm_mw`."""
    overloads: pd.DataFrame
    """(group, year): part of the networks whose base case is over the limit [1]."""
    fitted: Calibration
    """Acceptance, pockets, posterior counts."""


def hosting_table(world: World, years: Iterable[int], known: Known) -> Hosting:
    """Return firm and flexible hosting capacity of every bus and year.

    Parameters
    ----------
    world
        A built world.
    years
        Calendar years.
    known
        Numbers in force, doubt, seed.

    Raises
    ------
    InputError
        If the tables hold what no power flow can, or no drawn network serves the peak.
    """
    fitted = fitted_to(world, known)
    found = {year: of_year(world, year, known) for year in years}
    over = {year: one["overloads"]["part"] for year, one in found.items()}
    tables = [one["table"] for one in found.values()]
    return Hosting(
        pd.concat(tables, ignore_index=True), pd.DataFrame(over).fillna(0.0), fitted
    )


def of_year(world: World, year: int, known: Known) -> Tables:
    """Return `table` and `overloads` of one year: shipped, found again, or computed.

    Parameters
    ----------
    world, known
        As for `hosting_table`.
    year
        Calendar year.
    """
    found = _shipped(digest_of_year(world, year, known))
    if found is not None:
        return found
    key = key_of([*rests_on(world, known), str(year)], Path(__file__).parent)
    return kept_tables(key, NAMES, lambda: computed(world, year, known))


def computed(world: World, year: int, known: Known) -> Tables:
    """Return what `of_year` does, computed now.

    Parameters
    ----------
    world, year, known
        As for `of_year`.
    """
    check_tables(world)
    kept = chosen(fitted_to(world, known), known)
    found = case(world, year, kept)
    over = overloaded(found).rename("part").to_frame()
    return {"table": year_table(world, year, found, kept), "overloads": over}


def digest_of_year(world: World, year: int, known: Known) -> str:
    """Return the digest of all that a year rests on but the code."""
    return digest_of([*rests_on(world, known), str(year)])


def _shipped(digest: str) -> Tables | None:
    table = shipped("hosting", digest)
    if table is None:
        return None
    over = shipped("overloads", digest)
    parts = pd.DataFrame({"group": [], "part": []}) if over is None else over
    return {"table": table, "overloads": parts.set_index("group")}


def chosen(fitted: Calibration, known: Known) -> Known:
    """Return the numbers in force with the draws looked at: the first that fit."""
    return replace(known, pick=fitted.kept[: int(known.a.network_draws_kept)])


def fitted_to(world: World, known: Known) -> Calibration:
    """Return the calibration to the record peak, found again if nothing changed.

    Parameters
    ----------
    world, known
        As for `hosting_table`.
    """
    then = world.built(BuildOut(policy="in_service"))
    key = key_of([*rests_on(then, known), "calibration"], Path(__file__).parent)

    def compute() -> Tables:
        check_tables(world)
        return _as_tables(calibrate(world, known))

    return _as_calibration(kept_tables(key, ("kept", "told", "counts"), compute))


def _as_tables(found: Calibration) -> Tables:
    told = {
        "intact_pct": found.intact_pct,
        "accepted_pct": found.accepted_pct,
        "pockets": ",".join(found.pockets),
    }
    kept = pd.DataFrame({"draw": found.kept})
    return {"kept": kept, "told": pd.DataFrame([told]), "counts": found.counts}


def _as_calibration(tables: Tables) -> Calibration:
    told = tables["told"].iloc[0]
    return Calibration(
        kept=tables["kept"]["draw"].to_numpy(dtype=np.intp),
        intact_pct=float(told["intact_pct"]),
        accepted_pct=float(told["accepted_pct"]),
        pockets=tuple(str(told["pockets"]).split(",")),
        counts=tables["counts"],
    )


def rests_on(world: World, known: Known) -> Iterator[str | pd.DataFrame]:
    """Yield what a result of the network rests on.

    Parameters
    ----------
    world, known
        As for `hosting_table`.
    """
    yield from (world.tables[name] for name in TABLES)
    book = known.book.table
    yield book.loc[book.index.str.startswith("power.network."), ["low", "high"]]
    names = [f.name for f in fields(known.a) if f.name.startswith(NUMBERS)]
    yield repr([(name, getattr(known.a, name)) for name in names])
    yield repr((known.seed, known.draws))
