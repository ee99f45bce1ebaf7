"""Megawatts at a site's substation year by year, with what holds them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import xarray as xr

from data import World
from siting.progress import progress
from siting.scenario import Scenario
from siting.texts import aligned
from siting.trunk import station_rooms

YEARS: Final = (2026, 2028, 2030, 2035)
METRICS: Final = ("firm_mw", "firm_mw_p10", "firm_mw_p90", "flexible_mw")
"""Metrics whose tree is followed by their years."""
HEADS: Final = (
    "year",
    "firm MW",
    "P10",
    "P90",
    "flexible",
    "transformers",
    "network held by",
    "circuit lost",
    "state",
    "gain",
)
NUMBERS: Final = (
    "firm_mw",
    "firm_mw_p10",
    "firm_mw_p90",
    "flexible_mw",
    "transformer_firm_mw",
)


def year_lines(
    site: str, evaluation: xr.Dataset, scenario: Scenario, world: World
) -> Iterator[str]:
    """Yield the megawatts of a site's connection by year.

    Parameters
    ----------
    site : str
        A site_id of the evaluation.
    evaluation : Dataset
        Says to which substation the site connects, and how.
    scenario : Scenario
        Everything but the year stays as it says.
    world : World
    """
    here = evaluation.sel(site=site)
    station, option = (
        str(here[name].item()) for name in ("substation_id", "connection_option")
    )
    if not station:
        return
    overrides = dict(scenario.overrides)
    a = world.book.resolve(overrides)
    built = world.amended(overrides).built(scenario.build_out)
    since = built.tables["substations"]["exists_from"].to_dict()[station]
    rows = [list(HEADS)]
    for year in progress(YEARS, "networks"):
        campus = replace(scenario.campus, year=year)
        if year < since:
            rows.append([str(year), "not there yet", *[""] * (len(HEADS) - 2)])
            continue
        room = station_rooms(built, replace(scenario, campus=campus), a)
        rows.append(_row(year, room.sel(substation=station, option=option)))
    yield f"at {station}, {option}; gain: MW per MW more that the network's limit bears"
    yield from aligned(rows, texts=(0, 6, 7, 8))


def _row(year: int, room: xr.Dataset) -> list[str]:
    numbers = [_cell(room[name].item(), 0) for name in NUMBERS]
    texts = [
        str(room[name].item()) or "–"
        for name in ("grid_binding", "grid_contingency", "grid_state")
    ]
    return [str(year), *numbers, *texts, _cell(room["grid_shadow_price"].item(), 2)]


def _cell(value: float, digits: int) -> str:
    return "–" if value != value else f"{value:.{digits}f}"  # noqa: PLR0124 - NaN
