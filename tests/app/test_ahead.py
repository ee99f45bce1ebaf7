"""What is begun ahead is made once, and is what the model makes of the base case."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
import pytest

from app import ahead, cache
from app.intent import Intent, scenario_of
from data.faults import Fault, InputError
from siting.scenario import Scenario
from siting.trunk import evaluate


def test_many_who_ask_at_once_have_it_made_once() -> None:
    made: list[int] = []

    @ahead.once
    def slow() -> int:
        sleep(0.05)
        made.append(1)
        return len(made)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: slow(), range(8))) == {1}


def test_the_base_case_is_that_of_the_model(base: Scenario) -> None:
    world = ahead.world()
    assert cache.world() is world
    told = ahead.base()
    assert cache.evaluation(base) is told
    fresh = evaluate(world.tables["sites"], base, world)
    assert told.identical(fresh)
    with pytest.raises(ValueError, match="read-only"):
        told["it_mw"].to_numpy()[0] = 1.0


def test_another_case_is_its_own() -> None:
    other = scenario_of(Intent(sets=(("campus.mw", "80"),)))
    told = cache.evaluation(other)
    assert not np.array_equal(told["it_mw"], ahead.base()["it_mw"], equal_nan=True)


def test_a_fault_is_left_for_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise InputError([Fault("lines.csv", 7, "to_id", "x", "a substation")])

    monkeypatch.setattr(ahead, "base", fail)
    ahead.start().join()
