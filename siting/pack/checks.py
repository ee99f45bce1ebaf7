"""Checks of the pack: what must hold at any input, and what the engine says.

A check is a gap and how large it may be. Those of the sheet itself hold whatever the
inputs are; those against the engine hold at the inputs the engine was given, and are
set aside as soon as one is changed.
"""

from typing import Final, NamedTuple

from siting.finance import COST_LINES
from siting.pack.case import Money
from siting.pack.language import Item

CENT: Final = 0.01
SHARE: Final = "0.000000000001"
"""Part of a figure that a gap may be beside the cent, for rounding."""
NEAR: Final = "0.000000001"
"""How far months and shares may be apart."""
MEASURES: Final = (
    "npv_usd",
    "irr_pct",
    "payback_years",
    "lcoc_usd_per_kw_month",
    "required_rent_usd_per_kw_month",
    "rent_usd_per_kw_month",
    "cost_usd_per_gpu_hour",
    "required_usd_per_gpu_hour",
    "ready_months",
    "debt_usd",
    "interest_capitalised_usd",
    "gearing_pct",
    "min_dscr",
    "avg_dscr",
    "llcr",
    "equity_usd",
    "equity_irr_pct",
)
"""Results that the engine and the sheets both have."""


class Check(NamedTuple):
    """One check, in the language of the pack."""

    name: str
    label: str
    gap: str
    allowed: str
    engine: bool = False


LINES = " + ".join(f"dot({name}_usd, discount)" for name in COST_LINES)
COSTS = "dot(capex_usd, discount) + dot(opex_usd, discount) - dot(sold_usd, discount)"
FLOWS = "dot(paid_in_usd, discount) + dot(paid_out_usd, discount)"
SHARES = (
    "MAX(ABS(total(built) - 1), ABS(total(connected) - 1),"
    " ABS(12*total(operating) - life_months))"
)
OWN: Final = (
    Check(
        "lines",
        "cost lines sum to capex and operating cost less what is sold",
        f"ABS({LINES} - ({COSTS}))",
        f"{CENT} + {SHARE}*dot(capex_usd, discount)",
    ),
    Check(
        "sources",
        "sources = uses: revenue and money paid in, costs, taxes and money paid out",
        "ABS(total(revenue_usd) + total(sold_usd) + total(paid_in_usd)"
        " - total(capex_usd) - total(vat_usd) - total(customs_usd) - total(opex_usd)"
        " - total(property_tax_usd) - total(profit_tax_usd)"
        " - total(working_capital_usd) - total(paid_out_usd))",
        f"{CENT} + {SHARE}*total(revenue_usd)",
    ),
    Check("shares", "all is spent, and the whole life is run", SHARES, NEAR),
    Check(
        "fits",
        "the project ends within the years shown (months too many)",
        "MAX(end_at - 12*columns, 0)",
        NEAR,
    ),
    Check(
        "root",
        "net present value at the IRR is nil, as near as spreadsheets find it",
        "IF(known(irr_pct), ABS(worth(free_cash_flow_usd, irr_pct)), 0)",
        f"{CENT} + 0.000001*({FLOWS})",
    ),
    Check(
        "levelised",
        "levelised cost x discounted kW-months = discounted costs",
        f"ABS(lcoc_usd_per_kw_month*kw_months_pv - ({COSTS}))",
        f"{CENT} + {SHARE}*dot(capex_usd, discount)",
    ),
    Check(
        "rent",
        "net present value at the required rent is nil",
        "ABS(required_value)",
        f"{CENT} + {SHARE}*ABS(outlays_pv)",
    ),
    Check(
        "written",
        "written off = cost of works as far as their life for tax goes, and of all IT",
        "ABS(total(depreciation_usd) - depreciable*greatest(written_off)"
        " - it_amount*(total(it_spread) + total(it_customs_spread)"
        " + total(it_vat_spread)))",
        f"{CENT} + {SHARE}*(depreciable + it_amount)",
    ),
    Check(
        "unpaid",
        "what was unpaid is paid in the end",
        "ABS(total(working_capital_usd))",
        f"{CENT} + {SHARE}*total(revenue_usd)",
    ),
    Check(
        "funding",
        "sources = uses up to the first full year: loan, income, equity; all spent",
        "ABS(total(sources_usd) - total(uses_usd))",
        f"{CENT} + {SHARE}*total(uses_usd)",
    ),
    Check(
        "repaid",
        "the loan is repaid, and no more than it",
        "ABS(at(debt_balance_usd, columns - 1))",
        f"{CENT} + {SHARE}*debt_usd",
    ),
    Check(
        "carried",
        "debt service is worth the loan when repayment starts",
        "ABS(dot(debt_service_usd, worth_at_start) - debt_usd)",
        f"{CENT} + {SHARE}*debt_usd",
    ),
    Check(
        "equity",
        "what project, loan and tax leave is what the equity gets",
        "ABS(total(free_cash_flow_usd) + total(interest_tax_saved_usd)"
        " + total(debt_drawn_usd) - total(debt_service_usd) - total(debt_fee_usd)"
        " - total(dividend_tax_usd) - total(equity_flow_usd))",
        f"{CENT} + {SHARE}*total(revenue_usd)",
    ),
    Check(
        "taxed",
        "losses used and expired are not more than were made",
        "MAX(greatest(spent) - greatest(lost), 0)",
        f"{CENT}",
    ),
)
"""Checks that hold at any input."""


def _measured(name: str) -> Check:
    own, theirs = name, f"engine_{name}"
    gap = (
        f"IF(known({own}), IF(known({theirs}), ABS({own} - {theirs}), 1000000),"
        f" IF(known({theirs}), 1000000, 0))"
    )
    floor = CENT if name.endswith("usd") else 1e-6
    allowed = f"{floor} + IF(known({theirs}), {SHARE}*ABS({theirs}), 0)"
    return Check(f"engine_{name}", f"engine: {name}", gap, allowed, engine=True)


def _yearly(name: str) -> Check:
    theirs = f"engine_{name}"
    return Check(
        f"engine_{name}",
        f"engine, year by year: {name}",
        f"gap({name}, {theirs})",
        f"{CENT} + {SHARE}*total({theirs})*IF(total({theirs}) > 0, 1, 0)",
        engine=True,
    )


def engine_items(money: Money) -> tuple[Item, ...]:
    """Return the engine's figures as given cells."""
    measures = (
        Item(
            name=f"engine_{name}",
            label=name,
            unit=_unit(name),
            value=money.measure(name),
        )
        for name in MEASURES
    )
    rows = (
        Item(name=f"engine_{name}", label=name, yearly=True, values=values)
        for name, values in money.rows().items()
    )
    return (*measures, *rows)


def _unit(name: str) -> str:
    for ending, unit in (
        ("_gpu_hour", "USD/GPU-h"),
        ("_kw_month", "USD/kW-month"),
        ("_usd", "USD"),
        ("_pct", "%"),
    ):
        if name.endswith(ending):
            return unit
    for ending in ("months", "years"):
        if name.endswith(ending):
            return ending
    return "cover"


def checks_of(money: Money) -> tuple[Check, ...]:
    """Return every check of a case."""
    return (*OWN, *map(_measured, MEASURES), *map(_yearly, money.rows()))


def check_items(checks: tuple[Check, ...]) -> tuple[Item, ...]:
    """Return gap, allowance and verdict of every check, and the verdicts on all."""
    items: list[Item] = []
    for check in checks:
        name = check.name
        items += [
            Item(name=f"gap_{name}", label=check.label, formula=check.gap),
            Item(name=f"allowed_{name}", label="allowed", formula=check.allowed),
            Item(
                name=f"ok_{name}",
                label="verdict",
                unit="1",
                formula=f"IF(gap_{name} <= allowed_{name}, 1, 0)",
            ),
        ]
    own = ", ".join(f"ok_{check.name}" for check in checks if not check.engine)
    engine = ", ".join(f"ok_{check.name}" for check in checks if check.engine)
    return (
        *items,
        Item(name="own_hold", label="own", unit="1", formula=f"MIN({own})"),
        Item(name="engine_holds", label="engine", unit="1", formula=f"MIN({engine})"),
        Item(
            name="master",
            label="master check",
            unit="1",
            formula="IF(own_hold == 0, 0, IF(inputs_changed > 0, 2, engine_holds))",
        ),
    )
