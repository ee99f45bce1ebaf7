"""What differs: between sites side by side, and between two rankings, in words."""

from typing import Final

import numpy as np
import pandas as pd

from data.schema import glossary
from siting.ranking import Ranking

CLOSE: Final = 1e-9
"""Relative difference below which two figures are the same."""
LEAST: Final = 0.05
"""Cost that is written as nothing [USD/kW-month]."""
BOTH: Final = ("rank", "lcoc_usd_per_kw_month", "it_mw", "months_to_power", "score")
"""Figures of two rankings that are set against each other."""


def marks(columns: pd.DataFrame) -> pd.DataFrame:
    """Return how each cell of sites side by side stands in its row.

    Parameters
    ----------
    columns : DataFrame
        As `siting.compare.side_by_side` gives it, without the units.

    Returns
    -------
    DataFrame of str
        Like `columns`: "same" where the whole row agrees, "best" and "worst" where the
        glossary says which way is better, else "".
    """
    return columns.apply(_row_marks, axis=1)


def _row_marks(row: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(row, errors="coerce").astype(float)
    term = glossary().get(str(row.name))
    blank = pd.Series("", row.index)
    if _agree(row, numbers):
        return blank.mask(blank.eq(""), "same")
    if term is None or term.direction not in ("lower", "higher"):
        return blank
    best, worst = numbers.min(), numbers.max()
    if term.direction == "higher":
        best, worst = worst, best
    marked = blank.mask(numbers.eq(worst), "worst")
    return marked.mask(numbers.eq(best), "best")


def _agree(row: pd.Series, numbers: pd.Series) -> bool:
    if numbers.notna().all():
        low, high = numbers.min(), numbers.max()
        return bool(high - low <= CLOSE * max(abs(low), abs(high)))
    texts = row.fillna("").astype(str)
    return bool(texts.eq(texts.iloc[0]).all())


def gap_words(falls: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """Return how the cost of each site stands to that of the first, and what parts them.

    Parameters
    ----------
    falls : DataFrame
        As `siting.compare.waterfall` gives it.
    names : dict of str to str
        Site → what readers call it; the first is the one measured against.
    """
    first, *others = names
    said = []
    for site in others:
        gaps = falls[f"{site} − {first}"].drop("total")
        gap = float(falls[f"{site} − {first}"]["total"])
        if np.isnan(gap):
            said.append(f"{names[site]}: no cost is known for both.")
            continue
        if abs(gap) < LEAST:
            said.append(f"{names[site]} costs what {names[first]} costs.")
            continue
        line = str(gaps.abs().idxmax())
        said.append(
            f"{names[site]} costs {abs(gap):.1f} USD/kW-month "
            f"{'more' if gap > 0 else 'less'} than {names[first]}; the greatest part is "
            f"{line.replace('_', ' ')}, {signed(gaps[line])}."
        )
    return said


def signed(value: float, digits: int = 1) -> str:
    """Return a number with its sign, a true minus where it falls.

    Examples
    --------
    >>> signed(-2.44), signed(0.3)
    ('−2.4', '+0.3')
    """
    return f"{value:+.{digits}f}".replace("-", "−")


def gap_steps(falls: pd.DataFrame, first: str, site: str) -> pd.DataFrame:
    """Return the way from one site's cost to another's, the greatest step first.

    Parameters
    ----------
    falls : DataFrame
        As `siting.compare.waterfall` gives it.
    first, site : str
        Two of its columns, the gap between which it holds.

    Returns
    -------
    DataFrame
        `step`: the first site, the lines that part them, the other site; `change`,
        absent at both ends, and `left`: the cost reached [USD/kW-month]. Empty where
        a site has no cost.
    """
    gaps = falls[f"{site} − {first}"].drop("total")
    totals = float(falls[first]["total"]), float(falls[site]["total"])
    return steps_between(gaps, (first, site), totals)


def driver_steps(drivers: pd.DataFrame, pair: tuple[str, str]) -> pd.DataFrame:
    """Return the way from one site's cost to another's, driver by driver.

    Parameters
    ----------
    drivers : DataFrame
        As `siting.waterfall.gap` gives it.
    pair : (str, str)
        The two sites.

    Returns
    -------
    DataFrame
        As of `gap_steps`.
    """
    cost = drivers["lcoc_usd_per_kw_month"]
    totals = float(cost["first"]), float(cost["second"])
    return steps_between(cost.drop(["first", "second"]), pair, totals)


def steps_between(
    gaps: pd.Series, ends: tuple[str, str], totals: tuple[float, float]
) -> pd.DataFrame:
    """Return the way from one total to another, the greatest step first.

    Parameters
    ----------
    gaps : Series
        Steps by name; those too small to be written are left out.
    ends : (str, str)
        What the totals are called.
    totals : (float, float)
        The first and the last total.

    Returns
    -------
    DataFrame
        As of `gap_steps`.
    """
    start, end = totals
    if not np.isfinite([start, end]).all():
        return pd.DataFrame(columns=["step", "change", "left"])
    moved = gaps[gaps.abs() >= LEAST].sort_values(key=np.abs, ascending=False)
    return pd.DataFrame(
        {
            "step": [ends[0], *map(str, moved.index), ends[1]],
            "change": [np.nan, *moved, np.nan],
            "left": [start, *(start + moved.cumsum()), end],
        }
    )


def moves(before: Ranking, after: Ranking) -> pd.DataFrame:
    """Return what became of every site from one ranking to another.

    Parameters
    ----------
    before, after : Ranking
        Of the same list.

    Returns
    -------
    DataFrame
        Indexed by site_id, in the order of `after`: `name`; for each of `BOTH` the
        figure `_before`, `_after` and `_change` (for the rank: places won); `out`,
        why it is excluded now and was not before, and `back`, true the other way.
    """
    old = before.table.set_index("site_id")
    new = after.table.set_index("site_id")
    old = old.reindex(new.index)
    parts: dict[str, pd.Series] = {"name": new["name"]}
    for metric in BOTH:
        change = new[metric] - old[metric]
        parts[f"{metric}_before"] = old[metric]
        parts[f"{metric}_after"] = new[metric]
        parts[f"{metric}_change"] = -change if metric == "rank" else change
    was, now = old["excluded_because"].ne(""), new["excluded_because"].ne("")
    parts["out"] = new["excluded_because"].where(now & ~was, "")
    parts["back"] = was & ~now
    return pd.DataFrame(parts)


def moved_words(table: pd.DataFrame) -> list[str]:
    """Return what changed from one ranking to another, a sentence a matter.

    Parameters
    ----------
    table : DataFrame
        As `moves` gives it.
    """
    said = [_first(table), *_places(table)]
    for metric, what, unit in (
        ("lcoc_usd_per_kw_month", "LCOC", "USD/kW-month"),
        ("it_mw", "Firm IT", "MW"),
        ("months_to_power", "Power comes", "months"),
    ):
        said += _figure(table, metric, what, unit)
    out, back = table[table["out"].ne("")], table[table["back"]]
    said += [f"Excluded now: {name} ({why})." for name, why in _pairs(out)]
    if len(back):
        said.append(f"No longer excluded: {', '.join(back['name'])}.")
    return [text for text in said if text]


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["name"], table["out"], strict=True))


def _first(table: pd.DataFrame) -> str:
    was = table.loc[table["rank_before"].eq(1), "name"].tolist()
    now = table.loc[table["rank_after"].eq(1), "name"].tolist()
    if not now:
        return "No site is ranked now."
    if now == was:
        return f"{now[0]} stays first."
    return f"{now[0]} comes first{f' instead of {was[0]}' if was else ''}."


def _places(table: pd.DataFrame) -> list[str]:
    won = table["rank_change"].dropna()
    moved = won[won.ne(0)]
    if moved.empty:
        return ["No site that stays ranked changes place."]
    row = table.loc[str(moved.abs().idxmax())]
    way = "up" if row["rank_change"] > 0 else "down"
    return [
        f"{len(moved)} of {len(won)} sites change place; most, {row['name']}, {way} from "
        f"{row['rank_before']:.0f} to {row['rank_after']:.0f}."
    ]


def _figure(table: pd.DataFrame, metric: str, what: str, unit: str) -> list[str]:
    """Return how a figure moved at the sites ranked before or after."""
    ranked = table["rank_before"].notna() | table["rank_after"].notna()
    change = table.loc[ranked, f"{metric}_change"].dropna()
    scale = float(table[f"{metric}_before"].abs().max())
    moved = change[change.abs() > CLOSE * np.fmax(scale, 1.0)]
    if moved.empty:
        return []
    low, high, middle = moved.min(), moved.max(), moved.median()
    ends = signed(low), signed(high)
    spread = "" if ends[0] == ends[1] else f" ({ends[0]} to {ends[1]})"
    return [
        f"{what}: {signed(middle)} {unit}{spread} at {len(moved)} of {len(change)} sites."
    ]
