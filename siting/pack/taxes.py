"""The rest of the cash flow before debt: tax, income, what it is worth."""

from siting.finance import COST_LINES
from siting.finance.costs import HOURS_PER_MONTH
from siting.pack.amounts import NAMES
from siting.pack.language import Item
from siting.pack.rows import rise_of, scalar, yearly

FOR_EVER = 9999  # the year in which a relief ends that has no end


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
    used = f"MIN(MAX({base}, 0), prev({lost}) - {gone})"
    return (
        yearly(
            lost, "tax losses made up to the year", f"prev({lost}) + MAX(-{base}, 0)"
        ),
        yearly(spent, "of them used or expired", f"{gone} + {used}"),
        yearly(tax, "profit tax", f"(MAX({base}, 0) - {used})*profit_tax_pct/100"),
    )


CALENDAR_OF_TAX = (
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
        "dividend_pct",
        "tax withheld from dividends",
        _rate("holiday_dividend_pct", "dividend_rate_pct"),
        "%",
    ),
    yearly(
        "taxed_share",
        "part of income that is taxed",
        f"({_rate('holiday_profit_pct', 'profit_tax_pct')})"
        "/IF(profit_tax_pct == 0, 1, profit_tax_pct)",
        "1",
    ),
)
TAX = (
    yearly("works_usd", "capex without IT", "capex_usd - it_usd"),
    yearly(
        "works_vat_usd",
        "VAT on it not recovered",
        "works_usd*vat_pct/100*(1 - vat_recoverable_pct/100)",
    ),
    yearly("vat_usd", "VAT not recovered", "works_vat_usd + it_amount*it_vat_spread"),
    yearly("customs_usd", "customs duty", "it_amount*it_customs_spread"),
    yearly("bought_usd", "bought, taxes with it", "capex_usd + vat_usd + customs_usd"),
    scalar(
        "depreciable",
        "works to write off",
        "USD",
        "total(works_usd) + total(works_vat_usd)",
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
        "depreciable*(written_off - prev(written_off)) + it_amount*it_written",
    ),
    yearly(
        "going",
        "1: in operation at the year's end",
        "IF(AND(in_service_months > 0,"
        " in_service_months < greatest(in_service_months)), 1, 0)",
        "1",
    ),
    yearly(
        "book_value",
        "value of works for tax, in operation",
        "going*(1 - written_off)*depreciable",
    ),
    yearly(
        "property_tax_usd",
        "property tax",
        "(0.5*(book_value + prev(book_value)) + it_amount*it_book)*("
        f"{_rate('holiday_property_pct', 'property_rate_pct')})/100",
    ),
    yearly(
        "gain_usd",
        "taxed gain on what is sold",
        "MAX(0, -residual_usd - ended*depreciable*(1 - greatest(written_off)))"
        " - it_residual_usd",
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
        "12*it_kw*IF(cloud, it_let, leased*rent_index)",
        "kW-month",
    ),
    yearly(
        "income_usd",
        "rent",
        "base_rent_usd_per_kw_month*rent_kw_months + margin*12*it_kw*power_spread",
    ),
    yearly("passed_usd", "power earned back", "IF(cloud, 0, energy_usd)"),
    yearly("revenue_usd", "revenue with power", "income_usd + passed_usd"),
    yearly(
        "unpaid_share",
        "part of revenue unpaid at the year's end",
        "IF(going, working_capital_days/365"
        "/MAX(operating, working_capital_days/365, 0.000000001), 0)",
        "1",
    ),
    yearly("working_capital_usd", "rise of what is unpaid", rise_of("revenue_usd")),
    yearly(
        "allowed_usd",
        "deductible beyond energy, less taxed gains",
        "opex_usd - passed_usd + property_tax_usd + depreciation_usd - gain_usd",
    ),
    yearly("taxable_usd", "taxed income", "(income_usd - allowed_usd)*taxed_share"),
    *losses("taxable_usd"),
    yearly(
        "free_cash_flow_usd",
        "free cash flow",
        "revenue_usd - opex_usd - bought_usd - property_tax_usd - profit_tax_usd"
        " - working_capital_usd + sold_usd",
    ),
    yearly("paid_in_usd", "paid in", "MAX(-free_cash_flow_usd, 0)"),
    yearly("paid_out_usd", "paid out", "MAX(free_cash_flow_usd, 0)"),
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
        for name in COST_LINES
    ),
    scalar(
        "lcoc_usd_per_kw_month",
        "levelised cost of compute",
        "USD/kW-month",
        " + ".join(f"lcoc_{name}" for name in COST_LINES),
    ),
)
