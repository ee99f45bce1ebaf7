"""Money: from capacities, costs and dates to levelised cost, rent and returns."""

from siting.finance.cash import Appraisal, appraise_cash, cash_flow, lines_by_year
from siting.finance.costs import (
    CAPEX_LINES,
    COST_LINES,
    END_LINES,
    OPEX_LINES,
    ROLES,
    CashInputs,
)
from siting.finance.debt import DEBT_FLAGS, Debt, Loan, loan_terms, size_debt
from siting.finance.equity import equity_flow, equity_measures
from siting.finance.funding import Funding, out_of_balance, sources_and_uses
from siting.finance.ledger import CashTerms, Ledger, draw_up
from siting.finance.measures import Array, npv
from siting.finance.regimes import TaxTerms, tax_rates, tax_terms
from siting.finance.roots import IRR_FLAGS, irr
from siting.finance.timeline import Clocks

__all__ = [
    "CAPEX_LINES",
    "COST_LINES",
    "DEBT_FLAGS",
    "END_LINES",
    "IRR_FLAGS",
    "OPEX_LINES",
    "ROLES",
    "Appraisal",
    "Array",
    "CashInputs",
    "CashTerms",
    "Clocks",
    "Debt",
    "Funding",
    "Ledger",
    "Loan",
    "TaxTerms",
    "appraise_cash",
    "cash_flow",
    "draw_up",
    "equity_flow",
    "equity_measures",
    "irr",
    "lines_by_year",
    "loan_terms",
    "npv",
    "out_of_balance",
    "size_debt",
    "sources_and_uses",
    "tax_rates",
    "tax_terms",
]
