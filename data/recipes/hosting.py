"""Write `data/shipped/hosting.parquet` and `overloads.parquet`: the network, year by year.

What the model finds at once for the shipped tables; every other case is computed when
asked for. Run after any change of the tables, the numbers or the code of the network,
from the repository root: ``python data/recipes/hosting.py`` (some ten minutes).
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data import load_world  # noqa: E402 - the root first
from data.choices import BuildOut, BuildOutPolicy  # noqa: E402
from data.kept import Tables  # noqa: E402
from grid.electricity.network.case import known_of  # noqa: E402
from grid.electricity.network.years import computed, digest_of_year  # noqa: E402

POLICIES: tuple[BuildOutPolicy, ...] = ("committed", "in_service", "all_planned")
YEARS = (2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2035)


def of_policy(policy: BuildOutPolicy) -> dict[str, Tables]:
    """Return the tables of every year under a policy, by digest."""
    shipped = load_world()
    world = shipped.built(BuildOut(policy=policy))
    known = known_of(world, {}, 0)
    found = {}
    for year in YEARS:
        found[digest_of_year(world, year, known)] = computed(world, year, known)
        print(policy, year, flush=True)
    return found


def main() -> None:
    """Compute every policy and year, and write both files."""
    with ProcessPoolExecutor() as pool:
        parts = list(pool.map(of_policy, POLICIES))
    found = {digest: tables for part in parts for digest, tables in part.items()}
    keyed = {
        "hosting": [t["table"].assign(key=k) for k, t in found.items()],
        "overloads": [
            t["overloads"].rename_axis("group").reset_index().assign(key=k)
            for k, t in found.items()
        ],
    }
    for name, tables in keyed.items():
        path = ROOT / "data" / "shipped" / f"{name}.parquet"
        pd.concat(tables, ignore_index=True).to_parquet(path, compression="zstd")


if __name__ == "__main__":
    main()
