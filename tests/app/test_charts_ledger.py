"""The ledger as bars: every component of every system, adding up to the overhead."""

import numpy as np
import pandas as pd
import pytest

from app.charts import Look
from app.charts_ledger import ledger_chart
from app.palette import LIGHT, PART_COLOURS, PART_WORDS
from climate.cooling.plant import COMPONENTS

LOOK = Look("liquid_dry", frozenset({"tower"}), LIGHT)


def energy() -> pd.DataFrame:
    parts = pd.DataFrame(
        {"liquid_dry": 0.01, "tower": 0.02, "sea_water": np.nan}, index=list(COMPONENTS)
    )
    parts.loc["compressors", "liquid_dry"] = 0.05
    total = 1.0 + parts.sum(skipna=False)
    return pd.concat([parts, total.to_frame("pue_annual").T])


def test_every_component_has_a_word_and_a_colour() -> None:
    assert set(PART_WORDS) == set(PART_COLOURS) == set(COMPONENTS)


def test_bars_add_up_to_the_number_at_their_end() -> None:
    spec = ledger_chart(energy(), LOOK).to_dict()
    rows = pd.DataFrame(
        [r for rows in spec["datasets"].values() for r in rows if "share" in r]
    )
    assert len(rows) == 2 * len(COMPONENTS)  # sea water has no figures
    added = 1.0 + rows.groupby("system")["share"].sum()
    told = energy().loc["pue_annual"].dropna()
    pd.testing.assert_series_equal(
        added.sort_index(), told.sort_index(), check_names=False
    )
    ends = {
        r["name"]: r["pue_annual"]
        for rows in spec["datasets"].values()
        for r in rows
        if "overhead" in r
    }
    assert ends["Cooling towers (refused)"] == pytest.approx(told["tower"])


def test_the_title_names_the_largest_parts() -> None:
    spec = ledger_chart(energy(), LOOK).to_dict()
    assert spec["title"]["text"].startswith(
        "Of an overhead of 0.130: Compressors 0.050, "
    )
    (x,) = [
        layer["encoding"]["x"]["title"]
        for layer in spec["layer"]
        if layer["encoding"]["x"].get("stack")
    ]
    assert "kWh per kWh of IT" in x
