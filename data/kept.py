"""Results worth keeping from one run to the next: computed once, found again by key.

Some that take long are shipped, found by a digest of the tables and numbers they rest
on; a test computes some of them anew.

A key holds everything the result rests on, the source code included, so that nothing
stale is ever found. A folder that cannot be written to costs time, never a result.
"""

import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from data.web import cache_folder

Tables = dict[str, pd.DataFrame]

_HERE: dict[str, Tables] = {}
"""What this process has already found."""
MOST_HERE = 64


def digest_of(parts: Iterable[str | pd.DataFrame]) -> str:
    """Return a digest of texts and tables: equal only if they are."""
    told = hashlib.sha256()
    for part in parts:
        text = part if isinstance(part, str) else part.to_csv(float_format="%r")
        told.update(text.encode() + b"\0")
    return told.hexdigest()


def key_of(parts: Iterable[str | pd.DataFrame], *code: Path) -> str:
    """Return the key of a result: a digest of what it rests on.

    Parameters
    ----------
    parts
        Texts and tables.
    code
        Folders whose Python files, and those below, compute the result.
    """
    paths = (path for folder in code for path in sorted(folder.rglob("*.py")))
    sources = (path.read_text(encoding="utf-8") for path in paths)
    return digest_of([*parts, *sources])


def kept_tables(
    key: str, names: tuple[str, ...], compute: Callable[[], Tables]
) -> Tables:
    """Return the tables of a key, from this process, from disk, or computed now.

    Parameters
    ----------
    key
        As `key_of` gives it.
    names
        Names of the tables.
    compute
        Makes them.

    Returns
    -------
    dict of DataFrame
        Not to be changed.
    """
    if key not in _HERE:
        found = _read(key, names)
        if found is None:
            found = compute()
            _write(key, found)
        while len(_HERE) >= MOST_HERE:
            _HERE.pop(next(iter(_HERE)))
        _HERE[key] = found
    return _HERE[key]


def shipped(name: str, key: str) -> pd.DataFrame | None:
    """Return the rows of a shipped result, or None where none rests on the same.

    Parameters
    ----------
    name
        Of the result.
    key
        Digest of what it rests on, as `digest_of` gives it.
    """
    table = _shipped(name)
    own = table[table["key"] == key]
    return None if own.empty else own.drop(columns="key").reset_index(drop=True)


@cache
def _shipped(name: str) -> pd.DataFrame:
    with as_file(files("data") / "shipped" / f"{name}.parquet") as path:
        table: pd.DataFrame = parquet.read_table(path).to_pandas()
    return table


def _path(key: str, name: str) -> Path:
    return cache_folder() / key[:2] / f"{key}.{name}.parquet"


def _read(key: str, names: tuple[str, ...]) -> Tables | None:
    try:
        return {
            name: parquet.read_table(_path(key, name)).to_pandas() for name in names
        }
    except (OSError, ValueError, pa.ArrowException):
        return None


def _write(key: str, found: Mapping[str, pd.DataFrame]) -> None:
    """Keep the tables for other runs, each whole or not at all."""
    try:
        for name, table in found.items():
            path = _path(key, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            content = io.BytesIO()
            table.to_parquet(content)
            handle, aside = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content.getvalue())
            os.replace(aside, path)  # noqa: PTH105 - atomic by name
    except OSError:
        return
