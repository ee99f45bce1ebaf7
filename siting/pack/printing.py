"""Print the pack's formulas as a spreadsheet reads them."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from siting.pack.language import (
    ABSENT,
    OPERATORS,
    OVER_YEARS,
    parsed,
    row_name,
    sides,
)

VALUE_COLUMN = 3
"""Where scalars stand."""
UNARY = 9
"""How strongly a minus sign binds: in a spreadsheet more than a power."""
FIRST_YEAR = 5
"""Column of a row's first year; its opening stands in the column before."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands."""

    sheet: str
    row: int
    """Counted from 0."""
    yearly: bool
    column: int = VALUE_COLUMN
    """Of a scalar."""


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints formulas for the cells of one workbook."""

    places: dict[str, Place]
    years: int

    def text(self, formula: str, sheet: str, year: int = -1) -> str:
        """Return a formula with its equals sign, as it stands in a cell of a year."""
        return f"={self._node(parsed(formula), _At(sheet, year))}"

    def span(self, name: str, sheet: str) -> str:
        """Return the range a row covers."""
        place = self.places[name]
        first, last = (
            f"${xl_col_to_name(FIRST_YEAR + year)}${place.row + 1}"
            for year in (0, self.years - 1)
        )
        return f"{_on(place, sheet)}{first}:{last}"

    def _cell(self, name: str, at: "_At") -> str:
        place = self.places[name]
        if not place.yearly:
            column = f"${xl_col_to_name(place.column)}$"
        else:
            column = xl_col_to_name(FIRST_YEAR + at.year)
        return f"{_on(place, at.sheet)}{column}{place.row + 1}"

    def _node(self, node: ast.expr, at: "_At") -> str:
        if isinstance(node, ast.Constant):
            return repr(node.value).upper()
        if isinstance(node, ast.Name):
            return f'"{ABSENT}"' if node.id == "NONE" else self._cell(node.id, at)
        if isinstance(node, ast.Call):
            return self._called(node, at)
        if isinstance(node, ast.UnaryOp):
            return f"(-{self._side(node.operand, at, UNARY)})"
        left, operator, right = sides(node)
        sign, _, strength = OPERATORS[operator]
        return (
            self._side(left, at, strength) + sign + self._side(right, at, strength + 1)
        )

    def _side(self, node: ast.expr, at: "_At", strength: int) -> str:
        text = self._node(node, at)
        if isinstance(node, (ast.BinOp, ast.Compare)):
            binds = OPERATORS[sides(node)[1]][2]
            return f"({text})" if binds < strength else text
        return text

    def _called(self, node: ast.Call, at: "_At") -> str:
        name = row_name(node.func)
        if name == "prev":
            return self._cell(row_name(node.args[0]), _At(at.sheet, at.year - 1))
        whole = name in OVER_YEARS or name in ("back", "at")
        given = [self._argument(arg, at, whole) for arg in node.args]
        if name in SAID:
            return SAID[name](*given)
        if name == "back":
            own = self._cell("year", at)
            years = self.span("year", at.sheet)
            return f"SUMIF({years},{own}-({given[1]}),{given[0]})"
        if name == "worth":
            years = self.span("year", at.sheet)
            first = years.split(":", maxsplit=1)[0]
            return f"SUMPRODUCT({given[0]},(1+{given[1]}/100)^({first}-{years}))"
        return f"{name}({','.join(given)})"

    def _argument(self, node: ast.expr, at: "_At", whole: bool) -> str:
        """Return an argument: of functions over the years a row is its whole range."""
        if whole and isinstance(node, ast.Name) and self.places[node.id].yearly:
            return self.span(node.id, at.sheet)
        return self._node(node, at)


@dataclass(frozen=True, slots=True)
class _At:
    """The cell a formula is printed for."""

    sheet: str
    year: int


def _on(place: Place, sheet: str) -> str:
    return "" if place.sheet == sheet else f"{place.sheet}!"


SAID: dict[str, Callable[..., str]] = {
    "total": "SUM({})".format,
    "greatest": "MAX({})".format,
    "least": "MIN({})".format,
    "mean": "AVERAGE({})".format,
    "CEIL": "ROUNDUP({},0)".format,
    "dot": "SUMPRODUCT({},{})".format,
    "gap": "SUMPRODUCT(ABS({}-{}))".format,
    "at": "INDEX({},1,{}+1)".format,
    "irr": ('IFERROR(100*IRR({},{}/100),"' + ABSENT + '")').format,
    "known": "ISNUMBER({})".format,
}
"""Function of the language → how a spreadsheet says it."""
