"""What the fibre links must satisfy beyond types, keys and bounds."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.faults import Fault
from data.table_rules import cell_faults

MOST_IN_SERVICE_TBPS = 100.0
"""More than any cable of the region in service carries: a figure beyond is in Gbps."""
IN_GBPS = f"at most {MOST_IN_SERVICE_TBPS:g} Tbps for a link in service; is it in Gbps?"
CAPACITIES = ("capacity_tbps", "capacity_tbps_low", "capacity_tbps_high")
READ = ("status", "year", "note", *CAPACITIES)


def link_faults(links: pd.DataFrame) -> Iterator[Fault]:
    """Yield capacities in the wrong unit, and links that may come at no time stated.

    Parameters
    ----------
    links : DataFrame
        The table `fibre_links` as text, as `data.load.read_raw` gives it.
    """
    if not set(READ) <= set(links):
        return
    running = links["status"] == "in_service"
    for column in CAPACITIES:
        tbps = pd.to_numeric(links[column].replace("", np.nan), errors="coerce")
        much = running & (tbps > MOST_IN_SERVICE_TBPS)
        yield from cell_faults("fibre_links", links[column], much, IN_GBPS)
    whenever = ~running & (links["year"] == "") & (links["note"] == "")
    expected = "a year, or in the note the window it may come in or why there is none"
    yield from cell_faults("fibre_links", links["year"], whenever, expected)
