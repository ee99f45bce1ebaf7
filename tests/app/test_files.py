"""Files to take away are typed, and their manifest names what went in."""

from app.files import MIME, PLAIN, with_inputs
from app.lists import OWN, OwnList
from siting.export import FORMATS
from siting.scenario import Scenario
from tests.app.conftest import Reader


def test_every_format_has_its_type() -> None:
    assert set(FORMATS) <= set(MIME)
    assert PLAIN not in MIME.values()


def test_the_list_brought_is_among_the_inputs(base: Scenario, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import streamlit as st  # noqa: PLC0415 - patched

    from app.cache import ranked  # noqa: PLC0415

    run = ranked(base)
    own = OwnList("mine.csv", run.ranking.table, "ab12", "x")
    monkeypatch.setattr(st, "session_state", {OWN: own})
    assert with_inputs(run).inputs["sites mine.csv"] == "ab12"
    monkeypatch.setattr(st, "session_state", {})
    assert list(with_inputs(run).inputs) == ["scenario base"]


def test_the_overview_offers_the_same(reader: Reader) -> None:
    page = reader.turn("overview")
    labels = [button.proto.label for button in page.get("download_button")]
    assert labels == [f"ranking.{name}" for name in FORMATS]
