"""`siting weather yield` as a user meets it."""

import pandas as pd
import pytest

from siting.cli import main


def test_it_shows_sites_sources_and_published_figures(capsys, tmp_path):
    path = tmp_path / "hours.csv"
    words = ["weather", "yield", "AZ10", "AZ26", "--hours", str(path)]
    assert main(words) == 0
    told = capsys.readouterr().out
    for said in ("Gilazi", "khizi_farm", "no sourced mean wind", "Garadagh PV"):
        assert said in told
    assert "PV tracker MWh/MW" in told
    assert "poor for wind farms" in told
    hours = pd.read_csv(path)
    assert set(hours["site_id"]) == {"AZ10", "AZ26"}
    assert len(hours) == 2 * 8760
    assert hours.loc[hours["site_id"] == "AZ26", "wind"].isna().all()


def test_a_number_or_a_mean_may_be_set(capsys):
    def year(*more):
        assert main(["weather", "yield", "AZ10", *more]) == 0
        lines = capsys.readouterr().out.splitlines()
        return {
            head: float(next(x for x in lines if x.startswith(head)).split()[at])
            for head, at in (("PV fixed", 3), ("wind, sourced", 3))
        }

    base = year()
    more = year("--set", "resource.pv.dc_ac_ratio=1.4")
    assert more["PV fixed"] > base["PV fixed"]
    less = year("--set", "wind_places:khizi_farm:wind_mean=8")
    assert less["wind, sourced"] < base["wind, sourced"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["yield"], "1 to 8 sites"),
        (["yield", "AZ1"], "did you mean"),
        (["yield", "AZ01", "--hours", "hours.xlsx"], ".csv or .parquet"),
        (["yield", "AZ01", "--set", "resource.pv.dc_ac_rate=1"], "did you mean"),
        (["yield", "AZ01", "--set", "wind_places:khizi:wind_mean=8"], "khizi"),
        (["list", "--hours", "x.csv"], "only with `siting weather yield`"),
    ],
)
def test_bad_words_are_refused(words, says, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["weather", *words]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""
    assert not list(tmp_path.iterdir())
