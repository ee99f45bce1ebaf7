"""Room at a substation: the rule by hand, the limits, the published ratings."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grid.electricity.headroom import (
    carried,
    feeding_class,
    firm_mw,
    flexible_mw,
    headroom,
    installed,
)


def station(voltages, mva=np.nan, units=np.nan, status="in_service", year=np.nan):
    return pd.DataFrame(
        {
            "voltages_kv": [voltages],
            "transformer_mva": [mva],
            "transformer_units": [units],
            "transformer_grade": ["" if np.isnan(mva) else "published"],
            "status": [status],
            "year": [year],
        },
        index=["X"],
    )


@pytest.mark.parametrize(
    ("voltages", "kv", "firm", "flexible"),
    [
        # §8: (n−1)/n·S·0.95 − 0.5·S₀ with n = 3 after the step, n = 2 before
        ("110/35/10", 110, 36.0, 74.0),  # 2·40·0.95 − 40; 3·40·0.95 − 40
        ("220", 220, 180.0, 370.0),
        ("330", 330, 337.5, 693.75),
        ("500", 500, 450.0, 925.0),
    ],
)
def test_class_defaults_by_hand(book, voltages, kv, firm, flexible):
    room = headroom(station(voltages), book).isel(substation=0)
    step = room.sel(option=f"{kv}kV transformer")
    assert float(step["firm_mw"]) == pytest.approx(firm)
    assert float(step["flexible_mw"]) == pytest.approx(flexible)
    assert float(room["firm_mw"].sel(option=f"{kv}kV existing")) == 0.0
    assert float(room["step_mva"].sel(option=f"{kv}kV existing")) == 0.0
    assert room["power_grade"].item() == "assumed"
    assert "assumed for the class" in step["power_method"].item()
    elsewhere = [v for v in (110, 220, 330, 500) if v != kv]
    for other in elsewhere:
        absent = room.sel(option=f"{other}kV transformer")
        assert np.isnan(absent["firm_mw"])
        assert absent["power_method"].item() == ""


def test_a_level_is_fed_from_the_next_above():
    carries = carried(pd.Series(["500/330/220", "330/110", "220/110", "154/110/10"]))
    fed = feeding_class(carries)
    assert fed[0].tolist()[1:] == [2, 3, 3]  # 220 from 330, 330 from 500
    assert fed[1][0] == 2  # 110 from 330
    assert fed[2][:2].tolist() == [1, 1]
    assert fed[3][0] == 0  # 154 kV is no class of a connection


def test_published_totals_and_counts(book, world):
    table = world.tables["substations"]
    carries = carried(table["voltages_kv"])
    units, mva = installed(table, carries, book)
    at = {
        name: table.index.get_loc(name) for name in ("GOB", "YAS", "BOY", "MUS", "YGA")
    }
    assert [units[at[k], 0] for k in at] == [3, 2, 3, 2, 2]
    assert [mva[at[k], 0] for k in at] == [1000, 750, 750, 400, 80]
    room = headroom(table, book)
    gobu = room.sel(substation="GOB", option="330kV existing")
    # 2/3·1000·0.95 − 500
    assert float(gobu["firm_mw"]) == pytest.approx(133.33, abs=0.01)
    assert gobu["power_grade"].item() == "published"
    assert float(room["firm_mw"].sel(substation="ARZ", option="110kV existing")) == 0
    assert room["power_grade"].sel(substation="ARZ").item() == "assumed"


def test_a_station_not_in_service_says_so(book):
    coming = station("330", status="under_construction", year=2025.0)
    said = headroom(coming, book)["power_method"].sel(option="330kV existing").item()
    assert "under construction, 2025" in said
    undated = station("330", status="planned")
    said = headroom(undated, book)["power_method"].sel(option="330kV existing").item()
    assert said.endswith("; planned")


def test_a_light_present_load_frees_room(book):
    light = replace(book, substation_existing_peak_share=0.30)
    room = headroom(station("220"), light).isel(substation=0)
    assert float(room["firm_mw"].sel(option="220kV existing")) == pytest.approx(70.0)


@given(
    units=st.integers(2, 8),
    mva=st.floats(10, 2000),
    share=st.floats(0.0, 1.2),
    pf=st.floats(0.8, 1.0),
)
def test_firm_never_exceeds_flexible_nor_the_rating(book, units, mva, share, pf):
    a = replace(book, substation_existing_peak_share=share, substation_power_factor=pf)
    n, s = np.array([float(units)]), np.array([mva])
    firm, flexible = firm_mw(n, s, s, a), flexible_mw(s, s, a)
    assert 0 <= firm <= flexible <= s
    grown = firm_mw(n + 1, s + s / n, s, a)
    assert grown >= firm
