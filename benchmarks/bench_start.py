"""How long `siting --help` takes beside a bare interpreter: `make bench`."""

import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
REPEATS = 5
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "python -c 'import argparse'": ["-c", "import argparse"],
    "siting --help": ["-m", "siting", "--help"],
}


def seconds(arguments: list[str]) -> float:
    begin = perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    return perf_counter() - begin


def main() -> None:
    for arguments in COMMANDS.values():  # compile and warm the disk cache
        seconds(arguments)
    rounds = [[seconds(a) for a in COMMANDS.values()] for _ in range(REPEATS)]
    print(f"start-up, median of {REPEATS} [ms]")
    for name, times in zip(COMMANDS, zip(*rounds, strict=True), strict=True):
        print(f"  {name:<30}{1000 * statistics.median(times):8.0f}")


if __name__ == "__main__":
    main()
