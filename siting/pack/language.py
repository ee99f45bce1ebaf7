"""The little language the pack's sheets are written in.

One text, such as ``MIN(MAX(year_end - ready_at, 0), life_months)``, is printed as a
spreadsheet formula and worked out here, so that a live cell and the value stored with
it cannot differ. Names are scalars or rows over the years; a row's name stands for its
cell of the same year. Beside arithmetic, comparisons and IF, AND, MIN, MAX, ABS, ROUND and
CEIL, which rounds up:

``prev(row)``       the year before, or the row's opening
``back(row, n)``    n years earlier, or later where n is negative; 0 outside the years
``total(row)``      sum over the years; also ``greatest``, ``least``, ``mean``
``dot(row, row)``   sum of products;  ``gap(row, row)``  sum of absolute differences
``worth(row, pct)`` present value at a rate in percent, the first year undiscounted
``at(row, n)``      year n of the row, counted from 0
``irr(row, pct)``   internal rate of return in percent, near a guess
``known(name)``     whether a cell holds a number
``NONE``            no number: shown as the word none
"""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from siting.finance import irr as irr_pct

ABSENT: Final = "none"
"""What stands in a cell without a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One scalar or row of the sheets."""

    name: str
    label: str
    unit: str = "USD"
    formula: str = ""
    """Blank for an input."""
    value: float = 0.0
    """Of an input."""
    yearly: bool = False
    opening: str = "0"
    """Formula of what stands before a row's first year."""
    values: tuple[float, ...] = ()
    """Of a row that is given, not computed."""


@cache
def parsed(formula: str) -> ast.expr:
    """Return the tree of a formula.

    Raises
    ------
    SyntaxError
        If it is none.
    """
    return ast.parse(formula, mode="eval").body


def row_name(node: ast.expr) -> str:
    """Return the name of the row a function is asked about."""
    if not isinstance(node, ast.Name):
        raise TypeError(f"a row is wanted, not {ast.unparse(node)}")
    return node.id


class Sums:
    """Works out items, each once: a scalar, or a row year by year."""

    def __init__(self, items: Sequence[Item], years: int) -> None:
        self.items: Mapping[str, Item] = {item.name: item for item in items}
        if len(self.items) < len(items):
            raise ValueError("two items of one name")
        self.years = years
        self._found: dict[tuple[str, int], float] = {}

    def scalar(self, name: str) -> float:
        """Return a scalar; NaN where there is no number."""
        return self._cell(name, -1)

    def row(self, name: str) -> list[float]:
        """Return a row, year by year."""
        return [self._cell(name, year) for year in range(self.years)]

    def result(self, formula: str) -> float:
        """Return what a formula without a year comes to."""
        return self._value(parsed(formula), -1)

    def _cell(self, name: str, year: int) -> float:
        item = self.items[name]
        place = (name, year if item.yearly else -1)
        if place not in self._found:
            if item.yearly and year < 0:
                raise TypeError(f"{name} is a row: say of which year")
            self._found[place] = self._of(item, year)
        return self._found[place]

    def _of(self, item: Item, year: int) -> float:
        if item.formula:
            return self._value(parsed(item.formula), year)
        if item.yearly:
            return item.values[year] if year < len(item.values) else 0.0
        return item.value

    def _value(self, node: ast.expr, year: int) -> float:
        if isinstance(node, ast.Constant):
            return float(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.Name):
            return np.nan if node.id == "NONE" else self._cell(node.id, year)
        if isinstance(node, ast.Call):
            return self._called(node, year)
        if isinstance(node, ast.UnaryOp):
            return -self._value(node.operand, year)
        left, operator, right = sides(node)
        return _applied(operator, self._value(left, year), self._value(right, year))

    def _called(self, node: ast.Call, year: int) -> float:
        name = row_name(node.func)
        if name == "IF":
            test, yes, no = node.args
            return self._value(yes if self._value(test, year) else no, year)
        if name == "prev":
            row = row_name(node.args[0])
            return (
                self._cell(row, year - 1)
                if year > 0
                else self.result(self.items[row].opening)
            )
        if name == "back":
            ago = year - round(self._value(node.args[1], year))
            there = 0 <= ago < self.years
            return self._cell(row_name(node.args[0]), ago) if there else 0.0
        if name == "at":
            at = round(self._value(node.args[1], year))
            return self._cell(row_name(node.args[0]), at)
        if name in OVER_YEARS:
            given = [
                np.array(self.row(arg.id))
                if isinstance(arg, ast.Name) and self.items[arg.id].yearly
                else self._value(arg, year)
                for arg in node.args
            ]
            return float(OVER_YEARS[name](*given))
        return float(PLAIN[name](*(self._value(arg, year) for arg in node.args)))


def sides(node: ast.expr) -> tuple[ast.expr, type, ast.expr]:
    """Return both sides of an operation or a comparison, and which it is."""
    if isinstance(node, ast.BinOp):
        return node.left, type(node.op), node.right
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return node.left, type(node.ops[0]), node.comparators[0]
    raise TypeError(f"the sheets cannot say {ast.unparse(node)}")


def _applied(operator: type, left: float, right: float) -> float:
    if operator is ast.Div and right == 0.0:
        return np.nan
    return float(OPERATORS[operator][1](left, right))


def _worth(flow: np.ndarray, pct: float) -> float:
    powers = (1.0 + pct / 100.0) ** -np.arange(float(flow.size))
    return float((flow * powers).sum())


def _irr(flow: np.ndarray, _: float) -> float:
    return float(irr_pct(flow)[0])


OPERATORS: Final[dict[type, tuple[str, Callable[[float, float], float], int]]] = {
    ast.Lt: ("<", lambda a, b: a < b, 1),
    ast.LtE: ("<=", lambda a, b: a <= b, 1),
    ast.Gt: (">", lambda a, b: a > b, 1),
    ast.GtE: (">=", lambda a, b: a >= b, 1),
    ast.Eq: ("=", lambda a, b: a == b, 1),
    ast.Add: ("+", lambda a, b: a + b, 2),
    ast.Sub: ("-", lambda a, b: a - b, 2),
    ast.Mult: ("*", lambda a, b: a * b, 3),
    ast.Div: ("/", lambda a, b: a / b, 3),
    ast.Pow: ("^", lambda a, b: a**b, 4),
}
"""Operator → its sign, what it does, how strongly it binds."""
PLAIN: Final[dict[str, Callable[..., float]]] = {
    "MIN": min,
    "MAX": max,
    "ABS": abs,
    "CEIL": math.ceil,
    "AND": lambda *given: all(given),
    "ROUND": lambda value, digits: round(value, int(digits)),
    "known": np.isfinite,
}
OVER_YEARS: Final[dict[str, Callable[..., float]]] = {
    "total": np.sum,
    "greatest": np.max,
    "least": np.nanmin,
    "mean": np.nanmean,
    "dot": lambda a, b: (a * b).sum(),
    "gap": lambda a, b: np.abs(a - b).sum(),
    "worth": _worth,
    "irr": _irr,
}
