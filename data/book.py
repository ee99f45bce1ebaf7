"""The assumptions book: every scalar of the model, with its doubt and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from data.assumptions.rooms import ROOMS, Assumptions
from data.faults import Fault, InputError, nearest_name

TOPS = {"%": 100.0, "years": 200.0, "months": 1200.0, "year": 2200.0}
"""Greatest value that makes sense, by unit."""
DIVISORS = ("power.azn_per_usd", "finance.life_years", "campus.hectare_per_mw")
"""Numbers that may not be zero."""


@dataclass(frozen=True, slots=True)
class Book:
    """The parameters table, and the numbers in force under some overrides."""

    table: pd.DataFrame
    """Indexed by name: value, low, high, unit, grade, source, as_of, scope, note."""

    def resolve(self, overrides: Mapping[str, float]) -> Assumptions:
        """Return the numbers in force, one typed slice per room.

        Parameters
        ----------
        overrides : mapping of str to float
            Book name → value used instead; names that address a table cell
            (`table:id:column`) are the world's business and pass by.

        Returns
        -------
        Assumptions
            One frozen slice a room, every field a float.

        Raises
        ------
        InputError
            Naming every unknown name (with the nearest known one) and every
            value that is not a possible one.
        """
        own = {name: value for name, value in overrides.items() if ":" not in name}
        faults = [f for name, value in own.items() for f in self._faults(name, value)]
        if faults:
            raise InputError(faults)
        tabled = {str(name): float(v) for name, v in self.table["value"].items()}
        value = {name.replace(".", "_"): v for name, v in (tabled | own).items()}
        return Assumptions(
            **{
                room: slice_type(
                    **{f.name: value[f"{room}_{f.name}"] for f in fields(slice_type)}
                )
                for room, slice_type in ROOMS.items()
            }
        )

    def _faults(self, name: str, value: float) -> list[Fault]:
        if name not in self.table.index:
            expected = (
                f"a name in the assumptions book{nearest_name(name, self.table.index)}"
            )
            return [Fault("overrides", None, name, str(value), expected)]
        row = self.table.loc[name]
        lowest = min(row["value"], 0 if np.isnan(row["low"]) else row["low"])
        sign = 0.0 if lowest >= 0 else -np.inf
        top = TOPS.get(str(row["unit"]), np.inf)
        divides = name in DIVISORS and value == 0
        if not np.isfinite(value) or value < sign or value > top or divides:
            return [
                Fault(
                    "overrides",
                    None,
                    name,
                    str(value),
                    f"a possible {row['unit']} value",
                )
            ]
        return []
