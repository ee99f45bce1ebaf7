"""Megawatts at a site's substation year by year, with what holds them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from data import World
from siting.progress import progress
from siting.scenario import Scenario
from siting.texts import aligned
from siting.trunk import station_rooms

YEARS: Final = (2026, 2028, 2030, 2035)
METRICS: Final = ("firm_mw", "firm_mw_p10", "firm_mw_p90", "flexible_mw")
"""Metrics whose tree is followed by their years."""
HEADS: Final = {
    "firm_mw": "firm MW",
    "firm_mw_p10": "P10",
    "firm_mw_p90": "P90",
    "flexible_mw": "flexible",
    "transformer_firm_mw": "transformers",
    "grid_binding": "network held by",
    "grid_contingency": "circuit lost",
    "grid_state": "state",
    "grid_shadow_price": "gain",
}
"""Column of the table → its head in print."""
TEXTS: Final = (0, 6, 7, 8)


def year_table(
    site: str,
    evaluation: xr.Dataset,
    scenario: Scenario,
    world: World,
    years: tuple[int, ...] = YEARS,
) -> pd.DataFrame:
    """Return the megawatts of a site's connection by year.

    Parameters
    ----------
    site : str
        A site_id of the evaluation.
    evaluation : Dataset
        Says to which substation the site connects, and how.
    scenario : Scenario
        Everything but the year stays as it says.
    world : World
    years : tuple of int
        Calendar years; one not found before takes some ten seconds.

    Returns
    -------
    DataFrame
        Indexed by year; the columns of `HEADS`, NaN and "" while the substation does
        not stand. Empty for a site without a connection.
    """
    here = evaluation.sel(site=site)
    station, option = (
        str(here[name].item()) for name in ("substation_id", "connection_option")
    )
    if not station:
        return pd.DataFrame(columns=list(HEADS))
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    built = world.amended(overrides).built(scenario.build_out)
    since = built.tables["substations"]["exists_from"].to_dict()[station]
    rows = {}
    for year in progress(years, "networks"):
        asked = replace(scenario, campus=replace(scenario.campus, year=year))
        room = station_rooms(built, asked, a).sel(substation=station, option=option)
        rows[year] = {name: room[name].item() for name in HEADS}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")
    blank = table.index < since
    for name in HEADS:
        table.loc[blank, name] = "" if table[name].dtype == object else np.nan
    return table


def year_lines(
    site: str, evaluation: xr.Dataset, scenario: Scenario, world: World
) -> Iterator[str]:
    """Yield `year_table` as text.

    Parameters
    ----------
    site, evaluation, scenario, world
        As for `year_table`.
    """
    table = year_table(site, evaluation, scenario, world)
    if table.empty:
        return
    here = evaluation.sel(site=site)
    yield (
        f"at {here['substation_id'].item()}, {here['connection_option'].item()}; "
        "gain: MW per MW more that the network's limit bears"
    )
    rows = [["year", *HEADS.values()]]
    for year, row in table.iterrows():
        cells = [
            _cell(row[name], 2 if name == "grid_shadow_price" else 0) for name in HEADS
        ]
        rows.append([str(year), *cells])
    yield from aligned(rows, texts=TEXTS)


def _cell(value: float | str, digits: int) -> str:
    if isinstance(value, str):
        return value or "–"
    return "–" if np.isnan(value) else f"{value:.{digits}f}"
