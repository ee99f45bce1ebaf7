"""Write `docs/dictionary.md`, the data dictionary, from the glossary and the tables.

Run from the repository root: ``python data/recipes/dictionary.py``.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.schema import TABLES, Table, Term, glossary  # noqa: E402 - the root first

DICTIONARY = ROOT / "docs" / "dictionary.md"
INTRODUCTION = """\
# Data dictionary

Every column, result and weather variable of Khazri, with its unit and hard bounds.
Made by `python data/recipes/dictionary.py` from `data/glossary.csv` and the tables; do
not edit by hand. What each table holds and how it was made is in `data/README.md`.

- **type**: float, int, str, date (YYYY-MM-DD) or bool. A blank cell is absent, never zero.
- **unit**: a dimensionless number has the unit 1; text has none.
- **bounds**: a value outside is a fault of the table, not a doubt about the value.
- **better**: which way is better, where one is.
- **formula** of a result: in words and symbols; `siting explain SITE METRIC` follows it
  down to sources.
"""
KINDS = {
    "metric": (
        "Results",
        "Figures of a site. They stand in the exports under these names, beside the "
        "columns of the site list.",
    ),
    "weather": (
        "Weather",
        "Hourly variables, named as in pvlib, in UTC. Some stand in tables of normals too.",
    ),
    "column": ("Columns", "Columns of the tables. A name means one thing everywhere."),
    "internal": (
        "Intermediate figures",
        "Steps between tables and results, by option, hub, system or year.",
    ),
}
"""Title and introduction of the terms of each kind, in the order they are printed."""


def columns_of(table: str) -> list[str]:
    """Return the header of a shipped table."""
    path = ROOT / "data" / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


def row(cells: Sequence[str]) -> str:
    """Return a line of a Markdown table; what would split or hide a cell is escaped."""
    safe = (cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(safe)} |"


def bounds(term: Term) -> str:
    """Return the hard bounds of a term as words: `0 to 100`, `≥ 0`, blank."""
    low, high = (
        "" if limit is None else f"{limit:,.6g}" for limit in (term.low, term.high)
    )
    if low and high:
        return f"{low} to {high}"
    if high:
        return f"≤ {high}"
    return f"≥ {low}" if low else ""


def table_lines(name: str, table: Table) -> Iterator[str]:
    """Yield the section of one table: its key, what it points at, its columns."""
    links = [f"`{column}` → `{other}`" for column, other in table.foreign.items()]
    facts = [f"Key: {', '.join(f'`{column}`' for column in table.key)}."]
    if links:
        facts.append(f"Points at: {', '.join(links)}.")
    if table.dated:
        facts.append("Rows carry status and year and may not exist yet.")
    yield f"### {name}"
    yield ""
    yield " ".join(facts)
    yield ""
    yield f"Columns: {', '.join(f'`{column}`' for column in columns_of(name))}."
    yield ""


def term_lines(kind: str) -> Iterator[str]:
    """Yield the section of the terms of one kind, in alphabetical order."""
    title, introduction = KINDS[kind]
    computed = kind in ("metric", "internal")
    heads = ["name", "type", "unit", "bounds", "better", "meaning"]
    heads = heads + ["formula"] * computed
    yield f"## {title}"
    yield ""
    yield introduction
    yield ""
    yield row(heads)
    yield "|" + "---|" * len(heads)
    for term in sorted(glossary().values(), key=lambda term: term.name):
        if term.kind == kind:
            about = [term.dtype, term.unit, bounds(term), term.direction, term.meaning]
            yield row([f"`{term.name}`", *about, *[term.formula] * computed])
    yield ""


def dictionary() -> str:
    """Return the whole text of the dictionary."""
    lines = [INTRODUCTION]
    for kind in KINDS:
        lines += term_lines(kind)
    lines += ["## Tables", ""]
    for name, table in TABLES.items():
        lines += table_lines(name, table)
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the dictionary."""
    DICTIONARY.parent.mkdir(exist_ok=True)
    DICTIONARY.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main()
