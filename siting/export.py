"""Write a ranking: csv, json, geojson, parquet and the manifest; whole or not at all."""

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.faults import Fault, InputError
from data.schema import glossary
from siting.export_rows import neutralised, rounded
from siting.run import Run, provenance, sha256

BLOCK = 2000
"""Rows turned into plain objects at a time."""


def _blocks(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the table as it is written, a block of rows at a time."""
    for start in range(0, len(table), BLOCK):
        yield rounded(table.iloc[start : start + BLOCK])


def _rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield plain rows, absent values as None."""
    for block in _blocks(table):
        plain = block.astype(object).where(block.notna(), None)
        yield from plain.to_dict("records")  # type: ignore[misc]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, default=str)


def _listed(items: Iterable[object], stream: BinaryIO) -> None:
    """Write a JSON list, one item a line, without holding it all."""
    stream.write(b"[")
    stream.writelines(
        (",\n" if number else "\n").encode() + _json(item).encode()
        for number, item in enumerate(items)
    )
    stream.write(b"\n]")


def write_csv(run: Run, stream: BinaryIO) -> None:
    """Write the ranking as CSV: blanks are absent, formulas are defused."""
    for number, block in enumerate(_blocks(run.ranking.table)):
        text = neutralised(block).to_csv(
            index=False, header=number == 0, lineterminator="\n"
        )
        stream.write(text.encode())


def write_json(run: Run, stream: BinaryIO) -> None:
    """Write the ranking as JSON with units, weights and the weather's grade."""
    table = run.ranking.table
    known = glossary()
    head = {
        "scenario": run.scenario.name,
        "weather": dict(run.weather),
        "preferences": asdict(run.scenario.preferences),
        "not_computed": list(run.ranking.not_computed),
        "units": {c: known[c].unit if c in known else "" for c in map(str, table)},
    }
    stream.write(f'{_json(head)[:-1]}, "sites": '.encode())
    _listed(_rows(table), stream)
    stream.write(b"}\n")


def write_geojson(run: Run, stream: BinaryIO) -> None:
    """Write the ranking as GeoJSON points (RFC 7946: longitude first)."""
    features = (
        {
            "type": "Feature",
            "id": row["site_id"],
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": row,
        }
        for row in _rows(run.ranking.table)
    )
    stream.write(b'{"type": "FeatureCollection", "features": ')
    _listed(features, stream)
    stream.write(b"}\n")


def write_parquet(run: Run, stream: BinaryIO) -> None:
    """Write the ranking as Parquet, types kept, one row group a block."""
    table = run.ranking.table
    schema = pa.Schema.from_pandas(rounded(table.iloc[:BLOCK]), preserve_index=False)
    nullable = pa.schema([_typed(table, field) for field in schema], schema.metadata)
    with pq.ParquetWriter(stream, nullable) as writer:
        for block in _blocks(table):
            rows = pa.Table.from_pandas(block, nullable, preserve_index=False)
            writer.write_table(rows)


def _typed(table: pd.DataFrame, field: pa.Field) -> pa.Field:
    """Return the type of a whole column, which the first block may not show."""
    if not pa.types.is_null(field.type):
        return field
    return pa.field(field.name, pa.Array.from_pandas(table[field.name]).type)


def write_xlsx(run: Run, stream: BinaryIO) -> None:
    """Write the ranking as a workbook, the cash flow of its best site live in it."""
    from siting.pack import workbook  # noqa: PLC0415 - slow to load

    workbook.write_xlsx(run, stream)


def write_html(run: Run, stream: BinaryIO) -> None:
    """Write the ranking as a report in one file."""
    from siting.report import page  # noqa: PLC0415 - slow to load

    page.write_html(run, stream)


FORMATS: dict[str, Callable[[Run, BinaryIO], None]] = {
    "csv": write_csv,
    "json": write_json,
    "geojson": write_geojson,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
    "html": write_html,
}
"""Format → what writes it."""
OUTPUTS = (*(f"ranking.{name}" for name in FORMATS), "manifest.json")


def content(run: Run, name: str) -> bytes:
    """Return one format as bytes, the same as the file would hold."""
    stream = io.BytesIO()
    FORMATS[name](run, stream)
    return stream.getvalue()


def manifest(run: Run, outputs: Mapping[str, str]) -> bytes:
    """Return the manifest: what went in, what came out, and with what.

    Parameters
    ----------
    run : Run
    outputs : mapping of str to str
        sha256 by file name.
    """
    told = provenance(run)
    warnings = told.pop("warnings")
    not_computed = told.pop("criteria_not_computed")
    told = {
        "written_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **told,
        "outputs_sha256": dict(outputs),
        "criteria_not_computed": not_computed,
        "warnings": warnings,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def manifest_of(run: Run) -> bytes:
    """Return the manifest of a run written in every format.

    But for the time of writing it is what `siting rank` writes beside the files.
    """
    outputs = {name: content(run, name) for name in FORMATS}
    digests = {f"ranking.{name}": sha256(raw) for name, raw in outputs.items()}
    return manifest(run, digests)


def check_writable(folder: Path) -> None:
    """Raise before any work is done if the folder cannot take the outputs.

    Nothing is made: a folder that does not exist is judged by the nearest above it.

    Raises
    ------
    InputError
        Naming the folder and why it cannot be written.
    """
    try:
        why = _obstacle(folder.absolute())
    except OSError as error:
        why = error.strerror or type(error).__name__
    if why:
        expected = f"a folder to write in ({why})"
        raise InputError([Fault("--out", None, "", str(folder), expected)])


def _obstacle(folder: Path) -> str:
    """Return why a folder cannot take the outputs; blank when it can."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not nearest.is_dir():
        return f"{nearest.name} is a file"
    if not os.access(nearest, os.W_OK | os.X_OK):
        return f"no permission to write in {nearest}"
    taken = [name for name in OUTPUTS if (folder / name).is_dir()]
    return f"{taken[0]} is a folder there" if taken else ""


def write(run: Run, folder: Path, formats: Iterable[str]) -> list[Path]:
    """Write the ranking in the formats asked for, and the manifest, whole.

    Everything is written aside first and moved into place at the end, the
    manifest last: an interrupted run leaves what was there before.

    Returns
    -------
    list of Path
        The files written, in order.
    """
    check_writable(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".khazri-", dir=folder))
    except OSError as error:
        expected = f"a folder to write in ({error.strerror})"
        raise InputError([Fault("--out", None, "", str(folder), expected)]) from None
    digests: dict[str, str] = {}
    try:
        for name in formats:
            path = aside / f"ranking.{name}"
            with path.open("wb") as stream:
                FORMATS[name](run, stream)
            with path.open("rb") as stream:
                digests[path.name] = hashlib.file_digest(stream, "sha256").hexdigest()
        (aside / "manifest.json").write_bytes(manifest(run, digests))
        names = [*digests, "manifest.json"]
        for name in names:
            os.replace(aside / name, folder / name)  # noqa: PTH105 - atomic by name
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return [folder / name for name in names]
