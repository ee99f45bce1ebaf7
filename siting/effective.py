"""From the nameplate of a substation to the megawatts of IT that can be had of it."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

STEPS: Final = (
    "Room while every transformer runs",
    "Kept free for the loss of one transformer",
    "Held by network and generation",
    "Cooling, losses and the hottest day",
    "Cooling on the design day",
    "Land",
    "More than is asked for",
    "IT load that can be had",
)
"""What takes megawatts away, between the first and the last, which are totals."""


def effective_steps(row: Mapping[Any, Any], asked_mw: float) -> pd.DataFrame:
    """Return how the room of a substation shrinks to the IT load of the ranking.

    ``it = min(firm ÷ connection per MW of IT, cooling, land, asked)`` with ``firm`` the
    lesser of transformers and network. Steps are taken in the order of `STEPS`, each
    down to the lesser of what is left and its own limit.

    Parameters
    ----------
    row : mapping
        One row of the ranking.
    asked_mw : float
        IT load asked for [MW].

    Returns
    -------
    DataFrame
        `step`, `change_mw` (absent in the totals) and `left_mw`: what is left after
        it [MW]. Empty where nothing can be built, so that no factor is known.
    """
    it_mw, facility_mw = float(row["it_mw"]), float(row["facility_mw"])
    if not it_mw > 0:
        return pd.DataFrame(columns=["step", "change_mw", "left_mw"])
    power_mw = float(row["firm_mw"]) * it_mw / facility_mw
    cooling_mw = asked_mw * (1.0 - float(row["derate_pct"]) / 100.0)
    limits = [
        float(row["transformer_flexible_mw"]),
        float(row["transformer_firm_mw"]),
        float(row["firm_mw"]),
        power_mw,
        cooling_mw if row["derate_pct"] > 0 else np.nan,
        float(row["land_mw"]),
        asked_mw,
    ]
    left = np.fmin.accumulate(limits)
    steps = pd.DataFrame({"step": STEPS[:-1], "left_mw": left})
    steps["change_mw"] = steps["left_mw"].diff()
    total = {"step": STEPS[-1], "left_mw": it_mw, "change_mw": np.nan}
    return pd.concat([steps, pd.DataFrame([total])], ignore_index=True)
