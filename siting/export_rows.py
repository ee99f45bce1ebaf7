"""Rows of a table as they are written: rounded, and safe in a spreadsheet."""

import numpy as np
import pandas as pd

from data.schema import glossary

DIGITS = 10
"""Significant digits written: far more than the doubt, few enough to repeat."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as written: floats at so many digits, counts whole numbers."""
    floats = table.select_dtypes("float")
    names = [str(column) for column in floats]
    size = np.abs(floats.to_numpy())
    normal = np.isfinite(size) & (size > 1e-280) & (size < 1e280)
    exponent = np.floor(np.log10(np.where(normal, size, 1.0)))
    scale = 10.0 ** (DIGITS - 1 - exponent)
    near = np.round(np.where(normal, floats, 0.0) * scale) / scale
    kept = np.where(normal, near, floats.to_numpy())
    plain = table.assign(**dict(zip(names, kept.T, strict=True)))
    counts = [name for name in names if _is_count(name)]
    return plain.astype(dict.fromkeys(counts, "Int64"))


def _is_count(name: str) -> bool:
    """Return whether a column is a result in whole numbers, such as the rank."""
    term = glossary().get(name)
    return term is not None and (term.kind, term.dtype) == ("metric", "int")


def neutralised(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with text that a spreadsheet would run as a formula quoted."""
    texts = table.select_dtypes(["object", "str"])
    risky = {
        str(column): texts[column].map(
            lambda cell: (
                f"'{cell}"
                if isinstance(cell, str) and cell.startswith(FORMULA_STARTS)
                else cell
            )
        )
        for column in texts
    }
    safe = table.assign(**risky)
    safe.columns = [
        f"'{name}" if str(name).startswith(FORMULA_STARTS) else str(name)
        for name in safe
    ]
    return safe


def grades_of(table: pd.DataFrame) -> str:
    """Return how many rows of a table have each grade."""
    if "grade" not in table:
        return ""
    counts = table["grade"].value_counts().sort_index()
    return ", ".join(f"{grade} {count}" for grade, count in counts.items())
