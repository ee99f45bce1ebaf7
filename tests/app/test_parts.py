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
    page.selectbox(key="view.Number").set_value("firm_mw").run()
    assert not page.exception
    trees = [part.proto.body for part in page.get("html")]
    assert any("<b>firm_mw</b> = " in body for body in trees)
    assert page.query_params["metric"] == "firm_mw"


def test_scores_can_be_explained_too(page: AppTest) -> None:
    page.session_state["explain"] = True
    page.query_params["metric"] = "power_score"
    page.run()
    trees = [part.proto.body for part in page.get("html")]
    assert any("<b>value of price_usd_per_mwh</b>" in body for body in trees)
