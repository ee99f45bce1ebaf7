"""The chart of megawatts by year says in its title what the line shows."""

import json

import numpy as np
import pandas as pd
import pytest

from app.charts_power import week_chart, years_chart
from app.palette import LIGHT


def table(firm):
    years = pd.Index([2026, 2028, 2030], name="year")
    firm = np.asarray(firm, dtype=float)
    return pd.DataFrame(
        {
            "firm_mw": firm,
            "firm_mw_p10": firm / 2,
            "firm_mw_p90": firm * 2,
            "flexible_mw": firm * 3,
            "grid_binding": "L1",
        },
        index=years,
    )


@pytest.mark.parametrize(
    ("firm", "wanted", "said"),
    [
        ([300, 200, 120], 112.0, "112 MW find firm room in every year shown"),
        ([300, 100, 120], 112.0, "112 MW find firm room in 2026, 2030"),
        ([30, 90, 20], 112.0, "At most 90 MW firm, in 2028"),
        ([30, 90, 20], np.nan, "At most 90 MW firm, in 2028"),
        ([40.5, 40.5, 40.5], 112.0, "40.5 MW firm in every year shown"),
        ([np.nan, np.nan, np.nan], 112.0, "No year is known here"),
    ],
)
def test_the_title_is_true(firm, wanted, said):
    drawn = years_chart(table(firm), wanted, LIGHT).to_dict()
    assert drawn["title"]["text"] == said
    assert drawn["description"].startswith(said)


def test_firm_band_flexible_and_wanted_are_drawn():
    drawn = years_chart(table([300, 200, 120]), 112.0, LIGHT).to_dict()
    fields = json.dumps(drawn["layer"])
    for name in ("firm_mw", "firm_mw_p10", "firm_mw_p90", "flexible_mw"):
        assert f'"field": "{name}"' in fields or f'"{name}"' in fields
    assert len(drawn["layer"]) == 4
    nothing_asked = years_chart(table([300, 200, 120]), np.nan, LIGHT).to_dict()
    assert len(nothing_asked["layer"]) == 3


def test_a_year_without_a_yard_is_left_out():
    drawn = years_chart(table([np.nan, 200, 120]), 112.0, LIGHT).to_dict()
    (data,) = [rows for rows in drawn["datasets"].values() if "year" in rows[0]]
    assert [row["year"] for row in data] == [2028, 2030]


def week(gas=0.0):
    hours = pd.date_range("2029-07-20", periods=4, freq="h")
    mw = {"solar": 0.0, "wind": 30.0, "gas": gas, "discharge": 0.0, "grid": 60.0}
    rows = [
        {"time": hour, "load_mw": 90.0, "source": source, "mw": value}
        for source, value in {**mw, "unserved": 0.0}.items()
        for hour in hours
    ]
    return pd.DataFrame(rows)


def test_the_week_says_what_the_grid_gives_and_draws_what_runs():
    drawn = week_chart(week(), LIGHT).to_dict()
    assert drawn["title"]["text"] == "In the week of greatest load the grid gives 67 %"
    scale = drawn["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Wind", "Grid"]
    with_gas = week_chart(week(gas=5.0), LIGHT).to_dict()
    scale = with_gas["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Wind", "Gas engines", "Grid"]
