"""The shipped world, built as the headline case builds it, and its power book."""

import pytest

from data import load_world
from data.choices import BuildOut


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
