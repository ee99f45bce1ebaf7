"""The shipped world, built as the headline case builds it, and its power book."""

import datetime

import numpy as np
import pytest

from data import load_world
from data.choices import BuildOut, PowerChoices
from grid.electricity import Ask, connect, rooms

DECISION = datetime.date(2026, 12, 1)
ALONE = PowerChoices(network="off")


@pytest.fixture(scope="session")
def shipped():
    return load_world()


@pytest.fixture(scope="session")
def world(shipped):
    return shipped.built(BuildOut(policy="committed"))


@pytest.fixture(scope="session")
def book(shipped):
    return shipped.book.resolve({}).power


@pytest.fixture(scope="session")
def sites(shipped):
    return shipped.tables["sites"]


@pytest.fixture(scope="session")
def joined(world, book):
    """Connect sites by the transformers alone, wanting nothing: the nearest yard."""

    def join(sites, where=world, year=2029, choices=ALONE):
        room = rooms(where.tables["substations"], None, choices, book)
        ask = Ask(year, DECISION, np.full(len(sites), np.nan))
        return connect(sites, where, room, choices, book, ask)

    return join
