"""Regenerate climate_variability.csv: how much weather varies, by region and month.

Run from the root of the repository: ``python data/recipes/climate_variability.py``,
after ``climate_clearness.py``. A region has the mean statistics of the stations that
stand in for it in climate_region_list.csv; "default" has the mean of the seven
stations near the border. Wind takes the shape and memory found at Baku, for want of
hourly wind elsewhere.
"""

from pathlib import Path

import pandas as pd

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
TEMPERATURE = ["temp_sd", "temp_lag1", "temp_interannual_sd"]
HUMIDITY = ["dew_sd", "dew_lag1", "dew_corr", "dew_interannual_sd"]
CLEARNESS_LAG1 = 0.3
"""Assumed: general knowledge of daily clearness, no series read."""
CLEARNESS_MIN = 0.05
"""Assumed: a heavily overcast day lets about this share of a clear sky through."""
NOTE = (
    "made by data/recipes/climate_variability.py; stations {}; dew point {}; wind shape"
    " and memory of Baku; memory and lowest share of clearness assumed"
)


def wind_at_baku(detail: str) -> tuple[float, str]:
    """Return a figure of the model wind at Baku and its source."""
    design = pd.read_csv(TABLES / "climate_design.csv").set_index("quantity")
    rows = design[design.index.str.startswith("wind ") & (design["detail"] == detail)]
    return float(rows["value"].iloc[0]), str(rows["source"].iloc[0])


def _mean(stations: pd.DataFrame, points: str, columns: list[str]) -> pd.DataFrame:
    chosen = stations[stations["point_id"].isin(points.split())]
    return chosen.groupby("month")[columns].mean()


def region(
    name: str, basis: pd.Series, stations: pd.DataFrame, clearness: pd.DataFrame
) -> pd.DataFrame:
    """Return the twelve rows of one region."""
    points = str(basis["statistics_points"])
    dew_points = str(basis["dew_statistics_points"])
    sky = clearness[clearness["point_id"].isin(basis["ghi_point_id"].split())]
    (shape, wind_source), (memory, _) = (wind_at_baku(d) for d in ("k", "lag 1 h"))
    used = stations[stations["point_id"].isin(f"{points} {dew_points}".split())]
    texts = [*used["source"], wind_source, *sky["source"]]
    sources = dict.fromkeys(" ".join(texts).split())
    return (
        pd.concat(
            [
                _mean(stations, points, TEMPERATURE),
                _mean(stations, dew_points, HUMIDITY),
                sky.groupby("month")[["clearness_sd"]].mean(),
            ],
            axis=1,
        )
        .round(4)
        .assign(
            wind_weibull_k=shape,
            wind_lag1_hour=memory,
            clearness_lag1=CLEARNESS_LAG1,
            clearness_min=CLEARNESS_MIN,
            grade="assumed",
            source=" ".join(sources),
            as_of="2026-11",
            note=NOTE.format(points, dew_points),
        )
        .reset_index()
        .assign(climate_region=name)
    )


def table() -> pd.DataFrame:
    """Return the table as shipped."""
    stations = pd.read_csv(TABLES / "climate_station_statistics.csv")
    clearness = pd.read_csv(TABLES / "climate_clearness.csv")
    basis = pd.read_csv(TABLES / "climate_region_list.csv").set_index("climate_region")
    seven = " ".join(
        point for point in stations["point_id"].unique() if point.startswith("ir_")
    )
    default = pd.Series(
        {
            "statistics_points": seven,
            "dew_statistics_points": seven,
            "ghi_point_id": " ".join(clearness["point_id"].unique()),
        }
    )
    rows = [("default", default), *basis.iterrows()]
    frame = pd.concat(
        [region(str(name), row, stations, clearness) for name, row in rows],
        ignore_index=True,
    )
    first = ["climate_region", "month"]
    return frame[[*first, *(c for c in frame if c not in first)]]


if __name__ == "__main__":
    table().to_csv(TABLES / "climate_variability.csv", index=False, lineterminator="\n")
