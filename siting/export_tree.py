"""The tree of a number as a file: nested as JSON, or a row a node as CSV.

What was written once is named again with its value, and its inputs are not repeated.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import pandas as pd

from siting.explain import Node
from siting.export_table import csv_text, write_whole

ENDINGS: Final = (".json", ".csv")
TEXTS: Final = tuple(f.name for f in fields(Node) if f.name != "children")
"""What is written of each node."""


def nested(node: Node, seen: set[str] | None = None) -> dict[str, Any]:
    """Return the tree as dictionaries: the texts of a node, `inputs`, `repeated`.

    Parameters
    ----------
    node : Node
    seen : set of str, optional
        Labels written before; those met are added.
    """
    seen = set() if seen is None else seen
    repeated = node.label in seen and bool(node.children)
    seen.add(node.label)
    children = () if repeated else node.children
    return {
        **{name: getattr(node, name) for name in TEXTS},
        "repeated": repeated,
        "inputs": [nested(child, seen) for child in children],
    }


def rows(node: Node) -> pd.DataFrame:
    """Return the tree as a table: `number`, `parent`, `depth` and the texts of a node.

    Parameters
    ----------
    node : Node

    Returns
    -------
    DataFrame
        The top first, each node before its inputs; `parent` is the number of the
        node it is an input of, 0 for the top.
    """
    return pd.DataFrame(_numbered(nested(node)))


def _numbered(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = [(tree, 0, 0)]
    number = 0
    while waiting:
        one, parent, depth = waiting.pop()
        number += 1
        texts = {name: value for name, value in one.items() if name != "inputs"}
        yield {"number": number, "parent": parent, "depth": depth, **texts}
        waiting += [(child, number, depth + 1) for child in reversed(one["inputs"])]


def write_tree(node: Node, path: Path) -> None:
    """Write a tree as JSON or CSV by the ending of the name, whole or not at all."""

    def fill(aside: Path) -> None:
        if path.suffix == ".json":
            text = json.dumps(nested(node), indent=1, ensure_ascii=False) + "\n"
        else:
            text = csv_text(rows(node))
        aside.write_text(text, encoding="utf-8", newline="")

    write_whole(path, fill)
