"""One sentence a site: verdict, number, what binds, what would unlock it."""

import pandas as pd

from climate.cooling import SYSTEMS
from siting.scenario import Scenario

STUDY = "ramps, reactive power, flicker, short circuit, stability"
"""What is named and never claimed; `study_items` says it of each site."""
CLOSE = 2.0
"""Points of score that the grades of the inputs cannot tell apart."""


WORK = {
    "training": "AI training",
    "inference": "AI inference",
    "colocation": "colocation of servers",
}
"""Workload → what the racks do, in words."""
INVESTORS = {
    "colocation": "a landlord of power and cooling",
    "gpu_cloud": "a GPU cloud, which owns the IT,",
    "shell": "a builder of powered shells",
}
"""Role → who asks, in words."""
CONTRACTS = {
    "pass_through": "the tenant pays the power",
    "all_in": "one price for rent and power",
    "gpu_cloud": "sold by the GPU-hour, power included",
    "shell": "the tenant buys its own power",
}
"""Contract, or role that has but one → what is paid, in words."""


def question(scenario: Scenario) -> str:
    """Return what was asked, in words."""
    campus, finance = scenario.campus, scenario.finance
    day = campus.decision_date
    contract = CONTRACTS.get(finance.role, CONTRACTS[finance.contract])
    return (
        f"Where in Azerbaijan should {INVESTORS[finance.role]} put {campus.mw:g} MW of "
        f"{WORK[campus.workload]}, asked for in {campus.year} and decided on "
        f"{day.day} {day:%B %Y}? Contract: {contract}."
    )


def warnings_of(table: pd.DataFrame) -> tuple[str, ...]:
    """Return what a reader of the ranking must be told about it.

    Parameters
    ----------
    table : DataFrame
        The ranking.

    Returns
    -------
    tuple of str
        That the weather is made, and how close together the scores stand.
    """
    said = ["the weather is synthetic: made from monthly normals, not measured hours"]
    scores = table.loc[table["rank"].notna(), "score"].dropna()
    close = int((scores.max() - scores < CLOSE).sum())
    if close > 1:
        said.append(
            f"{close} of {len(scores)} ranked sites score within {CLOSE:g} points of the "
            "best, less than the doubt about them: their order says little"
        )
    if "p_rank_1" in table and len(scores):
        said.append(_odds_said(table))
    return tuple(said)


def _odds_said(table: pd.DataFrame) -> str:
    """Say how sure the first place is, and who else would have it."""
    first = table.iloc[0]
    rival = table.iloc[int(table["p_rank_1"].argmax())]
    said = (
        f"over the draws {first['name']} is first in {first['p_rank_1']:.0%} and among "
        f"the first three in {first['p_top_3']:.0%}"
    )
    if rival["site_id"] == first["site_id"]:
        return said
    return f"{said}; {rival['name']} is first most often, in {rival['p_rank_1']:.0%}"


def _number(row: pd.Series, column: str, text: str) -> str:
    return text.format(row[column]) if pd.notna(row[column]) else "unknown"


def headline(row: pd.Series, scenario: Scenario) -> str:
    """Return the sentence an investor reads first.

    Parameters
    ----------
    row : Series
        One row of the ranking.
    scenario : Scenario
        For the MW asked for.

    Returns
    -------
    str
        Verdict, megawatts and date, binding constraint, cost, what unlocks more.
    """
    name = row["name"]
    if row["excluded_because"]:
        return f"{name}: excluded — {row['excluded_because']}."
    asked = scenario.campus.mw
    share = _number(row, "it_mw", "{:.0f}")
    cost = _number(row, "lcoc_usd_per_kw_month", "{:.0f}")
    pue = _number(row, "pue_annual", "{:.2f}")
    parts = [
        f"{name}: {share} of {asked:.0f} MW firm from {row['ready_date']}",
        f"{row['binding_constraint']} binds",
        f"LCOC {cost} USD/kW-month at PUE {pue} with "
        f"{SYSTEMS[row['cooling_system']].title}",
    ]
    if row["unlock"]:
        parts.append(row["unlock"])
    parts.append(f"not tested: {row['not_tested']}")
    parts.append(f"for the connection study: {STUDY}")
    return "; ".join(parts) + "."
