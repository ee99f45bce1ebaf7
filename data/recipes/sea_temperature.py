"""Regenerate sea_temperature.csv: water at the surface, by coast and month.

Run from the root of the repository: ``python data/recipes/sea_temperature.py``. The one
monthly course known, that of Baku, is carried to the other coasts: by how much official
forecasts put the north coast of Absheron below its south coast, in the months that have
at least three of them, and else by how much the air over the open sea differs in ERA5.
The coast north of Absheron lies on the same basin and starts from Absheron's north.
"""

from pathlib import Path

import pandas as pd

TABLES = Path(__file__).resolve().parents[2] / "data" / "tables"
KNOWN = "absheron_south"
"""Coast of the series for Baku."""
FORECAST = "absheron_north"
COLUMNS = [
    "coast_id",
    "month",
    "temp_sea",
    "temp_sea_low",
    "temp_sea_high",
    "grade",
    "source",
    "as_of",
    "note",
]
MONTHS = pd.RangeIndex(1, 13, name="month")
FEWEST_FORECASTS = 3
COURSE = "sea surface temperature monthly {} Jan..{}"
SPREAD = 1.5
"""Doubt of the transfer from Baku [K], assumed: it widens the range of the month, by as
much as the coldest official forecast for July asks."""
NOTES = {
    KNOWN: "Baku as tabled in climate_design",
    FORECAST: "Baku less the difference of official forecasts (June to September) or of"
    " the air over the open sea in ERA5",
}
FAR_NOTE = "{} plus the difference of the air over the open sea in ERA5"
STARTS_FROM = {"khachmaz": FORECAST}
"""Coast another one is carried from; the others from that of Baku."""
RANGE_NOTE = (
    "; low and high: coldest and warmest water of the month, September to December by the"
    " mean width of the other months"
)


def _baku(design: pd.DataFrame, what: str, last: str) -> pd.Series:
    rows = design[design["quantity"] == COURSE.format(what, last)]
    course: pd.Series = rows.set_index("month")["value"].reindex(MONTHS)
    return course


def _north_less_south(design: pd.DataFrame) -> pd.Series:
    """Return the difference of the forecasts [K], NaN in months with too few."""
    rows = design[design["place"] == "Absheron beaches"]
    days = rows["quantity"].str.extract(r"forecasts, (\d+) days")[0].astype(float)
    by = rows[days >= FEWEST_FORECASTS].pivot_table("value", "month", "detail")
    return (by["north coast"] - by["south coast"]).reindex(MONTHS)


def _air(grid: pd.DataFrame, coast: pd.Series) -> pd.Series:
    cell = grid.loc[(coast["cell_lat"], coast["cell_lon"])]
    course: pd.Series = cell["temp_air"].reindex(MONTHS)
    return course


def _rows(name: str, mean: pd.Series, down: pd.Series, up: pd.Series) -> pd.DataFrame:
    spread = 0.0 if name == KNOWN else SPREAD
    far = FAR_NOTE.format(STARTS_FROM.get(name, "Baku"))
    return pd.DataFrame(
        {
            "coast_id": name,
            "month": MONTHS,
            "temp_sea": mean.round(1).to_numpy(),
            "temp_sea_low": (mean - down - spread).round(1).to_numpy(),
            "temp_sea_high": (mean + up + spread).round(1).to_numpy(),
            "note": NOTES.get(name, far) + RANGE_NOTE,
        }
    )


def _sources(design: pd.DataFrame, grid: pd.DataFrame, name: str) -> str:
    baku = design[design["place"] == "Caspian at Baku"]["source"].iloc[0]
    beaches = design[design["place"] == "Absheron beaches"]["source"].iloc[0]
    era5 = str(grid["source"].iloc[0]).split()[0]
    other = {KNOWN: [], FORECAST: [beaches, era5]}.get(name, [era5])
    return " ".join([baku, *([beaches] if name in STARTS_FROM else []), *other])


def _means(
    design: pd.DataFrame, grid: pd.DataFrame, coasts: pd.DataFrame
) -> dict[str, pd.Series]:
    """Return the monthly course of every coast [degC]."""
    baku = _baku(design, "mean", "Dec")
    air = {str(name): _air(grid, coast) for name, coast in coasts.iterrows()}
    north = _north_less_south(design).fillna(air[FORECAST] - air[KNOWN])
    known = {KNOWN: baku, FORECAST: baku + north}
    starts = {name: STARTS_FROM.get(name, KNOWN) for name in air}
    return {
        name: known.get(name, known[start] + air[name] - air[start])
        for name, start in starts.items()
    }


def table() -> pd.DataFrame:
    """Return the rows of the table: twelve months of every coast."""
    design = pd.read_csv(TABLES / "climate_design.csv")
    grid = pd.read_csv(TABLES / "climate_era5_grid.csv").set_index(
        ["lat", "lon", "month"]
    )
    coasts = pd.read_csv(TABLES / "sea_coasts.csv").set_index("coast_id")
    mean = _baku(design, "mean", "Dec")
    down = mean - _baku(design, "minimum", "Aug")
    up = _baku(design, "maximum", "Aug") - mean
    down, up = down.fillna(down.mean()), up.fillna(up.mean())
    parts = [
        _rows(name, course, down, up).assign(source=_sources(design, grid, name))
        for name, course in _means(design, grid, coasts).items()
    ]
    return pd.concat(parts, ignore_index=True).assign(grade="assumed", as_of="2026-11")[
        COLUMNS
    ]


if __name__ == "__main__":
    table().to_csv(TABLES / "sea_temperature.csv", index=False, lineterminator="\n")
