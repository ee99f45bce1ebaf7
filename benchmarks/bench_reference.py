"""The rebuilt published model: residuals by case, a year by hours, and its speed.

Run: ``python benchmarks/bench_reference.py [--hours FILE --zone 2B]``. FILE is a CSV with the
columns t_db_c, rh_pct, pressure_pa, one row an hour, as the authors publish for their
climate zones; it may not be shipped. Points and published annual bands are those of
the tests.
"""

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from climate.cooling.reference import reference_case

REFERENCE = Path(__file__).parents[1] / "tests" / "reference"
STATE = ["temp_air", "relative_humidity", "pressure"]
COMPARABLE_C = {"c7": (10.0, 35.0)}


def residuals() -> None:
    points = pd.read_csv(REFERENCE / "lei_masanet_points.csv", comment="#")
    print("case      points   PUE median     p95     max   WUE % median   p95    max")
    for case, every in points.groupby("case"):
        own = every[every["temp_air"].between(*COMPARABLE_C.get(case, (-99.0, 99.0)))]
        result = reference_case(case, *(own[name].to_numpy() for name in STATE))
        error = np.abs(result["pue"] - own["pue"].to_numpy())
        wet = own["wue_l_per_kwh"].to_numpy() > 0
        water = result["wue_l_per_kwh"][wet] / own["wue_l_per_kwh"].to_numpy()[wet]
        pue = np.quantile(error, [0.5, 0.95, 1.0])
        wue = (
            np.quantile(100 * np.abs(water - 1), [0.5, 0.95, 1.0]) if wet.any() else []
        )
        cells = (
            "".join(f"{x:8.5f}" for x in pue) + "  " + "".join(f"{x:8.3f}" for x in wue)
        )
        print(f"{case:10}{len(own):6}    {cells}")


def year(path: Path, zone: str) -> None:
    hours = pd.read_csv(path)
    bands = pd.read_csv(REFERENCE / "lei_masanet_annual.csv", comment="#")
    state = [hours[name].to_numpy() for name in ("t_db_c", "rh_pct", "pressure_pa")]
    print(f"\n{len(hours)} hours of {path.name}, published 5th to 95th percentile")
    for case in ("c1", "c2"):
        result = reference_case(case, *state)
        pue, wue = result["pue"].mean(), result["wue_l_per_kwh"].mean()
        band = bands.set_index(["case", "zone"]).loc[(case, zone)]
        print(
            f"{case} {zone}  PUE {pue:.4f} ({band.pue_5:.3f} to {band.pue_95:.3f})"
            f"  WUE {wue:.4f} ({band.wue_5:.3f} to {band.wue_95:.3f})"
        )


def speed(count: int = 200_000) -> None:
    random = np.random.default_rng(0)
    state = (
        random.uniform(-25, 45, count),
        random.uniform(5, 100, count),
        random.uniform(75e3, 103e3, count),
    )
    print()
    for case in ("c1", "c2", "c7", "seawater"):
        start = perf_counter()
        reference_case(case, *state)
        print(
            f"{case:10}{count / (perf_counter() - start) / 1e6:6.2f} million states/s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hours", type=Path, help="CSV of one year of weather")
    parser.add_argument("--zone", default="2B", help="climate zone of the year")
    given = parser.parse_args()
    reference_case("c2", 20.0, 50.0, 95e3)
    residuals()
    if given.hours:
        year(given.hours, given.zone)
    speed()


if __name__ == "__main__":
    main()
