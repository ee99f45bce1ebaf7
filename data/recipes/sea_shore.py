"""Regenerate sea_shore.csv: the Caspian shore of Azerbaijan, cut into coasts.

Run from the root of the repository: ``python data/recipes/sea_shore.py``. The shore is
the part of the 1:10m outline of Azerbaijan from the mouth of the Samur to Astara;
`sea_coasts` says at which of its points each coast begins.
"""

from pathlib import Path

import pandas as pd

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
MAINLAND = 1
"""Ring of the outline that meets the sea; the other is Nakhchivan."""
ASTARA = (38.4343, 48.8759)
"""Last point of the shore, where the outline turns inland along the border."""
NOTE = (
    "point of the 1:10m outline, simplified to 0.01 degrees: beaches and piers stand "
    "within 2.5 km of the line; drawn before the recent fall of the sea; islands left out"
)


def table() -> pd.DataFrame:
    """Return the rows of the table, from north to south."""
    outlines = pd.read_csv(TABLES / "outlines.csv")
    coasts = pd.read_csv(TABLES / "sea_coasts.csv")
    ring = outlines[(outlines["country"] == "AZ") & (outlines["polygon"] == MAINLAND)]
    points = list(zip(ring["lat"], ring["lon"], strict=True))
    starts = list(zip(coasts["begins_lat"], coasts["begins_lon"], strict=True))
    begin = points.index(starts[0])
    points = points[begin:] + points[:begin]
    shore = points[: points.index(ASTARA) + 1]
    begins = dict(zip(starts, coasts["coast_id"], strict=True))
    return pd.DataFrame(
        {
            "shore_id": [f"S{n:03d}" for n in range(1, len(shore) + 1)],
            "coast_id": pd.Series([begins.get(point) for point in shore]).ffill(),
            "lat": [lat for lat, _ in shore],
            "lon": [lon for _, lon in shore],
            "grade": "derived",
            "source": ring["source"].iloc[0],
            "as_of": "2026-11",
            "note": NOTE,
        }
    )


if __name__ == "__main__":
    table().to_csv(TABLES / "sea_shore.csv", index=False, lineterminator="\n")
