"""The map of the report: outlines of the tables, sites coloured by score."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from data.schema import REGION_LAT, REGION_LON
from siting.report.charts import INK, MUTED, WIDE, rect, svg, text
from siting.report.markup import Html, cut, said, tag

SHADE: Final = math.cos(math.radians(40.3))
"""A degree of longitude beside one of latitude, in mid-country."""
HOME: Final = "AZ"
SEA, LAND, NEAR = "#E4EEF4", "#FBFAF7", "#EFEDE8"
SCALE: Final = ("#440154", "#3B528B", "#21908C", "#5DC863", "#FDE725")
"""Viridis in five steps: dark is the lowest score of the list, bright the highest."""
SCALE_WIDTH: Final = 120.0
NAMED: Final = 3


def placed(lon: float, lat: float) -> tuple[float, float]:
    """Return the place of a point on the drawing."""
    per_degree = WIDE / ((REGION_LON[1] - REGION_LON[0]) * SHADE)
    return (lon - REGION_LON[0]) * SHADE * per_degree, (
        REGION_LAT[1] - lat
    ) * per_degree


HEIGHT: Final = placed(0.0, REGION_LAT[0])[1]


def outlines(table: pd.DataFrame) -> list[Html]:
    """Return the land as paths, the country last and lightest."""
    drawn = []
    rows = table.reset_index()
    shapes = sorted(
        rows.groupby(["country", "polygon"]), key=lambda part: part[0][0] == HOME
    )
    for (country, _), shape in shapes:
        points = [
            placed(lon, lat) for lon, lat in zip(shape.lon, shape.lat, strict=True)
        ]
        path = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        fill = LAND if country == HOME else NEAR
        style = {"d": f"M{path} Z", "fill": fill, "stroke": "#B9C1C8"}
        drawn.append(tag("path", style))
    return drawn


def colour_of(value: float, low: float, high: float) -> str:
    """Return the colour of a score between the lowest and the highest."""
    share = (value - low) / (high - low) if high > low else 1.0
    return SCALE[min(int(share * len(SCALE)), len(SCALE) - 1)]


def sites_map(table: pd.DataFrame, lands: pd.DataFrame) -> Html:
    """Return the map: ranked sites by score, excluded ones hollow.

    Parameters
    ----------
    table : DataFrame
        The ranking, at most some hundreds of sites.
    lands : DataFrame
        Table `outlines`.
    """
    scores = table.loc[table["rank"].notna(), "score"].dropna()
    low, high = (float(scores.min()), float(scores.max())) if len(scores) else (0, 1)
    marks = [_site(row, low, high) for row in table.iloc[::-1].to_dict("records")]
    leading = table[table["rank"].notna()].head(NAMED)
    names = [_name(row) for row in leading.to_dict("records")]
    sea = rect(0, 0, WIDE, HEIGHT, SEA)
    key = _key(low, high) if len(scores) else []
    label = "Map of the sites, coloured by score"
    return svg(WIDE, HEIGHT, label, sea, *outlines(lands), *marks, *names, *key)


def _name(row: Mapping[Any, Any]) -> Html:
    """Return the name of one of the first, on the side where there is room."""
    x, y = placed(float(row["lon"]), float(row["lat"]))
    side, anchor = (-9.0, "end") if x > 0.85 * WIDE else (9.0, "start")
    words = text(x + side, y - 7, f"{row['rank']:.0f} {cut(row['name'], 22)}", anchor)
    return tag("g", {"class": "halo"}, words)


def _site(row: Mapping[Any, Any], low: float, high: float) -> Html:
    x, y = placed(float(row["lon"]), float(row["lat"]))
    score = float(row["score"])
    ranked = pd.notna(row["rank"]) and math.isfinite(score)
    fill = colour_of(score, low, high) if ranked else "none"
    place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": 5, "fill": fill}
    stroke = INK if ranked else MUTED
    told = f"score {score:.1f}" if ranked else "not ranked"
    tip = tag("title", None, said(f"{row['name']} ({row['site_id']}): {told}"))
    return tag("g", None, tip, tag("circle", {**place, "stroke": stroke}))


def _key(low: float, high: float) -> list[Html]:
    """Return the legend of the scores."""
    step = SCALE_WIDTH / len(SCALE)
    top = HEIGHT - 30
    bars = [rect(14 + step * i, top, step, 10, c) for i, c in enumerate(SCALE)]
    ends = (
        text(14, top + 23, f"{low:.1f}", colour=INK),
        text(14 + SCALE_WIDTH, top + 23, f"{high:.1f} score", "end"),
    )
    return [*bars, *ends]
