"""Open-Meteo archive: hourly reanalysis brought down to the site's elevation.

Values are those of the stamp; radiation is the mean of the hour before it. The
service corrects temperature and pressure to the elevation it is asked for.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from climate.sources.calendar import checked_whole, online_years
from climate.sources.place import Site
from climate.sources.record import (
    HOUR_GONE,
    INSTANT,
    RADIATION,
    STATE,
    Record,
    dew_point_from_water,
)
from data.choices import ClimateChoices
from data.web import Request, Service, answer

SERVICE = Service(
    "Open-Meteo",
    "https://archive-api.open-meteo.com/v1/archive",
    "KHAZRI_OPEN_METEO_URL",
)
NAMES = {
    "temperature_2m": "temp_air",
    "dew_point_2m": "dew_point",
    "surface_pressure": "pressure",
    "pressure_msl": "pressure_msl",
    "wind_speed_10m": "wind_speed",
    "shortwave_radiation": "ghi",
    "direct_normal_irradiance": "dni",
    "diffuse_radiation": "dhi",
}
ASKED = tuple(name for name in NAMES if name != "pressure_msl")
FACTORS = {
    "°C": 1.0,
    "hPa": 100.0,
    "m/s": 1.0,
    "km/h": 1.0 / 3.6,
    "mp/h": 0.44704,
    "mph": 0.44704,
    "kn": 1852.0 / 3600.0,
    "W/m²": 1.0,
}
"""To our units."""


def requests(site: Site, years: Sequence[int]) -> list[Request]:
    """Return the questions a site needs: one a year, so that a stop loses little."""
    return [
        Request(
            SERVICE,
            (
                ("latitude", f"{site.lat:.5f}"),
                ("longitude", f"{site.lon:.5f}"),
                ("elevation", f"{site.elevation_m:.0f}"),
                ("start_date", f"{year}-01-01"),
                ("end_date", f"{year}-12-31"),
                ("hourly", ",".join(ASKED)),
                ("wind_speed_unit", "ms"),
                ("temperature_unit", "celsius"),
                ("timezone", "GMT"),
            ),
        )
        for year in years
    ]


def records(sites: Sequence[Site], choices: ClimateChoices) -> Iterator[Record]:
    """Yield the hours of the chosen years of each site."""
    years = online_years(choices)
    for site in sites:
        parts = [answer(request, parsed) for request in requests(site, years)]
        hours = pd.concat([part for part, _ in parts])
        reduced = "pressure" not in hours and "pressure_msl" in hours
        yield Record(
            hours=hours.rename(columns={"pressure_msl": "pressure"} if reduced else {}),
            standing=dict.fromkeys(STATE, INSTANT)
            | dict.fromkeys(RADIATION, HOUR_GONE),
            elevation_m=parts[0][1],
            base_year=(years[0] + years[-1]) / 2.0,
            pressure_at_sea_level=reduced,
            notes=("Open-Meteo archive, brought down to the site's elevation",),
        )


def parsed(body: bytes) -> tuple[pd.DataFrame, float]:
    """Return hours in our units and UTC, and their height [m], from an answer.

    Raises
    ------
    ValueError, KeyError
        If it is not an answer of the archive, or a unit is unknown.
    """
    told: dict[str, Any] = json.loads(body)
    given = told["hourly"]
    local = pd.DatetimeIndex(pd.to_datetime(given["time"], format="%Y-%m-%dT%H:%M"))
    ahead = pd.Timedelta(seconds=float(told.get("utc_offset_seconds", 0)))
    columns = {
        ours: np.asarray(given[name], dtype=float) * FACTORS[told["hourly_units"][name]]
        for name, ours in NAMES.items()
        if name in given
    }
    hours = pd.DataFrame(columns, index=local - ahead)
    hours["dew_point"] = dew_point_from_water(
        hours["temp_air"].to_numpy(), hours["dew_point"].to_numpy()
    )
    checked_whole(hours["temp_air"])
    return hours, float(told.get("elevation", np.nan))
