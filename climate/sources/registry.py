"""The real weather sources, written out by hand, and the one door to them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import xarray as xr

from climate import months
from climate.sources import epw, era5, nasa_power, open_meteo, pvgis
from climate.sources.calendar import online_years
from climate.sources.gaps import Gap, told
from climate.sources.observed import SiteHours, finished, joined, years_of
from climate.sources.place import Site, places
from climate.sources.record import Record
from climate.warming import monthly_warming
from data import World
from data.assumptions.climate import ClimateBook
from data.choices import ClimateChoices
from data.faults import Fault, InputError
from data.weather_files import cube_paths, digests, site_files
from data.web import Request, digest

Records = Callable[[Sequence[Site], ClimateChoices], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Source:
    """What there is to know of a source before using it."""

    gives: str
    licence: str
    grade: str
    requests: Callable[[Site, Sequence[int]], list[Request]] | None = None
    """The questions a site needs; None for a source on disk."""
    parse: Callable[[bytes], object] | None = None
    """What tells an answer from nonsense."""
    yearly: bool = True
    """True: it has calendar years, which can be chosen."""


SOURCES: dict[str, Source] = {
    "epw": Source(
        gives="your own EPW file of each site: one year, all variables",
        licence="as your files say",
        grade="published",
        yearly=False,
    ),
    "era5": Source(
        gives="your own NetCDF or Zarr of ERA5: all years, all variables",
        licence="Copernicus licence, name Copernicus Climate Change Service",
        grade="derived",
    ),
    "pvgis_tmy": Source(
        gives="typical year from satellite and ERA5, all variables",
        licence="PVGIS © European Union, free, name the source",
        grade="derived",
        requests=pvgis.requests,
        parse=pvgis.record,
        yearly=False,
    ),
    "nasa_power": Source(
        gives="hours since 2001 (MERRA-2, CERES), cells of 50 km, all variables",
        licence="free, name the NASA Langley POWER project",
        grade="derived",
        requests=nasa_power.requests,
        parse=nasa_power.parsed,
    ),
    "open_meteo": Source(
        gives="hours since 1940 (ERA5, ERA5-Land), all variables",
        licence="CC BY 4.0, name Open-Meteo.com; free for non-commercial use only",
        grade="derived",
        requests=open_meteo.requests,
        parse=open_meteo.parsed,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Real weather of some sites, and what was done to come by it."""

    weather: xr.Dataset
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]


def read(
    world: World,
    sites: pd.DataFrame,
    choices: ClimateChoices,
    a: ClimateBook,
    *,
    solar: bool = False,
) -> Reading:
    """Return the weather of a real source at all sites, warmed to the target year.

    Parameters
    ----------
    world, sites, choices, a, solar
        As in `climate.weather.at_sites`.

    Returns
    -------
    Reading
        With the Dataset of `climate.weather.at_sites`.

    Raises
    ------
    InputError
        If a file, an answer or a year cannot be used; one list for all sites.
    """
    wanted = places(world, sites)
    parts = _each(
        _records(world, choices, a)(wanted, choices), wanted, choices, a, solar
    )
    weather = joined(parts, wanted)
    years = years_of(pd.DatetimeIndex(weather["time"].to_numpy()))
    warming = [
        monthly_warming(choices.target_year, choices.pathway, a, part.base_year)
        for part in parts
    ]
    course = months.repeat_years(months.smooth(np.stack(warming)), years)
    weather["temp_air"].data += np.repeat(course, 24, axis=-1)
    grade = SOURCES[choices.source].grade
    for variable in weather.values():
        variable.attrs["grade"] = grade
    found = tuple(gap for part in parts for gap in part.gaps)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    weather.attrs = {
        "source": choices.source,
        "method": _method(parts, notes, choices, a),
        "grade": grade,
        "years": _span(weather, choices),
        "gaps": told(list(found)),
        "licence": SOURCES[choices.source].licence,
    }
    return Reading(weather, found, notes)


def _records(world: World, choices: ClimateChoices, a: ClimateBook) -> Records:
    readers: dict[str, Records] = {
        "epw": epw.records,
        "era5": partial(era5.records, world=world, a=a),
        "pvgis_tmy": pvgis.records,
        "nasa_power": nasa_power.records,
        "open_meteo": open_meteo.records,
    }
    return readers[choices.source]


def _each(
    records: Iterator[Record],
    wanted: Sequence[Site],
    choices: ClimateChoices,
    a: ClimateBook,
    solar: bool,
) -> list[SiteHours]:
    """Return the finished hours of each site, or raise with the faults of all."""
    parts: list[SiteHours] = []
    faults: list[Fault] = []
    for site, record in zip(wanted, records, strict=True):
        try:
            parts.append(finished(record, site, choices, a, solar))
        except InputError as error:
            faults.extend(error.faults)
    if faults:
        raise InputError(faults)
    return parts


def _span(weather: xr.Dataset, choices: ClimateChoices) -> str:
    if not SOURCES[choices.source].yearly:
        return "one typical year"
    time = pd.DatetimeIndex(weather["time"].to_numpy())
    return f"{time[0].year} to {time[-1].year}"


def _method(
    parts: Sequence[SiteHours],
    notes: Sequence[str],
    choices: ClimateChoices,
    a: ClimateBook,
) -> str:
    """Return in words how the weather came about."""
    bases = sorted({part.base_year for part in parts})
    since = f"{bases[0]:g}" if len(bases) == 1 else f"{bases[0]:g} to {bases[-1]:g}"
    climate = (
        "no warming applied"
        if choices.pathway == "none"
        else f"warmed from {since} to {choices.target_year} under {choices.pathway}, "
        "relative humidity unchanged"
    )
    return (
        f"{'; '.join(notes)}. UTC, 29 February left out, values of half past; "
        f"temperature and pressure brought to the site's height at "
        f"{a.lapse_k_per_km:g} K/km where the source has another; gaps up to "
        f"{a.gap_linear_hours:g} h bridged by a line, longer ones by the same hour of "
        f"the days around, years with over {a.gap_refuse_pct:g} % missing refused; "
        f"{climate}"
    )


def requests_of(
    world: World, sites: pd.DataFrame, choices: ClimateChoices
) -> list[Request]:
    """Return every question the chosen source needs; none for one on disk."""
    asks = SOURCES[choices.source].requests
    if asks is None:
        return []
    years = online_years(choices)
    return [request for site in places(world, sites) for request in asks(site, years)]


def check_files(sites: pd.DataFrame, choices: ClimateChoices) -> None:
    """Raise for files that are not there, all sites in one fault, before any is read.

    Raises
    ------
    InputError
        Naming the sites without a file.
    """
    names = [str(name) for name in sites.index]
    if choices.source == "epw":
        site_files(choices.files, names, epw.ENDING)
    elif choices.source == "era5":
        cube_paths(choices.files, names)


def inputs(
    world: World, sites: pd.DataFrame, choices: ClimateChoices
) -> dict[str, str]:
    """Return the sha256 of every weather file and kept answer the sites rest on.

    Returns
    -------
    dict of str to str
        By what it is called; nothing for the embedded weather.
    """
    if choices.source == "synthetic":
        return {}
    names = [str(name) for name in sites.index]
    if choices.source == "epw":
        found = site_files(choices.files, names, epw.ENDING)
        return _named(digests(list(found.values())))
    if choices.source == "era5":
        return _named(digests(cube_paths(choices.files, names)))
    asked = requests_of(world, sites, choices)
    return _named({request.label: digest(request) or "" for request in asked})


def _named(digests_by_name: dict[str, str]) -> dict[str, str]:
    return {f"weather {name}": value for name, value in digests_by_name.items()}
