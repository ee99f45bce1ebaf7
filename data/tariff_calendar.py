"""Which row of the tariff table is in force when: no day priced twice, none unpriced."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.faults import Fault, InputError

OBSERVED: Final = ("export_customs",)
"""Classes whose rows are averages seen over a time: between and after, the last one
stands, and nothing is a gap."""
ALWAYS: Final = date(1900, 1, 1)
FOREVER: Final = date(2999, 12, 31)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What names one calendar of the table: class, zone and unit."""

    tariff_class: str
    unit: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """A tariff over a year: its value, whether VAT is in it, and its rows."""

    value: float
    vat_included: bool
    rows: tuple[str, ...]


def spans(rows: pd.DataFrame) -> pd.DataFrame:
    """Return first and last day of each row, in order of the first.

    Parameters
    ----------
    rows : DataFrame
        With `valid_from` and `valid_to` as text: a year, a month or a day; blank is
        always, or for ever.
    """
    first = [_first(str(text)) if text else ALWAYS for text in rows["valid_from"]]
    last = [_last(str(text)) if text else FOREVER for text in rows["valid_to"]]
    return rows.assign(first=first, last=last).sort_values("first", kind="stable")


def _first(text: str) -> date:
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return date(year, month, day)


def _last(text: str) -> date:
    start, parts = _first(text), len(text.split("-"))
    if parts == 3:
        return start
    year, month = (start.year + 1, 1) if parts == 1 else (start.year, start.month + 1)
    return date(year + (month > 12), (month - 1) % 12 + 1, 1) - DAY


def calendar_faults(raw: pd.DataFrame) -> Iterator[Fault]:
    """Yield days priced twice, and days unpriced between two rows of one tariff.

    Parameters
    ----------
    raw : DataFrame
        `tariffs` as text, indexed by the line of the file.
    """
    used = {"tariff_class", "zone", "unit", "value", "valid_from", "valid_to"}
    if not used <= set(raw):
        return
    priced = raw[(raw["tariff_class"] != "") & (raw["value"] != "")]
    priced = priced[~priced["tariff_class"].isin(OBSERVED)]
    for _, rows in priced.groupby(["tariff_class", "zone", "unit"], sort=False):
        yield from _series_faults(rows)


def _series_faults(rows: pd.DataFrame) -> Iterator[Fault]:
    try:
        dated = spans(rows)
    except ValueError:
        return  # a day that does not exist is told by the rule of dates
    end: date | None = None
    for line, first, last in zip(
        dated.index, dated["first"], dated["last"], strict=True
    ):
        given = str(dated.loc[line, "valid_from"])
        if end is not None and first <= end:
            expected = f"a first day after {end}, when the row before it ends"
            yield Fault("tariffs.csv", int(line), "valid_from", given, expected)
        elif end is not None and first > end + DAY:
            expected = f"{end + DAY}: the calendar of this class has a gap"
            yield Fault("tariffs.csv", int(line), "valid_from", given, expected)
        end = last if end is None else max(end, last)


def in_force(tariffs: pd.DataFrame, wanted: Tariff, year: int) -> InForce:
    """Return a tariff over a calendar year.

    ``value = Σ_rows days in force · value / Σ days``; of an observed class, the value
    of the last row that began by the end of the year.

    Parameters
    ----------
    tariffs : DataFrame
        The table, indexed by tariff_id.
    wanted : Tariff
    year : int
        Calendar year.

    Raises
    ------
    InputError
        Naming the table and the row after which no price is known, or the class if
        it has no row; also where a row does not say whether VAT is in it.
    """
    same = (
        (tariffs["tariff_class"] == wanted.tariff_class)
        & (tariffs["zone"] == wanted.zone)
        & (tariffs["unit"] == wanted.unit)
        & tariffs["value"].notna()
    )
    dated = spans(tariffs[same])
    start, end = date(year, 1, 1), date(year, 12, 31)
    if wanted.tariff_class in OBSERVED:
        dated = dated[dated["first"] <= end].tail(1).assign(first=start, last=end)
    _check(dated, wanted, start, end)
    days = np.array(
        [
            max(0, (min(last, end) - max(first, start)).days + 1)
            for first, last in zip(dated["first"], dated["last"], strict=True)
        ]
    )
    kept = dated[days > 0]
    value = float(np.average(dated["value"].to_numpy(dtype=float), weights=days))
    included = bool(kept["vat_included"].astype(bool).all())
    return InForce(value, included, tuple(map(str, kept.index)))


def _check(dated: pd.DataFrame, wanted: Tariff, start: date, end: date) -> None:
    """Raise if a day of the year has no row, or a row no VAT status."""
    name = " ".join(filter(None, (wanted.tariff_class, wanted.zone, wanted.unit)))
    reached, before = start - DAY, ""
    for key, first, last in zip(
        dated.index, dated["first"], dated["last"], strict=True
    ):
        if reached < end and last > reached and first <= reached + DAY:
            reached = last
        if first <= reached + DAY:
            before = str(key)
    faults = []
    if reached < end:
        place = f"tariffs.csv:{before}" if before else "tariffs.csv"
        given = "" if before else name
        expected = f"a row of {name} in force from {reached + DAY} to {end}"
        faults.append(Fault(place, None, "valid_to", given, expected))
    live = dated[(dated["last"] >= start) & (dated["first"] <= end)]
    faults += [
        Fault(f"tariffs.csv:{key}", None, "vat_included", "", "0 or 1: it is used")
        for key in live.index[live["vat_included"].isna()]
    ]
    if faults:
        raise InputError(faults)
