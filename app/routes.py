"""The routes of the selected site: paths for the map, words beneath it."""

from typing import Final

import pandas as pd
import xarray as xr

from app.maps import Record
from grid.fibre.latency import ARROW

LIT: Final = ("frankfurt", "almaty")
"""Hubs whose route is shown: the farther side of Europe and of Central Asia."""


def route_paths(told: xr.Dataset, site: str, nodes: pd.DataFrame) -> list[Record]:
    """Return the ways from a site to the hubs shown, as paths over their nodes.

    Parameters
    ----------
    told : Dataset
        The evaluation, with `route` (site, hub) and `lat`, `lon` (site) [°].
    site : str
        The site_id selected.
    nodes : DataFrame
        The table `fibre_nodes`.

    Returns
    -------
    list of dict
        One path a hub that is reached: the lateral, then node by node.
    """
    point = nodes.set_index("name")[["lon", "lat"]]
    own = told.sel(site=site)
    start = [float(own["lon"]), float(own["lat"])]
    ways = {hub: str(own["route"].sel(hub=hub).item()) for hub in LIT}
    return [
        {"hub": hub, "path": [start, *point.loc[way.split(ARROW)].to_numpy().tolist()]}
        for hub, way in ways.items()
        if way
    ]


def route_words(told: xr.Dataset, site: str) -> list[str]:
    """Return a line a hub shown: expected time, its band, and the way hop by hop.

    Parameters
    ----------
    told : Dataset
        The evaluation, with `route` and the round-trip times (site, hub).
    site : str
        The site_id selected.
    """
    own = told.sel(site=site)
    lines = []
    for hub in LIT:
        here = own.sel(hub=hub)
        way = str(here["route"].item())
        low, mid, high = (
            float(here[f"rtt_{n}_ms"]) for n in ("low", "expected", "high")
        )
        time = f"{mid:.0f} ms expected ({low:.0f}–{high:.0f})"
        told_hub = f"{time}: {way}" if way else "no permitted way"
        lines.append(f"{hub.capitalize()}: {told_hub}")
    return lines
