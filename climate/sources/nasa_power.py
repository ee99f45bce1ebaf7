"""NASA POWER: hourly means of MERRA-2 and CERES, each stamp the opening of its hour.

Asked for in UTC; missing values are -999; pressure comes in kPa and belongs to the
mean height of the grid cell, as temperature does.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from climate.sources.calendar import checked_whole, online_years
from climate.sources.place import Site
from climate.sources.record import (
    HOUR_TO_COME,
    RADIATION,
    STATE,
    Record,
    dew_point_from_water,
)
from data.choices import ClimateChoices
from data.web import Request, Service, answer

SERVICE = Service(
    "NASA POWER",
    "https://power.larc.nasa.gov/api/temporal/hourly/point",
    "KHAZRI_NASA_POWER_URL",
)
NAMES = {
    "T2M": "temp_air",
    "T2MDEW": "dew_point",
    "PS": "pressure",
    "WS10M": "wind_speed",
    "ALLSKY_SFC_SW_DWN": "ghi",
    "ALLSKY_SFC_SW_DNI": "dni",
    "ALLSKY_SFC_SW_DIFF": "dhi",
}
FACTORS = {
    "C": 1.0,
    "kPa": 1000.0,
    "hPa": 100.0,
    "Pa": 1.0,
    "m/s": 1.0,
    "W/m^2": 1.0,
    "Wh/m^2": 1.0,
    "kW-hr/m^2": 1000.0,
    "MJ/hr": 1e6 / 3600.0,
    "MJ/m^2": 1e6 / 3600.0,
}
"""To our units; an hour's energy is its mean power."""


def requests(site: Site, years: Sequence[int]) -> list[Request]:
    """Return the questions a site needs: one a year, so that a stop loses little."""
    return [
        Request(
            SERVICE,
            (
                ("latitude", f"{site.lat:.5f}"),
                ("longitude", f"{site.lon:.5f}"),
                ("start", f"{year}0101"),
                ("end", f"{year}1231"),
                ("community", "re"),
                ("parameters", ",".join(NAMES)),
                ("format", "json"),
                ("header", "true"),
                ("time-standard", "utc"),
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
        yield Record(
            hours=hours,
            standing=dict.fromkeys((*STATE, *RADIATION), HOUR_TO_COME),
            elevation_m=parts[0][1],
            base_year=(years[0] + years[-1]) / 2.0,
            notes=("NASA POWER, means of grid cells about 50 km wide",),
        )


def parsed(body: bytes) -> tuple[pd.DataFrame, float]:
    """Return hours in our units and the height of the cell [m] from an answer.

    Raises
    ------
    ValueError, KeyError
        If it is not an answer of the hourly service in UTC, or a unit is unknown.
    """
    told: dict[str, Any] = json.loads(body)
    head = told["header"]
    if str(head.get("time_standard", "UTC")).upper() not in ("UTC", "GMT"):
        message = f"time standard {head['time_standard']}, UTC was asked for"
        raise ValueError(message)
    table = pd.DataFrame(told["properties"]["parameter"], dtype=float)
    table.index = pd.to_datetime(table.index, format="%Y%m%d%H")
    table = table.mask(table == float(head["fill_value"]))
    for name in table:
        table[name] *= FACTORS[told["parameters"][name]["units"]]
    ours = table.rename(columns=NAMES)
    ours["dew_point"] = dew_point_from_water(
        ours["temp_air"].to_numpy(), ours["dew_point"].to_numpy()
    )
    checked_whole(ours["temp_air"])
    coordinates = told["geometry"]["coordinates"]
    return ours, float(coordinates[2]) if len(coordinates) > 2 else np.nan
