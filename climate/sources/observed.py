"""Real weather of every site from any source: gaps, half past, site height, warming."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr
from pvlib.atmosphere import alt2pres

from climate import months, solar
from climate.psychrometrics import saturation_pressure
from climate.sources import gaps
from climate.sources.calendar import (
    MIDDLE,
    at_half_past,
    calendar_years,
    without_leap_day,
)
from climate.sources.gaps import Gap
from climate.sources.place import Site, pressure_at
from climate.sources.record import RADIATION, SOLAR_CONSTANT, Record
from climate.synthetic import UNITS
from data.assumptions.climate import ClimateBook
from data.choices import ClimateChoices
from data.faults import Fault, InputError

Array = npt.NDArray[np.float64]

NEEDED = ("temp_air", "dew_point")
"""Without these there is no weather."""
STEADY = ("temp_air", "dew_point", "pressure", "wind_speed")


@dataclass(frozen=True, slots=True, eq=False)
class SiteHours:
    """One site's finished hours, and what was done to come by them."""

    time: pd.DatetimeIndex
    values: dict[str, Array]
    base_year: float
    gaps: list[Gap] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def finished(
    record: Record, site: Site, choices: ClimateChoices, a: ClimateBook, solar: bool
) -> SiteHours:
    """Return a site's weather in our calendar and at its height, without warming.

    Parameters
    ----------
    record : Record
        As the source gives it.
    site : Site
    choices : ClimateChoices
        The years wanted.
    a : ClimateBook
        Gap rule and lapse rate.
    solar : bool
        True keeps radiation.

    Raises
    ------
    InputError
        Naming every variable and year with too many hours missing.
    """
    hours, notes = _in_calendar(record, site, choices, a)
    wanted = [c for c in (*STEADY, *(RADIATION if solar else ())) if c in hours]
    hours = hours[[c for c in wanted if c in NEEDED or hours[c].notna().any()]]
    _check(hours, site, record.typical, a)
    found = _gaps(hours, site, record.typical)
    ours = without_leap_day(pd.DatetimeIndex(hours.index))
    if not record.typical:
        ours[-1] = False  # the hour after the last year, which only lends its value
    values = {}
    for name in map(str, hours):
        standing = record.standing[name]
        whole = _filled(hours[name], standing, site, a)
        values[name] = at_half_past(whole, standing, record.typical)[ours]
    time = pd.DatetimeIndex(hours.index)[ours]
    base = record.base_year if record.typical else float(time.year.to_numpy().mean())
    _settle(values, record, site, a)
    _complete_sun(values, time, site)
    return SiteHours(time, values, base, found, (*record.notes, *notes))


def _in_calendar(
    record: Record, site: Site, choices: ClimateChoices, a: ClimateBook
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return whole years of whole hours, NaN where missing, and what was left out."""
    if record.typical:
        return record.hours, ()
    hours = record.hours
    year = pd.DatetimeIndex(hours.index).year
    if hours.index.has_duplicates:
        raise _fault(site, "", "an hour given twice", "one value an hour")
    present = hours["temp_air"].groupby(year).count()
    year_hours = pd.Series(present.index, present.index).map(_hours_in_year)
    short = 1.0 - present / year_hours > a.gap_refuse_pct / 100.0
    first = choices.first_year or int(_first_whole(short, site))
    last = choices.last_year or int(_first_whole(short[::-1], site))
    kept = hours.reindex(calendar_years(first, last))
    left = [int(y) for y in present.index if not first <= y <= last and present[y] > 1]
    told = f"left out: {', '.join(map(str, left))}" if left else ""
    return kept, (told,) if told else ()


def _hours_in_year(year: int) -> int:
    return 8784 if pd.Timestamp(year, 1, 1).is_leap_year else 8760


def _first_whole(short: pd.Series, site: Site) -> int:
    """Return the first year of the series that is not short of hours."""
    whole = short.index[~short]
    if whole.empty:
        raise _fault(site, "", "no complete calendar year", "at least one, hourly")
    return int(whole[0])


def _check(hours: pd.DataFrame, site: Site, typical: bool, a: ClimateBook) -> None:
    """Raise naming each variable and year with more than the tolerated share missing."""
    faults: list[Fault] = []
    limit = a.gap_refuse_pct
    for name in (*NEEDED, *(str(c) for c in hours if c not in NEEDED)):
        if name not in hours:
            faults.extend(_fault(site, name, "absent", "hourly values").faults)
            continue
        missing = hours[name].isna().to_numpy()[: None if typical else -1]
        time = pd.DatetimeIndex(hours.index)[: missing.size]
        shares = 100.0 * gaps.share_by_year(missing, time)
        for year, share in shares[shares > limit].items():
            when = "the typical year" if typical else str(year)
            what = f"{share:.1f} % of the hours of {when} are missing"
            expected = f"at most {limit:g} % (climate.gap.refuse_pct)"
            faults.extend(_fault(site, name, what, expected).faults)
    if faults:
        raise InputError(faults)


def _fault(site: Site, name: str, what: str, expected: str) -> InputError:
    return InputError([Fault(f"weather of {site.site_id}", None, name, what, expected)])


def _gaps(hours: pd.DataFrame, site: Site, typical: bool) -> list[Gap]:
    found = []
    for name in hours:
        missing = hours[name].isna().to_numpy()[: None if typical else -1]
        if missing.any():
            longest = int(gaps.run_lengths(missing).max())
            gap = Gap(site.site_id, str(name), int(missing.sum()), longest)
            found.append(gap)
    return found


def _filled(values: pd.Series, standing: float, site: Site, a: ClimateBook) -> Array:
    raw = values.to_numpy(dtype=float)
    if values.name not in RADIATION:
        return gaps.filled(raw, a.gap_linear_hours)
    moment = pd.DatetimeIndex(values.index) + pd.Timedelta(hours=standing)
    up = np.cos(np.radians(_zenith(moment, site)))
    towards = (up > 0.0).astype(float) if values.name == "dni" else np.maximum(up, 0.0)
    return gaps.filled_radiation(raw, SOLAR_CONSTANT * towards, a.gap_linear_hours)


def _zenith(moment: pd.DatetimeIndex, site: Site) -> Array:
    """Return the angle of the sun from the vertical at some moments [degrees]."""
    day = moment.day_of_year.to_numpy().astype(float)
    hour = moment.hour.to_numpy() + moment.minute.to_numpy() / 60.0
    own_hour = solar.solar_hour(day, hour, np.array(site.lon))
    return solar.zenith(day, own_hour, np.array(site.lat))


def _settle(
    values: dict[str, Array], record: Record, site: Site, a: ClimateBook
) -> None:
    """Bring temperature and pressure to the site's height; dew point becomes humidity.

    Relative humidity stays what it was at the source's height.
    """
    temp = values["temp_air"]
    dew = np.minimum(values.pop("dew_point"), temp)
    humidity = 100.0 * saturation_pressure(dew) / saturation_pressure(temp)
    values["relative_humidity"] = np.clip(humidity, 0.0, 100.0)
    given = np.isfinite(record.elevation_m)
    rise = site.elevation_m - record.elevation_m if given else 0.0
    lapse = a.lapse_k_per_km / 1000.0
    values["temp_air"] = own = temp - lapse * rise
    if "pressure" not in values:
        values["pressure"] = np.full(own.size, float(alt2pres(site.elevation_m)))
    elif record.pressure_at_sea_level:
        below = own + lapse * site.elevation_m
        values["pressure"] = pressure_at(
            values["pressure"], below, own, site.elevation_m
        )
    else:
        values["pressure"] = pressure_at(values["pressure"], temp, own, rise)


def _complete_sun(values: dict[str, Array], time: pd.DatetimeIndex, site: Site) -> None:
    """Add beam and diffuse radiation where a source has the global alone."""
    if "ghi" in values and not {"dni", "dhi"} <= values.keys():
        day = time.day_of_year.to_numpy().astype(float)
        sun = _zenith(time + pd.Timedelta(hours=MIDDLE), site)
        values["dni"], values["dhi"] = solar.split(values["ghi"], sun, day)


def joined(parts: Sequence[SiteHours], sites: Iterable[Site]) -> xr.Dataset:
    """Return the sites as one Dataset (site, time); an absent variable is NaN.

    Raises
    ------
    InputError
        If two sites have different years.
    """
    names = list(sites)
    time = parts[0].time
    for part, site in zip(parts, names, strict=True):
        if not part.time.equals(time):
            span = f"{part.time[0].year} to {part.time[-1].year}"
            expected = (
                f"{time[0].year} to {time[-1].year} as {names[0].site_id} has, or "
                "climate.first_year and climate.last_year that all have"
            )
            raise _fault(site, "", span, expected)
    given = [n for n in UNITS if any(n in part.values for part in parts)]
    absent = np.full(time.size, np.nan)
    return xr.Dataset(
        {
            name: (
                ("site", "time"),
                np.stack([part.values.get(name, absent) for part in parts]),
                {"units": UNITS[name]},
            )
            for name in given
        },
        coords={"time": time, "site": [site.site_id for site in names]},
    )


def years_of(time: pd.DatetimeIndex) -> int:
    """Return how many years of 8,760 hours there are."""
    return time.size // months.hours(1).size
