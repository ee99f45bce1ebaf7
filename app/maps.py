"""The map: land, grid, fibre and sites as layers of plain records; no tile server.

All layers are nested in one list: Streamlit dims every top-level layer once
something is selected, while nested ones keep the colours that carry the metric.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pydeck

from app.figures import figure, label, place
from app.scale import ANNOUNCED, FIBRE, ROUTE, Colour, colours, ends, violet

Record = dict[str, Any]

HOME: Final = "AZ"
BOX: Final = (36.0, 62.0, 34.0, 50.0)
"""Land drawn: west, east, south, north [°]."""
SEA: Final = [[10.0, 20.0], [90.0, 20.0], [90.0, 65.0], [10.0, 65.0]]
PLACES: Final = (
    ("CASPIAN SEA", 50.2, 39.5),
    ("GEORGIA", 45.3, 41.75),
    ("ARMENIA", 45.05, 40.35),
    ("IRAN", 47.0, 38.75),
    ("RUSSIA", 47.0, 42.1),
)
"""Names that help the reader find the way, and where they stand [°]."""
VIEW: Final = {"latitude": 40.15, "longitude": 47.75, "zoom": 5.8}
HEIGHT: Final = 490
CLICKABLE: Final = "sites"
POINT: Final = ("site_id", "name", "rank", "lat", "lon", "excluded_because")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of the ground, for a light or a dark page."""

    sea: Colour
    home: Colour
    neighbour: Colour
    edge: Colour
    ink: Colour
    ring: Colour


LIGHT: Final = Palette(
    sea=(218, 231, 238),
    home=(252, 248, 238),
    neighbour=(230, 232, 232),
    edge=(178, 183, 186),
    ink=(66, 74, 80),
    ring=(205, 38, 38),
)
DARK: Final = Palette(
    sea=(20, 34, 43),
    home=(64, 61, 54),
    neighbour=(38, 43, 47),
    edge=(92, 99, 104),
    ink=(200, 207, 211),
    ring=(255, 110, 100),
)


def plain_name(name: str) -> str:
    """Return a name the map takes as text: `@@` would start an expression.

    Examples
    --------
    >>> plain_name("@@=alert(1)")
    '=alert(1)'
    """
    return " ".join(name.split()).lstrip("@")


def ground(outlines: pd.DataFrame) -> list[Record]:
    """Return the polygons of the land around, each with its country.

    Parameters
    ----------
    outlines : DataFrame
        Indexed by country, polygon, point; with lat, lon [°].
    """
    west, east, south, north = BOX
    parts = outlines.reset_index().groupby(["country", "polygon"], sort=False)
    return [
        {"country": country, "ring": part[["lon", "lat"]].to_numpy().tolist()}
        for (country, _), part in parts
        if (part["lon"].between(west, east) & part["lat"].between(south, north)).any()
    ]


def links(
    table: pd.DataFrame, ends_in: tuple[str, str], places: pd.DataFrame
) -> list[Record]:
    """Return the links of a network as straight paths between known places.

    Parameters
    ----------
    table : DataFrame
        Rows with status and the two columns named by `ends_in`.
    ends_in : tuple of str
        Columns that hold the id at either end.
    places : DataFrame
        Indexed by id; lat, lon [°]. A link to a place without them is left out.
    """
    point = places[["lon", "lat"]].dropna()
    here = table[ends_in[0]].isin(point.index) & table[ends_in[1]].isin(point.index)
    known = table[here]
    start, end = (point.loc[known[column]].to_numpy().tolist() for column in ends_in)
    kv = known["voltage_kv"] if "voltage_kv" in known else [None] * len(known)
    return [
        {"path": [a, b], "status": status, **_stroke(status, v)}
        for a, b, status, v in zip(start, end, known["status"], kv, strict=True)
    ]


def _stroke(status: str, kv: float | None) -> Record:
    """Return colour and width [px] of a link; the higher the voltage the wider."""
    colour, width = (FIBRE, 2.0) if kv is None else violet(kv)
    colour = colour if status == "in_service" else ANNOUNCED
    return {"colour": list(colour), "width": width}


def site_points(table: pd.DataFrame, metric: str) -> list[Record]:
    """Return the sites as points with colour and tooltip, the best drawn last.

    Parameters
    ----------
    table : DataFrame
        The ranking, best first.
    metric : str
        What they are coloured by.
    """
    used = list(dict.fromkeys((*POINT, metric)))
    kept = table["excluded_because"].eq("")
    fills = colours(table[metric].where(kept), ends(metric, table.loc[kept, metric]))
    points = [
        {
            "site_id": str(row["site_id"]),
            "point": [float(row["lon"]), float(row["lat"])],
            "fill": list(fill),
            "radius": 5 if row["excluded_because"] else 7,
            "tip": _tip(row, metric),
        }
        for row, fill in zip(table[used].to_dict("records"), fills, strict=True)
    ]
    return points[::-1]


def _tip(row: dict[Any, Any], metric: str) -> str:
    name = plain_name(str(row["name"]))
    if row["excluded_because"]:
        return f"{name}\nexcluded: {row['excluded_because']}"
    return f"{name}\n{place(row)} · {label(metric)} {figure(metric, row[metric])}"


def _layer(kind: str, name: str, data: Sequence[Record], look: Record) -> pydeck.Layer:
    return pydeck.Layer(kind, data=list(data), id=name, **look)


def _land(rings: Sequence[Record], palette: Palette) -> list[pydeck.Layer]:
    sea = {"ring": SEA, "fill": list(palette.sea)}
    land = [
        {
            "ring": ring["ring"],
            "fill": list(
                palette.home if ring["country"] == HOME else palette.neighbour
            ),
        }
        for ring in rings
    ]
    names = [{"name": name, "point": [lon, lat]} for name, lon, lat in PLACES]
    shape: Record = {
        "get_polygon": "ring",
        "get_fill_color": "fill",
        "get_line_color": list(palette.edge),
        "get_line_width": 1,
        "line_width_units": "'pixels'",
    }
    return [
        _layer("PolygonLayer", "sea", [sea], {**shape, "stroked": False}),
        _layer("PolygonLayer", "land", land, shape),
        _layer("TextLayer", "places", names, _text([*palette.ink, 130], 11)),
    ]


def _text(colour: list[int], size: int) -> Record:
    return {
        "get_position": "point",
        "get_text": "name",
        "get_size": size,
        "get_color": colour,
        "font_family": "'sans-serif'",
        "character_set": "'auto'",
    }


def _network(name: str, paths: Sequence[Record]) -> list[pydeck.Layer]:
    """Return a network as two layers: what runs, and dashed what is announced."""
    look: Record = {
        "get_path": "path",
        "get_color": "colour",
        "get_width": "width",
        "width_units": "'pixels'",
    }
    dashed: Record = {
        "get_dash_array": [5, 3],
        "extensions": [{"@@type": "PathStyleExtension", "dash": True}],
    }
    running = [path for path in paths if path["status"] == "in_service"]
    announced = [path for path in paths if path["status"] != "in_service"]
    return [
        _layer("PathLayer", name, running, look),
        _layer("PathLayer", f"{name}-announced", announced, look | dashed),
    ]


def _lit(routes: Sequence[Record]) -> pydeck.Layer:
    """Return the routes of the selected site, or of several in their own colours."""
    look: Record = {
        "get_path": "path",
        "get_color": "colour",
        "get_width": "width",
        "width_units": "'pixels'",
    }
    paths = [{"colour": list(ROUTE), "width": 3, **route} for route in routes]
    return _layer("PathLayer", "routes", paths, look)


def _sites(
    points: Sequence[Record], selected: str, palette: Palette
) -> list[pydeck.Layer]:
    look: Record = {
        "get_position": "point",
        "get_radius": "radius",
        "radius_units": "'pixels'",
        "stroked": True,
        "line_width_units": "'pixels'",
    }
    filled = look | {
        "get_fill_color": "fill",
        "get_line_color": [255, 255, 255],
        "get_line_width": 1,
        "pickable": True,
    }
    ring = look | {
        "filled": False,
        "get_radius": 12,
        "get_line_color": list(palette.ring),
        "get_line_width": 3,
    }
    chosen = [point for point in points if point["site_id"] == selected]
    return [
        _layer("ScatterplotLayer", CLICKABLE, points, filled),
        _layer("ScatterplotLayer", "selected", chosen, ring),
    ]


def deck(
    land: Sequence[Record],
    networks: Mapping[str, Sequence[Record]],
    points: Sequence[Record],
    selected: str,
    palette: Palette,
    routes: Sequence[Record] = (),
) -> pydeck.Deck:
    """Return the map.

    Parameters
    ----------
    land : sequence of dict
        What `ground` returned.
    networks : mapping of str to sequence of dict
        What `links` returned, by the name of the layer.
    points : sequence of dict
        What `site_points` returned.
    selected : str
        The site_id that is ringed.
    palette : Palette
    routes : sequence of dict
        Ways of that site, each with its `path` and, where not the usual ones, its
        `colour` and `width` [px]; drawn over the networks.
    """
    drawn = _land(land, palette)
    for name, paths in networks.items():
        drawn += _network(name, paths)
    drawn.append(_lit(routes))
    drawn += _sites(points, selected, palette)
    return pydeck.Deck(
        layers=[drawn],
        initial_view_state=pydeck.ViewState(**VIEW, min_zoom=4, max_zoom=12),
        map_provider=None,  # no style either: Streamlit would fetch one for None
        tooltip={"text": "{tip}"},
    )


def picked(event: Any) -> str:  # noqa: ANN401 - what the browser sends
    """Return the site_id a click on the map hit; blank where it hit none."""
    hit = event.get("selection", {}).get("objects", {}).get(CLICKABLE, [])
    return str(hit[0].get("site_id", "")) if hit else ""
