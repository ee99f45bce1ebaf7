"""Cells of a workbook: numbers, formulas with their values, and text that stays text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from siting.pack.language import ABSENT

MOST_TEXT: Final = 32_767
"""Characters a cell may hold."""
MOST_NUMBER: Final = 9.99e307
"""Beyond it a spreadsheet has no numbers."""
CUT: Final = " … (cut)"
DIGITS: Final = 15
"""Significant digits a spreadsheet keeps."""
CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a file has no time zone
"""Stands in every file as its date, so that equal runs write equal files."""
STYLES: Final[dict[str, dict[str, Any]]] = {
    "text": {"valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 16, "font_color": "#12324A"},
    "section": {"bold": True, "font_color": "#12324A", "bottom": 1},
    "head": {
        "bold": True,
        "bg_color": "#E8EEF3",
        "bottom": 1,
        "text_wrap": True,
        "valign": "top",
    },
    "year": {"bold": True, "bg_color": "#E8EEF3", "num_format": "0"},
    "input": {"font_color": "#0000C0", "bg_color": "#FFF8DC", "num_format": "General"},
    "number": {"num_format": "#,##0.00"},
    "money": {"num_format": "#,##0;[Red]-#,##0;-"},
    "fine": {"num_format": "0.0000"},
    "plain": {"num_format": "General"},
    "written": {"num_format": "General", "font_color": "#808080"},
    "small": {"num_format": "0.0E+00"},
    "verdict": {
        "bold": True,
        "num_format": '[=1]"ok";[=0]"FAULT";"own checks hold, inputs changed"',
    },
    "warning": {"font_color": "#8A4B00", "text_wrap": True, "valign": "top"},
}
BY_UNIT: Final = {
    "USD": "money",
    "USD/year": "money",
    "kW-month": "money",
    "kW": "money",
    "1": "fine",
    "year": "plain",
    "USD/kW-month": "number",
    "USD/GPU-h": "fine",
    "cover": "number",
    "%": "number",
    "months": "number",
    "years": "number",
}


def clean(text: str) -> str:
    """Return text as a cell can hold it: cut to size, without what XML forbids."""
    kept = "".join(letter for letter in text if _allowed(ord(letter)))
    return kept if len(kept) <= MOST_TEXT else kept[: MOST_TEXT - len(CUT)] + CUT


def _allowed(code: int) -> bool:
    """Return whether XML 1.0 has the character."""
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def kept(value: float) -> float:
    """Return a number at the digits a spreadsheet keeps."""
    if value == 0.0 or not math.isfinite(value):
        return value
    return float(f"{value:.{DIGITS - 1}e}")


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One sheet that is being written."""

    sheet: Worksheet
    styles: dict[str, Format]

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write text as text, whatever it looks like."""
        self.sheet.write_string(row, column, clean(text), self.styles[style])

    def number(
        self, row: int, column: int, value: float, style: str = "number"
    ) -> None:
        """Write a number, or that there is none."""
        if math.isfinite(value) and abs(value) < MOST_NUMBER:
            self.sheet.write_number(row, column, kept(value), self.styles[style])
        else:
            self.text(row, column, str(value) if math.isfinite(value) else ABSENT)

    def formula(
        self, place: tuple[int, int], text: str, value: float, style: str = "number"
    ) -> None:
        """Write a formula of ours and what it comes to."""
        shown = kept(value) if math.isfinite(value) else ABSENT
        self.sheet.write_formula(*place, text, self.styles[style], shown)

    def heads(self, row: int, heads: tuple[str, ...]) -> None:
        """Write the heads of a table."""
        for column, head in enumerate(heads):
            self.text(row, column, head, "head")

    def table(
        self, row: int, heads: tuple[str, ...], rows: Sequence[Sequence[object]]
    ) -> int:
        """Write a table of texts and numbers; return the row below it."""
        self.heads(row, heads)
        for line in rows:
            row += 1
            for column, cell in enumerate(line):
                self.value(row, column, cell)
        return row + 1

    def value(self, row: int, column: int, cell: object) -> None:
        """Write a cell by its type; what is absent stays blank."""
        if isinstance(cell, bool):
            self.text(row, column, "yes" if cell else "no")
        elif isinstance(cell, (int, float)):
            if math.isfinite(cell):
                self.number(row, column, float(cell), "plain")
        elif cell is not None:
            self.text(row, column, str(cell))

    def widths(self, *widths: float) -> None:
        """Set the widths of the first columns."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A workbook that is being written."""

    workbook: Workbook
    styles: dict[str, Format]

    def page(self, name: str) -> Page:
        """Add a sheet, set up to print on A4 across."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return Page(sheet, self.styles)

    def close(self) -> None:
        """Write the file."""
        self.workbook.close()


def opened(stream: BinaryIO, title: str) -> Book:
    """Return an empty workbook that will be written to a stream."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(stream, options)
    workbook.set_properties({"title": clean(title), "created": CREATED})
    workbook.set_calc_mode("auto")
    styles = {name: workbook.add_format(style) for name, style in STYLES.items()}
    return Book(workbook, styles)


def coloured(book: Book, page: Page, cells: str) -> None:
    """Colour verdicts: red where a check fails."""
    bad = book.workbook.add_format({"bg_color": "#F4C7C3", "font_color": "#8B0000"})
    good = book.workbook.add_format({"bg_color": "#D5E8D4", "font_color": "#1B5E20"})
    for value, colour in ((0, bad), (1, good)):
        rule = {"type": "cell", "criteria": "==", "value": value, "format": colour}
        page.sheet.conditional_format(cells, rule)
