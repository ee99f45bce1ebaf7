"""The colour scale of the map and its legend: dark is worst, bright is best."""

from html import escape
from typing import Final

import numpy as np
import pandas as pd

from app.figures import apart, heading
from data.schema import glossary

Colour = tuple[int, ...]
Ends = tuple[float, float]

SCALE: Final = (
    (0, 34, 78),
    (36, 65, 109),
    (87, 93, 109),
    (125, 124, 120),
    (165, 156, 116),
    (210, 192, 95),
    (254, 232, 56),
)
"""Cividis from worst to best in even steps: read alike by colour-blind eyes."""
GREY: Final = (150, 155, 160)
"""What is absent or excluded."""
ANNOUNCED: Final = (224, 142, 18, 255)
FIBRE: Final = (58, 121, 176, 230)
ROUTE: Final = (218, 58, 52, 255)
"""Routes of the selected site, on a light and on a dark page."""
VOLTAGES: Final = {
    110.0: ((176, 156, 207, 190), 1.5),
    220.0: ((152, 122, 196, 230), 2.0),
    330.0: ((124, 88, 182, 255), 2.5),
    500.0: ((102, 56, 168, 255), 3.5),
}
"""Violet and width [px] by the highest step a line's voltage reaches [kV]."""


def ends(metric: str, values: pd.Series) -> Ends | None:
    """Return the values at the worst and the best end of the colours.

    Parameters
    ----------
    metric : str
        Whose direction, by the glossary, says which end is best.
    values : Series
        Of the sites that count; None comes back where none is known.
    """
    known = values.dropna()
    if known.empty:
        return None
    low, high = float(known.min()), float(known.max())
    return (high, low) if glossary()[metric].direction == "lower" else (low, high)


def colours(values: pd.Series, worst_best: Ends | None) -> list[Colour]:
    """Return a colour for each value; absent is grey, all alike is the best.

    Examples
    --------
    >>> colours(pd.Series([1.0, 3.0, None]), (1.0, 3.0))
    [(0, 34, 78), (254, 232, 56), (150, 155, 160)]
    """
    if worst_best is None:
        return [GREY] * len(values)
    worst, best = worst_best
    if worst == best:
        return [GREY if pd.isna(v) else SCALE[-1] for v in values]
    sign = 1.0 if best > worst else -1.0
    stops = sign * np.linspace(worst, best, len(SCALE))
    at = sign * values.to_numpy(dtype=float)
    mixed = np.column_stack(
        [np.interp(at, stops, band) for band in zip(*SCALE, strict=True)]
    )
    return [
        GREY if np.isnan(colour).any() else tuple(int(c) for c in colour)
        for colour in mixed
    ]


def violet(kv: float) -> tuple[Colour, float]:
    """Return colour and width [px] of a line by its voltage [kV]."""
    reached = [look for step, look in VOLTAGES.items() if kv >= step]
    return reached[-1] if reached else VOLTAGES[110.0]


def css(colour: Colour) -> str:
    """Return a colour as a style sheet has it.

    Examples
    --------
    >>> css((0, 34, 78))
    'rgb(0,34,78)'
    """
    return f"rgb({','.join(str(channel) for channel in colour[:3])})"


def legend(metric: str, worst_best: Ends | None, layers: tuple[str, ...]) -> str:
    """Return the legend as HTML made of our own words and numbers only."""
    keys = [_ramp(metric, worst_best), _dot(GREY, "excluded")]
    if "grid" in layers:
        keys += [
            _line(colour, f"{kv:.0f} kV", "solid", width)
            for kv, (colour, width) in VOLTAGES.items()
        ]
    if "fibre" in layers:
        keys.append(_line(FIBRE, "fibre", "solid"))
        keys.append(_line(ROUTE, "routes of the selected site", "solid", 3.0))
    if layers:
        keys.append(_line(ANNOUNCED, "not yet in service", "dashed"))
    return f'<div style="{LEGEND}">{"".join(keys)}</div>'


BESIDE: Final = (
    (0, 114, 178, 255),
    (213, 94, 0, 255),
    (0, 158, 115, 255),
    (204, 121, 167, 255),
)
"""Colours of sites side by side, after Okabe and Ito, in the order they are asked."""


def names_legend(names: list[str]) -> str:
    """Return the legend of sites side by side as HTML; names are shown as text.

    Examples
    --------
    >>> "<b>" in names_legend(["<b>"])
    False
    """
    keys = [_dot(c, escape(name)) for c, name in zip(BESIDE, names, strict=False)]
    return f'<div style="{LEGEND}">{"".join(keys)}</div>'


LEGEND: Final = (
    "display:flex;flex-wrap:wrap;gap:2px 14px;align-items:center;"
    "font-size:12px;line-height:18px;font-variant-numeric:tabular-nums"
)


def _ramp(metric: str, worst_best: Ends | None) -> str:
    if worst_best is None:
        return f"<span>{heading(metric)}: absent at every site</span>"
    worst, best = apart(metric, *worst_best)
    ramp = ",".join(css(colour) for colour in SCALE)
    bar = (
        f"display:inline-block;width:90px;height:10px;margin:0 6px;"
        f"background:linear-gradient(to right,{ramp})"
    )
    return f'<span>{heading(metric)}: {worst}<span style="{bar}"></span>{best} (best)</span>'


def _dot(colour: Colour, text: str) -> str:
    dot = (
        "display:inline-block;width:9px;height:9px;border-radius:50%;"
        f"margin-right:5px;background:{css(colour)}"
    )
    return f'<span><span style="{dot}"></span>{text}</span>'


def _line(colour: Colour, text: str, stroke: str, width: float = 2.0) -> str:
    line = (
        "display:inline-block;width:18px;vertical-align:middle;margin-right:5px;"
        f"border-top:{width}px {stroke} {css(colour)}"
    )
    return f'<span><span style="{line}"></span>{text}</span>'
