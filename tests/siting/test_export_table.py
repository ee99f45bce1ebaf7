"""One table, whole or not at all."""

from pathlib import Path

import pandas as pd
import pytest

from data.faults import InputError
from siting.export_table import check_table_path, write_table

TABLE = pd.DataFrame({"site_id": ["=1+1", "B"], "pue": [1.123456789012, 1.2]})


def test_formulas_are_defused_in_csv(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "t.csv")
    back = pd.read_csv(tmp_path / "t.csv")
    assert back["site_id"].tolist() == ["'=1+1", "B"]
    assert back["pue"].tolist() == [1.123456789, 1.2]


def test_parquet_keeps_texts(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "t.parquet")
    assert pd.read_parquet(tmp_path / "t.parquet")["site_id"].tolist() == ["=1+1", "B"]


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("before", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(KeyboardInterrupt):
        write_table(TABLE, path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]


def test_folders_and_odd_endings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name, says in (("folder.csv", "folder"), ("t.txt", ".csv"), ("x/t.csv", "x")):
        with pytest.raises(InputError, match=says):
            check_table_path(tmp_path / name)
