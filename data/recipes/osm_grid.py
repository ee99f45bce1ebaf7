"""Refresh `substations` and `lines` from OpenStreetMap, as a proposal to look at.

Run from the repository root::

    python data/recipes/osm_grid.py EXTRACT [--out DIR] [--as-of YYYY-MM-DD] [--apply]
    python data/recipes/osm_grid.py --fetch [--out DIR]

EXTRACT is Overpass JSON with geometry, GeoJSON, or PBF where `osmium` is installed.
Rows are reconciled by name and by place. DIR gets `changes.csv` (matched, moved,
changed_voltage, changed_circuits, changed_length, status_differs, new, missing,
left_out), the proposed tables and the notice the licence asks for. Status and year
stay ours: a map does not say when something is energised. Nothing is taken away.
`--apply` writes the proposal over data/tables, if it passes every check.
"""

import argparse
import csv
import io
import sys
from pathlib import Path

RECIPES = Path(__file__).resolve().parent
ROOT = RECIPES.parents[1]
sys.path[:0] = [str(ROOT), str(RECIPES)]

import osm_match  # type: ignore[import-not-found,unused-ignore]  # noqa: E402 - after sys.path
import osm_match_lines  # type: ignore[import-not-found,unused-ignore]  # noqa: E402 - after sys.path
import osm_propose  # type: ignore[import-not-found,unused-ignore]  # noqa: E402
import osm_read  # type: ignore[import-not-found,unused-ignore]  # noqa: E402

from data.faults import Fault, InputError  # noqa: E402

TABLES = ROOT / "data" / "tables"
NOTICE = """© OpenStreetMap contributors, {day}. https://www.openstreetmap.org/copyright

The rows of substations.csv and lines.csv whose source is `{source}` and the
differences in changes.csv are derived from OpenStreetMap and are made available under
the Open Database Licence 1.0 (https://opendatacommons.org/licenses/odbl/1-0/). Who
publishes them again, changed or not, does so under the same licence with this notice.
"""

Rows = list[dict[str, str]]


def rows_of(name: str) -> Rows:
    """Return the rows of a shipped table as text."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def text_of(rows: Rows, columns: list[str]) -> str:
    """Return rows as the text of a table."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def refreshed(extract: osm_read.Extract) -> tuple[dict[str, Rows], Rows]:
    """Return the proposed tables and the list of changes."""
    tables = {name: rows_of(name) for name in ("substations", "lines", "sources")}
    outline = rows_of("outlines")
    stations = osm_match.stations(tables["substations"], extract, outline)
    lines = osm_match_lines.lines(tables["lines"], extract, stations)
    return osm_propose.tables(tables, stations, lines, extract), [
        *osm_propose.told(stations.changes),
        *osm_propose.told(lines.changes),
    ]


def written(out: Path, tables: dict[str, Rows], changes: Rows, day: str) -> None:
    """Write the proposal into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        text = text_of(rows, list(rows[0]))
        (out / f"{name}.csv").write_text(text, encoding="utf-8")
    text = text_of(changes, list(osm_propose.COLUMNS))
    (out / "changes.csv").write_text(text, encoding="utf-8")
    notice = NOTICE.format(day=day, source=osm_propose.source_id(day))
    (out / "ATTRIBUTION.txt").write_text(notice, encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    top.add_argument("extract", nargs="?", metavar="EXTRACT")
    top.add_argument("--fetch", action="store_true", help="ask an Overpass endpoint")
    top.add_argument("--out", default="osm_proposal", metavar="DIR")
    top.add_argument(
        "--as-of", default="", metavar="YYYY-MM-DD", help="day of the data"
    )
    top.add_argument("--apply", action="store_true", help="write over data/tables")
    return top


def opened(arguments: argparse.Namespace) -> osm_read.Extract:
    """Return the extract asked for, and refuse to write over the tables unasked."""
    faults = []
    if bool(arguments.extract) == arguments.fetch:
        wanted = "either a file or --fetch"
        faults.append(Fault("EXTRACT", None, "", arguments.extract or "", wanted))
    if Path(arguments.out).resolve() == TABLES:
        wanted = "another folder; --apply writes over data/tables"
        faults.append(Fault("--out", None, "", arguments.out, wanted))
    if faults:
        raise InputError(faults)
    if arguments.fetch:
        return osm_read.fetch(arguments.as_of)
    return osm_read.read(Path(arguments.extract), arguments.as_of)


def run(arguments: argparse.Namespace) -> None:
    """Reconcile, print what changed, write the proposal."""
    extract = opened(arguments)
    tables, changes = refreshed(extract)
    faults = osm_propose.faults(tables)
    if faults:
        raise InputError(faults)
    written(Path(arguments.out), tables, changes, extract.as_of)
    for line in osm_propose.summary(changes):
        print(line)
    print(f"written: {arguments.out}")
    if arguments.apply:
        for name, rows in tables.items():
            text = text_of(rows, list(rows[0]))
            (TABLES / f"{name}.csv").write_text(text, encoding="utf-8")
        print("data/tables changed; now run data/recipes/table_list.py")


def main(argv: list[str] | None = None) -> int:
    """Run and return the exit code: 0 done, 2 bad input."""
    try:
        run(parser().parse_args(argv))
    except InputError as error:
        print(f"{len(error.faults)} fault(s):\n{error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
