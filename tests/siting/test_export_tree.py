"""The tree as a file: nothing lost, nothing twice, and a formula of a cell harmless."""

import json
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr

from data import World
from siting.cli import main
from siting.explain import Node, explain, lines
from siting.export_tree import nested, rows, write_tree
from siting.loading import load_scenario
from siting.ranking import rank, scored

SCENARIO = load_scenario("base")


@pytest.fixture(scope="module")
def tree(base: xr.Dataset, world: World) -> Node:
    told = scored(base, rank(base, SCENARIO.preferences))
    return explain("AZ01", "score", told, world, SCENARIO)


def test_the_table_has_the_lines_that_are_printed(tree: Node) -> None:
    """In the same order, one row a node; the formulas beneath them aside."""
    table = rows(tree)
    drawn = [f"{label} = {value}" for label, value in table[["label", "value"]].values]
    printed = iter(lines(tree))
    assert all(any(one in line for line in printed) for one in drawn)
    formulas = int(table.loc[~table["repeated"], "formula"].ne("").sum())
    assert len(list(lines(tree))) == len(table) + formulas
    assert table["number"].tolist() == list(range(1, len(table) + 1))


def test_every_node_hangs_on_one_above_it(tree: Node) -> None:
    table = rows(tree).set_index("number")
    assert table.loc[1, "parent"] == 0
    below = table.iloc[1:]
    assert (below["parent"] < below.index).all()
    above = table.loc[below["parent"], "depth"].to_numpy()
    assert (below["depth"].to_numpy() == above + 1).all()


def test_what_stands_before_is_repeated_without_its_inputs(tree: Node) -> None:
    table = rows(tree)
    again = table[table["repeated"]]
    assert len(again) > 0
    assert not table["parent"].isin(again["number"]).any()
    for label in again["label"].unique():
        assert (table["label"] == label).sum() > 1


def test_nested_and_flat_say_the_same(tree: Node, tmp_path: Path) -> None:
    for ending in (".json", ".csv"):
        write_tree(tree, tmp_path / f"tree{ending}")
    told = json.loads((tmp_path / "tree.json").read_text(encoding="utf-8"))
    flat = pd.read_csv(tmp_path / "tree.csv", keep_default_na=False)

    def count(node: dict) -> int:
        return 1 + sum(map(count, node["inputs"]))

    assert count(told) == len(flat)
    assert told["label"] == flat.loc[0, "label"] == "score"
    assert [one["label"] for one in told["inputs"]] == flat.loc[
        flat["parent"] == 1, "label"
    ].tolist()


def test_a_spreadsheet_runs_nothing_of_it(tmp_path: Path) -> None:
    write_tree(Node("=1+1", "@x", source="+y"), tmp_path / "x.csv")
    cells = pd.read_csv(tmp_path / "x.csv", dtype=str)
    assert cells.loc[0, ["label", "value", "source"]].tolist() == [
        "'=1+1",
        "'@x",
        "'+y",
    ]
    assert nested(Node("=1+1", "2"))["label"] == "=1+1"


def test_the_command_writes_the_tree_and_names_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tree.json"
    words = ["explain", "AZ01", "water_stress_index"]
    assert main([*words, "--out", str(path)]) == 0
    assert json.loads(path.read_text())["value"] == "1.08901"
    assert "written: " in capsys.readouterr().out
    bad = ["--out", str(tmp_path / "tree.xml"), "--set", "campus.mv=1"]
    assert main([*words, *bad]) == 2
    said = capsys.readouterr().err
    assert "2 fault(s)" in said
    assert ".json or .csv" in said
