"""What every first page needs, begun while the server starts.

`start` reads the tables and evaluates the base scenario in a thread beside the server,
so that the first reader waits less; whoever asks sooner waits for it. A server started
without it makes both when they are asked for.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from threading import Lock, Thread
from typing import Final, TypeVar

import xarray as xr

from data import World, load_world
from data.faults import InputError
from siting.loading import load_scenario
from siting.trunk import evaluate

DRAWN_WITH: Final = ("altair", "pydeck", "scipy.stats", "siting.commands")
"""Slow to load, and on every page."""

R = TypeVar("R")


def once(function: Callable[[], R]) -> Callable[[], R]:
    """Return a function that runs once, however many ask at the same time."""
    lock, kept = Lock(), cache(function)

    def told() -> R:
        with lock:
            return kept()

    return told


world: Callable[[], World] = once(load_world)
"""The shipped tables and the book."""


@once
def base() -> xr.Dataset:
    """Return every metric of the shipped sites under the base scenario, read-only."""
    told = evaluate(world().tables["sites"], load_scenario("base"), world())
    freeze(told)
    return told


def freeze(told: xr.Dataset) -> None:
    """Make a dataset that sessions share unchangeable."""
    for variable in told.variables.values():
        variable.values.setflags(write=False)


def start() -> Thread:
    """Begin; what is wrong with a table is left for the page, which tells it."""

    def work() -> None:
        with suppress(InputError):
            base()
        for module in DRAWN_WITH:
            import_module(module)

    thread = Thread(target=work, name="ahead", daemon=True)
    thread.start()
    return thread
