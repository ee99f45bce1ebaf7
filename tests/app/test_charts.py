"""Charts of the systems: every row is drawn, titles say what to see, axes have units."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from app.charts import MONTHS, Look, duration_chart, month_charts, shown
from app.palette import DARK, LIGHT
from siting.study_views import MOST_POINTS

LOOK = Look("liquid_dry", frozenset({"tower"}), LIGHT)


def durations() -> pd.DataFrame:
    hours = np.linspace(0, 8760, MOST_POINTS)
    parts = [
        pd.DataFrame(
            {"system": system, "hours_per_year": hours, "pue": top - hours / 1e5}
        )
        for system, top in (("tower", 1.3), ("liquid_dry", 1.2))
    ]
    return pd.concat(parts, ignore_index=True)


def months(wue: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "system": "liquid_dry",
            "month": np.arange(1, 13),
            "pue_monthly": [*np.linspace(1.05, 1.10, 11), 1.04],
            "wue_monthly_l_per_kwh": np.linspace(0.0, wue, 12),
        }
    )


def data(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows]


def test_a_curve_is_drawn_point_by_point() -> None:
    spec = duration_chart(durations(), LOOK).to_dict()
    rows = data(spec)
    assert len(rows) == 2 * MOST_POINTS
    assert {row["name"] for row in rows} == {"Direct liquid", "Cooling towers"}
    assert {row["system"] for row in rows if row["refused"]} == {"tower"}
    assert {row["system"] for row in rows if row["bold"]} == {"liquid_dry"}
    assert spec["encoding"]["x"]["scale"]["domain"] == [0, 8760]
    assert spec["encoding"]["x"]["title"].endswith(", h")
    assert spec["title"]["text"] == ("Below PUE 1.19 nine hours in ten, 1.20 at worst")


def test_a_single_system_needs_no_legend() -> None:
    rows = durations()
    one = duration_chart(rows[rows["system"] == "liquid_dry"], LOOK).to_dict()
    both = duration_chart(rows, LOOK).to_dict()
    assert one["encoding"]["color"]["legend"] is None
    assert both["encoding"]["color"]["legend"]["orient"] == "top"


def test_months_stand_in_their_order_with_their_extremes_in_the_title() -> None:
    pue, wue = (chart.to_dict() for chart in month_charts(months(2.0), LOOK))
    assert pue["title"]["text"] == "PUE 1.10 in Nov, 1.04 in Dec"
    assert wue["title"]["text"] == "Water: 2.00 L/kWh in Dec"
    assert wue["encoding"]["y"]["title"] == "WUE, L/kWh"
    assert pue["encoding"]["x"]["sort"] == list(MONTHS)
    assert [row["month_name"] for row in data(pue)] == list(MONTHS)


def test_no_water_looks_like_none() -> None:
    _, wue = (chart.to_dict() for chart in month_charts(months(0.0), LOOK))
    assert wue["title"]["text"] == "No month takes water"
    assert wue["encoding"]["y"]["scale"]["domain"] == [0.0, 0.1]


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_a_chart_is_read_out_and_written_in_its_ink(ink: Any) -> None:
    look = Look("liquid_dry", frozenset(), ink)
    spec = duration_chart(durations(), look).to_dict()
    assert spec["title"]["color"] == ink.text
    assert spec["description"].startswith(spec["title"]["text"])
    assert ink.accent in spec["encoding"]["color"]["scale"]["range"]


def test_what_is_refused_is_drawn_when_asked_or_looked_at() -> None:
    systems = ["tower", "air_chiller", "liquid_dry"]
    look = Look("tower", frozenset({"tower", "air_chiller"}), LIGHT)
    assert shown(systems, look, refused=False) == ["tower", "liquid_dry"]
    assert shown(systems, look, refused=True) == systems
