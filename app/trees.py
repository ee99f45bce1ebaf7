"""The tree of a number as a page shows it: folded, graded, every text escaped."""

from html import escape
from typing import Final

from siting.explain import Node

TINTS: Final = {
    "measured": ("#009e73", "M"),
    "published": ("#0072b2", "P"),
    "derived": ("#8466b4", "D"),
    "assumed": ("#b06a00", "A"),
    "choice": ("#6b747a", "C"),
}
"""Colour and letter of a grade; the word stands beside them."""
OPEN_TO: Final = 1
"""Branches this deep stand open."""
STYLE: Final = """<style>
.tree {font-size: 13px; line-height: 1.45; font-variant-numeric: tabular-nums;}
.tree details {margin: 0;}
.tree summary {cursor: pointer; padding: 2px 0;}
.tree .in {margin-left: 9px; padding-left: 14px; border-left: 1px solid #8a8f9455;}
.tree .leaf {padding: 2px 0 2px 15px;}
.tree b {font-weight: 600;}
.tree .why {opacity: .72; display: block; padding-left: 15px; overflow-wrap: anywhere;}
.tree .told {opacity: .72; margin-left: 5px; overflow-wrap: anywhere;}
.grade {display: inline-block; font-size: 11px; line-height: 15px; padding: 0 6px;
  border-radius: 8px; color: #fff; margin: 0 4px;}
</style>"""


def badge(grade: str) -> str:
    """Return a grade as a coloured word; blank for none.

    Examples
    --------
    >>> "assumed" in badge("assumed"), badge("")
    (True, '')
    """
    if not grade:
        return ""
    colour, _ = TINTS.get(grade, TINTS["choice"])
    return f'<span class="grade" style="background:{colour}">{escape(grade)}</span>'


def tree_html(tree: Node) -> str:
    """Return a tree as folded HTML: one line a number, formula and source beneath.

    What has been shown once is named again, not drawn again. Nothing of the tree is
    taken for markup.
    """
    return f'{STYLE}<div class="tree">{_drawn(tree, 0, set())}</div>'


def _drawn(node: Node, depth: int, seen: set[str]) -> str:
    again = node.label in seen and bool(node.children)
    seen.add(node.label)
    told = " · ".join(
        escape(part)
        for part in ("shown above" if again else "", node.as_of, node.source)
        if part
    )
    unit = f" {escape(node.unit)}" if node.unit not in ("", "1") else ""
    line = (
        f"<b>{escape(node.label)}</b> = {escape(node.value)}{unit}{badge(node.grade)}"
        f'<span class="told">{told}</span>'
    )
    why = f'<span class="why">{escape(node.formula)}</span>' if node.formula else ""
    if not node.children or again:
        return f'<div class="leaf">{line}{why}</div>'
    inner = "".join(_drawn(child, depth + 1, seen) for child in node.children)
    opened = " open" if depth < OPEN_TO else ""
    return (
        f"<details{opened}><summary>{line}</summary>{why}"
        f'<div class="in">{inner}</div></details>'
    )
