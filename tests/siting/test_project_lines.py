"""`siting projects`: what an investor reads, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main


def test_the_list_names_status_size_source_and_what_counts(capsys, tmp_path: Path):
    path = tmp_path / "projects.csv"
    assert main(["projects", "--out", str(path)]) == 0
    said = capsys.readouterr().out
    lines = {line.split()[0]: line for line in said.splitlines() if line.strip()}
    assert "submarine fibre" in lines["tcfo"]
    assert "under_construction  2026" in lines["tcfo"]
    assert "  yes  " in lines["tcfo"]
    assert "concept" in lines["PP_NUC"]
    assert "PP_YAS_PLAN, PP_NUC: no MW stated, changes nothing measurable" in said
    assert "count in 2029 under base" in said
    table = pd.read_csv(path).set_index("project_id")
    assert table.loc["IC14", "capacity_mw"] == 1300
    assert pd.isna(table.loc["PP_NUC", "capacity_mw"])


def test_a_later_start_is_told(capsys):
    words = ["--set", "build_out.policy=all_planned"]
    assert main(["projects", *words]) == 0
    said = capsys.readouterr().out
    (line,) = (one for one in said.splitlines() if one.startswith("IC14 "))
    assert "from 2032" in line


def test_a_cable_changes_what_it_changes_and_nothing_else(capsys, tmp_path: Path):
    path = tmp_path / "effect.csv"
    assert main(["projects", "tcfo", "AZ01", "--out", str(path)]) == 0
    said = capsys.readouterr().out
    assert "rtt_central_asia_ms" in said
    assert "routes_caspian_node" in said
    assert "price_usd_per_mwh" not in said
    assert set(pd.read_csv(path)["site_id"]) == {"AZ01"}


def test_nothing_is_said_plainly(capsys):
    assert main(["projects", "PP_NUC", "AZ01", "AZ33"]) == 0
    said = capsys.readouterr().out
    assert "PP_NUC changes nothing at 2 sites" in said
    assert "no MW stated" in said
    assert "so it comes too late" in said


def test_a_line_is_switched_with_its_tie_and_end(capsys):
    assert main(["projects", "JAB-NAK330-330-1", "AZ33"]) == 0
    said = capsys.readouterr().out
    assert "the same line: IC12" in said
    assert "switched on with it: NAK330" in said


def test_faults_come_in_one_list(capsys):
    words = ["--out", "x.xlsx", "--set", "campus.mw=-1"]
    assert main(["projects", "tcf", "AZ99", *words]) == 2
    said = capsys.readouterr().err
    assert said.startswith("4 fault(s):")
    for words in ("did you mean tcfo", "AZ99", ".csv or .parquet", "campus.mw"):
        assert words in said


@pytest.mark.parametrize("site", ["AZ01"])
def test_the_same_twice(site, capsys):
    told = []
    for _ in range(2):
        assert main(["projects", "tcfo", site]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("project", "says"),
    [("IC14", "trade over a tie is in neither"), ("BESS_ABS", "storage is not in the")],
)
def test_what_the_stack_cannot_say_is_said(project, says, capsys):
    words = ["projects", project, "AZ01", "--set", "power.network=off"]
    assert main(words) == 0
    assert says in capsys.readouterr().out
