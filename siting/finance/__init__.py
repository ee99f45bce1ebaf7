"""Money: from capacities, costs and dates to levelised cost, rent and returns."""

from siting.finance.cash import Appraisal, appraise_cash, cash_flow, lines_by_year
from siting.finance.costs import CAPEX_LINES, OPEX_LINES, ROLES, CashInputs
from siting.finance.ledger import CashTerms, Ledger, draw_up
from siting.finance.measures import Array, npv
from siting.finance.regimes import TaxTerms, tax_rates, tax_terms
from siting.finance.roots import IRR_FLAGS, irr
from siting.finance.timeline import Clocks

__all__ = [
    "CAPEX_LINES",
    "IRR_FLAGS",
    "OPEX_LINES",
    "ROLES",
    "Appraisal",
    "Array",
    "CashInputs",
    "CashTerms",
    "Clocks",
    "Ledger",
    "TaxTerms",
    "appraise_cash",
    "cash_flow",
    "draw_up",
    "irr",
    "lines_by_year",
    "npv",
    "tax_rates",
    "tax_terms",
]
