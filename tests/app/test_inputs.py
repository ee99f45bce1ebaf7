"""Controls show what is in force and write what was chosen, nothing else."""

import pytest

from app.inputs import _step, tabled, word
from data import World
from tests.app.conftest import Reader


def test_choices_are_in_words() -> None:
    assert word("committed") == "And what is being built"
    assert word("new_group") == "new_group"


@pytest.mark.parametrize(
    ("value", "step"), [(0.106, 0.01), (1.7, 0.2), (11800.0, 1000.0), (0.0, 0.1)]
)
def test_a_step_is_in_the_second_digit(value: float, step: float) -> None:
    assert _step(value) == pytest.approx(step)


def test_a_number_of_the_book_as_tabled_is_left_unsaid(
    reader: Reader, world: World
) -> None:
    name = "power.azn_per_usd"
    assert tabled(name) == world.tables["parameters"].loc[name, "value"]
    page = reader.turn("what-if")
    page.number_input(key=f"what.{name}").set_value(2.0).run()
    assert page.query_params[name] == "2"
    page.number_input(key=f"what.{name}").set_value(1.7).run()
    assert name not in page.query_params


def test_a_value_that_cannot_be_is_a_sentence_and_is_not_taken(reader: Reader) -> None:
    page = reader.turn("what-if")
    page.number_input(key="what.power.azn_per_usd").set_value(-1.0).run()
    assert "expected a possible AZN/USD value, above 0" in reader.errors
    assert page.number_input(key="what.power.azn_per_usd").value == 1.7
    assert not page.query_params
