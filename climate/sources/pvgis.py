"""PVGIS: a typical year picked month by month from satellite and reanalysis years.

Stamps are whole hours in UTC. Temperature, humidity, pressure and wind are those of
the stamp; radiation is that of the satellite's pass, `irradiance_time_offset` hours
later. Each month carries the year it was picked from.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pvlib.iotools import read_pvgis_tmy

from climate.sources.calendar import typical_positions, typical_year
from climate.sources.place import Site
from climate.sources.record import (
    INSTANT,
    RADIATION,
    STATE,
    Record,
    dew_point_from_humidity,
    without_fills,
)
from data.choices import ClimateChoices
from data.web import Request, Service, answer

SERVICE = Service(
    "PVGIS", "https://re.jrc.ec.europa.eu/api/v5_3/tmy", "KHAZRI_PVGIS_URL"
)
FILLS = {
    "temp_air": -999.0,
    "relative_humidity": -999.0,
    "pressure": -999.0,
    "wind_speed": -999.0,
    "ghi": -999.0,
    "dni": -999.0,
    "dhi": -999.0,
}


def requests(site: Site, years: Sequence[int]) -> list[Request]:
    """Return the one question a site needs."""
    query = (
        ("lat", f"{site.lat:.5f}"),
        ("lon", f"{site.lon:.5f}"),
        ("outputformat", "json"),
        ("usehorizon", "1"),
    )
    return [Request(SERVICE, query)]


def records(sites: Sequence[Site], choices: ClimateChoices) -> Iterator[Record]:
    """Yield the typical year of each site."""
    for site in sites:
        yield answer(requests(site, ())[0], record)


def record(body: bytes) -> Record:
    """Return the record of an answer in JSON.

    Raises
    ------
    ValueError, KeyError
        If it is not one.
    """
    table, about = read_pvgis_tmy(io.BytesIO(body), pvgis_format="json")
    place = about["inputs"]["location"]
    clean = without_fills(table[list(FILLS)].astype(float), FILLS)
    dew = dew_point_from_humidity(
        clean["temp_air"].to_numpy(), clean["relative_humidity"].to_numpy()
    )
    time = pd.DatetimeIndex(table.index)
    ours = clean.drop(columns="relative_humidity").assign(dew_point=dew)
    position = typical_positions(time.month, time.day, time.hour)
    first, last = _period(about)
    offset = float(place.get("irradiance_time_offset", INSTANT))
    return Record(
        hours=typical_year(ours, position),
        standing=dict.fromkeys(STATE, INSTANT) | dict.fromkeys(RADIATION, offset),
        elevation_m=float(place.get("elevation", np.nan)),
        base_year=(first + last) / 2.0,
        typical=True,
        notes=(f"PVGIS typical year of {first} to {last}",),
    )


def _period(about: dict[str, Any]) -> tuple[int, int]:
    """Return the first and last year the months were picked from."""
    data = about["inputs"].get("meteo_data", {})
    picked = [int(month["year"]) for month in about["months_selected"]]
    return (
        int(data.get("year_min", min(picked))),
        int(data.get("year_max", max(picked))),
    )
