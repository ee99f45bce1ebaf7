"""Regenerate climate_clearness.csv: published GHI over the Ineichen clear sky.

Run from the root of the repository: ``python data/recipes/climate_clearness.py``.
Monthly clearness is the published mean daily radiation of a station over the mean
daily clear-sky radiation there, with the Linke turbidity of the nearest tabled
point. Its day-to-day spread is that of the MERRA-2 cell nearest the station over the
same clear sky.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from climate import solar  # noqa: E402 - the repository root must be on the path
from climate.months import DAY_OF_YEAR, HOUR_OF_DAY, MONTH_OF_DAY, smooth  # noqa: E402

TABLES = ROOT / "data" / "tables"


def nearest(place: pd.Series, others: pd.DataFrame) -> int:
    """Return the row position of the place of `others` nearest to `place`."""
    east = (others["lon"] - place["lon"]) * np.cos(np.radians(place["lat"]))
    return int(np.argmin(np.hypot(others["lat"] - place["lat"], east)))


def clear_sky_kwh_m2_day(place: pd.Series, linke: np.ndarray) -> np.ndarray:
    """Return the monthly mean of daily clear-sky radiation [kWh/m2/day]."""
    day = DAY_OF_YEAR[:, None]
    hour = solar.solar_hour(day, HOUR_OF_DAY[None, :] + 0.5, place["lon"])
    sun = solar.zenith(day, hour, place["lat"])
    ghi = solar.clear_sky_ghi(
        sun, day, smooth(linke)[:, None], np.array(float(place["elevation_m"]))
    )
    daily = pd.Series(ghi.sum(axis=1) / 1000.0)
    return daily.groupby(MONTH_OF_DAY).mean().to_numpy()


def table() -> pd.DataFrame:
    """Return the table as shipped."""
    points = pd.read_csv(TABLES / "climate_points.csv").set_index("point_id")
    normals = pd.read_csv(TABLES / "climate_normals.csv")
    linke = pd.read_csv(TABLES / "climate_linke_turbidity.csv")
    merra = pd.read_csv(TABLES / "climate_merra2_ghi.csv")
    with_linke = points.loc[linke["point_id"].unique()]
    cells = merra.drop_duplicates(["lat", "lon"])
    frames = []
    for point_id in points.index[points["kind"] == "published_ghi"]:
        place = points.loc[point_id]
        turbid = linke[
            linke["point_id"] == with_linke.index[nearest(place, with_linke)]
        ]
        cell = cells.iloc[nearest(place, cells)]
        spread = merra[(merra["lat"] == cell["lat"]) & (merra["lon"] == cell["lon"])]
        own = normals[normals["point_id"] == point_id]
        clear = clear_sky_kwh_m2_day(place, turbid["linke_turbidity"].to_numpy())
        sources = [own["source"].iloc[0], turbid["source"].iloc[0]]
        frames.append(
            pd.DataFrame(
                {
                    "point_id": point_id,
                    "month": own["month"].to_numpy(),
                    "clearness": (own["ghi_kwh_m2_day"].to_numpy() / clear).round(4),
                    "clearness_sd": (
                        spread["ghi_daily_sd_kwh_m2"].to_numpy() / clear
                    ).round(4),
                    "clear_sky_kwh_m2_day": clear.round(3),
                    "grade": "assumed",
                    "source": " ".join([*sources, spread["source"].iloc[0]]),
                    "as_of": "2026-11",
                    "note": "made by data/recipes/climate_clearness.py; the published"
                    " radiation is a copied page with its unit inferred",
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


if __name__ == "__main__":
    table().to_csv(TABLES / "climate_clearness.csv", index=False, lineterminator="\n")
