"""Wall time and peak memory of `siting rank` on the shipped sites: `make bench`.

The first run of a scenario counts like the others: nothing is kept between runs.
"""

import os
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parents[1]
REPEATS = 3
SCENARIOS = ("base", "inference", "training-campus", "edge")
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere


def run(arguments: list[str]) -> tuple[float, float]:
    """Run `siting` and return its wall time [s] and peak memory [MB]."""
    begin = perf_counter()
    command = [sys.executable, "-m", "siting", *arguments]
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} failed")
    return perf_counter() - begin, usage.ru_maxrss * MAXRSS_UNIT / 1e6


def main() -> None:
    os.chdir(ROOT)
    print(f"siting rank, the shipped sites, median of {REPEATS}")
    print(f"  {'scenario':<20}{'seconds':>8}{'peak MB':>10}")
    with TemporaryDirectory() as folder:
        for name in SCENARIOS:
            arguments = ["rank", "--scenario", name, "--out", folder, "--quiet"]
            times, peaks = zip(*[run(arguments) for _ in range(REPEATS)], strict=True)
            print(f"  {name:<20}{statistics.median(times):8.2f}{max(peaks):10.0f}")


if __name__ == "__main__":
    main()
