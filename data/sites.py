"""Read a user's list of sites: CSV, GeoJSON or Parquet, every fault told at once.

A file is read into a `Grid` of text cells with the line each row came from, which
every format can give; one set of checks then serves all three.
"""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any, Final

import pandas as pd

from data.faults import Fault, InputError
from data.site_checks import Grid, site_faults, site_frame

READABLE: Final = "a .csv, .geojson, .json or .parquet file"
BOM: Final = "\ufeff"
SEPARATORS: Final = {";": "semicolons", "\t": "tabs"}


def read_sites(path: str | Path) -> pd.DataFrame:
    """Read a list of candidate sites.

    Parameters
    ----------
    path : str or Path
        CSV (UTF-8, commas, decimal points, a header), GeoJSON (a FeatureCollection
        of Points) or Parquet, with at least site_id, name, lat [°] and lon [°].

    Returns
    -------
    DataFrame
        Index site_id (text), rows in the order of the file. Columns the glossary
        knows have its type, others are kept: numbers where all are, else text.
        What the file does not say is not there: it is derived later, and graded.

    Raises
    ------
    InputError
        Holding every fault found, each with file, row, column and value. Rows count
        as in an editor for CSV (the header is line 1), and from 1 for features
        of a GeoJSON and rows of a Parquet file.
    """
    path = Path(path)
    _reader(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        found = f"{path}: {error.strerror or error}"
        raise _refusal(path, found, "a file that can be read") from error
    return parse_sites(path.name, raw)


def parse_sites(name: str, raw: bytes) -> pd.DataFrame:
    """Read a list of candidate sites from the bytes of a file.

    Parameters
    ----------
    name : str
        Name of the file; its ending says what it holds, as in `read_sites`.
    raw : bytes
        What it holds.

    Returns
    -------
    DataFrame
        As `read_sites` returns it.

    Raises
    ------
    InputError
        Holding every fault found.
    """
    path = Path(name)
    reader = _reader(path)
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise _refusal(path, "empty file", "a header and at least one site")
    grid = reader(path.name, raw)
    faults = site_faults(grid)
    if faults:
        raise InputError(faults)
    return site_frame(grid)


def _reader(path: Path) -> Callable[[str, bytes], Grid]:
    """Return what reads a file of this name, or refuse it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _refusal(path, path.suffix or path.name, READABLE)
    return reader


def _refusal(path: Path, value: str, expected: str) -> InputError:
    return InputError([Fault(path.name, None, "", value, expected)])


def _decoded(name: str, raw: bytes) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        value = f"byte 0x{raw[error.start]:02x} at offset {error.start}"
        raise InputError([Fault(name, line, "", value, "UTF-8 text")]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        fault = Fault(name, line, "", "NUL character", "UTF-8 text (not UTF-16)")
        raise InputError([fault])
    return text.removeprefix(BOM)


def _csv_grid(name: str, raw: bytes) -> Grid:
    """Read a CSV file; rows keep the line they start on."""
    text = _decoded(name, raw)
    header_line = text.lstrip("\r\n").splitlines()[0]
    for separator, word in SEPARATORS.items():
        if separator in header_line and "," not in header_line:
            expected = f"commas between cells; this file is separated by {word}"
            raise InputError([Fault(name, 1, "", header_line, expected)])
    lines, rows = _csv_rows(name, text)
    if not rows:
        raise InputError([Fault(name, None, "", "no rows", "a header row")])
    header = tuple(cell.strip() for cell in rows[0])
    faults = list(_shape_faults(name, len(header), lines[1:], rows[1:]))
    if faults:
        raise InputError(faults)
    cells = dict(enumerate(zip(*rows[1:], strict=True)))
    columns = [list(cells.get(position, ())) for position in range(len(header))]
    return Grid(name, header, columns, lines[1:])


def _csv_rows(name: str, text: str) -> tuple[list[int], list[list[str]]]:
    """Return the non-blank records and the line each starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, rows, start = [], [], 1
    try:
        for row in reader:
            if row:
                lines.append(start)
                rows.append(row)
            start = reader.line_num + 1
    except csv.Error as error:
        fault = Fault(name, start, "", str(error), "rows of well-formed CSV")
        raise InputError([fault]) from error
    return lines, rows


def _shape_faults(
    name: str, width: int, lines: Sequence[int], rows: Iterable[Sequence[str]]
) -> Iterator[Fault]:
    """Yield rows of another width than the header."""
    for line, row in zip(lines, rows, strict=True):
        if len(row) != width:
            hint = "; a decimal comma splits a cell in two" if len(row) > width else ""
            expected = f"{width} cells as in the header{hint}"
            yield Fault(name, line, "", f"{len(row)} cells", expected)


@dataclass(frozen=True, slots=True)
class _Feature:
    """One GeoJSON feature as a row, or what is wrong with it."""

    cells: dict[str, str]
    fault: Fault | None = None


def _geojson_grid(name: str, raw: bytes) -> Grid:
    """Read a FeatureCollection of Points; rows are numbered from 1."""
    text = _decoded(name, raw)
    try:
        document = json.loads(text, parse_constant=lambda word: word)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        fault = Fault(name, line, "", str(error), "well-formed GeoJSON")
        raise InputError([fault]) from error
    items = document.get("features") if isinstance(document, dict) else None
    if not isinstance(items, list):
        expected = "a FeatureCollection with a list of features"
        raise InputError(
            [Fault(name, None, "features", type(items).__name__, expected)]
        )
    read = [_feature(name, row, item) for row, item in enumerate(items, start=1)]
    faults = [feature.fault for feature in read if feature.fault]
    if faults:
        raise InputError(faults)
    header = tuple(dict.fromkeys(key for feature in read for key in feature.cells))
    columns = [[feature.cells.get(key, "") for feature in read] for key in header]
    return Grid(name, header, columns, list(range(1, len(read) + 1)))


def _feature(name: str, row: int, item: Any) -> _Feature:  # noqa: ANN401 - parsed JSON
    """Return one feature as text cells: its properties, and lat and lon of its point."""
    feature = item if isinstance(item, dict) else {}
    geometry, properties = feature.get("geometry"), feature.get("properties")
    shape = geometry.get("type") if isinstance(geometry, dict) else geometry
    if not isinstance(geometry, dict) or shape != "Point":
        return _Feature({}, Fault(name, row, "geometry", str(shape), "a Point"))
    point = geometry.get("coordinates")
    if not isinstance(point, list) or len(point) not in (2, 3):
        expected = "[longitude, latitude]"
        return _Feature({}, Fault(name, row, "coordinates", str(point), expected))
    cells = {"site_id": _cell(feature["id"])} if "id" in feature else {}
    if isinstance(properties, dict):
        cells |= {key: _cell(value) for key, value in properties.items()}
    cells |= {"lon": _cell(point[0]), "lat": _cell(point[1])}
    return _Feature(cells)


def _cell(value: Any) -> str:  # noqa: ANN401 - a parsed JSON or Parquet value
    """Return a value as the text a CSV would hold."""
    blank = value is None or value is pd.NA or value is pd.NaT
    if blank or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _parquet_grid(name: str, raw: bytes) -> Grid:
    """Read a Parquet file; rows are numbered from 1."""
    try:
        frame = pd.read_parquet(io.BytesIO(raw))
    except Exception as error:  # pyarrow raises many kinds
        value = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError([Fault(name, None, "", value, "a Parquet file")]) from error
    if any(frame.index.names):
        frame = frame.reset_index()
    columns = [
        [_cell(value) for value in frame.iloc[:, position].tolist()]
        for position in range(frame.shape[1])
    ]
    header = tuple(str(column) for column in frame.columns)
    return Grid(name, header, columns, list(range(1, len(frame) + 1)))


READERS: Final[dict[str, Callable[[str, bytes], Grid]]] = {
    ".csv": _csv_grid,
    ".geojson": _geojson_grid,
    ".json": _geojson_grid,
    ".parquet": _parquet_grid,
}
