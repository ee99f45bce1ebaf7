"""One intent: a link sets it, controls change it, nothing unsound replaces it."""

from streamlit.testing.v1 import AppTest

MW, YEAR = "control.campus.mw", "control.campus.year"


def link(page: AppTest) -> dict[str, str]:
    """Return the query of the address."""
    return dict(page.query_params)


def answer(page: AppTest) -> str:
    """Return the first sentence of the page."""
    return next(text.value for text in page.markdown if "**First" in text.value)


def test_a_link_sets_the_page(page: AppTest) -> None:
    page.query_params["campus.mw"] = "40"
    page.query_params["site"] = "AZ12"
    page.run()
    assert page.number_input(key=MW).value == 40
    assert any("AZ12" in caption.value for caption in page.caption)
    assert link(page) == {"campus.mw": "40", "site": "AZ12"}


def test_a_control_writes_the_link(page: AppTest) -> None:
    page.run()
    page.number_input(key=MW).set_value(60.0).run()
    page.number_input(key=YEAR).set_value(2031).run()
    assert link(page) == {"campus.mw": "60", "campus.year": "2031"}
    again = AppTest.from_file(page._script_path, default_timeout=60)
    for key, value in link(page).items():
        again.query_params[key] = value
    again.run()
    assert answer(again) == answer(page)


def test_going_back_is_followed(page: AppTest) -> None:
    page.run()
    page.number_input(key=MW).set_value(60.0).run()
    page.query_params.clear()
    page.run()
    assert page.number_input(key=MW).value == 100
    assert page.subheader[0].value.startswith("Where to put 100 MW")


def test_a_bad_link_is_told_and_the_base_case_shown(page: AppTest) -> None:
    page.query_params["campus.mv"] = "50"
    page.query_params["colour"] = "<b>beauty</b>"
    page.run()
    assert not page.exception
    (error,) = page.error
    assert "did you mean" in error.value
    assert "beauty" in error.value
    assert "<b>" not in error.value
    assert page.number_input(key=MW).value == 100
    page.run()
    assert not page.error  # said once


def test_what_cannot_be_asked_for_changes_nothing(page: AppTest) -> None:
    page.run()
    before = answer(page)
    for group in ("cooling", "power", "connectivity"):
        page.slider(key=f"control.preferences.groups.{group}").set_value(0.0).run()
    assert not page.exception
    assert "expected weights that" in page.error[0].value
    assert page.slider(key="control.preferences.groups.connectivity").value == 30
    assert answer(page) != before  # the two that could be, were
