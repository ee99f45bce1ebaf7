"""Flags name what is tabled against a site, and nothing that is merely unknown."""

import numpy as np
import pandas as pd

from siting.flags import risk_flags

QUIET = {
    "mines_class": "none_known",
    "conflict_named": np.nan,
    "flood_named": np.nan,
    "mud_volcano_named": np.nan,
    "below_sea_level": np.nan,
    "seismic_msk": 8.0,
}


def test_what_is_unknown_or_cleared_raises_no_flag() -> None:
    unknown = QUIET | {"mines_class": "", "seismic_msk": np.nan}
    cleared = QUIET | {"mines_class": "cleared", "below_sea_level": 0.0}
    table = pd.DataFrame([QUIET, unknown, cleared], index=[4, 2, 7])
    told = risk_flags(table)
    assert told.tolist() == ["", "", ""]
    assert told.index.tolist() == [4, 2, 7]


def test_the_gravest_comes_first() -> None:
    grave = QUIET | {
        "mines_class": "contaminated_district",
        "seismic_msk": 9.0,
        "flood_named": 1.0,
    }
    told = risk_flags(pd.DataFrame([grave, QUIET | {"mud_volcano_named": 1.0}]))
    assert told.tolist() == ["mines, flood, earthquake zone 9", "mud volcano"]


def test_an_empty_table_has_none() -> None:
    assert risk_flags(pd.DataFrame([QUIET]).iloc[:0]).empty
