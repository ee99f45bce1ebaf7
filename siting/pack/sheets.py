"""The live sheets of a case: assumptions, cash flow, rent, engine, checks."""

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from siting.pack.cells import Book, Page, coloured
from siting.pack.checks import engine_items
from siting.pack.debt import SECTIONS as LOAN
from siting.pack.inputs import (
    LIVE,
    Given,
    citations,
    cited,
    of_book,
)
from siting.pack.language import Item
from siting.pack.layout import (
    ASSUMPTIONS,
    CHECKS,
    DEBT,
    ENGINE,
    FIRST_CHECK,
    FIRST_ROW,
    FLOW,
    RENT,
    Layout,
    groups,
)
from siting.pack.model import Model, Sections
from siting.pack.printing import FIRST_YEAR, VALUE_COLUMN
from siting.pack.rent import REQUIRED

Cells = tuple[object, ...]
HEADS = (
    "input",
    "unit",
    "cell",
    "value",
    "as written",
    "changed",
    "low",
    "high",
    "grade",
    "as of",
    "where from",
    "note",
)


def write_assumptions(book: Book, model: Model, layout: Layout) -> None:
    """Write every input: what may be changed, and the rest of the book as it stands."""
    page = book.page(ASSUMPTIONS)
    page.text(0, 0, "Assumptions", "title")
    page.text(
        1,
        0,
        "Change a value on yellow and recalculate: cash flow, rent and checks follow. "
        "What the value was stands beside it.",
    )
    page.text(3, 0, "inputs changed since this file was written")
    layout.scalar(page, "inputs_changed", "plain")
    page.heads(FIRST_ROW - 1, HEADS)
    doubt = _doubts(model)
    titles = ("choices of the scenario", f"figures of {model.case.site}", "the book")
    for title, group in zip(titles, groups(model), strict=True):
        page.text(layout.row_of(group[0].item.name) - 1, 0, title, "section")
        for given in group:
            _input(page, layout, given, doubt)
    last = layout.row_of(of_book(model.case)[-1].item.name) + 2
    page.text(last, 0, "the rest of the book, behind the figures above", "section")
    page.table(last + 1, HEADS, _rest(model, doubt))
    page.widths(46, 12, 34, 14, 12, 9, 9, 9, 11, 10, 46, 60)
    page.sheet.freeze_panes(FIRST_ROW, 1)


def _input(page: Page, layout: Layout, given: Given, doubt: dict[str, Cells]) -> None:
    """Write one input, its value as written, whether changed, and where it is from."""
    item = given.item
    row = layout.row_of(item.name)
    for column, text in enumerate((item.label, item.unit, item.name)):
        page.text(row, column, text)
    layout.scalar(page, item.name, "input")
    layout.scalar(page, f"was_{item.name}", "written")
    layout.scalar(page, f"changed_{item.name}", "plain")
    for column, cell in enumerate(doubt.get(LIVE.get(item.name, ""), ()), start=6):
        page.value(row, column, cell)
    if given.told:
        page.text(row, 10, given.told)


def _doubts(model: Model) -> dict[str, Cells]:
    """Return low, high, grade, date, citations and note of every number of the book."""
    world = model.case.world
    known = citations(world)
    columns = ("low", "high", "grade", "as_of", "source", "note")
    rows = world.book.table[list(columns)].to_dict("index")
    return {
        str(name): tuple(
            cited(str(cell), known) if column == "source" else _plain(cell)
            for column, cell in row.items()
        )
        for name, row in rows.items()
    }


def _plain(cell: object) -> object:
    """Return a number or a text; absent where it is not known."""
    if isinstance(cell, (int, float)):
        return float(cell)
    return None if pd.isna(cell) else str(cell)  # type: ignore[call-overload]


def _rest(model: Model, doubt: dict[str, Cells]) -> list[Cells]:
    """Return the numbers of the book that no live cell reads."""
    table = model.case.world.book.table
    overrides = dict(model.case.scenario.overrides)
    live = set(LIVE.values())
    return [
        (
            str(name),
            str(row["unit"]),
            "",
            float(overrides.get(str(name), row["value"])),
            None,
            "overridden" if name in overrides else "",
            *doubt[str(name)],
        )
        for name, row in table.iterrows()
        if name not in live
    ]


def write_flow(book: Book, model: Model, layout: Layout) -> None:
    """Write the timeline and the cash flow, live."""
    page = book.page(FLOW)
    page.text(0, 0, f"Timeline and cash flow of {model.case.site}, live", "title")
    page.text(
        1,
        0,
        "Nominal USD, before debt; the year of the decision is not discounted. Every "
        "cell is a formula over the sheet assumptions.",
    )
    page.heads(FIRST_ROW - 2, ("line", "unit", "total", "value", "opening"))
    _years(page, layout, FIRST_ROW - 2, FLOW)
    for item in model.fixed:
        _line(page, layout, item)
    _sections(page, layout, model.sections)
    _frame(page)


def _sections(page: Page, layout: Layout, sections: Sections) -> None:
    for title, items in sections:
        page.text(layout.row_of(items[0].name) - 1, 0, title, "section")
        for item in items:
            _line(page, layout, item)


def write_debt(book: Book, layout: Layout) -> None:
    """Write the loan, its cover and what is left for the equity."""
    page = book.page(DEBT)
    page.text(0, 0, "Debt and equity, live", "title")
    page.text(
        1,
        0,
        "The loan is sized on the cash flow as it stands, sculpted to a level cover, "
        "under the gearing cap; interest before repayment is added to it.",
    )
    page.heads(FIRST_ROW - 2, ("line", "unit", "total", "value", "opening"))
    _years(page, layout, FIRST_ROW - 2, DEBT)
    _sections(page, layout, LOAN)
    _frame(page)


def _line(page: Page, layout: Layout, item: Item) -> None:
    row = layout.row_of(item.name)
    page.text(row, 0, item.label)
    page.text(row, 1, item.unit)
    if item.yearly:
        layout.row(page, item.name)
    else:
        layout.scalar(page, item.name)


def _years(page: Page, layout: Layout, row: int, sheet: str) -> None:
    """Write the years above the columns."""
    for year, value in enumerate(layout.sums.row("year")):
        text = layout.printer.text("year", sheet, year)
        page.formula((row, FIRST_YEAR + year), text, value, "year")


def _frame(page: Page) -> None:
    page.widths(46, 14, 16, 16, 10)
    page.sheet.set_column(FIRST_YEAR, FIRST_YEAR + 60, 14)
    page.sheet.freeze_panes(FIRST_ROW - 1, FIRST_YEAR)


def write_rent(book: Book, model: Model, layout: Layout) -> None:
    """Write the search for the rent at which the project is worth nothing."""
    page = book.page(RENT)
    page.text(0, 0, "The rent required: net present value nil after tax", "title")
    page.text(
        1,
        0,
        "Profit tax falls only on gains beyond losses, so the rent has no closed form: "
        "it lies between its two bounds and is found by false position, step by step.",
    )
    page.heads(FIRST_ROW - 2, ("line", "unit", "total", "value", "opening"))
    _years(page, layout, FIRST_ROW - 2, RENT)
    for item in REQUIRED:
        _line(page, layout, item)
    _frame(page)


def write_engine(book: Book, model: Model, layout: Layout) -> None:
    """Write the engine's own figures, as values."""
    page = book.page(ENGINE)
    page.text(0, 0, "What the engine says: values, not formulas", "title")
    page.text(1, 0, "The checks set the live sheets against these.")
    page.heads(FIRST_ROW - 2, ("figure", "unit", "total", "value", ""))
    _years(page, layout, FIRST_ROW - 2, ENGINE)
    for item in engine_items(model.case.money):
        _line(page, layout, item)
    _frame(page)


def write_checks(book: Book, model: Model, layout: Layout) -> None:
    """Write every check and the one verdict on all."""
    page = book.page(CHECKS)
    page.text(0, 0, "Checks", "title")
    told = (
        ("master", "master check"),
        ("own_hold", "the sheet's own checks, at any input"),
        ("engine_holds", "against the engine, at the inputs it was given"),
    )
    for name, label in told:
        page.text(layout.row_of(name), 0, label)
        layout.scalar(page, name, "verdict")
    page.heads(FIRST_CHECK - 1, ("check", "kind", "", "gap", "allowed", "verdict"))
    for check in model.checks:
        row = layout.row_of(f"gap_{check.name}")
        page.text(row, 0, check.label)
        page.text(row, 1, "engine" if check.engine else "own")
        layout.scalar(page, f"gap_{check.name}", "small")
        layout.scalar(page, f"allowed_{check.name}", "small")
        layout.scalar(page, f"ok_{check.name}", "verdict")
    page.widths(64, 10, 2, 34, 14, 12)
    last = xl_rowcol_to_cell(FIRST_CHECK + len(model.checks) - 1, VALUE_COLUMN + 2)
    coloured(book, page, f"F{FIRST_CHECK + 1}:{last}")
    coloured(book, page, "D3:D5")
