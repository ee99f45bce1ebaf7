"""Turn a tree of plain values into frozen dataclasses, collecting every fault."""

import re
import sys
import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from typing import (
    Any,
    Literal,
    TypeGuard,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from data.faults import Fault, nearest_name

Shape = TypeVar("Shape")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return what was expected of a name: the nearest known one, and all of them."""
    known = list(known)
    return f"one of {', '.join(known)}{nearest_name(word, known)}"


def lines_of(text: str) -> dict[str, int]:
    """Return the line each dotted key of a TOML text stands on."""
    lines: dict[str, int] = {}
    group = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
            group = header[1].replace('"', "").replace(" ", "")
            lines.setdefault(group, number)
        elif pair := re.match(r'\s*([\w."\':-]+)\s*=', line):
            key = pair[1].replace('"', "").replace("'", "")
            lines.setdefault(f"{group}.{key}".strip("."), number)
    return lines


@dataclass(frozen=True, slots=True)
class Reader:
    """Where the values come from, and the faults found so far."""

    file: str
    lines: Mapping[str, int] = field(default_factory=dict)
    settings: frozenset[str] = frozenset()
    """Dotted keys given by `--set`, which no line of the file is to blame for."""
    faults: list[Fault] = field(default_factory=list)

    def fault(self, key: str, value: object, expected: str) -> None:
        """Add one fault at a dotted key."""
        given = key in self.settings
        file, line = ("--set", None) if given else (self.file, self.lines.get(key))
        self.faults.append(Fault(file, line, key, str(value), expected))


def _expected(hint: Any) -> str:  # noqa: ANN401 - a type is anything
    if get_origin(hint) is Literal:
        return f"one of {', '.join(map(str, get_args(hint)))}"
    if get_origin(hint) in (Union, types.UnionType):
        return _expected(get_args(hint)[0])
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return "a list of texts" if item is str else f"a list of {_expected(item)}"
    return {
        float: "a number",
        int: "a whole number",
        bool: "true or false",
        str: "a text",
        date: "a date without quotes, as 2026-12-01",
    }[hint]


def is_number(value: object) -> TypeGuard[float]:
    """Return whether a value is a finite number; true and false are none."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and abs(value) <= sys.float_info.max
    )


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401 - a type is anything
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint)
    if origin in (Union, types.UnionType):
        return any(
            _fits(value, part) for part in get_args(hint) if part is not type(None)
        )
    if origin is tuple:
        item = get_args(hint)[0]
        return isinstance(value, list) and all(_fits(part, item) for part in value)
    if hint is float:
        return is_number(value)
    lookalike = {int: bool, date: datetime}.get(hint)
    return isinstance(value, hint) and not (lookalike and isinstance(value, lookalike))


def _converted(value: object, hint: Any) -> object:  # noqa: ANN401 - a type is anything
    if get_origin(hint) is tuple:
        return tuple(value)  # type: ignore[arg-type]
    wants_float = hint is float or float in get_args(hint)
    return float(value) if wants_float else value  # type: ignore[arg-type]


def build(
    shape: type[Shape],
    tree: object,
    place: str,
    reader: Reader,
    bounds: Mapping[str, tuple[float, float]],
) -> Shape | None:
    """Return a frozen dataclass from a table of a file, or None with faults added.

    Parameters
    ----------
    shape : type
        The dataclass to build.
    tree : object
        What the file holds there; a mapping if the file is right.
    place : str
        Dotted name of the table, for messages and bounds.
    reader : Reader
        Receives the faults.
    bounds : mapping of str to (float, float)
        Limits by dotted name.
    """
    if not isinstance(tree, Mapping):
        reader.fault(place, tree, f"a table [{place}]")
        return None
    before = len(reader.faults)
    hints = get_type_hints(shape)
    names = {f.name: f for f in fields(shape)}  # type: ignore[arg-type]
    values: dict[str, object] = {}
    for key, value in tree.items():
        dotted = f"{place}.{key}"
        if key not in names:
            reader.fault(dotted, key, nearest(key, names))
        elif not _fits(value, hints[key]):
            reader.fault(dotted, value, _expected(hints[key]))
        else:
            values[key] = _converted(value, hints[key])
            low, high = bounds.get(dotted, (None, None))
            if low is not None and not low <= values[key] <= high:  # type: ignore[operator]
                reader.fault(dotted, value, f"between {low:g} and {high:g}")
    for name, spec in names.items():
        required = spec.default is MISSING and spec.default_factory is MISSING
        if required and name not in tree:
            reader.fault(f"{place}.{name}", "", _expected(hints[name]))
    return shape(**values) if len(reader.faults) == before else None
