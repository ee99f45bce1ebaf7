"""Where every item of a case stands in the sheets, and how it is written there."""

from dataclasses import dataclass

from siting.pack.cells import BY_UNIT, Page, kept
from siting.pack.checks import engine_items
from siting.pack.debt import SECTIONS as LOAN
from siting.pack.inputs import (
    Given,
    choices,
    of_book,
)
from siting.pack.language import Item, Sums
from siting.pack.model import Model, Sections
from siting.pack.printing import FIRST_YEAR, VALUE_COLUMN, Place, Printer
from siting.pack.rent import REQUIRED
from siting.pack.site_inputs import of_site

ASSUMPTIONS, FLOW, RENT, DEBT, ENGINE, CHECKS = (
    "assumptions",
    "cash_flow",
    "required_rent",
    "debt",
    "engine",
    "checks",
)
OPENING = FIRST_YEAR - 1
TOTAL = 2
"""Column of a row's total in the sheets of years."""
FIRST_ROW = 5
FIRST_CHECK = FIRST_ROW + 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every item of a model stands, and what it comes to."""

    printer: Printer
    sums: Sums

    def row_of(self, name: str) -> int:
        """Return the row an item stands in."""
        return self.printer.places[name].row

    def scalar(self, page: Page, name: str, style: str = "") -> None:
        """Write a scalar where it stands: a formula, or the value that was given."""
        item, place = self.sums.items[name], self.printer.places[name]
        style = style or BY_UNIT.get(item.unit, "plain")
        value = self.sums.scalar(name)
        if not item.formula:
            page.number(place.row, place.column, value, style)
            return
        text = self.printer.text(item.formula, place.sheet)
        page.formula((place.row, place.column), text, value, style)

    def row(self, page: Page, name: str) -> None:
        """Write a row: its opening, then every year."""
        item, place = self.sums.items[name], self.printer.places[name]
        style = BY_UNIT.get(item.unit, "plain")
        if name == "year":
            style = "year"
        opening = (place.row, OPENING)
        if item.formula:
            text = self.printer.text(item.opening, place.sheet)
            page.formula(opening, text, self.sums.result(item.opening), "written")
        for year, value in enumerate(self.sums.row(name)):
            at = (place.row, FIRST_YEAR + year)
            if item.formula:
                text = self.printer.text(item.formula, place.sheet, year)
                page.formula(at, text, value, style)
            else:
                page.number(*at, value, style)
        if item.unit == "USD":
            self._total(page, place, name)

    def _total(self, page: Page, place: Place, name: str) -> None:
        span = self.printer.span(name, place.sheet)
        total = kept(float(sum(self.sums.row(name))))
        page.formula((place.row, TOTAL), f"=SUM({span})", total, "money")

    def shown(self, page: Page, sheet: str, cell: tuple[int, int], name: str) -> None:
        """Write a cell that repeats a scalar of another sheet."""
        style = BY_UNIT.get(self.sums.items[name].unit, "plain")
        text = self.printer.text(name, sheet)
        page.formula(cell, text, self.sums.scalar(name), style)


def laid_out(model: Model) -> Layout:
    """Return where everything stands.

    Parameters
    ----------
    model : Model
    """
    places = {
        "inputs_changed": Place(ASSUMPTIONS, 3, yearly=False),
        **_inputs_placed(model),
        **_placed(FLOW, (("", model.fixed), *model.sections)),
        **_placed(DEBT, LOAN, FIRST_ROW),
        **_listed(RENT, REQUIRED),
        **_listed(ENGINE, engine_items(model.case.money)),
        **_checks_placed(model),
    }
    return Layout(Printer(places, model.years), model.sums)


def _inputs_placed(model: Model) -> dict[str, Place]:
    """Return where inputs stand, each with its value as written and its change."""
    places: dict[str, Place] = {}
    row = FIRST_ROW
    for group in groups(model):
        row += 1
        for given in group:
            for column, stem in enumerate(("", "was_", "changed_"), start=VALUE_COLUMN):
                at = Place(ASSUMPTIONS, row, yearly=False, column=column)
                places[stem + given.item.name] = at
            row += 1
    return places


def _placed(
    sheet: str, sections: Sections, row: int = FIRST_ROW - 1
) -> dict[str, Place]:
    """Return where sections stand one below the other, a heading above each."""
    places: dict[str, Place] = {}
    for _, items in sections:
        for item in items:
            places[item.name] = Place(sheet, row, item.yearly)
            row += 1
        row += 1
    return places


def _checks_placed(model: Model) -> dict[str, Place]:
    """Return where the checks stand, and the verdicts on all."""
    places: dict[str, Place] = {}
    for number, name in enumerate(("master", "own_hold", "engine_holds")):
        places[name] = Place(CHECKS, 2 + number, yearly=False)
    for number, check in enumerate(model.checks):
        row = FIRST_CHECK + number
        for column, word in enumerate(("gap", "allowed", "ok"), start=VALUE_COLUMN):
            at = Place(CHECKS, row, yearly=False, column=column)
            places[f"{word}_{check.name}"] = at
    return places


def groups(model: Model) -> tuple[tuple[Given, ...], ...]:
    """Return the inputs as they stand one below the other."""
    case = model.case
    return (choices(case), of_site(case), of_book(case))


def _listed(sheet: str, items: tuple[Item, ...]) -> dict[str, Place]:
    return {
        item.name: Place(sheet, FIRST_ROW + number, item.yearly)
        for number, item in enumerate(items)
    }
