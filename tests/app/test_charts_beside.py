"""Curves of sites side by side: one colour and stroke each, the most named."""

import pandas as pd

from app.charts_beside import curves_chart
from app.palette import LIGHT

NAMES = {"A": "One", "B": "A name that is far too long to stand in a legend whole"}


def table(last: float) -> pd.DataFrame:
    years = [2026, 2030, 2032]
    rows = pd.DataFrame(
        {
            "site": ["A"] * 3 + ["B"] * 3,
            "year": years * 2,
            "firm_mw": [100.0, 90.0, last, 180.0, float("nan"), last],
            "grid_binding": "x",
        }
    )
    return rows.assign(firm_mw_p10=rows["firm_mw"], firm_mw_p90=rows["firm_mw"])


def test_the_title_names_the_most_and_the_end() -> None:
    told = curves_chart(table(0.0), NAMES, LIGHT).to_dict()
    assert told["title"]["text"] == "Most in 2026: 180 MW at B, nothing after 2030"
    told = curves_chart(table(50.0), NAMES, LIGHT).to_dict()
    assert told["title"]["text"] == "Most in 2026: 180 MW at B"


def test_each_site_has_its_colour_stroke_and_a_short_name() -> None:
    told = curves_chart(table(0.0), NAMES, LIGHT).to_dict()["encoding"]
    domain = told["color"]["scale"]["domain"]
    assert domain[0] == "A One"
    assert len(domain[1]) < 50
    assert told["strokeDash"]["scale"]["domain"] == domain
    assert len(set(told["color"]["scale"]["range"])) == 2
