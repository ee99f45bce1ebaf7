"""Write `data/shipped/hosting.parquet` and `overloads.parquet`: the network, year by year.

What the model finds at once for the shipped tables; every other case is computed when
asked for. Run after any change of the tables, the numbers or the code of the network,
from the repository root: ``python data/recipes/hosting.py`` (some ten minutes).
"""

import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data import load_world  # noqa: E402 - the root first
from data.choices import BuildOut, BuildOutPolicy  # noqa: E402
from grid.electricity.network.case import known_of  # noqa: E402
from grid.electricity.network.years import computed, digest_of_year  # noqa: E402

POLICIES: tuple[BuildOutPolicy, ...] = ("committed", "in_service", "all_planned")
YEARS = (2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2035)


def main() -> None:
    """Compute every policy and year, and write both files."""
    hosting: dict[str, pd.DataFrame] = {}
    overloads: dict[str, pd.DataFrame] = {}
    shipped = load_world()
    for policy in POLICIES:
        world = shipped.built(BuildOut(policy=policy))
        known = known_of(world, {}, 0)
        for year in YEARS:
            digest = digest_of_year(world, year, known)
            if digest not in hosting:
                found = computed(world, year, known)
                hosting[digest] = found["table"]
                overloads[digest] = (
                    found["overloads"].rename_axis("group").reset_index()
                )
            print(policy, year, digest[:8], flush=True)
    for name, tables in (("hosting", hosting), ("overloads", overloads)):
        keyed = [table.assign(key=key) for key, table in tables.items()]
        path = ROOT / "data" / "shipped" / f"{name}.parquet"
        pd.concat(keyed, ignore_index=True).to_parquet(path, compression="zstd")


if __name__ == "__main__":
    main()
