"""The rest of the cash flow: tax, income, worth, and the rent a site requires."""

from siting.finance import CAPEX_LINES, OPEX_LINES
from siting.finance.costs import HOURS_PER_MONTH
from siting.pack.language import Item
from siting.pack.rows import NAMES, TRIALS, scalar, yearly

FOR_EVER = 9999
"""Year in which a relief ends that has no end."""


def _rate(holiday: str, otherwise: str) -> str:
    return f"relieved*{holiday} + (1 - relieved)*{otherwise}"


def losses(base: str, prefix: str = "") -> tuple[Item, ...]:
    """Return rows of losses carried forward, the oldest used first, and the tax.

    Losses lie in a queue by age. `lost` is all made up to a year, `spent` all used or
    expired: what is left of those still young enough lies between. A gain takes from
    the old end of it.

    Parameters
    ----------
    base : str
        Row of taxable income [USD].
    prefix : str
        Put before the rows' names.
    """
    lost, spent, tax = (f"{prefix}{n}" for n in ("lost", "spent", "profit_tax_usd"))
    gone = f"MAX(prev({spent}), back({lost}, kept_years + 1))"
    return (
        yearly(
            lost, "tax losses made up to the year", f"prev({lost}) + MAX(-{base}, 0)"
        ),
        yearly(
            spent,
            "of them used or expired",
            f"{gone} + MIN(MAX({base}, 0), prev({lost}) - {gone})",
        ),
        yearly(
            tax,
            "profit tax",
            f"(MAX({base}, 0) - MIN(MAX({base}, 0), prev({lost}) - {gone}))"
            "*profit_tax_pct/100",
        ),
    )


TAX = (
    scalar("kept_years", "losses are kept", "years", "ROUND(loss_years, 0)"),
    scalar(
        "holiday_until",
        "end of the tax holiday",
        "year",
        f"IF(holiday_for_ever, {FOR_EVER}, MAX(IF(holiday_years > 0,"
        " decision_year + decision_months/12 + holiday_years, 0), holiday_end))",
    ),
    scalar(
        "holiday_vat_pct",
        "VAT on investment in the holiday",
        "%",
        "holiday_equipment_vat_pct*equipment_share_pct/100"
        " + holiday_works_vat_pct*(1 - equipment_share_pct/100)",
    ),
    yearly(
        "relieved",
        "part of the year and project relieved",
        "MIN(MAX(holiday_until - year, 0), 1)*qualifying_pct/100",
        "1",
    ),
    yearly(
        "vat_pct", "VAT on investment", _rate("holiday_vat_pct", "vat_rate_pct"), "%"
    ),
    yearly(
        "vat_usd",
        "VAT on investment not recovered",
        "capex_usd*vat_pct/100*(1 - vat_recoverable_pct/100)",
    ),
    scalar(
        "depreciable", "cost to write off", "USD", "total(capex_usd) + total(vat_usd)"
    ),
    scalar(
        "building_share",
        "of it building",
        "1",
        "IF(works_amount > 0, facility_amount*IF(operates, shell_share_pct/100"
        "*facility_capex_usd_per_kw"
        "/(facility_capex_usd_per_kw - cooling_in_facility_usd_per_kw), 1)"
        "/works_amount, 0)",
    ),
    yearly(
        "written_off",
        "written off by the year's end",
        "building_share*MIN(in_service_months/(12*building_tax_life_years), 1)"
        " + (1 - building_share)*MIN(in_service_months/(12*plant_tax_life_years), 1)",
        "1",
    ),
    yearly(
        "depreciation_usd",
        "tax depreciation",
        "depreciable*(written_off - prev(written_off))",
    ),
    yearly(
        "book_value",
        "book value at the year's end, in service",
        "IF(AND(in_service_months > 0,"
        " in_service_months < greatest(in_service_months)), 1 - written_off, 0)"
        "*depreciable",
    ),
    yearly(
        "property_tax_usd",
        "property tax",
        "0.5*(book_value + prev(book_value))*("
        f"{_rate('holiday_property_pct', 'property_rate_pct')})/100",
    ),
)
INCOME = (
    scalar(
        "margin",
        "all in: reference bill less the site's own",
        "USD/kW-month",
        "IF(all_in, reference_power_borne*reference_pue*utilisation"
        f"*{HOURS_PER_MONTH:g}/1000 - energy_amount/(12*it_kw), 0)",
    ),
    scalar(
        "rent_usd_per_kw_month",
        "rent net of power",
        "USD/kW-month",
        "base_rent_usd_per_kw_month + margin",
    ),
    yearly(
        "rent_kw_months",
        "kW-months under contract, at the rent's index",
        "12*it_kw*leased*rent_index",
        "kW-month",
    ),
    yearly(
        "income_usd",
        "rent",
        "base_rent_usd_per_kw_month*rent_kw_months + margin*12*it_kw*power_spread",
    ),
    yearly("revenue_usd", "revenue with power", "income_usd + energy_usd"),
    yearly(
        "allowed_usd",
        "deductible beyond energy",
        "opex_usd - energy_usd + property_tax_usd + depreciation_usd",
    ),
    yearly(
        "taxed_share",
        "part of income that is taxed",
        f"({_rate('holiday_profit_pct', 'profit_tax_pct')})"
        "/IF(profit_tax_pct == 0, 1, profit_tax_pct)",
        "1",
    ),
    yearly("taxable_usd", "taxed income", "(income_usd - allowed_usd)*taxed_share"),
    *losses("taxable_usd"),
    yearly(
        "free_cash_flow_usd",
        "free cash flow",
        "revenue_usd - opex_usd - capex_usd - vat_usd - property_tax_usd"
        " - profit_tax_usd",
    ),
    yearly("equity_usd", "paid in", "MAX(-free_cash_flow_usd, 0)"),
    yearly("distributed_usd", "paid out", "MAX(free_cash_flow_usd, 0)"),
    yearly(
        "running_usd",
        "free cash flow up to the year",
        "prev(running_usd) + free_cash_flow_usd",
    ),
    yearly(
        "owing_until",
        "years until repaid so far",
        "IF(running_usd < 0, year - decision_year + 1, 0)",
        "years",
    ),
)
WORTH = (
    scalar("npv_usd", "net present value", "USD", "dot(free_cash_flow_usd, discount)"),
    scalar(
        "irr_pct",
        "internal rate of return",
        "%",
        "irr(free_cash_flow_usd, irr_guess_pct)",
    ),
    scalar(
        "owing_years", "last year in debt to itself", "years", "greatest(owing_until)"
    ),
    scalar(
        "payback_years",
        "payback from the decision",
        "years",
        "IF(owing_years == 0, 0, IF(owing_years >= columns, NONE,"
        " owing_years - at(running_usd, owing_years - 1)"
        "/at(free_cash_flow_usd, MIN(owing_years, columns - 1))"
        " - decision_months/12))",
    ),
    scalar(
        "kw_months_pv",
        "kW-months under contract, discounted",
        "kW-month",
        "12*it_kw*dot(leased, discount)",
    ),
    *(
        scalar(
            f"lcoc_{name}",
            f"levelised: {NAMES[name]}",
            "USD/kW-month",
            f"dot({name}_usd, discount)/kw_months_pv",
        )
        for name in (*CAPEX_LINES, *OPEX_LINES)
    ),
    scalar(
        "lcoc_usd_per_kw_month",
        "levelised cost of compute",
        "USD/kW-month",
        " + ".join(f"lcoc_{name}" for name in (*CAPEX_LINES, *OPEX_LINES)),
    ),
)


def _trial(number: int) -> tuple[Item, ...]:
    """Return the tax at one trial rent and what the project is then worth."""
    prefix = f"t{number}_"
    return (
        yearly(
            f"{prefix}base",
            f"taxed income at rent {number}",
            f"(rent_{number}*rent_kw_months - allowed_usd)*taxed_share",
        ),
        *losses(f"{prefix}base", prefix),
        scalar(
            f"value_{number}",
            f"net present value at rent {number}",
            "USD",
            f"rent_{number}*months_pv - outlays_pv"
            f" - dot({prefix}profit_tax_usd, discount)",
        ),
    )


def _step(number: int) -> tuple[Item, ...]:
    """Return the next trial rent by false position: the Illinois rule.

    Left and right bracket the root. The newest trial is the right; where it does
    not cross, the left keeps its place and half its value.
    """
    last, left = number - 1, f"left_{number - 1}"
    if number == 2:
        left, at_left = "rent_0", "value_0"
    else:
        at_left = f"at_left_{last}"
    run = f"(value_{last} - {at_left})"
    rent = f"{left} - {at_left}*(rent_{last} - {left})/{run}"
    crossed = (
        f"AND(ABS(value_{number}) > close_enough, value_{number}*value_{last} < 0)"
    )
    return (
        scalar(
            f"rent_{number}",
            f"rent {number}",
            "USD/kW-month",
            f"IF(ABS(value_{last}) <= close_enough, rent_{last},"
            f" IF({run} == 0, rent_{last}, {rent}))",
        ),
        *_trial(number),
        scalar(
            f"left_{number}",
            "the other end of the bracket",
            "USD/kW-month",
            f"IF({crossed}, rent_{last}, {left})",
        ),
        scalar(
            f"at_left_{number}",
            "its worth",
            "USD",
            f"IF({crossed}, value_{last}, {at_left}/2)",
        ),
    )


REQUIRED = (
    scalar(
        "outlays_pv",
        "outlays before profit tax, discounted",
        "USD",
        "dot(opex_usd, discount) - dot(energy_usd, discount)"
        " + dot(property_tax_usd, discount) + dot(capex_usd, discount)"
        " + dot(vat_usd, discount)",
    ),
    scalar(
        "months_pv",
        "kW-months at the rent's index, discounted",
        "kW-month",
        "dot(rent_kw_months, discount)",
    ),
    scalar(
        "close_enough", "worth that counts as nil", "USD", "0.0000000001*outlays_pv"
    ),
    scalar(
        "rent_0",
        "rent 0: before profit tax, the least it can be",
        "USD/kW-month",
        "outlays_pv/months_pv",
    ),
    *_trial(0),
    scalar(
        "rent_1",
        "rent 1: profit tax on all of it, the most it can be",
        "USD/kW-month",
        "rent_0/(1 - profit_tax_pct/100*greatest(taxed_share))",
    ),
    *_trial(1),
    *(item for number in range(2, 2 + TRIALS) for item in _step(number)),
    scalar(
        "required_rent_usd_per_kw_month",
        "required rent: net present value nil",
        "USD/kW-month",
        f"IF(ABS(value_0) <= close_enough, rent_0, rent_{1 + TRIALS})",
    ),
    scalar(
        "required_value",
        "net present value at it",
        "USD",
        f"IF(ABS(value_0) <= close_enough, value_0, value_{1 + TRIALS})",
    ),
)
