"""A list of one's own: ranked here alone, refused like the command, shown as text."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from siting import cli
from tests.app.conftest import MAIN, Reader

NASTY = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "**bold** $x$ :red[y] [a](b)",
    "@@=alert(1)",
]


def listed(names: list[str], lat: str = "40.05") -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["site_id", "name", "lat", "lon", "note <b>"])
    for number, name in enumerate(names):
        writer.writerow([f"M{number}", name, lat, f"49.{40 + number}", name])
    return stream.getvalue().encode()


def bring(reader: Reader, raw: bytes, name: str = "mine.csv") -> AppTest:
    (key,) = [
        box.key
        for box in reader.page.file_uploader
        if box.key and box.key.startswith("own.")
    ]
    return reader.page.file_uploader(key=key).upload(name, raw).run()


def test_hostile_names_are_shown_as_text(reader: Reader) -> None:
    reader.turn("overview")
    page = bring(reader, listed(NASTY))
    assert not page.exception
    assert not page.error
    for address in ("overview", "site", "compare", "export"):
        page = reader.turn(address)
        assert not page.exception, address
        assert not page.error, address
        for part in (*page.markdown, *page.caption, *page.subheader):
            assert "<script>" not in part.value
            assert " **bold**" not in part.value
        assert "<script>" not in reader.html
    assert page.code[0].value == "siting rank mine.csv --scenario base"
    assert "no link carries them" in reader.said


def test_faults_are_those_of_the_command(
    reader: Reader, tmp_path: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = listed(["One", "Two"], lat="140") + b"M0,,x,49.4,\n"
    path = tmp_path / "bad.csv"  # type: ignore[operator]
    path.write_bytes(raw)
    assert cli.main(["rank", str(path), "--out", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    reader.turn("overview")
    page = bring(reader, raw, "bad.csv")
    assert not page.exception
    faults = [line for line in told.splitlines() if line.startswith("bad.csv")]
    assert len(faults) > 3
    for fault in faults:
        assert fault in reader.errors
    assert "36 sites" in reader.said


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("big.csv", listed(["x" * 10_000_000]), "big.csv"),
        ("empty.csv", b"", "a header and at least one site"),
        ("list.geojson", b'{"features": 5}', "FeatureCollection"),
        ("list.parquet", b"PAR1 no", "a Parquet file"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    reader: Reader, name: str, raw: bytes, said: str
) -> None:
    reader.turn("export")
    page = bring(reader, raw, name)
    assert not page.exception
    assert said in reader.errors
    assert len(reader.errors) < 2000


def test_another_session_sees_nothing_of_it() -> None:
    mine, other = (
        Reader(AppTest.from_file(str(MAIN), default_timeout=60)) for _ in "ab"
    )
    mine.turn("overview")
    bring(mine, listed(["A secret hill"]))
    assert "A secret hill" in mine.said
    assert "1 sites · " in mine.said
    other.turn("overview", **dict(mine.page.query_params))
    assert "secret" not in other.said
    assert "36 sites · " in other.said
    bring(other, listed(["Another hill"]))
    assert "Another hill" in other.said
    assert "secret" not in other.said
    mine.page.button(key="own.drop").click().run()
    assert "36 sites · " in mine.said
    other.page.run()
    assert "Another hill" in other.said
