"""Sections of the report on what the answer rests on: scale, limits, assumptions."""

from typing import Final

import pandas as pd

from data.schema import GRADES, glossary
from siting.pack.inputs import LIVE, citations, cited
from siting.report.markup import (
    Html,
    badge,
    cut,
    listed,
    paragraph,
    said,
    section,
    table,
    tag,
)
from siting.run import Leaders, Run

MOST_ROWS: Final = 60
"""Excluded sites in the table of the report."""
OF_IT: Final = (
    "finance.it_",
    "finance.gpu_",
    "finance.kw_per_gpu",
    "finance.reference_gpu",
)
"""Numbers that only the owner of the IT pays by."""
LIMITS: Final = (
    "This is a screen: it says which places deserve a study. It does not replace one.",
    "No site was visited, no owner, utility or ministry was asked, and no offer of land, "
    "power or fibre stands behind a figure.",
    "The network model leaves out reactive power, short circuit, stability, ramps and "
    "flicker; a connection study decides them.",
    "Circuits and ratings that no source gives are drawn; most transformer ratings are "
    "assumed.",
    "Distances of laterals are straight lines times a factor, not surveyed routes.",
    "The rent is no market price: none is published for Baku. The required rent does "
    "not rest on it.",
    "Cash flows are in nominal US dollars and assume that the manat holds its path and "
    "the law stays as it is read.",
    "Tax reliefs are taken as published; whether a data centre qualifies was not asked.",
    "What no source gives is left blank and not scored; it is not nought.",
)


def weights(run: Run) -> Html:
    """Return weights, scales and gates."""
    taste, known = run.scenario.preferences, glossary()
    groups = ", ".join(f"{group} {weight:g}" for group, weight in taste.groups)
    rows = [
        [
            said(criterion.group),
            said(known[criterion.metric].meaning.split(";")[0]),
            said(f"{criterion.weight:g}"),
            said(f"{criterion.worst:g}"),
            said(f"{criterion.best:g}"),
            said(known[criterion.metric].unit),
            said(criterion.scale),
        ]
        for criterion in taste.criteria
    ]
    heads = ("group", "criterion", "weight", "0 at", "100 at", "unit", "scale")
    note = (
        f"Weights of the groups: {groups}. A site's score depends on its own figures "
        "alone, so another list gives it the same score. Ordered by "
        f"{taste.order_by}."
    )
    return section(
        "How the score is made", paragraph(note), table(heads, rows, (2, 3, 4), (1,))
    )


def excluded(run: Run) -> Html:
    """Return the sites that are out, with every reason."""
    ranking = run.ranking.table
    out = ranking[ranking["excluded_because"] != ""]
    if out.empty:
        return section("Excluded sites", paragraph("None."))
    rows = [
        [
            said(cut(row["site_id"])),
            said(cut(row["name"])),
            said(row["excluded_because"]),
        ]
        for row in out.head(MOST_ROWS).to_dict("records")
    ]
    left = len(out) - len(rows)
    more = (
        [paragraph(f"{left} more stand in the data files.", "note")] if left > 0 else []
    )
    drawn = table(("site", "name", "why"), rows, wide=(1,))
    return section(f"{len(out)} excluded sites", drawn, *more)


def limits(run: Run) -> Html:
    """Return what this screen cannot say."""
    absent = [
        f"Not scored for any site: {', '.join(run.ranking.not_computed)}."
    ] * bool(run.ranking.not_computed)
    return section("Limits of this screen", listed((*LIMITS, *absent)))


def assumptions(run: Run, leaders: Leaders) -> Html:
    """Return the numbers that the money reads, with grade and source."""
    world = leaders.world
    book, known = world.book.table, citations(world)
    overrides = dict(run.scenario.overrides)
    rows = []
    landlord = run.scenario.finance.role != "gpu_cloud"
    for name in LIVE.values():
        if landlord and name.startswith(OF_IT):
            continue
        row = book.loc[name].to_dict()
        value, grade = row["value"], badge(str(row["grade"]))
        if name in overrides:
            value, grade = overrides[name], badge("set by the reader")
        between = f"{row['low']:g}–{row['high']:g}" if pd.notna(row["low"]) else "–"
        rows.append(
            [
                said(name),
                said(f"{value:g}"),
                said(row["unit"]),
                said(between),
                grade,
                tag("span", {"class": "k"}, said(row["as_of"])),
                said(cited(str(row["source"]), known)),
            ]
        )
    counts = book["grade"].value_counts()
    told = ", ".join(f"{counts.get(grade, 0)} {grade}" for grade in GRADES)
    note = (
        f"The assumptions book holds {len(book)} numbers: {told}. Those the money reads "
        "follow; every other stands in the workbook and behind `siting explain`."
    )
    others = [f"{k} = {v:g}" for k, v in overrides.items() if k not in LIVE.values()]
    more = [paragraph(f"Also set by the reader: {', '.join(others)}.")] * bool(others)
    heads = ("number", "value", "unit", "range", "grade", "as of", "source")
    return section(
        "Assumptions", paragraph(note), *more, table(heads, rows, (1,), (6,))
    )
