"""`siting grid flexible`: what is printed and written, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from siting.cli import main

FEW = ["--set", "power.network.draws=3000", "--set", "power.network_seed=1"]


def test_a_bus_is_printed_and_written(capsys, tmp_path: Path):
    path = tmp_path / "flexible.csv"
    words = ["grid", "flexible", "GAN 330", "--year", "2028", "--out", str(path)]
    assert main([*words, *FEW]) == 0
    said = capsys.readouterr().out
    for word in ("GAN 330 in 2028", "100 hours a year", "2 % of its energy", "secure"):
        assert word in said
    table = pd.read_csv(path)
    assert table["secure_mw_p50"].iloc[:5].is_monotonic_increasing
    assert table["secure_mw_p50"].iloc[5:].is_monotonic_increasing
    assert (table["secure_mw_p50"] <= table["intact_mw_p50"]).all()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "one place or more"),
        (["GAN 33"], "did you mean GAN 330"),
        (["GAN 330", "--steps", "2"], "only with `siting grid date`"),
    ],
)
def test_bad_words_are_refused(words, says, capsys):
    assert main(["grid", "flexible", *words, *FEW]) == 2
    assert says in capsys.readouterr().err
