"""Pieces of several pages: the selected site, and the explanation of a number."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from app.parts import selected


def test_the_site_asked_for_or_the_first() -> None:
    table = pd.DataFrame({"site_id": ["a", "b"]})
    assert selected(table, "b") == "b"
    assert selected(table, "") == "a"
    assert selected(table, "elsewhere") == "a"


def test_another_number_can_be_explained(page: AppTest) -> None:
    page.session_state["explain"] = True
    page.run()
    box = page.selectbox(key="explain.lcoc_usd_per_kw_month")
    assert {"pue_annual", "it_mw", "npv_usd"} <= set(box.options)
    box.set_value("pue_annual").run()
    assert not page.exception
    assert any(code.value.startswith("pue_annual = ") for code in page.code)
