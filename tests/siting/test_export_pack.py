"""`siting pack` and the documents of `siting rank`: files whole or not at all."""

from pathlib import Path

import openpyxl
import pytest

from siting.cli import main

HOSTILE = 'site_id,name,lat,lon\n"=1+1/x",=cmd|calc,40.37,49.89\n..,dots,40.4,49.8\n'


def test_a_pack_for_each_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "AZ01", "AZ25", "AZ01", "--out", str(tmp_path / "new")]) == 0
    files = sorted(p.name for p in (tmp_path / "new").iterdir())
    assert files == ["pack-AZ01.xlsx", "pack-AZ25.xlsx"]
    assert "pack-AZ25.xlsx" in capsys.readouterr().out
    book = openpyxl.load_workbook(tmp_path / "new" / files[1], data_only=True)
    assert book["summary"]["A1"].value == "Lender pack: Gabala (AZ25)"
    assert book["checks"]["D3"].value == 1


def test_one_file_and_the_same_bytes_again(tmp_path: Path):
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    for path in (one, two):
        assert main(["pack", "AZ04", "--out", str(path)]) == 0
    assert one.read_bytes() == two.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.xlsx", "two.xlsx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["AZ1", "--out", "x"], "did you mean"),
        (["AZ01", "AZ25", "--out", "x.xlsx"], "a folder: 2 sites make 2 files"),
        (["AZ01", "--out", "none/x.xlsx"], "a folder that exists"),
        (["AZ01", "--out", "file"], "file is a file"),
        (["AZ01", "--set", "finance.wacc=3"], "did you mean"),
        (["AZ01", "--set", "campus.year=2035"], "cash flow"),
    ],
)
def test_faults_are_told_and_nothing_is_written(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)
    assert main(["pack", *words]) == 2
    assert said in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_hostile_name_is_text_and_no_path(tmp_path: Path):
    listed = tmp_path / "sites.csv"
    listed.write_text(HOSTILE)
    out = tmp_path / "out"
    words = ["--sites", str(listed), "--out", str(out)]
    assert main(["pack", "=1+1/x", "..", *words]) == 0
    assert sorted(p.name for p in out.iterdir()) == ["pack-...xlsx", "pack-_1_1_x.xlsx"]
    book = openpyxl.load_workbook(out / "pack-_1_1_x.xlsx")
    names = [c for row in book["ranking"].iter_rows() for c in row]
    assert {c.data_type for c in names if c.value == "=cmd|calc"} == {"s"}


def test_an_unknown_format_is_named(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["rank", "--format", "csv,pdf"])
    assert stopped.value.code == 2
    assert "'csv,pdf': a comma-separated choice of csv" in capsys.readouterr().err


def test_documents_are_written_when_asked_for(tmp_path: Path):
    words = ["rank", "--quiet", "--out", str(tmp_path), "--format", "csv,xlsx"]
    assert main(words) == 0
    files = sorted(p.name for p in tmp_path.iterdir())
    assert files == ["manifest.json", "ranking.csv", "ranking.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "ranking.xlsx", data_only=True)
    assert book["checks"]["D3"].value == 1
