"""Bring the keys and row counts in `data/README.md` into step with the tables.

Run from the repository root: ``python data/recipes/table_list.py``.
"""

import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.schema import TABLES  # noqa: E402 - the repository root must be on the path

README = ROOT / "data" / "README.md"
LINE = re.compile(r"^\| `(\w+)` \|[^|]*\|[^|]*\| (.*) \|$", re.MULTILINE)


def listed(name: str, meaning: str) -> str:
    """Return a table's line of the list."""
    path = ROOT / "data" / "tables" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = sum(1 for _ in csv.reader(stream)) - 1
    key = ", ".join(TABLES[name].key)
    return f"| `{name}` | {key} | {rows:,} | {meaning} |"


def updated(text: str) -> str:
    """Return the text with every line of the list brought into step."""
    return LINE.sub(lambda match: listed(match[1], match[2]), text)


def main() -> None:
    """Rewrite the list."""
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
