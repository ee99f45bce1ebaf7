"""The page under test, in one process, with the shipped tables read once."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import World
from siting.loading import load_scenario
from siting.scenario import Scenario

MAIN = Path(__file__).parents[2] / "app" / "main.py"


@pytest.fixture
def page() -> AppTest:
    """The app, not yet run; a slow machine is given time."""
    return AppTest.from_file(str(MAIN), default_timeout=60)


@pytest.fixture(scope="session")
def world() -> World:
    from app import cache  # noqa: PLC0415 - Streamlit only where it is needed

    return cache.world()


@pytest.fixture(scope="session")
def base() -> Scenario:
    return load_scenario("base")


class Reader:
    """Someone with the app open, at one page of it."""

    def __init__(self, page: AppTest) -> None:
        self.page = page

    def turn(self, address: str, **link: str) -> AppTest:
        """Turn to a page as the menu does, or by a link; run it."""
        self.page._page_hash = calc_hash(address)
        self.page.query_params.clear()
        for key, value in link.items():
            self.page.query_params[key] = value
        return self.page.run()

    @property
    def said(self) -> str:
        """Every sentence of the page, as read."""
        page = self.page
        parts = [*page.subheader, *page.markdown, *page.caption, *page.info]
        return " ".join(part.value.replace("\\", "") for part in parts)

    @property
    def errors(self) -> str:
        """Every fault told."""
        return " ".join(part.value.replace("\\", "") for part in self.page.error)

    @property
    def charts(self) -> list[dict[str, Any]]:
        """Every chart as it is drawn."""
        drawn = self.page.get("vega_lite_chart")
        return [json.loads(chart.proto.spec) for chart in drawn]

    @property
    def titles(self) -> list[str]:
        """Title of every chart."""
        return [chart["title"]["text"] for chart in self.charts]

    @property
    def html(self) -> str:
        """Everything drawn as HTML."""
        return " ".join(part.proto.body for part in self.page.get("html"))


@pytest.fixture
def reader(page: AppTest) -> Reader:
    """Someone who opens the app."""
    return Reader(page)
