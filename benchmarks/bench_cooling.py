"""Five cooling systems over sites × hours: arrays against an hour-by-hour loop.

Run: ``python benchmarks/bench_cooling.py``. The weather is a smooth made-up year; the
cost of an hour does not depend on it. The loop calls the very same functions on one
hour at a time, over a sample of hours, and its time is scaled to all of them.
"""

from dataclasses import replace
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

import numpy as np
import pandas as pd
import xarray as xr

from climate.cooling import SYSTEMS, cool
from climate.cooling.plant import operate
from climate.cooling.state import air_state
from climate.psychrometrics import wet_bulb
from data import load_world
from data.choices import CoolingChoices

SITES, HOURS, SAMPLE, REPEATS = 36, 8760, 1000, 5
CHOICES = CoolingChoices(workload="inference")
LOAD = 0.7


def made_up_weather() -> xr.Dataset:
    hour = np.arange(HOURS)
    shape = (SITES, HOURS)
    temp = 15 - 12 * np.cos(2 * np.pi * hour / HOURS) - 4 * np.cos(np.pi * hour / 12)
    values = {
        "temp_air": temp + np.linspace(-4, 4, SITES)[:, None],
        "relative_humidity": np.broadcast_to(60.0 - (temp - 15.0), shape),
        "pressure": np.full(shape, 98e3),
    }
    values["temp_sea"] = np.broadcast_to(
        17 - 10 * np.cos(2 * np.pi * hour / HOURS), shape
    )
    places = {"sea_distance_km": np.ones(SITES), "sea_lift_m": np.full(SITES, 20.0)}
    return xr.Dataset(
        {name: (("site", "time"), array) for name, array in values.items()}
        | {name: ("site", array) for name, array in places.items()},
        coords={
            "site": [f"S{i}" for i in range(SITES)],
            "time": pd.date_range("2035-01-01", periods=HOURS, freq="h"),
        },
    )


def best(function) -> float:
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return min(times)


def hour_by_hour(weather: xr.Dataset, book) -> float:
    sea = {"temp_sea": 17.0, "sea_distance_km": 1.0, "sea_lift_m": 20.0}
    beside = {name: np.array([[value]]) for name, value in sea.items()}
    names = ("temp_air", "relative_humidity", "pressure")
    columns = [weather[name].values.ravel()[:SAMPLE] for name in names]
    systems = [SYSTEMS[name] for name in CHOICES.systems]
    start = perf_counter()
    for hour in zip(*columns, strict=True):
        air = replace(air_state(*(np.array([[x]]) for x in hour)), **beside)
        for system in systems:
            for load in (LOAD, 1.0):
                operate(system.plant(air, load, CHOICES, book), load, book)
    return (perf_counter() - start) * SITES * HOURS / SAMPLE


def main() -> None:
    book = load_world().book.resolve({}).cooling
    weather = made_up_weather()
    states = [weather[n].values for n in ("temp_air", "relative_humidity", "pressure")]
    bulbs = best(lambda: wet_bulb(*states))
    arrays = best(lambda: cool(weather, CHOICES, book, LOAD))
    loop = hour_by_hour(weather, book)
    count = SITES * HOURS
    print(f"wet bulb            {count / bulbs / 1e6:8.2f} million states/s")
    print(f"cool, {SITES} x {HOURS} x {len(CHOICES.systems)}  {arrays:8.2f} s")
    print(f"hour by hour        {loop:8.1f} s (scaled from {SAMPLE} hours)")
    print(f"ratio               {loop / arrays:8.0f}")
    print(f"peak memory         {getrusage(RUSAGE_SELF).ru_maxrss / 1e6:8.2f} GB")


if __name__ == "__main__":
    main()
