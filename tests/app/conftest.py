"""The page under test, in one process, with the shipped tables read once."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

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
