"""Read the small text files a user hands over: scenarios by name or by path."""

import csv
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from data.faults import Fault, InputError
from data.schema import TABLES


@cache
def scenario_names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, sorted."""
    folder = files("data").joinpath("scenarios")
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        )
    )


def scenario_text(name_or_path: str) -> str:
    """Return the text of a shipped scenario, or of a file.

    Parameters
    ----------
    name_or_path : str
        A name of `scenario_names`, or a path to a TOML file.

    Raises
    ------
    InputError
        If neither exists, or the file cannot be read as UTF-8.
    """
    if name_or_path in scenario_names():
        shipped = files("data").joinpath("scenarios", f"{name_or_path}.toml")
        return shipped.read_text(encoding="utf-8")
    path = Path(name_or_path)
    expected = f"a TOML file or one of {', '.join(scenario_names())}"
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault(path.name, None, "", f"byte {error.start}", "UTF-8 text")
    except OSError:
        fault = Fault("--scenario", None, "", name_or_path, expected)
    raise InputError([fault])


def book_names() -> tuple[str, ...]:
    """Return the names of the assumptions book, read without pandas."""
    table = files("data").joinpath("tables", "parameters.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return tuple(row["name"] for row in rows)


def file_sha256(path: str) -> str:
    """Return the hexadecimal digest of a file a user handed over."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def table_digests() -> dict[str, str]:
    """Return the sha256 of every shipped table by the name of its file."""
    folder = files("data").joinpath("tables")
    return {
        f"{name}.csv": _digest(folder.joinpath(f"{name}.csv").read_bytes())
        for name in sorted(TABLES)
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
