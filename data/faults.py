"""What is wrong with an input, told all at once and in the reader's own terms."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 50
"""Faults printed in full; a longer list is counted, and stays on the exception."""

WIDTH = 60
"""Characters of an offending value that are shown."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it stands, what was found, what was expected.

    Parameters
    ----------
    file
        Name of the file, or of what stands for it (``--set``, ``scenario``).
    row
        Line as a person counts it in the file, the header being line 1;
        ``None`` where the fault belongs to the whole file.
    column
        Name of the column or key; "" where there is none.
    value
        What was found, as text.
    expected
        What would have been right.
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        """``file:row:column: value — expected …``."""
        row = "" if self.row is None else str(self.row)
        place = ":".join((self.file, row, self.column)).rstrip(":")
        return f"{place}: {_shown(self.value)} — expected {self.expected}"


class InputError(Exception):
    """An input that cannot be used; holds every fault that was found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """One list, one fault a line."""
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        if len(self.faults) > SHOWN:
            lines.append(f"… and {len(self.faults) - SHOWN} more")
        return "\n".join(lines)


def nearest_name(word: str, known: Iterable[str]) -> str:
    """Return the hint that follows a name nobody knows; blank when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" (did you mean {near[0]}?)" if near else ""


def _shown(value: str) -> str:
    """Return a value fit for one line of a terminal: escaped, short, never blank."""
    text = (
        value.encode("unicode_escape").decode("ascii")
        if not value.isprintable()
        else value
    )
    if len(text) > WIDTH:
        return f"{text[:WIDTH]}… ({len(value)} characters)"
    return text or "(blank)"
