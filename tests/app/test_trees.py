"""A tree as HTML: folded, each branch once, and no text of it taken for markup."""

from app.trees import badge, tree_html
from siting.explain import Node

NASTY = "<script>alert(1)</script>"


def test_nothing_in_a_tree_is_markup() -> None:
    leaf = Node(NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, NASTY)
    html = tree_html(Node("x", "1", children=(leaf,)))
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 7


def test_a_branch_is_drawn_once_and_named_again() -> None:
    branch = Node("branch", "2", "MW", "a + b", children=(Node("leaf", "3"),))
    html = tree_html(Node("root", "1", "1", children=(branch, branch)))
    assert html.count("<b>leaf</b>") == 1
    assert html.count("<b>branch</b> = 2 MW") == 2
    assert html.count("shown above") == 1
    assert html.count("<details") == 2
    assert html.count("<details open") == 1
    assert html.count("<details") == html.count("</details>")


def test_a_grade_is_a_word_and_not_a_colour_alone() -> None:
    assert ">assumed<" in badge("assumed")
    assert badge("") == ""
