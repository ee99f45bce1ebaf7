"""The other sheets of the pack: summary, sensitivities, ranking, data, manifest."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from data.schema import glossary
from data.text import table_digests
from siting.export_rows import grades_of, rounded
from siting.headline import headline, question
from siting.pack.cells import Book, Page, coloured
from siting.pack.layout import Layout
from siting.pack.model import Model
from siting.pack.sensitivity import MEASURES, widest
from siting.run import Run

SUMMARY = "summary"
MOST_ROWS = 1000
"""Sites of the ranking sheet; a longer list stands whole in the other formats."""
RESULTS = (
    ("npv_usd", "net present value"),
    ("irr_pct", "internal rate of return"),
    ("payback_years", "payback from the decision"),
    ("rent_usd_per_kw_month", "rent assumed, power not included"),
    ("required_rent_usd_per_kw_month", "rent required for a net present value of nil"),
    ("lcoc_usd_per_kw_month", "levelised cost of compute before tax, power included"),
    ("cost_usd_per_gpu_hour", "levelised cost of a GPU-hour"),
    ("required_usd_per_gpu_hour", "price of a GPU-hour for a net present value of nil"),
    ("ready_months", "decision to first service"),
    ("debt_usd", "loan when repayment starts"),
    ("gearing_pct", "loan over all that it and the equity fund"),
    ("min_dscr", "least cover of debt service"),
    ("llcr", "loan life cover"),
    ("equity_irr_pct", "IRR of the equity"),
)
LIMITS = (
    "A screening estimate for deciding which sites deserve a study; no substitute for "
    "one.",
    "Cash flow in nominal USD; the loan is a bank's usual terms, not an offer.",
    "Weather, most transformer ratings and the rent are assumed: see the grades.",
    "No quotation, no offer of land, no connection agreement stands behind a figure.",
)


def write_summary(
    book: Book, run: Run, about: tuple[str, str], live: tuple[Model, Layout] | None
) -> None:
    """Write the first sheet: the question, the answer, the master check.

    Parameters
    ----------
    book : Book
    run : Run
    about : tuple of str
        Title, and why there is no cash flow where there is none.
    live : tuple of Model and Layout, or None
        The case whose cash flow follows.
    """
    page = book.page(SUMMARY)
    title, lacking = about
    page.text(0, 0, title, "title")
    page.text(1, 0, question(run.scenario))
    row = 3
    if live is None:
        page.text(row, 0, f"no cash flow: {lacking}", "warning")
        row += 2
    else:
        row = _answer(book, page, row, run, live)
    for line in (*run.warnings, *LIMITS):
        page.text(row, 0, line, "warning")
        row += 1
    page.widths(58, 20, 20, 20, 16)


def _answer(
    book: Book, page: Page, row: int, run: Run, live: tuple[Model, Layout]
) -> int:
    model, layout = live
    case = model.case
    table = run.ranking.table
    place = table["site_id"].tolist().index(case.site)
    page.text(row, 0, headline(table.iloc[place], run.scenario))
    row += 2
    page.text(row, 0, "master check")
    text = layout.printer.text("master", SUMMARY)
    page.formula((row, 1), text, layout.sums.scalar("master"), "verdict")
    coloured(book, page, f"B{row + 1}")
    row += 1
    page.text(row, 0, "inputs changed since this file was written")
    layout.shown(page, SUMMARY, (row, 1), "inputs_changed")
    row += 2
    page.heads(row, ("result", "live", "engine", "difference", "unit"))
    for name, label in RESULTS:
        row += 1
        page.text(row, 0, label)
        layout.shown(page, SUMMARY, (row, 1), name)
        layout.shown(page, SUMMARY, (row, 2), f"engine_{name}")
        gap = f"IF(known({name}), IF(known(engine_{name}), ROUND({name} - engine_{name}, 6), NONE), NONE)"
        text = layout.printer.text(gap, SUMMARY)
        page.formula((row, 3), text, layout.sums.result(gap), "number")
        page.text(row, 4, layout.sums.items[f"engine_{name}"].unit)
    return row + 2


def write_sensitivities(book: Book, model: Model) -> None:
    """Write what the engine says at low and high of the widest numbers, as values."""
    page = book.page("sensitivities")
    page.text(0, 0, "Sensitivities: values of the engine, not formulas", "title")
    page.text(
        1,
        0,
        "One number at its low or high, all else as it is and the design kept; the ten "
        "that move the required rent most. To try another, change it in assumptions.",
    )
    heads = ["number", "unit", "low", "value", "high"]
    heads += [f"{measure} at {end}" for measure in MEASURES for end in ("low", "high")]
    heads += ["the required rent moves by"]
    rows: list[tuple[object, ...]] = []
    for swing in widest(model.case):
        ends = zip(swing.at_low, swing.at_high, strict=True)
        flat = [value for pair in ends for value in pair]
        told = (swing.name, swing.unit, swing.low, swing.value, swing.high)
        rows.append((*told, *flat, swing.width))
    page.table(3, tuple(heads), rows)
    page.widths(40, 14, 10, 10, 10, 16, 16, 16, 16, 18, 18, 16)


def write_ranking(book: Book, run: Run) -> None:
    """Write the ranking, and how many of a long list are left out."""
    page = book.page("ranking")
    table = run.ranking.table
    page.text(0, 0, "Ranking", "title")
    if len(table) > MOST_ROWS:
        left = len(table) - MOST_ROWS
        page.text(1, 0, f"the first {MOST_ROWS} sites; {left} more are in ranking.csv")
    known = glossary()
    heads = tuple(str(column) for column in table)
    shown = rounded(table.head(MOST_ROWS))
    plain = shown.astype(object).where(shown.notna(), None)
    for column, head in enumerate(heads):
        unit = known[head].unit if head in known else ""
        page.text(2, column, unit)
    page.table(3, heads, list(plain.itertuples(index=False, name=None)))
    page.widths(8, 10, 36)
    page.sheet.freeze_panes(4, 3)
    page.sheet.autofilter(3, 0, 3 + len(shown), len(heads) - 1)


def write_preferences(book: Book, run: Run) -> None:
    """Write the weights, the scales and the gates that the order rests on."""
    page = book.page("preferences")
    taste = run.scenario.preferences
    page.text(0, 0, "Preferences: weights, declared scales, gates", "title")
    row = page.table(2, ("group", "weight"), taste.groups)
    heads = ("criterion", "group", "weight", "worst (0)", "best (100)", "scale", "unit")
    known = glossary()
    criteria = [
        (c.metric, c.group, c.weight, c.worst, c.best, c.scale, known[c.metric].unit)
        for c in taste.criteria
    ]
    row = page.table(row + 1, heads, criteria)
    gates = taste.gates
    limits = [
        ("least share of the MW asked for [%]", gates.min_served_pct),
        ("highest seismic zone [MSK-64]", gates.max_seismic_msk),
        ("districts not cleared of mines are excluded", gates.exclude_mined),
        ("least distance to a border [km]", gates.min_border_km),
        ("order by", taste.order_by),
        ("a group needs this share of its weight scored [%]", taste.min_coverage_pct),
    ]
    page.table(row + 1, ("gate", "limit"), limits)
    page.widths(46, 16, 10, 12, 12, 10, 14)


def write_data_log(book: Book, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write every table with its digest and vintage, and every source."""
    page = book.page("data_log")
    page.text(0, 0, "Data: tables and sources", "title")
    digests = table_digests()
    rows = [
        (
            f"{name}.csv",
            len(table),
            str(table["as_of"].max()) if "as_of" in table else "",
            grades_of(table),
            digests[f"{name}.csv"],
        )
        for name, table in tables.items()
    ]
    heads = ("table", "rows", "newest", "grades", "sha256")
    row = page.table(2, heads, rows)
    sources = tables["sources"]
    cited = [
        (
            str(name),
            str(s["citation"]),
            str(s["url"]),
            str(s["as_of"]),
            str(s["strength"]),
        )
        for name, s in sources.iterrows()
    ]
    page.table(row + 1, ("source", "citation", "address", "read", "strength"), cited)
    page.widths(34, 60, 40, 44, 66)


def write_manifest(book: Book, told: Mapping[str, Any]) -> None:
    """Write what went in and with what it was made."""
    page = book.page("manifest")
    page.text(0, 0, "Manifest", "title")
    page.table(2, ("what", "value"), list(_flat(told)))
    page.widths(54, 90)


def _flat(tree: Mapping[str, Any], stem: str = "") -> Iterator[tuple[object, ...]]:
    """Yield the leaves of a tree under dotted names."""
    for key, value in tree.items():
        name = f"{stem}.{key}" if stem else str(key)
        if isinstance(value, Mapping):
            yield from _flat(value, name)
        elif isinstance(value, (list, tuple)):
            yield name, json.dumps(value, ensure_ascii=False)
        else:
            yield name, str(value)
