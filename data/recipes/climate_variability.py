"""Regenerate climate_variability.csv: how much weather varies, by region and month.

Run from the root of the repository: ``python data/recipes/climate_variability.py``,
after ``climate_clearness.py``. A region has the mean statistics of the stations that
stand in for it in climate_region_list.csv; "default" has the mean of the seven
stations near the border. Where none of its stations has hourly wind, wind takes the
shape, memory and daily course found at Baku.
"""

from pathlib import Path

import pandas as pd

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
TEMPERATURE = [
    "temp_sd",
    "temp_lag1",
    "temp_skew",
    "temp_interannual_sd",
    "max_sd",
    "max_lag1",
    "max_skew",
    "max_temp_corr",
    "wind_temp_corr",
    "wind_max_corr",
]
WIND = ["wind_weibull_k", "wind_lag1_hour", "wind_course"]
SKY = [
    "dew_sd",
    "dew_lag1",
    "dew_interannual_sd",
    "dew_temp_corr",
    "dew_max_corr",
    "clearness_lag1",
    "clearness_temp_corr",
    "clearness_max_corr",
]
COAST = "baku_reanalysis"
"""Whose wind stands in where the stations of a region have no hourly wind."""
LEAST_SHAPE = 1.2
"""Assumed: Weibull shapes below it come of calms and whole metres per second."""
MOST_COURSE = 0.9
CLEARNESS_MIN = 0.05
"""Assumed: a heavily overcast day lets about this share of a clear sky through."""
NOTE = (
    "made by data/recipes/climate_variability.py; temperature of {};"
    " dew point and cloud of {}; wind of {}; lowest share of clearness assumed"
)


def _rows(stations: pd.DataFrame, points: str) -> pd.DataFrame:
    return stations[stations["point_id"].isin(points.split())]


def _mean(stations: pd.DataFrame, points: str, columns: list[str]) -> pd.DataFrame:
    return _rows(stations, points).groupby("month")[columns].mean()


def wind_points(stations: pd.DataFrame, points: str) -> str:
    """Return the points among those given that have hourly wind, or the coast's."""
    own = _rows(stations, points).dropna(subset=WIND)["point_id"].unique()
    return " ".join(own) or COAST


def region(
    name: str, basis: pd.Series, stations: pd.DataFrame, clearness: pd.DataFrame
) -> pd.DataFrame:
    """Return the twelve rows of one region."""
    points = str(basis["statistics_points"])
    sky_points = str(basis["dew_statistics_points"])
    windy = wind_points(stations, points)
    sky = clearness[clearness["point_id"].isin(basis["ghi_point_id"].split())]
    used = _rows(stations, f"{points} {sky_points} {windy}")
    sources = dict.fromkeys(" ".join([*used["source"], *sky["source"]]).split())
    wind = _mean(stations, windy, WIND)
    frame = pd.concat(
        [
            _mean(stations, points, TEMPERATURE),
            _mean(stations, sky_points, SKY),
            wind.assign(
                wind_weibull_k=wind["wind_weibull_k"].clip(lower=LEAST_SHAPE),
                wind_course=wind["wind_course"].clip(0.0, MOST_COURSE),
            ),
            sky.groupby("month")[["clearness_sd"]].mean(),
        ],
        axis=1,
    )
    texts = {
        "grade": "assumed",
        "source": " ".join(sources),
        "as_of": "2026-11",
        "note": NOTE.format(points, sky_points, windy),
    }
    frame = frame.round(4).assign(clearness_min=CLEARNESS_MIN, **texts)
    return frame.reset_index().assign(climate_region=name)


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
