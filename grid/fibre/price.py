"""What a second path costs: build cost by medium, and prices once paid, with dates."""

import numpy as np
import pandas as pd

from grid.fibre.network import FloatArray, Network

TRANSIT = "ip_transit_price"


def build_cost_usd(
    net: Network, land_usd_per_km: float, sea_usd_per_km: float
) -> FloatArray:
    """Return what building each link anew would cost [USD].

    Parameters
    ----------
    net
        Any network.
    land_usd_per_km, sea_usd_per_km
        Cost of a buried and of a submarine cable [USD/km].
    """
    land = (net.links["medium"] == "terrestrial").to_numpy()
    return np.asarray(net.km * np.where(land, land_usd_per_km, sea_usd_per_km))


def transit_prices(prices: pd.DataFrame) -> pd.DataFrame:
    """Return what was paid for transit, the cheapest first; no price is dropped silently.

    Parameters
    ----------
    prices
        The table `transit_prices`.

    Returns
    -------
    DataFrame
        place, value [USD/Mbps/month], as_of, grade: rows without a value last.
    """
    found = prices.loc[
        prices["quantity"] == TRANSIT, ["place", "value", "as_of", "grade"]
    ]
    return found.sort_values(["value", "place"], na_position="last", ignore_index=True)
