"""Compare sites side by side, with the cost difference split so that it sums exactly."""

from collections.abc import Sequence

import pandas as pd
import xarray as xr

from data.faults import Fault, InputError
from data.schema import glossary
from siting.finance import COST_LINES
from siting.ranking import Ranking

MOST = 4
"""More columns than this do not fit a page."""


def side_by_side(ranking: Ranking, sites: Sequence[str]) -> pd.DataFrame:
    """Return every metric as a row and every site as a column, units beside.

    A column of the reader's own list has no unit.

    Raises
    ------
    InputError
        If a site is not in the ranking, or too few or too many are asked for.
    """
    table = ranking.table.set_index("site_id")
    faults = [
        Fault("SITE", None, "", site, "a site_id of the list")
        for site in sites
        if site not in table.index
    ]
    if not 2 <= len(set(sites)) == len(sites) <= MOST:
        asked = " ".join(sites)
        faults.append(Fault("SITE", None, "", asked, f"2 to {MOST} different sites"))
    if faults:
        raise InputError(faults)
    columns = table.loc[list(sites)].T
    known = glossary()
    units = [known[n].unit if n in known else "" for n in map(str, columns.index)]
    columns.insert(0, "unit", units)
    return columns


def routes(evaluation: xr.Dataset, sites: Sequence[str]) -> pd.DataFrame:
    """Return the way from each site to every hub, hop by hop, a row a hub and site.

    Parameters
    ----------
    evaluation : Dataset
        With `route` and `rtt_expected_ms` (site, hub).
    sites : sequence of str
        The sites compared.

    Returns
    -------
    DataFrame
        hub, site, expected ms, route; a hub no site reaches is left out.
    """
    own = evaluation[["route", "rtt_expected_ms"]].sel(site=list(sites))
    reached = own["rtt_expected_ms"].notnull().any("site")  # noqa: PD004 - xarray
    own = own.isel(hub=reached.to_numpy())
    table = own.to_dataframe(dim_order=["hub", "site"]).reset_index()
    return table[["hub", "site", "rtt_expected_ms", "route"]]


def waterfall(evaluation: xr.Dataset, sites: Sequence[str]) -> pd.DataFrame:
    """Return the lines of the levelised cost at each site, and the gap to the first.

    Every line of LCOC is a present value over the same kW-months, so the lines
    add up to LCOC at each site and their differences add up to the gap.

    Parameters
    ----------
    evaluation : Dataset
        With `lcoc_<line>_usd_per_kw_month` (site).
    sites : sequence of str
        The first is the one the others are measured against.

    Returns
    -------
    DataFrame
        Rows are lines and their total [USD/kW-month]; columns are the sites and
        `B − A` for every later site B.
    """
    own = evaluation.sel(site=list(sites))
    frame = pd.DataFrame(
        {line: own[f"lcoc_{line}_usd_per_kw_month"].to_numpy() for line in COST_LINES},
        index=list(sites),
    ).T
    first = sites[0]
    for site in sites[1:]:
        frame[f"{site} − {first}"] = frame[site] - frame[first]
    frame.loc["total"] = frame.sum()
    return frame
