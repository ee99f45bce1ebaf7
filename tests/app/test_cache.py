"""One evaluation serves every taste, nobody can change it, and exports are the CLI's."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.cache import evaluation, explained, physics_of, ranked
from app.intent import Intent, scenario_of, settings
from siting import cli
from siting.cli import DATA_FORMATS
from siting.explain import lines
from siting.export import content
from siting.scenario import Scenario

ASKED = Intent(
    sets=(("campus.mw", "80"), ("preferences.groups.cooling", "55")),
)


def test_taste_is_no_part_of_the_physics(base: Scenario) -> None:
    other = scenario_of(Intent(sets=(("preferences.groups.power", "5"),)))
    assert other != base
    assert physics_of(other) == physics_of(base)
    assert physics_of(replace(base, name="mine")) == physics_of(base)
    assert evaluation(other) is evaluation(base)


def test_every_engineering_choice_is(base: Scenario) -> None:
    for key, value in (("campus.mw", "99"), ("build_out.policy", "in_service")):
        other = scenario_of(Intent(sets=((key, value),)))
        assert physics_of(other) != physics_of(base)


def test_nobody_can_change_what_is_shared(base: Scenario) -> None:
    with pytest.raises(ValueError, match="read-only"):
        evaluation(base)["pue_annual"].to_numpy()[0] = 1.0
    before = evaluation(base)["pue_annual"].to_numpy().copy()
    ranked(base).ranking.table.assign(pue_annual=0.0)
    assert np.array_equal(evaluation(base)["pue_annual"], before)


def test_downloads_are_the_files_of_the_command(tmp_path: Path) -> None:
    sets = [word for s in settings(ASKED) for word in ("--set", s)]
    assert cli.main(["rank", *sets, "--out", str(tmp_path), "--quiet"]) == 0
    run = ranked(scenario_of(ASKED))
    for name in DATA_FORMATS:
        assert content(run, name) == (tmp_path / f"ranking.{name}").read_bytes(), name


def test_a_number_is_explained_down_to_its_sources(base: Scenario) -> None:
    text = "\n".join(lines(explained(base, "AZ01", "lcoc_usd_per_kw_month")))
    assert text.startswith("lcoc_usd_per_kw_month = ")
    assert "book " in text
    assert "published" in text
