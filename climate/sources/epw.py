"""EPW files: one typical or actual year in local standard time.

Hour 1 is the hour from 0:00 to 1:00. Radiation is its sum; temperature, dew point,
pressure and wind are those at its end [1]_. The header says by how much local time
is ahead of UTC, and the year joins its end to its beginning where it is turned.

References
----------
.. [1] EnergyPlus Auxiliary Programs, EnergyPlus weather file (EPW) data dictionary.
"""

import io
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from pvlib.atmosphere import alt2pres
from pvlib.iotools import read_epw

from climate.sources.calendar import typical_positions, typical_year
from climate.sources.place import Site
from climate.sources.record import (
    HOUR_TO_COME,
    RADIATION,
    STATE,
    Record,
    dew_point_from_humidity,
    dew_point_from_water,
    without_fills,
)
from data.choices import ClimateChoices
from data.faults import Fault, InputError
from data.weather_files import site_files, text_of

Array = npt.NDArray[np.float64]

FILLS = {
    "temp_air": 99.9,
    "temp_dew": 99.9,
    "relative_humidity": 999.0,
    "atmospheric_pressure": 999999.0,
    "wind_speed": 999.0,
    "ghi": 9999.0,
    "dni": 9999.0,
    "dhi": 9999.0,
}
"""Codes of missing values; the dictionary gives them as the least missing value."""
HOUR_END = 1.0
"""Hours from our stamp to the moment of temperature, humidity, pressure and wind."""
SEA_LEVEL_SLACK_PA = 3000.0
"""How far the mean may lie from the standard atmosphere: about 260 m of height."""
ENDING = ".epw"
HEAD, FIELDS = 8, 35
"""Lines of the header, and fields of a data row."""
NEEDED_FIELDS = 22
"""Fields up to wind speed; what follows may be left out, as older files do."""


def records(sites: Sequence[Site], choices: ClimateChoices) -> Iterator[Record]:
    """Yield the record of each site from `<files>/<site_id>.epw`.

    Raises
    ------
    InputError
        Naming the sites without a file, or the file that cannot be used.
    """
    paths = site_files(choices.files, [site.site_id for site in sites], ENDING)
    for site in sites:
        yield record(text_of(paths[site.site_id]), paths[site.site_id].name)


def header(text: str, name: str) -> tuple[float, float, float]:
    """Return latitude, longitude [degrees] and elevation [m] of an EPW text."""
    _, about = _parsed(text, name)
    return about["latitude"], about["longitude"], about["altitude"]


def record(text: str, name: str) -> Record:
    """Return the record of an EPW text.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in faults.

    Raises
    ------
    InputError
        If it is no EPW file, has several records an hour, or holds pressure that
        cannot be that of the station.
    """
    table, about = _parsed(text, name)
    try:
        local = _local_year(table)
    except ValueError as error:
        raise _unusable(name, str(error)) from None
    _check_pressure(local["pressure"], about["altitude"], name)
    ahead = int(np.floor(about["TZ"]))
    turned = {
        str(column): np.roll(local[column].to_numpy(), -ahead) for column in local
    }
    hours = pd.DataFrame(turned, index=local.index)
    rest = about["TZ"] - ahead
    at_end = dict.fromkeys(STATE, HOUR_END - rest)
    years = table.groupby("month")["year"].first()
    return Record(
        hours=hours,
        standing=at_end | dict.fromkeys(RADIATION, HOUR_TO_COME - rest),
        elevation_m=np.nan,
        base_year=float(years.mean()),
        typical=True,
        notes=_notes(years, about),
    )


def _parsed(text: str, name: str) -> tuple[pd.DataFrame, dict[str, float]]:
    if not text.startswith("LOCATION,"):
        raise _unusable(name, "no LOCATION in the first line")
    try:
        table, about = read_epw(io.StringIO(_evened(text)))
        return table.reset_index(drop=True), about
    except (ValueError, KeyError, TypeError, IndexError) as error:
        why = f"{type(error).__name__}: {error}".splitlines()[0]
        raise _unusable(name, why) from None


def _evened(text: str) -> str:
    """Return the text with data rows of as many fields as the dictionary has.

    Older files stop after the fields every program reads, others end in a comma.
    """
    lines = text.splitlines()
    for place in range(HEAD, len(lines)):
        fields = lines[place].count(",") + 1
        if NEEDED_FIELDS <= fields < FIELDS:
            lines[place] += "," * (FIELDS - fields)
        elif fields > FIELDS:
            lines[place] = ",".join(lines[place].split(",")[:FIELDS])
    return "\n".join(lines) + "\n"


def _local_year(table: pd.DataFrame) -> pd.DataFrame:
    """Return the year in local standard time, codes absent, in our names."""
    clean = without_fills(table[list(FILLS)].astype(float), FILLS)
    temp = clean["temp_air"].to_numpy()
    moist = clean["relative_humidity"].to_numpy()
    dew = dew_point_from_water(temp, clean["temp_dew"].to_numpy())
    ours = clean[["temp_air", "wind_speed", *RADIATION]].assign(
        dew_point=np.where(np.isnan(dew), dew_point_from_humidity(temp, moist), dew),
        pressure=clean["atmospheric_pressure"],
    )
    position = typical_positions(table["month"], table["day"], table["hour"] - 1)
    return typical_year(ours, position)


def _check_pressure(pressure: pd.Series, altitude: float, name: str) -> None:
    mean, standard = float(pressure.mean()), float(alt2pres(altitude))
    if abs(mean - standard) > SEA_LEVEL_SLACK_PA:
        expected = (
            f"station pressure, near {standard:.0f} Pa at {altitude:g} m, not reduced "
            "to sea level (999999 in every row: the standard atmosphere is taken)"
        )
        fault = Fault(name, None, "pressure", f"{mean:.0f} Pa on average", expected)
        raise InputError([fault])


def _notes(years: pd.Series, about: dict[str, float]) -> tuple[str, ...]:
    span = sorted({int(year) for year in years})
    period = str(span[0]) if len(span) == 1 else f"months of {span[0]} to {span[-1]}"
    return (
        f"EPW files as they are, without regard to the site's elevation; {period}, "
        f"turned from UTC{about['TZ']:+g}, so that the first hours of the year are "
        "its last",
    )


def _unusable(name: str, why: str) -> InputError:
    return InputError([Fault(name, None, "", why, "an EPW file, one record an hour")])
