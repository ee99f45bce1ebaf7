"""Which lines each action of `siting fibre` prints."""

import argparse
from collections.abc import Callable, Iterator

from siting import export_fibre, fibre_figures, fibre_lines, fibre_outages, fibre_supply

COMMANDS: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "paths": fibre_lines.paths,
    "cuts": fibre_lines.cuts,
    "years": fibre_lines.years,
    "latency": fibre_figures.latency,
    "outages": fibre_outages.outages,
    "market": fibre_figures.market,
    "capacity": fibre_supply.capacity,
    "price": fibre_supply.price,
    "export": export_fibre.export,
}
