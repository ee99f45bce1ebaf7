"""The sheets of one case as items: what is given, what follows, what is compared."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

import numpy as np

from siting.pack.amounts import AMOUNTS, COSTS
from siting.pack.case import Case, Money
from siting.pack.checks import Check, check_items, checks_of, engine_items
from siting.pack.debt import SECTIONS as LOAN
from siting.pack.inputs import Given, choices, of_book
from siting.pack.language import Item, Sums
from siting.pack.rent import REQUIRED
from siting.pack.rows import CALENDAR, INDICES
from siting.pack.servers import servers
from siting.pack.site_inputs import of_site
from siting.pack.taxes import CALENDAR_OF_TAX, INCOME, TAX, WORTH

SPARE_YEARS = 5
"""Years beyond the engine's, so that a later date or a longer life still fits."""
SPARE_SETS = 2
"""Sets of IT beyond the engine's, for a longer life or a shorter one of the IT."""
Sections = tuple[tuple[str, tuple[Item, ...]], ...]


def sections_of(sets: int) -> Sections:
    """Return the sections of the cash flow and their items.

    Parameters
    ----------
    sets : int
        Sets of IT there is room for.
    """
    return (
        ("timeline", CALENDAR),
        ("prices", INDICES),
        ("amounts in money of the price year", AMOUNTS),
        ("tax calendar", CALENDAR_OF_TAX),
        ("IT, as multiples of its price", servers(sets)),
        ("costs in money of the day", COSTS),
        ("VAT, customs, depreciation, property tax", TAX),
        ("income, profit tax, free cash flow", INCOME),
        ("worth", WORTH),
    )


@dataclass(frozen=True, kw_only=True)
class Model:
    """Everything of one case that is worked out in the sheets."""

    case: Case
    given: tuple[Given, ...]
    years: int
    """Columns of years."""
    sets: int
    """Sets of IT there is room for; none where the role buys none."""

    @property
    def fixed(self) -> tuple[Item, ...]:
        """What the sheets are told and nobody changes."""
        money = self.case.money
        told = (
            ("columns", "years in the sheets", "1", float(self.years)),
            ("cloud", "1: owns the IT", "1", money.terms.role == "gpu_cloud"),
            (
                "irr_guess_pct",
                "the search for the IRR starts at",
                "%",
                _near(money, ""),
            ),
            (
                "equity_guess_pct",
                "that of the equity",
                "%",
                _near(money, "equity_"),
            ),
        )
        return tuple(
            Item(name=name, label=label, unit=unit, value=float(value))
            for name, label, unit, value in told
        )

    @cached_property
    def sections(self) -> Sections:
        """The cash flow."""
        return sections_of(self.sets)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the sheets."""
        inputs = tuple(given.item for given in self.given)
        money = self.case.money
        return (
            *self.fixed,
            *inputs,
            *(item for _, items in (*self.sections, *LOAN) for item in items),
            *REQUIRED,
            *engine_items(money),
            *self.compared,
            *check_items(self.checks),
        )

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every check."""
        return checks_of(self.case.money)

    @cached_property
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
                    formula=f"IF(ABS({name} - was_{name})"
                    f" <= 0.000000000001*ABS(was_{name}), 0, 1)",
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
    finance, sets = case.a.finance, 0
    if case.money.terms.role == "gpu_cloud":
        sets = ceil(finance.life_years / finance.it_life_years) + SPARE_SETS
    return Model(case=case, given=given, years=years, sets=sets)


def _near(money: Money, whose: str) -> float:
    """Return the engine's rate of return, or a usual one where it has none."""
    rate = money.measure(f"{whose}irr_pct")
    return rate if np.isfinite(rate) else 10.0


def overwritten(item: Item, value: float, years: int) -> Item:
    """Return an item with one value in the place of its formula or its values."""
    values = (value,) * years if item.yearly else ()
    return replace(item, value=value, values=values, formula="")
