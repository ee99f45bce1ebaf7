"""The command line as a user meets it: outputs, exit codes, and what is said."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from data.schema import glossary
from siting import trunk
from siting.cli import main

FOUR = ("ranking.csv", "ranking.json", "ranking.geojson", "ranking.parquet")
GOOD = "site_id,name,lat,lon,colour\nB2,Ələt 2,39.97,49.40,red\nA1,Gəncə,40.68,46.36,blue\n"


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    path = tmp_path / "sites.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def ranked(out: Path, *words: str) -> dict[str, bytes]:
    assert main(["rank", *words, "--out", str(out), "--quiet"]) == 0
    return {name: (out / name).read_bytes() for name in FOUR}


def test_rank_writes_all_formats_and_prints_the_ranking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rank", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "weather: synthetic" in said
    assert "LCOC" in said
    assert "not scored for any site" not in said
    assert {p.name for p in tmp_path.iterdir()} == {*FOUR, "manifest.json"}
    table = pd.read_csv(tmp_path / "ranking.csv")
    assert len(table) == 36
    assert table.columns[:6].tolist() == [
        "rank",
        "site_id",
        "name",
        "lat",
        "lon",
        "score",
    ]
    assert table.columns[-1] == "excluded_because"
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert told["weather"]["source"] == "synthetic"
    assert told["criteria_not_computed"] == []


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(
    tmp_path: Path,
) -> None:
    one, two = (
        ranked(tmp_path / "1", "--seed", "3"),
        ranked(tmp_path / "2", "--seed", "3"),
    )
    assert one == two
    assert ranked(tmp_path / "3", "--seed", "4")["ranking.csv"] != one["ranking.csv"]


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path, sites: Path) -> None:
    turned = tmp_path / "turned.csv"
    head, *rows = GOOD.splitlines()
    turned.write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
    first, second = (
        ranked(tmp_path / p.stem, str(p))["ranking.csv"] for p in (sites, turned)
    )
    assert first == second


def test_every_format_says_the_same(tmp_path: Path, sites: Path) -> None:
    out = tmp_path / "out"
    ranked(out, str(sites))
    table = pd.read_csv(out / "ranking.csv", keep_default_na=False, na_values=[""])
    rows = json.loads((out / "ranking.json").read_text(encoding="utf-8"))["sites"]
    points = json.loads((out / "ranking.geojson").read_text(encoding="utf-8"))
    kept = pd.read_parquet(out / "ranking.parquet")
    for column in ("site_id", "name", "score", "lcoc_usd_per_kw_month", "it_mw"):
        values = table[column].tolist()
        assert values == pytest.approx([row[column] for row in rows]) or values == [
            row[column] for row in rows
        ]
        assert kept[column].tolist() == [row[column] for row in rows]
        assert [f["properties"][column] for f in points["features"]] == [
            row[column] for row in rows
        ]


def test_ranks_are_written_as_whole_numbers_and_blank_for_none(tmp_path: Path) -> None:
    out = ranked(tmp_path, "--scenario", "base")
    rows = out["ranking.csv"].decode().splitlines()[1:]
    ranks = [row.partition(",")[0] for row in rows]
    last = ranks.index("")
    assert ranks[:last] == [str(n) for n in range(1, last + 1)]
    assert set(ranks[last:]) == {""}
    told = [site["rank"] for site in json.loads(out["ranking.json"])["sites"]]
    assert told == [int(rank) if rank else None for rank in ranks]
    assert b'"rank": 1,' in out["ranking.geojson"]
    assert pd.read_parquet(tmp_path / "ranking.parquet")["rank"].dropna().tolist() == (
        list(range(1, last + 1))
    )


def test_unknown_columns_are_kept(tmp_path: Path, sites: Path) -> None:
    ranked(tmp_path / "out", str(sites))
    table = pd.read_csv(tmp_path / "out" / "ranking.csv").set_index("site_id")
    assert table["colour"].to_dict() == {"B2": "red", "A1": "blue"}


def test_every_number_of_an_export_has_its_unit(tmp_path: Path) -> None:
    ranked(tmp_path)
    told = json.loads((tmp_path / "ranking.json").read_text(encoding="utf-8"))
    assert set(told["units"]) == set(told["sites"][0])
    known = glossary()
    assert set(told["units"]) <= set(known)
    bare = [n for n, unit in told["units"].items() if unit == ""]
    assert [n for n in bare if known[n].dtype in ("float", "int")] == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"site_id,name,lat,lon\n", "row"),
        (b"site_id,name,lat\nA,a,40\n", "lon"),
        (b"site_id,name,lat,lon\nA,a,nan,49\n", "sites.csv:2:lat"),
        (b"site_id,name,lat,lon\nA,a,49.4,39.9\n", "swapped"),
        (b"site_id,name,lat,lon\nA,Rome,41.9,12.5\n", "sites.csv:2:lon"),
        (b"site_id,name,lat,lon\nA,a,40,49\nA,b,40,49\n", "sites.csv:3:site_id"),
        (b"site_id,name,lat,lon\nA,\xff\xfe,40,49\n", "UTF-8"),
        (b"site_id;name;lat;lon\nA;a;40;49\n", "semicolon"),
        (b'site_id,name,lat,lon\nA,a,"40,5",49\n', "40,5"),
    ],
)
def test_bad_sites_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes, says: str
) -> None:
    path, out = tmp_path / "sites.csv", tmp_path / "out"
    path.write_bytes(body)
    assert main(["rank", str(path), "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert says.lower() in said.err.lower()
    assert "Traceback" not in said.err
    assert said.out == ""
    assert not out.exists()


def test_all_faults_of_a_file_come_in_one_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("site_id,name,lat,lon\nA,a,x,49\nA,b,40,y\n,c,40,49\n")
    assert main(["rank", str(path), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    for place in ("sites.csv:2:lat", "sites.csv:3:site_id", "sites.csv:3:lon", ":4:"):
        assert place in said


def test_faults_of_scenario_sites_and_folder_come_in_one_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("site_id,name,lat,lon\nA,a,49,40\n", encoding="utf-8")
    sets = ("finance.wacc_pct=-1", "substations:JAN:transformer_mva=-1")
    words = [word for each in sets for word in ("--set", each)]
    switch = ["--set", 'build_out.off=["tcf"]']
    assert main(["rank", str(path), *words, *switch, "--out", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("5 fault(s):")
    for name in ("finance.wacc_pct", "JAN", "tcf", "sites.csv:2:lat", "--out"):
        assert name in said


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    ranked(tmp_path / "out", str(path))


def test_geojson_and_parquet_sites_rank_as_csv_does(
    tmp_path: Path, sites: Path
) -> None:
    table = pd.read_csv(sites)
    table.to_parquet(tmp_path / "sites.parquet")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {k: row[k] for k in ("site_id", "name", "colour")},
        }
        for row in table.to_dict("records")
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    (tmp_path / "sites.geojson").write_text(content, encoding="utf-8")
    outs = {
        kind: pd.read_csv(
            pd.io.common.BytesIO(
                ranked(tmp_path / kind, str(tmp_path / f"sites.{kind}"))["ranking.csv"]
            )
        )
        for kind in ("csv", "parquet", "geojson")
    }
    for kind in ("parquet", "geojson"):
        pd.testing.assert_frame_equal(outs["csv"], outs[kind], check_like=True)


def test_hostile_names_are_text_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(
        "site_id,name,lat,lon\nA,\"=cmd|'/c calc'!A1\",40,49\n"
        'B,"<script>alert(1)</script>",40.1,49\n',
        encoding="utf-8",
    )
    out = ranked(tmp_path / "out", str(path))
    assert b"'=cmd" in out["ranking.csv"]
    assert b',"=cmd' not in out["ranking.csv"]


def test_an_output_that_cannot_be_written_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["rank", "--out", str(blocked / "out")]) == 2
    assert "a folder to write in" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "--scenario", "bsae"],
        ["rank", "--set", "campus.mww=3"],
        ["rank", "--set", "cooling.systems=[]"],
        ["rank", "--set", 'cooling.systems=["fridge"]'],
        ["explain", "AZ99", "score"],
        ["explain", "AZ01", "scoer"],
        ["compare", "AZ01"],
        ["compare", "AZ01", "AZ01"],
        ["compare", "AZ01", "AZ99"],
        ["scenario", "check", "nowhere.toml"],
        ["rank", "nowhere.csv"],
        ["rank", "--set", "preferences.groups=5"],
        ["rank", "--set", "preferences.criteria=[]"],
        ["rank", "--set", "preferences.groups.cooling=inf"],
        ["rank", "--set", "preferences.groups.heat=5"],
        [
            "rank",
            "--set",
            'preferences.criteria.pue_anual={group="cooling",weight=50,best=1,worst=2}',
        ],
        ["rank", "--set", "finance.life_years=1e9"],
        ["rank", "--set", "power.azn_per_usd=0"],
        ["rank", "--set", "sites:AZ01:land_offered_ha=1"],
        ["rank", "--set", "campus.decision_date=1800-01-01"],
        ["rank", "--set", "campus.decision_date=2026-12-01T00:00:00"],
        ["rank", "--set", "campus.decision_date=2035-01-01"],
        ["app", "--port", "99999999"],
    ],
)
def test_bad_words_exit_2_with_a_sentence(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--out", str(tmp_path / "out")] if words[0] == "rank" else []
    assert main([*words, *where]) == 2
    said = capsys.readouterr()
    assert "fault(s):" in said.err
    assert "expected" in said.err
    assert said.out == ""
    assert not (tmp_path / "out").exists()


def test_outputs_are_all_moved_or_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ranking.parquet").mkdir()
    assert main(["rank", "--out", str(tmp_path)]) == 2
    assert "ranking.parquet is a folder there" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["ranking.parquet"]


def test_a_name_no_disk_takes_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", "--out", "x" * 300]) == 2
    assert "a folder to write in" in capsys.readouterr().err


def test_columns_called_like_results_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text(
        "site_id,name,lat,lon,score,given_score,=cmd\nA,a,40,49,7,8,9\n",
        encoding="utf-8",
    )
    out = ranked(tmp_path / "out", str(path))
    head = out["ranking.csv"].decode().splitlines()[0].split(",")
    assert len(head) == len(set(head))
    assert {"score", "given_score", "given_given_score", "'=cmd"} <= set(head)


def test_our_fault_is_exit_1_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(trunk, "physics", broken)
    assert main(["rank", "--out", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "our fault: ZeroDivisionError: oops" in said.err
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_explain_goes_down_to_table_rows_with_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "AZ01", "lcoc_usd_per_kw_month"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("lcoc_usd_per_kw_month = ")
    assert "book finance.wacc_pct = 10 %" in said
    assert "book power.tariff.industrial_azn_per_kwh = 0.106 AZN/kWh" in said
    assert "https://" in said
    assert "substations.csv" in said
    assert "sites.csv · AZ01 · land_offered_ha = 138 ha" in said
    assert "[choice · scenario base]" in said


def test_an_override_shows_in_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["explain", "AZ01", "lcoc_usd_per_kw_month", "--set", "finance.wacc_pct=8"]
    assert main(words) == 0
    assert "finance.wacc_pct = 8 %  [choice · override (the book says 10)]" in (
        capsys.readouterr().out
    )


def test_compare_waterfall_sums(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "AZ01", "AZ23", "AZ12"]) == 0
    said = capsys.readouterr().out.splitlines()
    start = next(i for i, line in enumerate(said) if line.startswith("Levelised cost"))
    end = said.index("", start)
    lines = [line.split() for line in said[start + 2 : end]]
    total = next(line for line in lines if line[0] == "total")
    for column in (1, 2, 3, 4, 5):
        parts = sum(float(line[column]) for line in lines if line[0] != "total")
        assert parts == pytest.approx(float(total[column]), abs=0.1)
    assert [line.split()[0] for line in said if "sum of the drivers" in line] == [
        "AZ23",
        "AZ12",
    ]
    routes = next(i for i, line in enumerate(said) if line.startswith("Routes by"))
    ways = [line.split(maxsplit=3) for line in said[routes + 2 :]]
    assert [way[:2] for way in ways[:3]] == [
        ["frankfurt", site] for site in ("AZ01", "AZ23", "AZ12")
    ]
    assert ways[1][3].startswith("Ganja → Gazakh")
    assert "moscow" not in {way[0] for way in ways}  # nobody reaches it


def test_data_and_scenario_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for words, says in (
        (["data", "check"], "no fault"),
        (["data", "list"], "substations"),
        (["scenario", "list"], "training-campus"),
        (["scenario", "show", "edge"], "campus.mw = 5.0"),
        (["scenario", "check", "inference"], "no fault"),
    ):
        assert main(words) == 0
        assert says in capsys.readouterr().out


def test_an_interrupted_run_leaves_nothing_half_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    table = pd.DataFrame(
        {
            "site_id": [f"S{i}" for i in range(3000)],
            "name": "x",
            "lat": 40.0,
            "lon": 49.0,
        }
    )
    table.to_csv(tmp_path / "many.csv", index=False)
    script = (
        "import sys; from siting.cli import main; print('up', flush=True);"
        "sys.exit(main(sys.argv[1:]))"
    )
    words = ["rank", str(tmp_path / "many.csv"), "--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert not out.exists() or list(out.iterdir()) == []


SLOW = """
import sys, time
from siting import export
from siting.cli import main

def slow(run, stream):
    stream.write(b"half a file")
    stream.flush()
    print("writing", flush=True)
    time.sleep(120)

export.FORMATS["csv"] = slow
sys.exit(main(["rank", "--format", "csv", "--quiet", "--out", *sys.argv[1:]]))
"""


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_writing_what_was_there_stays(
    tmp_path: Path, sites: Path, blow: signal.Signals
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "ranking.csv").write_text("as before")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(out), str(sites)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    process.send_signal(blow)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert [p.name for p in out.iterdir()] == ["ranking.csv"]
    assert (out / "ranking.csv").read_text() == "as before"


def test_faults_that_nobody_reads_to_the_end_are_still_bad_input(
    tmp_path: Path,
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "siting", "rank", "missing.csv", "--out"]
    ended = subprocess.run([*words, str(tmp_path)], stderr=writer, check=False)
    os.close(writer)
    assert ended.returncode == 2


def test_a_terminal_without_our_letters_is_no_fault() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "siting", "explain", "AZ01", "lat"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert b"sites.csv ? AZ01 ? lat = 39.967 deg" in ended.stdout
