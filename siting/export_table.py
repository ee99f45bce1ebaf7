"""Write one table to a file named by the user, whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from data.faults import Fault, InputError
from siting.export_rows import neutralised, rounded

ENDINGS = (".csv", ".parquet")


def check_table_path(path: Path, endings: tuple[str, ...] = ENDINGS) -> None:
    """Raise before any work is done if a file cannot be written there.

    Raises
    ------
    InputError
        Naming the path and why it cannot take the table.
    """
    folder = path.absolute().parent
    if path.suffix not in endings:
        why = f"a file ending in {' or '.join(endings)}"
    elif path.is_dir():
        why = "a file to write (it is a folder)"
    elif not folder.is_dir():
        why = f"a file in a folder that exists ({folder.name} does not)"
    elif not os.access(folder, os.W_OK | os.X_OK):
        why = f"a folder to write in (no permission in {folder.name})"
    else:
        return
    raise InputError([Fault("FILE", None, "", str(path), why)])


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV; text a spreadsheet would run as a formula is quoted."""
    text: str = neutralised(rounded(table)).to_csv(index=False, lineterminator="\n")
    return text


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV or Parquet by the ending of its name, whole or not at all.

    In CSV text that a spreadsheet would run as a formula is quoted.
    """
    check_table_path(path)

    def fill(aside: Path) -> None:
        if path.suffix == ".csv":
            aside.write_text(csv_text(table), encoding="utf-8", newline="")
        else:
            rounded(table).to_parquet(aside, index=False)

    write_whole(path, fill)


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write tables as `<name>.csv` in a folder, all of them or none.

    Returns
    -------
    list of Path
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".khazri-", dir=folder) as aside:
        for name, table in tables.items():
            path = Path(aside) / f"{name}.csv"
            path.write_text(csv_text(table), encoding="utf-8", newline="")
        for name in tables:
            os.replace(Path(aside) / f"{name}.csv", folder / f"{name}.csv")  # noqa: PTH105 - atomic by name
    return [folder / f"{name}.csv" for name in tables]


def write_whole(path: Path, fill: Callable[[Path], None]) -> None:
    """Have a file written aside and move it into place: whole or not at all.

    Parameters
    ----------
    path : Path
        Where the file shall stand.
    fill : callable
        Writes the file it is given.
    """
    handle, name = tempfile.mkstemp(prefix=".khazri-", dir=path.absolute().parent)
    os.close(handle)
    aside = Path(name)
    try:
        fill(aside)
        aside.chmod(0o644)
        os.replace(aside, path)  # noqa: PTH105 - atomic by name
    finally:
        aside.unlink(missing_ok=True)
