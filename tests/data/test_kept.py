"""Kept results: found by what they rest on, and never in the way."""

import pandas as pd
import pytest

from data.kept import kept_tables, key_of


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr("data.kept._HERE", {})
    return tmp_path


def test_the_key_changes_with_text_table_and_code(folder):
    code = folder / "code"
    code.mkdir()
    source = code / "room.py"
    source.write_text("x = 1")
    table = pd.DataFrame({"mw": [0.1]})
    keys = {key_of(["a", table], code), key_of(["b", table], code)}
    keys.add(key_of(["a", table + 1e-15], code))
    source.write_text("x = 2")
    keys.add(key_of(["a", table], code))
    assert len(keys) == 4


def test_computed_once_even_by_the_next_process(monkeypatch):
    calls = []

    def compute():
        calls.append(1)
        return {"one": pd.DataFrame({"mw": [0.1 + 0.2]}, index=["a"])}

    first = kept_tables("k" * 64, ("one",), compute)["one"]
    monkeypatch.setattr("data.kept._HERE", {})
    again = kept_tables("k" * 64, ("one",), compute)["one"]
    assert len(calls) == 1
    assert again.equals(first)


def test_a_broken_file_or_a_folder_that_is_none_costs_only_time(folder, monkeypatch):
    made = {"one": pd.DataFrame({"mw": [1.0]})}
    kept_tables("k" * 64, ("one",), lambda: made)
    for path in folder.rglob("*.parquet"):
        path.write_bytes(b"half")
    monkeypatch.setattr("data.kept._HERE", {})
    assert kept_tables("k" * 64, ("one",), lambda: made)["one"].equals(made["one"])
    monkeypatch.setattr("data.kept._HERE", {})
    mended = kept_tables("k" * 64, ("one",), dict)["one"]
    assert mended.equals(made["one"])
    (folder / "file").write_text("")
    monkeypatch.setenv("KHAZRI_CACHE", str(folder / "file"))
    assert kept_tables("m" * 64, ("one",), lambda: made) is made
