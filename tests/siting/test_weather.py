"""`siting weather` as a user meets it, and a ranking on real weather."""

import json

import pandas as pd
import pytest

from siting.cli import main

SITES = (
    "site_id,name,lat,lon,elevation_m\nS1,One,40.40,49.80,540\nS2,Two,40.45,49.85,540\n"
)


@pytest.fixture
def sites(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(SITES, encoding="utf-8")
    return str(path)


@pytest.fixture
def online(service, made):
    def reply(path, query):
        if path == "/pvgis":
            return 200, made.pvgis()
        return 200, made.nasa_power(int(query["start"][:4]))

    service.reply = reply
    return service


def said(capsys, *words, code=0):
    assert main(list(words)) == code
    out = capsys.readouterr()
    return out.out if code == 0 else out.err


def test_list_says_what_each_source_gives_and_what_is_kept(capsys, sites, online):
    before = said(capsys, "weather", "list", sites)
    for name in ("synthetic", "epw", "era5", "pvgis_tmy", "nasa_power", "open_meteo"):
        assert f"\n{name}" in before
    assert "0 of 2" in before
    assert "CC BY 4.0" in before
    said(capsys, "weather", "fetch", sites, "--source", "pvgis_tmy")
    assert "2 of 2" in said(capsys, "weather", "list", sites)


def test_fetch_fetches_what_is_missing_and_no_more(capsys, sites, online):
    words = (
        "weather",
        "fetch",
        sites,
        "--source",
        "nasa_power",
        "--years",
        "2015-2016",
    )
    assert "4 answers for 2 sites, 4 fetched now" in said(capsys, *words)
    assert "4 answers for 2 sites, 0 fetched now" in said(capsys, *words)
    assert len(online.asked) == 4


def test_a_failed_fetch_keeps_what_it_has_and_goes_on(capsys, sites, online, made):
    whole = online.reply
    online.reply = lambda path, query: (
        whole(path, query) if query["start"] < "2016" else (500, b"down")
    )
    words = (
        "weather",
        "fetch",
        sites,
        "--source",
        "nasa_power",
        "--years",
        "2015-2016",
    )
    told = said(capsys, *words, code=2)
    assert "NASA POWER: answers 500: down" in told
    assert "1 of 4 answers kept — expected the rest when run again" in told
    online.reply = whole
    assert "3 fetched now" in said(capsys, *words)


def test_offline_there_is_one_sentence_and_no_traceback(
    capsys, sites, monkeypatch, tmp_path
):
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("data.web.BACKOFF_S", 0.0)
    monkeypatch.setenv("KHAZRI_PVGIS_URL", "http://127.0.0.1:9/tmy")
    told = said(capsys, "weather", "fetch", sites, "--source", "pvgis_tmy", code=2)
    assert "PVGIS: cannot be reached (connection refused)" in told
    assert "--set climate.source=synthetic is embedded" in told
    assert "Traceback" not in told
    out = tmp_path / "out"
    words = ("rank", sites, "--set", "climate.source=pvgis_tmy", "--out", str(out))
    assert "PVGIS: cannot be reached" in said(capsys, *words, code=2)
    assert not out.exists()


@pytest.mark.parametrize("source", ["synthetic", "epw", "nowhere"])
def test_what_cannot_be_fetched_is_refused(capsys, sites, source):
    said(capsys, "weather", "fetch", sites, "--source", source, "--files", "x", code=2)


def test_check_of_the_embedded_weather_needs_nothing(capsys, sites):
    told = said(capsys, "weather", "check", sites)
    head = next(line for line in told.splitlines() if line.startswith("site"))
    for figure in ("DB 0.4%", "MCWB", "WB 0.4%", "DB 99.6%", "max", "HDD18.3"):
        assert figure in head
    assert "less the normal" in told
    assert "Missing hours, all filled: none" in told
    many = said(capsys, "weather", "check", sites, "--years", "2")
    assert "max and min as they occurred in 2 years" in many


def test_check_of_a_service_prints_the_known_weather(capsys, sites, online):
    told = said(capsys, "weather", "check", sites, "--source", "pvgis_tmy")
    row = next(line for line in told.splitlines() if line.startswith("S1  ")).split()
    assert float(row[-4]) == pytest.approx(32.0, abs=0.11)  # 12 + 14 + 6, the peak
    assert float(row[-3]) == pytest.approx(-8.0, abs=0.11)
    assert "no warming applied" in told


def test_check_takes_epw_files_and_tells_their_gaps(capsys, tmp_path, made):
    lines = made.epw().splitlines()
    (tmp_path / "Gəncə.epw").write_text("\n".join(lines[:999] + lines[1010:]) + "\n")
    (tmp_path / "b.EPW").write_text(made.epw())
    path = str(tmp_path / "Gəncə.epw")
    told = said(capsys, "weather", "check", path)
    assert "\nGəncə" in told
    assert "Gəncə temp_air 11 h (longest 11 h)" in told
    assert "of the hours" not in told
    said(capsys, "weather", "check", path, "--source", "pvgis_tmy", code=2)
    said(capsys, "weather", "check", str(tmp_path / "none.epw"), code=2)


@pytest.mark.parametrize("years", ["x", "2015-", "2015-x", "-3"])
def test_years_that_are_none_are_refused(capsys, sites, years):
    said(capsys, "weather", "check", sites, f"--years={years}", code=2)


def test_a_ranking_on_real_weather_names_it_and_its_files(
    capsys, sites, online, tmp_path
):
    out = tmp_path / "out"
    words = ("rank", sites, "--out", str(out), "--set", "climate.source=pvgis_tmy")
    assert "weather: pvgis_tmy" in said(capsys, *words)
    told = json.loads((out / "manifest.json").read_text())
    assert told["weather"]["source"] == "pvgis_tmy"
    assert told["weather"]["synthetic"] is False
    assert told["weather"]["years"] == "one typical year"
    assert "© European Union" in told["weather"]["licence"]
    kept = {k: v for k, v in told["inputs_sha256"].items() if k.startswith("weather")}
    assert set(kept) == {
        "weather PVGIS 40.40000 49.80000",
        "weather PVGIS 40.45000 49.85000",
    }
    assert all(len(value) == 64 for value in kept.values())
    table = pd.read_csv(out / "ranking.csv")
    assert set(table["climate_grade"]) == {"derived"}
    first = (out / "ranking.csv").read_bytes()
    online.reply = lambda path, query: (503, b"")
    said(capsys, *words)
    assert (out / "ranking.csv").read_bytes() == first


def test_a_ranking_on_epw_files(capsys, sites, tmp_path, made):
    folder = tmp_path / "epw"
    folder.mkdir()
    (folder / "S1.epw").write_text(made.epw())
    words = ("rank", sites, "--out", str(tmp_path / "out"), "--quiet")
    words += ("--set", "climate.source=epw", "--set", f"climate.files={folder}")
    assert "a file <site_id>.epw for: S2" in said(capsys, *words, code=2)
    (folder / "S2.epw").write_text(made.epw())
    said(capsys, *words)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert {"weather S1.epw", "weather S2.epw"} <= set(told["inputs_sha256"])


def test_gaps_of_every_chunk_are_told(capsys, sites, tmp_path, made, monkeypatch):
    monkeypatch.setattr("siting.trunk.CHUNK", 1)
    folder = tmp_path / "epw"
    folder.mkdir()
    lines = made.epw().splitlines()
    for name, rows in (("S1", 3), ("S2", 5)):
        text = "\n".join(lines[:900] + lines[900 + rows :]) + "\n"
        (folder / f"{name}.epw").write_text(text)
    words = ("rank", sites, "--out", str(tmp_path / "out"), "--quiet")
    words += ("--set", "climate.source=epw", "--set", f"climate.files={folder}")
    said(capsys, *words)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())["weather"]
    assert "S1 temp_air 3 h" in told["gaps"]
    assert "S2 temp_air 5 h" in told["gaps"]
    assert told["grade"] == "published"
