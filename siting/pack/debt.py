"""The loan in the sheets: sized on the live cash flow, drawn, served, and its cover.

As `siting.finance.debt` and `equity`: sculpted to a level cover ratio, interest of the
time before repayment added to the loan, under a gearing cap.
"""

from siting.pack.rows import scalar, yearly
from siting.pack.taxes import losses

SIZE = (
    scalar("rate", "interest", "1", "debt_rate_pct/100"),
    scalar("cover", "least cover of debt service", "1", "IF(cloud, dscr_merchant, dscr_leased)"),
    scalar(
        "tenor", "years of repayment", "years",
        "ROUND(IF(cloud, MIN(debt_tenor_gpu_years, it_life_years), debt_tenor_years), 0)",
    ),
    scalar(
        "first", "year of first repayment, from 0", "years",
        "CEIL((decision_months + ready_months)/12 - 0.000000001)",
    ),
    yearly("place", "year, from 0", "year - decision_year", "years"),
    yearly("funded_usd", "what debt and equity fund", "IF(place < first, bought_usd, 0)"),
    yearly(
        "within", "1: a year of repayment", "IF(AND(place >= first, place < first + tenor), 1, 0)",
        "1",
    ),
    yearly(
        "worth_at_start", "worth at the start of repayment",
        "IF(within, (1 + rate)**(first - place - 1), 0)", "1",
    ),
    yearly(
        "carries_usd", "debt service the cash flow carries",
        "IF(cover > 0, within*MAX(free_cash_flow_usd, 0)/cover, 0)",
    ),
    yearly("carried_so_far_usd", "up to the year", "prev(carried_so_far_usd) + carries_usd"),
    yearly(
        "repaying", "1: before the last payment",
        "IF(AND(within, total(carries_usd) - prev(carried_so_far_usd) > 0.005), 1, 0)", "1",
    ),
    scalar("carried_usd", "debt the cash flow carries", "USD", "dot(carries_usd, worth_at_start)"),
    yearly(
        "grown_usd", "funded, grown to first repayment",
        "funded_usd*(1 + rate/2)*(1 + rate)**MAX(first - 1 - place, 0)",
    ),
    scalar(
        "reserve_share", "first reserve over the loan", "1",
        "IF(carried_usd > 0, dsra_months/12*at(carries_usd, MIN(first, columns - 1))"
        "/carried_usd, 0)",
    ),
    scalar(
        "equity_least", "what the gearing cap leaves of the loan", "1",
        "1 - gearing_cap_pct/100*(1 - total(funded_usd)/total(grown_usd)"
        " + debt_fee_pct/100 + reserve_share)",
    ),
    scalar(
        "capped_usd", "debt under the gearing cap", "USD",
        "MIN(IF(equity_least > 0, gearing_cap_pct/100*total(funded_usd)/equity_least,"
        " total(grown_usd)), total(grown_usd))",
    ),
    scalar(
        "debt_usd", "loan when repayment starts", "USD",
        "IF(borrows, IF(MIN(carried_usd, capped_usd) < 1, 0, MIN(carried_usd, capped_usd)), 0)",
    ),
)  # fmt: skip
SCHEDULE = (
    yearly("debt_drawn_usd", "drawn", "funded_usd*debt_usd/total(grown_usd)"),
    yearly(
        "debt_service_usd", "interest and principal paid",
        "IF(debt_usd > 0, carries_usd*debt_usd/carried_usd, 0)",
    ),
    yearly(
        "debt_interest_usd", "interest accrued",
        "(prev(debt_balance_usd) + debt_drawn_usd/2)*rate",
    ),
    yearly(
        "debt_balance_usd", "outstanding",
        "prev(debt_balance_usd) + debt_drawn_usd + debt_interest_usd - debt_service_usd",
    ),
    yearly("debt_fee_usd", "upfront fee", "IF(place == 0, debt_usd*debt_fee_pct/100, 0)"),
    yearly(
        "debt_reserve_usd", "reserve account", "dsra_months/12*back(debt_service_usd, -1)"
    ),
    yearly("interest_paid_usd", "interest paid", "repaying*debt_interest_usd"),
    scalar(
        "interest_capitalised_usd", "interest added to the loan", "USD",
        "total(debt_interest_usd) - total(interest_paid_usd)",
    ),
    yearly(
        "deductible_usd", "interest and fee deducted from tax",
        "interest_paid_usd + repaying*(interest_capitalised_usd + total(debt_fee_usd))"
        "/MAX(total(repaying), 1)",
    ),
)  # fmt: skip
EQUITY = (
    yearly(
        "geared_usd", "taxed income after interest",
        "(income_usd - deductible_usd - allowed_usd)*taxed_share",
    ),
    *losses("geared_usd", "geared_"),
    yearly(
        "interest_tax_saved_usd", "profit tax that interest saves",
        "profit_tax_usd - geared_profit_tax_usd",
    ),
    yearly(
        "left_usd", "left for the equity",
        "free_cash_flow_usd + interest_tax_saved_usd + debt_drawn_usd - debt_service_usd"
        " - debt_fee_usd - (debt_reserve_usd - prev(debt_reserve_usd))",
    ),
    yearly("dividend_tax_usd", "tax withheld", "MAX(left_usd, 0)*dividend_pct/100"),
    yearly("equity_flow_usd", "cash flow of the equity", "left_usd - dividend_tax_usd"),
    yearly(
        "dscr", "cover of debt service",
        "IF(debt_service_usd > 0, free_cash_flow_usd/debt_service_usd, NONE)", "cover",
    ),
)  # fmt: skip
COVER = (
    scalar("equity_irr_pct", "IRR of the equity", "%", "irr(equity_flow_usd, equity_guess_pct)"),
    scalar("min_dscr", "least cover", "cover", "IF(debt_usd > 0, least(dscr), NONE)"),
    scalar("avg_dscr", "mean cover", "cover", "IF(debt_usd > 0, mean(dscr), NONE)"),
    scalar(
        "llcr", "loan life cover", "cover",
        "IF(debt_usd > 0, worth_repaid_usd/debt_usd, NONE)",
    ),
    scalar(
        "worth_repaid_usd", "worth of the cash flow over repayment", "USD",
        "total(repaid_worth_usd)",
    ),
    yearly(
        "repaid_worth_usd", "cash flow at the start of repayment",
        "repaying*worth_at_start*free_cash_flow_usd",
    ),
    yearly("early_usd", "of it before first repayment", "IF(place < first, equity_flow_usd, 0)"),
    scalar("equity_usd", "equity paid in, net", "USD", "-total(early_usd)"),
    scalar(
        "gearing_pct", "loan over all it and the equity fund", "%",
        "IF(debt_usd > 0, 100*debt_usd/(total(funded_usd) + interest_capitalised_usd"
        " + total(debt_fee_usd) + at(debt_reserve_usd, MAX(first - 1, 0))), 0)",
    ),
)  # fmt: skip
EARLY = "IF(place < first, {}, 0)"
FUNDING = (
    yearly(
        "uses_usd",
        "uses up to the first full year",
        EARLY.format(
            "bought_usd + opex_usd + property_tax_usd + profit_tax_usd"
            " + dividend_tax_usd + working_capital_usd + debt_interest_usd"
            " + debt_fee_usd + debt_service_usd"
            " + debt_reserve_usd - prev(debt_reserve_usd)"
        ),
    ),
    yearly(
        "sources_usd",
        "sources: loan and its interest, income, equity",
        EARLY.format(
            "debt_drawn_usd + debt_interest_usd + revenue_usd + sold_usd"
            " + interest_tax_saved_usd - equity_flow_usd"
        ),
    ),
)
SECTIONS = (
    ("size of the loan", SIZE),
    ("its schedule", SCHEDULE),
    ("what is left for the equity", EQUITY),
    ("cover and returns", COVER),
    ("sources and uses", FUNDING),
)
"""Sections of the sheet and their items."""
