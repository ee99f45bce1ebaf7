"""Stress: every figure an investor asks for, before and after each ready-made case."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data import World
from siting.progress import progress
from siting.ranking import rank
from siting.scenario import Scenario
from siting.stress_cases import Case, Turn, applied
from siting.trunk import evaluate

FIVE: Final = 5
"""Sites shown where none is named."""
DUST: Final = 1e-9
"""Relative difference below which two figures are the same."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the comparison: how it is told, and what counts as a change."""

    head: str
    """Over its column."""
    word: str
    """In a sentence."""
    digits: int
    yardstick: float
    """A change an investor would notice, in `share` of the value before or the unit."""
    share: bool = False
    """True: the yardstick is a share of the value before."""
    by_mw: bool = False
    """True: the yardstick is per MW of IT before."""
    per: float = 1.0
    """What the figure is divided by to be told."""
    unit: str = ""


FIGURES: Final[dict[str, Figure]] = {
    "score": Figure("score", "score", 1, 5.0),
    "it_mw": Figure("IT MW", "IT load", 0, 0.1, share=True, unit=" MW"),
    "firm_mw": Figure("firm MW", "firm power", 0, 0.25, share=True, unit=" MW"),
    "ready_months": Figure(
        "months", "first service", 0, 6.0, unit=" months after the decision"
    ),
    "pue_annual": Figure("PUE", "PUE", 3, 0.02),
    "pue_peak": Figure("peak", "peak PUE", 2, 0.1),
    "lcoc_usd_per_kw_month": Figure(
        "LCOC", "LCOC", 1, 0.05, share=True, unit=" USD/kW-month"
    ),
    "required_rent_usd_per_kw_month": Figure(
        "rent", "required rent", 1, 0.05, share=True, unit=" USD/kW-month"
    ),
    "npv_usd": Figure(
        "NPV M$", "NPV", 0, 0.5e6, by_mw=True, per=1e6, unit=" million USD"
    ),
    "irr_pct": Figure("IRR %", "IRR", 1, 1.0, unit=" %"),
    "rtt_europe_ms": Figure("RTT EU", "RTT to Europe", 0, 10.0, unit=" ms"),
    "rtt_central_asia_ms": Figure("RTT CA", "RTT to Central Asia", 0, 10.0, unit=" ms"),
    "isolation_h_per_year": Figure("cut off h", "isolation", 1, 5.0, unit=" h a year"),
}
"""Metric → how it is told, in the order of the columns."""
TEXTS: Final = (
    "ready_date",
    "cooling_system",
    "substation_name",
    "excluded_because",
)
DESIGN: Final = {"cooling_system": "cooling system", "substation_name": "connects at"}
"""Texts told where they change."""
PLACE: Final = ("name", "rank")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one case does to the sites."""

    case: Case
    turns: tuple[Turn, ...]
    before: pd.DataFrame
    """By site_id: rank, name, the metrics of FIGURES and TEXTS."""
    after: pd.DataFrame


def stressed(
    chosen: list[str],
    sites: pd.DataFrame,
    scenario: Scenario,
    world: World,
    cases: tuple[Case, ...],
) -> tuple[Effect, ...]:
    """Return what each case does to some sites, ranked among all of the list.

    Parameters
    ----------
    chosen : list of str
        Site ids; none asks for the best `FIVE` of the scenario.
    sites : DataFrame
        The whole list, so that ranks can be told.
    scenario : Scenario
        The case before.
    world : World
    cases : tuple of Case

    Returns
    -------
    tuple of Effect
        In the order of the cases. Each evaluates the list once more.
    """
    before = figures(sites, scenario, world)
    shown = chosen or list(before.index[before["rank"].notna()][:FIVE])
    found = []
    for case in progress(cases, "stress cases"):
        changed, turns = applied(case, scenario, world)
        if case.refuses:
            after = refused(before, case.statement)
        else:
            after = figures(sites, changed, world)
        found.append(Effect(case, turns, before.loc[shown], after.loc[shown]))
    return tuple(found)


def figures(sites: pd.DataFrame, scenario: Scenario, world: World) -> pd.DataFrame:
    """Return the figures of every site of the list, the best first."""
    evaluation = evaluate(sites, scenario, world, without=("year", "hub", "month"))
    table = rank(evaluation, scenario.preferences).table.set_index("site_id")
    return table[[*PLACE, *FIGURES, *TEXTS]]


def refused(before: pd.DataFrame, reason: str) -> pd.DataFrame:
    """Return the figures where nothing is built anywhere: absent, with the reason."""
    after = before.copy()
    after[["rank", *FIGURES]] = np.nan
    after[list(TEXTS)] = ""
    return after.assign(excluded_because=reason)


def weight(metric: str, before: float, after: float, it_mw: float = 1.0) -> float:
    """Return how many yardsticks a figure has moved; infinite if lost or found.

    Parameters
    ----------
    metric : str
        One of `FIGURES`.
    before, after : float
    it_mw : float
        IT load before, for a yardstick per megawatt [MW].

    Examples
    --------
    >>> weight("irr_pct", 10.0, 8.0)
    2.0
    """
    if np.isnan(before) or np.isnan(after):
        return 0.0 if np.isnan(before) and np.isnan(after) else np.inf
    if abs(after - before) <= DUST * abs(before):
        return 0.0
    told = FIGURES[metric]
    size = told.yardstick * (abs(before) if told.share else 1.0)
    size *= it_mw if told.by_mw else 1.0
    return abs(after - before) / size if size else np.inf


def moved(before: pd.Series, after: pd.Series) -> pd.Series:
    """Return how far each figure of a site has moved, in yardsticks, most first."""
    mw = float(before["it_mw"])
    sizes = {m: weight(m, float(before[m]), float(after[m]), mw) for m in FIGURES}
    return pd.Series(sizes).sort_values(ascending=False, kind="stable")


def told(metric: str, value: float) -> str:
    """Return a figure as text in its unit of telling; a dash where it is absent."""
    one = FIGURES[metric]
    if np.isnan(value):
        return "–"
    return f"{round(value / one.per, one.digits) + 0.0:.{one.digits}f}"


def sentence(before: pd.Series, after: pd.Series) -> str:
    """Return in words what changed most at a site, and what else did.

    Parameters
    ----------
    before, after : Series
        One row of `Effect.before` and of `Effect.after`.
    """
    if after["excluded_because"] not in ("", before["excluded_because"]):
        return f"excluded: {after['excluded_because']}"
    sizes = moved(before, after)
    ranks = [cell_rank(row["rank"]) for row in (before, after)]
    place = [] if ranks[0] == ranks[1] else [f"rank {ranks[0]} → {ranks[1]}"]
    if not sizes.any():
        return "; ".join(["nothing changes", *place])
    most = str(sizes.index[0])
    notable = [str(m) for m in sizes.index[1:] if sizes[m] >= 1.0][:2]
    lead = "most" if sizes.iloc[0] >= 1.0 else "little; most"
    parts = [f"{lead}: {_move(most, before, after)}"]
    parts += [_move(metric, before, after) for metric in notable]
    parts += [
        f"{word} {before[text]} → {after[text]}"
        for text, word in DESIGN.items()
        if before[text] != after[text]
    ]
    return "; ".join([*parts, *place])


def untouched(effect: Effect, sites: list[str]) -> list[str]:
    """Return the figures, in words, that a case leaves as they are at all the sites."""
    before, after = (
        frame.loc[sites].to_dict("index") for frame in (effect.before, effect.after)
    )
    sizes = [moved(pd.Series(before[s]), pd.Series(after[s])) for s in sites]
    return [
        one.word
        for metric, one in FIGURES.items()
        if not any(size[metric] for size in sizes)
    ]


def cell_rank(value: float) -> str:
    """Return a rank as text; a dash where the site has none."""
    return "–" if np.isnan(value) else f"{value:.0f}"


def _move(metric: str, before: pd.Series, after: pd.Series) -> str:
    one = FIGURES[metric]
    old, new = float(before[metric]), float(after[metric])
    if np.isnan(new):
        return f"{one.word} is lost (was {told(metric, old)}{one.unit})"
    if np.isnan(old):
        return f"{one.word} appears ({told(metric, new)}{one.unit})"
    verb = "rises" if new > old else "falls"
    if metric == "ready_months":
        verb = "is later:" if new > old else "is earlier:"
        dates = f" ({before['ready_date']} → {after['ready_date']})"
        return f"{one.word} {verb} {told(metric, old)} → {told(metric, new)}{one.unit}{dates}"
    return f"{one.word} {verb} {told(metric, old)} → {told(metric, new)}{one.unit}"


def flat(effects: tuple[Effect, ...]) -> pd.DataFrame:
    """Return every effect as one table: a row a case and site, before beside after."""
    rows = [
        {
            "stress_case": effect.case.key,
            "case": effect.case.name,
            "site_id": site,
            "name": effect.before.loc[site, "name"],
            **{
                f"{column}_{when}": frame.loc[site, column]
                for column in ("rank", *FIGURES, *TEXTS)
                for when, frame in (("before", effect.before), ("after", effect.after))
            },
            "what_changed": sentence(effect.before.loc[site], effect.after.loc[site]),
            "untouched": ", ".join(untouched(effect, [site])),
            "changes": "; ".join(
                f"{t.setting}: {t.before} → {t.after}" for t in effect.turns
            ),
            "statement": effect.case.statement,
            "grade": " ".join(dict.fromkeys(c.grade for c in effect.case.changes)),
            "source": " ".join(
                dict.fromkeys(s for c in effect.case.changes for s in c.source.split())
            ),
        }
        for effect in effects
        for site in effect.before.index
    ]
    return pd.DataFrame(rows)
