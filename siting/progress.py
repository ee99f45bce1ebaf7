"""A progress bar on stderr; silent when nobody watches."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
WIDTH = 30


def progress(items: Sequence[Item], label: str) -> Iterator[Item]:
    """Yield the items, drawing how far it has come when stderr is a terminal."""
    watched = sys.stderr.isatty() and len(items) > 1
    for done, item in enumerate(items):
        if watched:
            full = round(WIDTH * done / len(items))
            bar = "█" * full + "·" * (WIDTH - full)
            sys.stderr.write(f"\r{label} {bar} {100 * done // len(items):3d} %")
            sys.stderr.flush()
        yield item
    if watched:
        sys.stderr.write("\r\033[K")
