"""The IT of a GPU cloud in the sheets: bought, renewed, sold, and what it earns.

Rows are multiples of the price of all IT in money of the price year, as in
`siting.finance.servers`. Who buys no IT has the same rows, of nothing.
"""

from siting.pack.language import Item
from siting.pack.rows import scalar, yearly

PARTS = {
    "it_spread": ("price paid", "spent"),
    "it_customs_spread": ("customs duty", "customs"),
    "it_vat_spread": ("VAT not recovered", "vat"),
    "it_sold_spread": ("purchase price of what goes", "sold"),
    "it_written": ("tax depreciation", "written_now"),
    "it_book": ("mean value for tax", "book_mean"),
    "it_let": ("let, at the price for its age", "let"),
}
"""Row of all IT → what it is, and the row of each set that it sums."""


def let_months(served: str) -> str:
    """Return full-capacity months under contract after so many of service."""
    climbing = f"MIN({served}, ramp_months)"
    return (
        f"occupied_pct/100*(prelet_pct/100*{served} + (1 - prelet_pct/100)"
        f"*({climbing}**2/(2*ramp_months) + {served} - {climbing}))"
    )


def _scalars(number: int) -> tuple[Item, ...]:
    """Return when one set of IT serves and from when it is paid."""
    s = f"set{number}"
    always = (
        "1" if number == 0 else f"IF({s}_left >= 12*it_least_remainder_years, 1, 0)"
    )
    return (
        scalar(
            f"{s}_first",
            f"set {number + 1}: from",
            "months",
            f"{number}*12*it_life_years",
        ),
        scalar(f"{s}_left", "life then left", "months", f"life_months - {s}_first"),
        scalar(f"{s}_bought", "1: bought", "1", f"IF({s}_left > 0, {always}, 0)"),
        scalar(
            f"{s}_last",
            "until",
            "months",
            f"IF(AND({s}_left > 12*it_life_years, {s}_left - 12*it_life_years"
            f" >= 12*it_least_remainder_years), {s}_first + 12*it_life_years, life_months)",
        ),
        scalar(
            f"{s}_opened",
            "paid from",
            "months",
            f"MAX(decision_months, ready_at + {s}_first - it_lead_months)",
        ),
        scalar(
            f"{s}_whole",
            "paid over",
            "months",
            f"MAX(ready_at + {s}_first - {s}_opened, 0.000000001)",
        ),
    )


def _set(number: int) -> tuple[Item, ...]:
    """Return one set of IT: what is paid and owed, what it is worth, what it lets."""
    s = f"set{number}"
    used = f"{s}_used"

    def row(name: str, formula: str, opening: str = "0", unit: str = "1") -> Item:
        label = f"set {number + 1}: {name.replace('_', ' ')}"
        return yearly(f"{s}_{name}", label, formula, unit, opening)

    return (
        *_scalars(number),
        row("paid", f"MIN(MAX((end_months - {s}_opened)/{s}_whole, 0), 1)"),
        row("spent", f"{s}_bought*({s}_paid - prev({s}_paid))*it_price_index"),
        row("customs", f"{s}_spent*customs_rate_pct/100"),
        row(
            "vat",
            f"({s}_spent + {s}_customs)*it_vat_pct/100*(1 - vat_recoverable_pct/100)",
        ),
        scalar(
            f"{s}_cost", "cost with taxes", "1",
            f"total({s}_spent) + total({s}_customs) + total({s}_vat)",
        ),
        row(
            "used",
            f"MIN(MAX(in_service_months, {s}_first), MAX({s}_first, {s}_last))",
            f"{s}_first",
            "months",
        ),
        row("gone", f"IF(in_service_months >= {s}_last, 1, 0)"),
        row("share", f"MIN(({used} - {s}_first)/(12*it_tax_life_years), 1)"),
        row("written", f"IF({s}_gone, 1, {s}_share)"),
        row("written_now", f"{s}_cost*({s}_written - prev({s}_written))"),
        row("book", f"{s}_cost*IF(AND({used} > {s}_first, {s}_gone == 0), 1 - {s}_share, 0)"),
        row("book_mean", f"0.5*({s}_book + prev({s}_book))"),
        row("sold", f"({s}_gone - prev({s}_gone))*total({s}_spent)"),
        row("months", let_months(used), let_months(f"{s}_first"), "months"),
        row(
            "let",
            f"{s}_bought*({s}_months - prev({s}_months))/12"
            f"*(1 - gpu_price_fall_pct/100)**(0.5*({used} + prev({used}) - 2*{s}_first)/12)",
        ),
    )  # fmt: skip


def servers(sets: int) -> tuple[Item, ...]:
    """Return the rows of the IT.

    Parameters
    ----------
    sets : int
        Sets of IT there is room for; none where the role buys none.
    """
    rates = (
        yearly(
            "it_price_index",
            "price of IT",
            "(1 + it_price_change_pct/100)**(year - price_year)",
            "1",
        ),
        yearly(
            "customs_rate_pct",
            "customs duty on IT",
            "relieved*holiday_customs_pct + (1 - relieved)*it_customs_pct",
            "%",
        ),
        yearly(
            "it_vat_pct",
            "VAT on IT",
            "relieved*holiday_equipment_vat_pct + (1 - relieved)*vat_rate_pct",
            "%",
        ),
    )
    own = tuple(item for number in range(sets) for item in _set(number))
    totals = tuple(
        yearly(
            name,
            f"all IT: {label}",
            " + ".join(f"set{number}_{part}" for number in range(sets)) or "0",
            "1",
        )
        for name, (label, part) in PARTS.items()
    )
    return (*(rates if sets else ()), *own, *totals)
