"""The Power page answers with the ranking's megawatts and names what holds them."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from app import cache
from siting.scenario import Scenario

YEARS, BUSES = 0, 1
"""Tables of the page, in order."""


@pytest.fixture
def power(page: AppTest) -> AppTest:
    """The page of Gilazi, whose yard the network holds below its transformers."""
    page.run()
    (page._page_hash,) = [
        key
        for key, info in page._registered_pages.items()
        if info["page_name"] == "Power"
    ]
    page.query_params.clear()
    page.run()
    page.query_params["site"] = "AZ10"
    return page.run()


def texts(page: AppTest) -> str:
    said = [*page.markdown, *page.caption, *page.subheader, *page.info]
    return " ".join(text.value.replace("\\", "") for text in said)


def test_the_answer_is_the_rankings(power: AppTest, base: Scenario) -> None:
    assert not power.exception
    table = cache.ranked(base).ranking.table.set_index("site_id")
    row = table.loc["AZ10"]
    said = texts(power)
    spread = f"({row['firm_mw_p10']:.0f}–{row['firm_mw_p90']:.0f})"
    assert (
        f"**{row['firm_mw']:.0f} MW {spread} firm at Yashma, 220 kV in 2029**" in said
    )
    assert f"held by {row['grid_binding']}" in said


def test_years_and_buses_agree_with_the_answer(power: AppTest, base: Scenario) -> None:
    row = cache.ranked(base).ranking.table.set_index("site_id").loc["AZ10"]
    years = power.dataframe[YEARS].value.set_index("year")
    assert years.loc[2029, "firm_mw"] == pytest.approx(row["firm_mw"])
    buses = power.dataframe[BUSES].value
    own = buses[(buses["name"] == "Yashma") & (buses["level_kv"] == 220)]
    assert own["grid_firm_mw_p50"].item() == pytest.approx(row["grid_firm_mw_p50"])
    assert buses["grid_firm_mw_p50"].is_monotonic_decreasing
    (chart,) = power.get("vega_lite_chart")
    title = json.loads(chart.proto.spec)["title"]["text"]
    assert title.startswith("131 MW find firm room in 2026")


def test_without_the_network_the_page_says_so(power: AppTest) -> None:
    power.query_params["power.network"] = "off"
    power.run()
    assert not power.exception
    assert "transformers alone count" in texts(power)
    assert len(power.dataframe) == 1
