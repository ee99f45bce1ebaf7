"""Derive `borders.csv`, the land borders of Azerbaijan by neighbour, from `outlines`.

The outline of Azerbaijan is drawn at 1:10m, its neighbours' at 1:50m. So the line
kept is Azerbaijan's own, and a neighbour's outline only says whose border it is: a
point belongs to the nearest neighbour if that lies within `LABEL_WITHIN_KM`. The
coast, from the mouth of the Samur to Astara, is left out. Points stand at most `SPACING_KM` apart, which puts any
distance to the line within half of that.

Run from the repository root: ``python data/recipes/borders.py``.
"""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

TABLES = Path(__file__).parents[1] / "tables"
NEIGHBOURS = ("AM", "GE", "IR", "RU", "TR")
LABEL_WITHIN_KM = 8.0
"""The 1:50m outlines lie within 5 km of the 1:10m line wherever they run along it."""
COAST = ((41.8452, 48.5807), (38.4343, 48.8759))
"""First and last point of the coast on the outline, where both outlines meet the sea."""
SPACING_KM = 2.0
DEGREE_KM = 111.195
COLUMNS = ("border_id", "country", "lat", "lon", "grade", "source", "as_of", "note")
NOTE = (
    "point of the 1:10m outline of Azerbaijan, given to the neighbour whose 1:50m "
    "outline is nearest; ±3 km"
)

Point = tuple[float, float]
Line = list[tuple[Point, Point]]


def flat(lat: float, lon: float) -> Point:
    """Kilometres east and north on a plane true to scale at 40.2° N."""
    return lon * DEGREE_KM * math.cos(math.radians(40.2)), lat * DEGREE_KM


def edges(rows: list[dict[str, str]], country: str) -> Line:
    """Return the edges of every polygon of a country, closed, in degrees."""
    polygons: dict[str, list[Point]] = {}
    for row in rows:
        if row["country"] == country:
            point = (float(row["lat"]), float(row["lon"]))
            polygons.setdefault(row["polygon"], []).append(point)
    return [
        edge
        for ring in polygons.values()
        for edge in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]


def inland(line: Line) -> Line:
    """Return a closed line without the part between the ends of the coast."""
    starts = [start for start, _ in line]
    first, last = (starts.index(end) for end in COAST)
    return line[:first] + line[last:]


def distance_km(point: Point, line: Line) -> float:
    """Return the distance from a point to the nearest edge of a line [km]."""
    x, y = flat(*point)
    nearest = math.inf
    for start, end in line:
        (ax, ay), (bx, by) = flat(*start), flat(*end)
        length = math.hypot(bx - ax, by - ay)
        share = 0.0
        if length:
            share = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length**2
        share = min(max(share, 0.0), 1.0)
        nearest = min(
            nearest, math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay))
        )
    return nearest


def spaced(line: Line) -> Iterator[Point]:
    """Yield points along the edges, at most `SPACING_KM` apart."""
    for (lat, lon), (lat_to, lon_to) in line:
        (ax, ay), (bx, by) = flat(lat, lon), flat(lat_to, lon_to)
        pieces = max(1, math.ceil(math.hypot(bx - ax, by - ay) / SPACING_KM))
        for piece in range(pieces):
            share = piece / pieces
            yield lat + share * (lat_to - lat), lon + share * (lon_to - lon)


def borders(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows of the table, from the rows of `outlines`."""
    source = next(row["source"] for row in rows if row["country"] == "AZ")
    lines = {country: edges(rows, country) for country in NEIGHBOURS}
    table: list[dict[str, str]] = []
    for point in spaced(inland(edges(rows, "AZ"))):
        distance = {c: distance_km(point, line) for c, line in lines.items()}
        country = min(distance, key=distance.__getitem__)
        if distance[country] <= LABEL_WITHIN_KM:
            table.append(
                {
                    "border_id": f"B{len(table) + 1:04d}",
                    "country": country,
                    "lat": f"{point[0]:.4f}",
                    "lon": f"{point[1]:.4f}",
                    "grade": "derived",
                    "source": source,
                    "as_of": "2026-11",
                    "note": NOTE,
                }
            )
    return table


def main(target: Path = TABLES / "borders.csv") -> None:
    """Write the table."""
    with (TABLES / "outlines.csv").open(encoding="utf-8", newline="") as stream:
        rows = borders(list(csv.DictReader(stream)))
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
