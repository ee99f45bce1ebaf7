"""What a run keeps of where it came from, and its best sites in full."""

import json
from datetime import date
from importlib.resources import files

import pytest

from data.text import table_digests
from siting.loading import load_scenario
from siting.ranking import rank
from siting.run import MOST_LEADERS, Run, leaders_of, plain, provenance


@pytest.fixture(scope="module")
def run(world, base):
    scenario = load_scenario("base", ["finance.wacc_pct=11"])
    ranking = rank(base, scenario.preferences)
    leaders = leaders_of(ranking, world.tables["sites"], scenario, world)
    return Run(ranking, scenario, {"source": "synthetic"}, {"mine": "00"}, (), leaders)


def test_leaders_are_the_best_sites_evaluated_in_full_and_once(run):
    leaders = run.leaders()
    best = run.ranking.table["site_id"].head(MOST_LEADERS).tolist()
    assert leaders.names == best
    assert {"year", "hub", "month"} <= set(leaders.evaluation.sizes)
    assert run.leaders() is leaders


def test_a_list_without_a_ranked_site_leads_with_its_first(run, world):
    table = run.ranking.table.assign(rank=float("nan")).iloc[:2]
    ranking = type(run.ranking)(table, run.ranking.values, run.ranking.preferences, ())
    leaders = leaders_of(ranking, world.tables["sites"], run.scenario, world)()
    assert leaders.names == [table["site_id"].iloc[0]]


def test_provenance_is_plain_and_names_everything(run):
    told = provenance(run)
    assert json.loads(json.dumps(told)) == told
    assert told["overrides"] == {"finance.wacc_pct": 11.0}
    assert told["weather"]["synthetic"] is True
    assert told["inputs_sha256"]["mine"] == "00"
    assert {"numpy", "xlsxwriter", "khazri", "python"} <= set(told["versions"])


def test_every_table_has_its_digest():
    shipped = {p.name for p in files("data").joinpath("tables").iterdir()}
    digests = table_digests()
    assert set(digests) == shipped
    assert all(len(digest) == 64 for digest in digests.values())


def test_plain_trees():
    assert plain({"a": (date(2026, 12, 1), [1])}) == {"a": ["2026-12-01", [1]]}
