"""The sheets of one case as items: what is given, what follows, what is compared."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from siting.pack.case import Case
from siting.pack.checks import Check, check_items, checks_of, engine_items
from siting.pack.inputs import Given, choices, of_book, of_site
from siting.pack.language import Item, Sums
from siting.pack.rows import AMOUNTS, CALENDAR, COSTS, INDICES
from siting.pack.taxes import INCOME, REQUIRED, TAX, WORTH

SPARE_YEARS = 5
"""Years beyond the engine's, so that a later date or a longer life still fits."""
SECTIONS = (
    ("timeline", CALENDAR),
    ("prices", INDICES),
    ("amounts in money of the price year", AMOUNTS),
    ("costs in money of the day", COSTS),
    ("tax calendar, VAT, depreciation, property tax", TAX),
    ("income, profit tax, free cash flow", INCOME),
    ("worth", WORTH),
)
"""Sections of the cash flow and their items."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything of one case that is worked out in the sheets."""

    case: Case
    given: tuple[Given, ...]
    years: int
    """Columns of years."""

    @property
    def fixed(self) -> tuple[Item, ...]:
        """What the sheets are told and nobody changes."""
        guess = self.case.money.measure("irr_pct")
        guess = guess if np.isfinite(guess) else 10.0
        return (
            Item(
                name="columns", label="years in the sheets", unit="1", value=self.years
            ),
            Item(
                name="irr_guess_pct",
                label="where the search for the IRR starts",
                unit="%",
                value=guess,
            ),
        )

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the sheets."""
        inputs = tuple(given.item for given in self.given)
        money = self.case.money
        return (
            *self.fixed,
            *inputs,
            *(item for _, items in SECTIONS for item in items),
            *REQUIRED,
            *engine_items(money),
            *self.compared,
            *check_items(self.checks),
        )

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check."""
        return checks_of(self.case.money)

    @property
    def compared(self) -> tuple[Item, ...]:
        """Inputs as they were written, whether one was changed since, and how many."""
        own = Sums(tuple(given.item for given in self.given), 1)
        pairs: list[Item] = []
        for given in self.given:
            name, unit = given.item.name, given.item.unit
            value = own.scalar(name)
            pairs += [
                Item(name=f"was_{name}", label="as written", unit=unit, value=value),
                Item(
                    name=f"changed_{name}",
                    label="changed",
                    unit="1",
                    formula=f"IF({name} == was_{name}, 0, 1)",
                ),
            ]
        count = " + ".join(f"changed_{given.item.name}" for given in self.given)
        total = Item(
            name="inputs_changed",
            label="inputs changed since this file was written",
            unit="1",
            formula=count,
        )
        return (*pairs, total)

    @cached_property
    def sums(self) -> Sums:
        """Every value of the sheets."""
        return Sums(self.items, self.years)

    def changed(self, values: dict[str, float]) -> Sums:
        """Return the sheets' values with some overwritten, as a spreadsheet would.

        Raises
        ------
        KeyError
            Naming what is no item.
        """
        unknown = set(values) - {item.name for item in self.items}
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        items = tuple(
            overwritten(item, values[item.name], self.years)
            if item.name in values
            else item
            for item in self.items
        )
        return Sums(items, self.years)


def model_of(case: Case) -> Model:
    """Return the sheets of a case."""
    years = case.money.appraisal.years.size + SPARE_YEARS
    given = (*choices(case), *of_site(case), *of_book(case))
    return Model(case=case, given=given, years=years)


def overwritten(item: Item, value: float, years: int) -> Item:
    """Return an item with one value in the place of its formula or its values."""
    values = (value,) * years if item.yearly else ()
    return replace(item, value=value, values=values, formula="")
