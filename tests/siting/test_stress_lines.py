"""`siting stress`: what an investor reads, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from data import World
from siting.cli import main


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sites in place of the list: the words are what is tested."""

    def two(_: str | None, world: World) -> pd.DataFrame:
        return world.tables["sites"].loc[["AZ01", "AZ25"]]

    monkeypatch.setattr("siting.stress_lines.sites_of", two)


TWO = ("--case", "connection_late", "--case", "data_centre_tariff")


def test_each_case_says_what_it_is_and_shows_before_and_after(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "stress.csv"
    assert main(["stress", "AZ01", "AZ25", *TWO, "--out", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Connection twelve months late  [connection_late]" in said
    assert "power.time.commissioning_months: 2 → 14  [assumed" in said
    assert "2029-09 → 2030-08" in said
    assert "untouched: IT load, firm power, PUE" in said
    assert "the tenant pays the power" in said
    table = pd.read_csv(path)
    assert table["stress_case"].tolist() == [
        *["connection_late"] * 2,
        *["data_centre_tariff"] * 2,
    ]
    assert (table["ready_months_after"][:2] == 44).all()
    assert "the scenario has it off already" in said
    *_, head, first, second, _ = said.splitlines()
    assert head.split()[:2] == ["case", "months"]
    assert first.startswith("Connection twelve months late")
    assert "+11" in first
    assert "(reverse)" in second


def test_the_repeal_is_no_reverse_where_the_tariff_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--set", "power.data_centre_tariff=true"]
    assert main(["stress", "AZ25", "--case", "data_centre_tariff", *words]) == 0
    said = capsys.readouterr().out
    assert "has it off already" not in said
    assert "power.data_centre_tariff: yes → no" in said
    assert "LCOC rises" in said


def test_sites_of_one_fate_stand_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["stress", "AZ01", "AZ25", "--case", "trans_caspian_late"]) == 0
    said = capsys.readouterr().out
    assert "  AZ01, AZ25: nothing changes" in said
    assert "untouched" not in said
    assert "score  IT MW" not in said


def test_faults_come_in_one_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["AZ99", "--case", "georgia", "--out", str(tmp_path / "x.xls")]
    assert main(["stress", *words, "--set", "fibre.gorgia=false"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("4 fault(s)")
    assert "did you mean georgia_closed" in said
    assert "fibre.georgia" in said
    assert not (tmp_path / "x.xls").exists()


def test_a_scenario_without_ranked_sites_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--set", "preferences.gates.min_border_km=500"]
    assert main(["stress", "--case", "gpu_licence_never", *words]) == 0
    assert "no site is ranked in this scenario" in capsys.readouterr().out
