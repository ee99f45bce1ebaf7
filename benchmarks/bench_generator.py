"""The generator against observed hours, each station left out in turn.

Run: ``python benchmarks/bench_generator.py --observed FOLDER`` with the records that
METHODS.md names (five SYNOP stations, two series of Baku). Nothing of them is
shipped; ``--write FOLDER`` writes the statistics that the tests hold as figures.

What is compared: a station's own monthly means of temperature and humidity (of the
very record) and its tabled daily range, with the variability of the other six
stations, against its 3-hourly readings of 2005-2023 as they stand. Each reading
counts for three hours, months and hours of the day alike whatever their gaps; the
generated years count at all their hours. Pressure is the standard atmosphere's.
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import xarray as xr
from pvlib.atmosphere import alt2pres

from climate import months
from climate.cooling import SYSTEMS, cool
from climate.normals import normals_at
from climate.psychrometrics import wet_bulb
from climate.synthetic import STATISTICS, default_statistics, generate, hourly
from data import load_world
from data.choices import CoolingChoices

SYNOP = {
    "ir_40700": ("Parsabad", "synop_40700_pars_abad_moghan_2000-2024.csv.gz"),
    "ir_40703": ("Khoy", "synop_40703_khoy_2000-2024.csv.gz"),
    "ir_40704": ("Ahar", "synop_40704_ahar_2000-2024.csv.gz"),
    "ir_40706": ("Tabriz", "synop_40706_tabriz_2000-2024.csv.gz"),
    "ir_40708": ("Ardabil", "synop_40708_ardebil_2000-2024.csv.gz"),
}
UPLAND = ("ir_40703", "ir_40704", "ir_40706", "ir_40708")
YEARS, SEEDS, UTILISATION = 20, (0, 1, 2), 0.8
LEVELS = [0.996, 0.99, 0.98]
SHOWN = ["DB .4", "DB 1", "DB 2", "WB .4", "WB 1", "WB 2", "DB 99.6", "DB 99", "WB"]
BARS = [2.0, 1.6, 1.3, 1.2, 1.0, 0.8]
CITATION = "statistics of 3-hourly SYNOP 2005-2023, github.com/shirazipooya/meteomanz"


def observed(folder, point, elevation):
    """Readings with the weight of each, and wet bulb."""
    record = pd.read_csv(folder / SYNOP[point][1])
    when = pd.DatetimeIndex(record["time_utc"]).tz_localize(None)
    record = record.set_axis(when)[["t_c", "rh_pct"]]
    kept = (when.year >= 2005) & (when.year <= 2023) & (when.hour % 3 == 0)
    record = record[kept].dropna().set_axis(["temp", "rh"], axis=1)
    month, hour = record.index.month, record.index.hour
    count = record.groupby([month, hour])["temp"].transform("count")
    days = months.DAYS_IN_MONTH[month - 1]
    pressure = np.full(len(record), alt2pres(elevation))
    wet = wet_bulb(record["temp"].to_numpy(), record["rh"].to_numpy(), pressure)
    return record.assign(weight=days / 8 / 365 / count, wet=wet, pressure=pressure)


def monthly_means(record):
    cells = record.groupby([record.index.month, record.index.hour])[["temp", "rh"]]
    return cells.mean().groupby(level=0).mean()


def weighted_quantile(values, weight, levels):
    order = np.argsort(values)
    return np.interp(levels, np.cumsum(weight[order]) / weight.sum(), values[order])


def figures(temp, wet, weight):
    cold = weighted_quantile(temp, weight, [0.004, 0.01])
    hot, moist = (weighted_quantile(x, weight, LEVELS) for x in (temp, wet))
    return np.concatenate([hot, moist, cold, [np.average(wet, weights=weight)]])


def variability(stations, points):
    """Mean variability of stations, in the form the generator takes."""
    chosen = stations[stations["point_id"].isin(points)]
    means = chosen.groupby("month").mean(numeric_only=True)
    usual = default_statistics()
    return usual.assign(**{c: means[c] for c in means if c in STATISTICS})


def generated(frame, place):
    """Seeds one after another as (temp, rh, pressure) and as monthly means by year."""
    runs = [hourly(frame, *place, years=YEARS, seed=seed) for seed in SEEDS]
    columns = {
        name: np.concatenate([run[name].to_numpy() for run in runs])
        for name in ("temp_air", "relative_humidity", "pressure")
    }
    temp = columns["temp_air"].reshape(len(SEEDS), -1)
    sums = months.sums_by_month(temp, YEARS) / (24 * months.DAYS_IN_MONTH)
    return columns, sums.std(axis=1, ddof=1).mean(axis=0)


def weather_of(temp, humidity, pressure):
    names = ("temp_air", "relative_humidity", "pressure")
    values = {
        name: (("site", "time"), np.asarray(x)[None])
        for name, x in zip(names, (temp, humidity, pressure), strict=True)
    }
    stamps = pd.date_range("2001-01-01", "2001-12-31", periods=len(temp))
    return xr.Dataset(values, coords={"site": ["X"], "time": stamps})


def annual(weather, weight, book):
    """Annual PUE and WUE of every system; one that needs the sea is left out."""
    told = {}
    for name in SYSTEMS:
        run = cool(weather, CoolingChoices(systems=(name,)), book, UTILISATION)
        means = [
            float(np.average(run[metric].to_numpy()[0, 0], weights=weight))
            for metric in ("pue", "wue_l_per_kwh")
        ]
        if np.isfinite(means).all():
            told[name] = means
    return told


def interannual(record):
    by_month = record["temp"].groupby([record.index.year, record.index.month])
    means = by_month.mean()[by_month.count() > 100]
    return means.groupby(level=1).std().to_numpy()


def normals_of(records, point, tables, among, less=None):
    """Own means, tabled range and the variability of other stations (or its own)."""
    own = tables["climate_normals"].loc[point]
    ratio = tables["climate_region_list"]["hourly_range_ratio"].min()
    means = monthly_means(records[point])
    others = [p for p in among if p != point] or [point]
    stations = tables["climate_station_statistics"].reset_index()
    frame = variability(stations, others)
    if less:
        frame = frame.assign(**less(frame))
    return frame.assign(
        temp_air=means["temp"],
        relative_humidity=means["rh"],
        daily_range=(own["temp_air_max"] - own["temp_air_min"]) * ratio,
    )


def station(records, point, tables, frame):
    """Generated weather of one station and its errors."""
    made, between = generated(frame, position(tables, point))
    wet = wet_bulb(*made.values())
    real = (records[point][c].to_numpy() for c in ("temp", "wet", "weight"))
    error = figures(made["temp_air"], wet, np.ones(wet.size)) - figures(*real)
    return {"made": made, "error": error, "between": between}


def position(tables, point):
    place = tables["climate_points"].loc[point]
    return tuple(float(place[c]) for c in ("lat", "lon", "elevation_m"))


def all_seven(tables):
    points = tables["climate_station_statistics"].index.get_level_values("point_id")
    return [p for p in points.unique() if p.startswith("ir_")]


def no_skew(frame):
    return {"temp_skew": 0.0, "max_skew": 0.0}


def no_peak(frame):
    """Every day its normal range."""
    same = {"max_sd": frame["temp_sd"], "max_skew": frame["temp_skew"]}
    return same | {"max_temp_corr": 1.0, "dew_max_corr": frame["dew_temp_corr"]}


def neither(frame):
    return no_peak(frame) | no_skew(frame)


def leave_one_out(records, tables):
    results = {}
    for label, points, among in (
        ("other six", SYNOP, all_seven(tables)),
        ("other uplands", UPLAND, UPLAND),
        ("own", SYNOP, ()),
    ):
        results[label] = {
            p: station(records, p, tables, normals_of(records, p, tables, among))
            for p in points
        }
        print_errors(label, results[label])
        for less in (no_skew, no_peak, neither):
            without = [
                station(records, p, tables, normals_of(records, p, tables, among, less))
                for p in points
            ]
            print_rmse(less.__name__, without)
    return results["other six"]


def print_errors(label, results):
    print(f"\nGenerated less observed [K], variability of: {label}")
    print(f"{'':10}" + "".join(f"{name:>9}" for name in SHOWN))
    for point, result in results.items():
        row = "".join(f"{x:9.1f}" for x in result["error"])
        print(f"{SYNOP[point][0]:10}{row}")
    print_rmse("RMSE", results.values())
    print(f"{'bar':10}" + "".join(f"{x:9.1f}" for x in BARS))


def print_rmse(label, results):
    rmse = np.sqrt(np.mean([r["error"] ** 2 for r in results], axis=0))
    print(f"{label:10}" + "".join(f"{x:9.2f}" for x in rmse))


def print_systems(records, results, book):
    print("\nAnnual PUE and WUE [L/kWh], generated (other six) and observed")
    print(f"{'':10}{'system':24}{'PUE':>8}{'obs':>8}{'diff':>9}", end="")
    print(f"{'WUE':>8}{'obs':>8}{'diff':>9}  within")
    for point, result in results.items():
        record, made = records[point], result["made"]
        weather = weather_of(record["temp"], record["rh"], record["pressure"])
        seen = annual(weather, record["weight"], book)
        even = np.ones(made["temp_air"].size)
        for name, own in annual(weather_of(*made.values()), even, book).items():
            (pue, wue), (pue_seen, wue_seen) = own, seen[name]
            close = abs(pue - pue_seen) <= 0.005
            close &= abs(wue - wue_seen) <= max(0.1 * wue_seen, 0.03)
            print(
                f"{SYNOP[point][0]:10}{name:24}{pue:8.4f}{pue_seen:8.4f}"
                f"{pue - pue_seen:+9.4f}{wue:8.4f}{wue_seen:8.4f}"
                f"{wue - wue_seen:+9.4f}  {'yes' if close else 'NO'}"
            )


def print_between(records, results):
    print("\nSpread of monthly means between years [K], mean of twelve months")
    pairs = {p: (r["between"], interannual(records[p])) for p, r in results.items()}
    for point, (made, seen) in pairs.items():
        print(f"{SYNOP[point][0]:10} generated {made.mean():.2f}", end="  ")
        print(f"observed {seen.mean():.2f}")
    made, seen = (np.mean([pair[i] for pair in pairs.values()], axis=0) for i in (0, 1))
    print("five, Jan/Apr/Jul/Oct: generated", made[::3].round(2), "observed", end=" ")
    print(seen[::3].round(2), f"all {made.mean():.2f} and {seen.mean():.2f}")


def absheron(folder, tables):
    record = pd.read_csv(folder / "hourly_baku_reanalysis_2015-2025.csv.gz")
    record.index = pd.DatetimeIndex(record["time_utc"])
    record = record["2017":"2024"]
    region = tables["climate_variability"].loc["absheron"]
    usual = default_statistics()
    own = tables["climate_normals"].loc["baku_reanalysis"]
    frame = region[list(STATISTICS)].assign(
        temp_air=own["temp_air"],
        daily_range=own["temp_air_max"] - own["temp_air_min"],
        wind_speed=record.groupby(record.index.month)["wind_m_s"].mean(),
    )
    run = hourly(frame, 40.4093, 49.8671, 3.0, years=YEARS, seed=0)
    pairs = {
        "model 2017-24": (record["t_c"].to_numpy(), record["wind_m_s"].to_numpy()),
        "generated": (run["temp_air"].to_numpy(), run["wind_speed"].to_numpy()),
    }
    print("\nBaku: the model series with wind and the generator on its means")
    for name, (temp, wind) in pairs.items():
        hot = temp >= np.quantile(temp, 0.98)
        lag = np.corrcoef(wind[1:], wind[:-1])[0, 1]
        quantiles = [*np.quantile(temp, LEVELS), *np.quantile(temp, [0.01, 0.004])]
        print(
            f"{name:14} DB .4/1/2/99/99.6 {np.round(quantiles, 1)} wind mean"
            f" {wind.mean():.2f} k {(wind.std() / wind.mean()) ** -1.086:.2f} hour to"
            f" hour {lag:.3f} 95/99 % {np.round(np.quantile(wind, [0.95, 0.99]), 1)}"
            f" hottest 2 % {wind[hot].mean():.2f}"
        )
    stations = tables["climate_station_statistics"]["temp_sd"]
    print("daily spread Jan/Apr/Jul/Oct: region", region["temp_sd"].iloc[::3].tolist())
    print("  near-observed", stations.loc["baku_owm"].iloc[::3].tolist())
    print("  inland default", usual["temp_sd"].iloc[::3].tolist())


def speed(world):
    normals = normals_at(
        world, world.tables["sites"], world.book.resolve({}).climate
    ).drop_vars(["clearness", "linke_turbidity"])
    times = []
    for _ in range(3):
        start = perf_counter()
        generate(normals, 1, 0)
        times.append(perf_counter() - start)
    print(f"\n{normals.sizes['site']} sites x 8,760 h, no sunlight: {min(times):.2f} s")


def write(folder, records):
    """The statistics the tests hold: monthly means and joint frequencies."""
    means = pd.concat({p: monthly_means(r).round(2) for p, r in records.items()})
    means.index.names = ["point_id", "month"]
    means = means.set_axis(["temp_air", "relative_humidity"], axis=1)
    between = pd.concat(
        {p: pd.Series(interannual(r), range(1, 13)) for p, r in records.items()}
    )
    means = means.assign(temp_interannual_sd=between.round(2), citation=CITATION)
    means.reset_index().to_csv(
        folder / "border_months.csv", index=False, lineterminator="\n"
    )
    bins = pd.concat({p: joint(r) for p, r in records.items()}, names=["point_id", ""])
    bins = bins.reset_index(level=0).assign(citation=CITATION)
    bins.to_csv(folder / "border_bins.csv", index=False, lineterminator="\n")


def joint(record):
    """Share of the year and mean state in cells of 2 K dry by 2 K wet bulb."""
    cells = [np.floor(record[c] / 2.0) for c in ("temp", "wet")]
    weight = record["weight"]
    sums = record[["temp", "rh"]].mul(weight, axis=0).groupby(cells).sum()
    share = weight.groupby(cells).sum()
    state = sums.div(share, axis=0).set_axis(["temp_air", "relative_humidity"], axis=1)
    return state.round(2).assign(share=share.round(7)).reset_index(drop=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observed", type=Path, required=True)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    world = load_world()
    book = world.book.resolve({}).cooling
    records = {
        point: observed(asked.observed, point, position(world.tables, point)[2])
        for point in SYNOP
    }
    if asked.write:
        write(asked.write, records)
    results = leave_one_out(records, world.tables)
    print_systems(records, results, book)
    print_between(records, results)
    absheron(asked.observed, world.tables)
    speed(world)


if __name__ == "__main__":
    main()
