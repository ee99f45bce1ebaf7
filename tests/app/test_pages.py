"""Every page of the menu has an address and can be turned to from another."""

import pytest

from app.pages import PAGES
from tests.app.conftest import Reader


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_and_keeps_the_question(reader: Reader, address: str) -> None:
    elsewhere = "power" if address == "overview" else "overview"
    few = {"uncertainty.draws": "50"} if address == "doubt" else {}
    reader.turn(elsewhere, **{"campus.mw": "90", "site": "AZ12"}, **few)
    page = reader.turn(address)
    assert not page.exception
    assert not page.error
    assert page.query_params["campus.mw"] == "90"
    assert page.query_params["site"] == "AZ12"
    assert len(page.subheader) == 1


def test_pages_lead_to_others_within_the_session(reader: Reader) -> None:
    page = reader.turn("site")
    links = [link.proto.page for link in page.get("page_link")]
    assert links == ["power", "cooling"]
    assert set(links) < set(PAGES)
