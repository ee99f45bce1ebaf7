"""Grades of a figure: those of what it rests on, each counted once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from data.schema import GRADES
from siting.explain import Node
from siting.grades import leaf_grades, weakest

COST = Node(
    "cost", "1", grade="measured", children=(Node("rate", "2", grade="assumed"),)
)


def test_leaves_count_once_and_branches_not_at_all() -> None:
    tree = Node(
        "sum",
        "3",
        children=(
            COST,
            COST,
            Node("price", "4", grade="published"),
            Node("policy", "x", grade="choice"),
            Node("cost", "see above"),
        ),
    )
    assert leaf_grades(tree) == Counter({"assumed": 1, "published": 1})


def test_a_name_seen_before_its_branch_is_still_followed() -> None:
    tree = Node("sum", "3", children=(COST, Node("cost", "see above")))
    assert leaf_grades(tree) == Counter({"assumed": 1})


@given(st.lists(st.sampled_from(GRADES), max_size=9))
def test_the_least_known_decides(grades: list[str]) -> None:
    found = weakest(Counter(grades))
    assert found == (max(grades, key=GRADES.index) if grades else "")
