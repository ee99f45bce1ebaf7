"""HTML and SVG by hand: everything said is escaped, only tags are ours."""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import NewType

Html = NewType("Html", str)
"""Text that is markup already, made by the functions here alone."""
VOID = frozenset({"meta", "br", "rect", "circle", "line", "path", "polyline"})
"""Elements without content."""
PRINTABLE_FROM = 0x20
MOST_TEXT = 120
"""Letters of a name in a table."""


def cut(text: object, most: int = MOST_TEXT) -> str:
    """Return text no longer than so many letters."""
    whole = str(text)
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"


def said(text: object) -> Html:
    """Return text as markup that shows it, whatever it holds."""
    letters = "".join(
        letter
        for letter in str(text)
        if ord(letter) >= PRINTABLE_FROM and not 0xD800 <= ord(letter) <= 0xDFFF
    )
    return Html(html.escape(letters, quote=True))


def tag(
    name: str, attributes: Mapping[str, object] | None = None, *children: Html
) -> Html:
    """Return an element; attribute values are escaped, children are markup."""
    given = "".join(
        f' {key}="{said(value)}"' for key, value in (attributes or {}).items()
    )
    if name in VOID:
        return Html(f"<{name}{given}/>")
    return Html(f"<{name}{given}>{''.join(children)}</{name}>")


def join(parts: Iterable[Html]) -> Html:
    """Return markup one after the other."""
    return Html("".join(parts))


def paragraph(text: object, style: str = "") -> Html:
    """Return a paragraph of text."""
    return tag("p", {"class": style} if style else None, said(text))


def listed(texts: Iterable[object]) -> Html:
    """Return a bulleted list of texts."""
    return tag("ul", None, *(tag("li", None, said(text)) for text in texts))


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Html]],
    numbers: Sequence[int] = (),
    wide: Sequence[int] = (),
) -> Html:
    """Return a table; the columns of numbers stand to the right.

    Parameters
    ----------
    heads : sequence of str
    rows : iterable of sequence of Html
        Cells as markup.
    numbers : sequence of int
        Columns to the right.
    wide : sequence of int
        Columns of words that are kept from growing narrow.
    """
    styles = {**dict.fromkeys(wide, "w"), **dict.fromkeys(numbers, "n")}

    def line(name: str, cells: Iterable[Html]) -> Html:
        return tag(
            "tr",
            None,
            *(
                tag(name, {"class": styles[i]} if i in styles else None, cell)
                for i, cell in enumerate(cells)
            ),
        )

    body = (line("td", row) for row in rows)
    top = line("th", map(said, heads))
    return tag("table", None, tag("thead", None, top), tag("tbody", None, *body))


def section(title: str, *children: Html) -> Html:
    """Return a section under its heading."""
    return tag("section", None, tag("h2", None, said(title)), *children)


def badge(grade: str) -> Html:
    """Return a grade as a badge."""
    known = ("measured", "published", "derived", "assumed")
    style = grade if grade in known else "other"
    return tag("span", {"class": f"badge {style}"}, said(grade))
