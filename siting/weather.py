"""`siting weather`: what sources there are, fetching them, checking what they say."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

import climate
from climate import months, quantiles
from climate.normals import normals_at
from climate.psychrometrics import wet_bulb
from climate.sources import epw
from climate.sources.gaps import Gap, told
from climate.sources.registry import (
    SOURCES,
    Source,
    check_files,
    read,
    requests_of,
)
from data import World, load_world
from data.choices import DEFAULT_YEARS, ClimateChoices
from data.faults import Fault, InputError
from data.weather_files import text_of
from data.web import answer, cache_folder, digest
from siting.loading import load_scenario
from siting.progress import progress
from siting.texts import aligned, sites_of

MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
BESIDE_NORMALS = {"temp_air": ("degC", 1), "relative_humidity": ("%", 0)}
DESIGN_HEADS = {
    "db_0_4": "DB 0.4%",
    "mcwb_0_4": "MCWB",
    "db_1": "1%",
    "mcwb_1": "MCWB",
    "db_2": "2%",
    "mcwb_2": "MCWB",
    "wb_0_4": "WB 0.4%",
    "mcdb_0_4": "MCDB",
    "wb_1": "1%",
    "mcdb_1": "MCDB",
    "wb_2": "2%",
    "mcdb_2": "MCDB",
    "db_99_6": "DB 99.6%",
    "db_99": "99%",
    "db_max": "max",
    "db_min": "min",
    "hdd18_3": "HDD18.3",
    "cdd18_3": "CDD18.3",
}
"""Columns of the design table, in order, under short heads."""


def choices_of(arguments: argparse.Namespace) -> ClimateChoices:
    """Return the choices the options stand for, checked as a scenario's are.

    Raises
    ------
    InputError
        Naming the option that does not go with the source.
    """
    sets = settings_of(arguments)
    return replace(load_scenario("base", sets).climate, pathway="none")


def settings_of(arguments: argparse.Namespace) -> list[str]:
    """Return the settings of a scenario that --source, --files and --years stand for."""
    source = arguments.source or "synthetic"
    sets = [f"climate.source={json.dumps(source)}"]
    if arguments.files:
        sets.append(f"climate.files={json.dumps(arguments.files)}")
    if arguments.years:
        sets.extend(_years(arguments.years, source))
    return sets


def _years(text: str, source: str) -> list[str]:
    """Return the settings of `2015-2024`, of `2019`, or of a number to generate."""
    first, dash, last = text.partition("-")
    if not first.isdigit() or (dash and not last.isdigit()):
        expected = "a number of years to generate, a year, or two as 2015-2024"
        raise InputError([Fault("--years", None, "", text, expected)])
    if source == "synthetic" and not last:
        return [f"climate.years={first}"]
    return [f"climate.first_year={first}", f"climate.last_year={last or first}"]


def weather_list(arguments: argparse.Namespace) -> Iterator[str]:
    """Print every source: what it gives, what it needs, on what terms, what is kept."""
    world = load_world()
    sites = sites_of(_site_file(arguments.places), world)
    rows = [
        ["source", "needs", "kept", "gives", "terms"],
        [
            "synthetic",
            "nothing",
            "–",
            "typical or many years, embedded",
            "see DATA-LICENSE.md",
        ],
    ]
    for name, source in SOURCES.items():
        needs = "network" if source.requests else "files"
        kept = _kept(world, sites, name) if source.requests else "–"
        rows.append([name, needs, kept, source.gives, source.licence])
    yield from aligned(rows, texts=(0, 1, 3, 4))
    first, last = DEFAULT_YEARS
    yield ""
    yield f"kept: answers of {len(sites)} sites, {first} to {last}, in {cache_folder()}"


def _kept(world: World, sites: pd.DataFrame, name: str) -> str:
    choices = ClimateChoices(source=name)  # type: ignore[arg-type] # a key of SOURCES
    asked = requests_of(world, sites, choices)
    return f"{sum(digest(request) is not None for request in asked)} of {len(asked)}"


def _site_file(given: Sequence[str]) -> str | None:
    if len(given) > 1:
        expected = "one list of sites, or EPW files alone"
        raise InputError([Fault("siting weather", None, "", given[1], expected)])
    return given[0] if given else None


def weather_fetch(arguments: argparse.Namespace) -> Iterator[str]:
    """Fetch what a source says of the sites and is not kept yet."""
    choices = choices_of(arguments)
    if choices.source == "synthetic" or SOURCES[choices.source].requests is None:
        online = ", ".join(name for name, s in SOURCES.items() if s.requests)
        found = arguments.source or "none"
        raise InputError([Fault("--source", None, "", found, f"one of {online}")])
    world = load_world()
    sites = sites_of(_site_file(arguments.places), world)
    asked, new = fetch(world, sites, choices)
    yield f"{choices.source}: {asked} answers for {len(sites)} sites, {new} fetched now"
    yield f"kept in {cache_folder()}; terms: {SOURCES[choices.source].licence}"


def fetch(
    world: World, sites: pd.DataFrame, choices: ClimateChoices
) -> tuple[int, int]:
    """Fetch every answer the choices need and is not kept; none for other sources.

    Returns
    -------
    tuple of int
        Answers needed, and those fetched now.

    Raises
    ------
    InputError
        If the service fails; what was fetched stays.
    """
    source: Source | None = SOURCES.get(choices.source)
    if source is None or source.parse is None:
        check_files(sites, choices)
        return 0, 0
    asked = requests_of(world, sites, choices)
    missing = [request for request in asked if digest(request) is None]
    for done, request in enumerate(progress(missing, f"{choices.source}")):
        try:
            answer(request, source.parse)
        except InputError as error:
            state = f"{len(asked) - len(missing) + done} of {len(asked)} answers kept"
            again = Fault("weather fetch", None, "", state, "the rest when run again")
            raise InputError([*error.faults, again]) from None
    return len(asked), len(missing)


def weather_check(arguments: argparse.Namespace) -> Iterator[str]:
    """Print design figures, months beside the normals and gaps of each site."""
    world = load_world()
    files = [Path(p) for p in arguments.places if p.lower().endswith(epw.ENDING)]
    if not files:
        sites = sites_of(_site_file(arguments.places), world)
        yield from _checked(world, sites, choices_of(arguments))
        return
    if len(files) < len(arguments.places) or arguments.source not in (None, "epw"):
        expected = "EPW files alone, or a list of sites with --source"
        raise InputError(
            [Fault("siting weather check", None, "", str(files[0]), expected)]
        )
    for folder in dict.fromkeys(path.parent for path in files):
        own = [path for path in files if path.parent == folder]
        choices = ClimateChoices(source="epw", files=str(folder), pathway="none")
        yield from _checked(world, _epw_sites(own), choices)


def _epw_sites(paths: Sequence[Path]) -> pd.DataFrame:
    """Return the places the headers of EPW files name, under the files' names."""
    places = [epw.header(text_of(path), path.name) for path in paths]
    columns = ["lat", "lon", "elevation_m"]
    index = pd.Index([path.stem for path in paths], name="site_id")
    return pd.DataFrame(places, columns=columns, index=index)


def _checked(
    world: World, sites: pd.DataFrame, choices: ClimateChoices
) -> Iterator[str]:
    a = world.book.resolve({}).climate
    gaps: tuple[Gap, ...] = ()
    if choices.source == "synthetic":
        weather = climate.at_sites(world, sites, choices, a)
    else:
        reading = read(world, sites, choices, a)
        weather, gaps = reading.weather, reading.gaps
    years = weather.sizes["time"] // quantiles.HOURS_A_YEAR
    yield f"weather: {choices.source}, {weather.attrs['grade']}"
    yield str(weather.attrs["method"])
    yield ""
    span = "1 year" if years == 1 else f"{years} years"
    yield (
        f"Design figures, degC and K day a year; max and min as they occurred in {span}"
    )
    yield from aligned(_design_rows(weather), texts=(0,))
    yield ""
    yield "Monthly means, and how far they lie from the normals"
    yield from aligned(_month_rows(weather, normals_at(world, sites, a)), texts=(0, 1))
    yield ""
    yield f"Missing hours, all filled: {told(list(gaps))}"


def _design_rows(weather: xr.Dataset) -> list[list[str]]:
    temp, moist, pressure = (
        weather[name].to_numpy()
        for name in ("temp_air", "relative_humidity", "pressure")
    )
    figures = quantiles.design(temp, wet_bulb(temp, moist, pressure))
    rows = [["site", *DESIGN_HEADS.values()]]
    for place, site in enumerate(weather["site"].to_numpy()):
        values = [
            f"{figures[name][place]:.{0 if 'dd' in name else 1}f}"
            for name in DESIGN_HEADS
        ]
        rows.append([str(site), *values])
    return rows


def _month_rows(weather: xr.Dataset, normals: xr.Dataset) -> list[list[str]]:
    years = weather.sizes["time"] // quantiles.HOURS_A_YEAR
    rows = [["site", "", *MONTHS]]
    for name, (unit, digits) in BESIDE_NORMALS.items():
        means = months.monthly_mean(weather[name].to_numpy(), years)
        apart = means - normals[name].transpose("site", "month").to_numpy()
        for place, site in enumerate(weather["site"].to_numpy()):
            own = [f"{mean:.{digits}f}" for mean in means[place]]
            rows.append([str(site), f"{name} {unit}", *own])
            less = [
                f"{round(x, digits) + 0.0:+.{digits}f}" if np.isfinite(x) else "–"
                for x in apart[place]
            ]
            rows.append(["", "less the normal", *less])
    return rows


COMMANDS: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "list": weather_list,
    "fetch": weather_fetch,
    "check": weather_check,
}
