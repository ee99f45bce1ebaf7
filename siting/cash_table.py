"""The cash flow of one site as a table: every line by year, and what it adds up to."""

from typing import Final

import pandas as pd
import xarray as xr

LINES: Final = (
    "revenue_usd",
    "opex_usd",
    "capex_nominal_usd",
    "vat_usd",
    "property_tax_usd",
    "profit_tax_usd",
    "free_cash_flow_usd",
)
"""Lines of the evaluation, in the order of a statement."""


def cash_table(evaluation: xr.Dataset, site: str) -> pd.DataFrame:
    """Return the cash flow of a site year by year, before debt.

    Parameters
    ----------
    evaluation : Dataset
        With the variables of `LINES` (site, year).
    site : str
        A site_id of it.

    Returns
    -------
    DataFrame
        Indexed by `year`: the columns of `LINES` and `cumulative_usd`, the sum of the
        free cash flow so far [USD, nominal]; years without any are left out. Empty
        where nothing can be built.
    """
    table = evaluation[list(LINES)].sel(site=site).to_dataframe()[list(LINES)]
    table = table.dropna(subset=["free_cash_flow_usd"])
    table = table[table.ne(0.0).any(axis=1)]
    return table.assign(cumulative_usd=table["free_cash_flow_usd"].cumsum())
