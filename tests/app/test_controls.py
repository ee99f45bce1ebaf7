"""Every control changes what it says, and all of it can be undone."""

import shlex

from streamlit.testing.v1 import AppTest

from app.controls import command
from app.intent import Intent


def test_the_command_takes_what_the_page_shows() -> None:
    asked = Intent(scenario="edge", sets=(("build_out.off", '["a b"]'),))
    assert shlex.split(command(asked, "rank")) == [
        "siting", "rank", "--scenario", "edge", "--set", 'build_out.off=["a b"]'
    ]  # fmt: skip


def test_every_scenario_opens(page: AppTest) -> None:
    page.run()
    for name in ("edge", "inference", "training-campus", "base"):
        page.selectbox(key="control.scenario").set_value(name).run()
        assert not page.exception
        assert not page.error
        assert any(f"--scenario {name}" in code.value for code in page.code)


def test_controls_reach_the_scenario_and_can_be_undone(page: AppTest) -> None:
    page.run()
    page.toggle(key="control.power.data_centre_tariff").set_value(True).run()
    page.selectbox(key="control.campus.workload").set_value("colocation").run()
    page.selectbox(key="control.build_out.policy").set_value("all_planned").run()
    page.selectbox(key="control.preferences.order_by").set_value("lcoc").run()
    assert not page.exception
    (said,) = [c.value for c in page.code if c.value.startswith("siting rank")]
    for setting in (
        "power.data_centre_tariff=true",
        "campus.workload=colocation",
        "build_out.policy=all_planned",
        "preferences.order_by=lcoc",
    ):
        assert setting in said
    page.button[0].click().run()
    assert page.selectbox(key="control.campus.workload").value == "training"
    assert not page.query_params
