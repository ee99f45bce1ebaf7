"""Regenerate climate_station_statistics.csv from records that may not be shipped.

Run from the root of the repository, with the folder that holds the records:
``python data/recipes/climate_station_statistics.py FOLDER``; then
``climate_variability.py``. Anomalies are those of daily values from a seasonal cycle
of three harmonics. Clearness stands for what cloud lets through,
``1 - 0.75 (okta/8)^3.4`` [1]_, from 03 to 12 UTC, or at Anzali and Rasht for hours of
sunshine; Weibull shapes come from the ratio of spread and mean, ``k = cv^-1.086`` [2]_,
after the mean course of the day is divided out.

.. [1] F. Kasten and G. Czeplak (1980), Solar Energy 24, 177-189.
.. [2] C. G. Justus et al. (1978), J. Appl. Meteorol. 17, 350-353.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from climate.psychrometrics import dew_point

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
SYNOP = {
    "ir_40700": "synop_40700_pars_abad_moghan_2000-2024.csv.gz",
    "ir_40703": "synop_40703_khoy_2000-2024.csv.gz",
    "ir_40704": "synop_40704_ahar_2000-2024.csv.gz",
    "ir_40706": "synop_40706_tabriz_2000-2024.csv.gz",
    "ir_40708": "synop_40708_ardebil_2000-2024.csv.gz",
}
DAILY = {
    "ir_40718": "daily_40718_bandar_anzali_1991-2018.csv.gz",
    "ir_40719": "daily_40719_rasht_1991-2018.csv.gz",
}
BAKU = {
    "baku_owm": ("hourly_baku_city_2022-2026.csv.gz", "2023-01-01", "2026-09-01"),
    "baku_reanalysis": (
        "hourly_baku_reanalysis_2015-2025.csv.gz",
        "2017-01-01",
        "2025-01-01",
    ),
}
SYNOP_HOURS = [0, 3, 6, 9, 12, 15, 18, 21]
MAIN_HOURS = [0, 6, 12, 18]
SUN_HOURS = [3, 6, 9, 12]
COURSE_PEAK = 10.5
"""Hour UTC at which the mean course of inland wind is highest, about 14 local."""
SPREAD = ("temp", "max", "dew")
LEANING = (
    ("max", "temp"),
    ("dew", "temp"),
    ("dew", "max"),
    ("clearness", "temp"),
    ("clearness", "max"),
    ("wind", "temp"),
    ("wind", "max"),
)
LEAST_HOURS = 16
LEAST_DAYS = 20


def stamps(record: pd.DataFrame | pd.Series) -> pd.DatetimeIndex:
    """Return the index as the times it holds."""
    return pd.DatetimeIndex(record.index)


def _by_hour(record: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a column of readings as (day, hour)."""
    when = stamps(record)
    own = pd.DataFrame(
        {"day": when.floor("D"), "hour": when.hour, "own": record[column].to_numpy()}
    )
    return own.pivot_table(index="day", columns="hour", values="own", aggfunc="first")


def synop(folder: Path, name: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return the daily values and the wind of the hours of a SYNOP station."""
    record = pd.read_csv(folder / name)
    record.index = pd.DatetimeIndex(record["time_utc"]).tz_localize(None)
    when = stamps(record)
    chosen = when.hour.isin(SYNOP_HOURS) & (when.year >= 2005) & (when.year <= 2023)
    record = record[chosen]
    dew = dew_point(record["t_c"].to_numpy(), record["rh_pct"].to_numpy())
    clear = 1.0 - 0.75 * (record["cloud_okta"] / 8.0).clip(0.0, 1.0) ** 3.4
    record = record.assign(dew=dew, clear=clear)
    t, d, c, w = (
        _by_hour(record, column) for column in ("t_c", "dew", "clear", "wind_m_s")
    )
    t = t[t[MAIN_HOURS].notna().all(axis=1)]
    days = pd.DataFrame(
        {
            "temp": t[MAIN_HOURS].mean(axis=1),
            "max": t.dropna().max(axis=1),
            "dew": d[MAIN_HOURS].dropna().mean(axis=1),
            "clearness": c[SUN_HOURS].dropna().mean(axis=1),
            "wind": w[MAIN_HOURS].dropna().mean(axis=1),
        }
    )
    return days[days["temp"].notna()], record["wind_m_s"]


def daily(folder: Path, name: str) -> pd.DataFrame:
    """Return the daily values of a station with daily records."""
    record = pd.read_csv(folder / name)
    record.index = pd.DatetimeIndex(pd.to_datetime(record[["Year", "Month", "Day"]]))
    days = record[["t", "tmax", "td", "sshn", "ff"]]
    days = days.set_axis(["temp", "max", "dew", "clearness", "wind"], axis=1)
    return days[days["temp"].notna()]


def baku(
    folder: Path, name: str, start: str, stop: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the daily values and the wind of the hours, if any, of a Baku record."""
    record = pd.read_csv(folder / name)
    record["time"] = pd.DatetimeIndex(record["time_utc"]).round("h")
    record = record[(record["time"] >= start) & (record["time"] < stop)]
    record = record.groupby("time").first()
    by_day = record.groupby(stamps(record).floor("D"))
    temp = by_day["t_c"]
    days = pd.DataFrame({"temp": temp.mean(), "max": temp.max()})
    wind = pd.Series(dtype=float)
    if "wind_m_s" in record:
        days["wind"] = by_day["wind_m_s"].mean()
        wind = record["wind_m_s"]
    return days[temp.count() >= LEAST_HOURS], wind


def anomaly(values: pd.Series) -> pd.Series:
    """Return the departures from a seasonal cycle of three harmonics."""
    known = values.dropna()
    angle = 2.0 * np.pi * stamps(known).day_of_year.to_numpy() / 365.25
    waves = [f(k * angle) for k in (1, 2, 3) for f in (np.sin, np.cos)]
    design = np.column_stack([np.ones_like(angle), *waves])
    fit = design @ np.linalg.lstsq(design, known.to_numpy(), rcond=None)[0]
    return pd.Series(known.to_numpy() - fit, index=known.index)


def correlation(one: pd.Series, other: pd.Series) -> pd.Series:
    """Return the correlation of two daily or hourly series, by month."""
    pairs = pd.DataFrame({"one": one, "other": other}).dropna()
    month = stamps(pairs).month
    return pd.Series({m: p["one"].corr(p["other"]) for m, p in pairs.groupby(month)})


def lag1(values: pd.Series, step: str) -> pd.Series:
    """Return the correlation with the value a step before, by month."""
    return correlation(values, values.shift(1, freq=step))


def interannual(values: pd.Series) -> pd.Series:
    """Return the spread of monthly means between years."""
    known = values.dropna()
    by_month = known.groupby([stamps(known).year, stamps(known).month])
    means = by_month.mean()[by_month.count() >= LEAST_DAYS]
    return means.groupby(level=1).std()


def day_statistics(days: pd.DataFrame) -> pd.DataFrame:
    """Return spread, memory and correlations of daily anomalies, by month."""
    own = pd.DataFrame({str(name): anomaly(days[name]) for name in days})
    groups = own.groupby(stamps(own).month)
    out = {f"{name}_sd": groups[name].std() for name in SPREAD if name in own}
    out |= {f"{name}_skew": groups[name].skew() for name in ("temp", "max")}
    for name in ("temp", "dew", "clearness"):
        if name in own:
            out[f"{name}_lag1"] = lag1(own[name].dropna(), "D")
    for name in ("temp", "dew"):
        if name in own:
            out[f"{name}_interannual_sd"] = interannual(own[name])
    for name, cause in LEANING:
        if name in own:
            out[f"{name}_{cause}_corr"] = correlation(own[name], own[cause])
    slope = out["max_temp_corr"] * out["max_sd"] / out["temp_sd"]
    beside = own["max"] - slope.loc[stamps(own).month].to_numpy() * own["temp"]
    return pd.DataFrame(out).assign(max_lag1=lag1(beside.dropna(), "D"))


def wind_statistics(wind: pd.Series) -> pd.DataFrame:
    """Return shape, memory and daily course of hourly or 3-hourly wind, by month."""
    known = wind.dropna()
    month, hour = stamps(known).month, stamps(known).hour
    step = 3 if set(hour) <= set(SYNOP_HOURS) else 1
    ratio = known / known.groupby([month, hour]).transform("mean")
    memory = lag1(ratio, f"{step}h")
    wave = np.cos(2.0 * np.pi * (np.arange(0, 24, step) - COURSE_PEAK) / 24.0)
    course = known.groupby([month, hour]).mean().to_numpy().reshape(12, -1)
    amplitude = 2.0 * (course * wave).mean(axis=1) / course.mean(axis=1)
    return pd.DataFrame(
        {
            "wind_weibull_k": ratio.groupby(month).std() ** -1.086,
            "wind_lag1_hour": memory.clip(lower=0.0) ** (1.0 / step),
            "wind_course": pd.Series(amplitude, index=memory.index),
        }
    )


def table(folder: Path) -> pd.DataFrame:
    """Return the table as shipped."""
    shipped = pd.read_csv(TABLES / "climate_station_statistics.csv", dtype=str)
    texts = shipped[["point_id", "month", "grade", "source", "as_of", "note"]]
    made: dict[str, pd.DataFrame] = {}
    for point, name in SYNOP.items():
        days, wind = synop(folder, name)
        made[point] = day_statistics(days).join(wind_statistics(wind))
    for point, name in DAILY.items():
        made[point] = day_statistics(daily(folder, name))
    for point, (name, start, stop) in BAKU.items():
        days, wind = baku(folder, name, start, stop)
        made[point] = day_statistics(days)
        if wind.size:
            made[point] = made[point].join(wind_statistics(wind))
    frame = pd.concat(
        {point: own.round(3) for point, own in made.items()},
        names=["point_id", "month"],
    )
    frame = frame.reset_index().astype({"month": str})
    return frame.merge(texts, on=["point_id", "month"], validate="1:1")


if __name__ == "__main__":
    table(Path(sys.argv[1])).to_csv(
        TABLES / "climate_station_statistics.csv", index=False, lineterminator="\n"
    )
