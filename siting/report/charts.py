"""Charts of the report as inline SVG: no script, no font, nothing to fetch."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from siting.report.markup import Html, cut, join, said, tag

WIDE: Final = 720.0
INK, MUTED, GRID = "#1F2933", "#61707D", "#DDE3E8"
SERIES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's colours, told apart by most colour-blind readers."""
STACK: Final = (
    "#12324A", "#1F5F8B", "#3A8DBF", "#7FB8D8", "#B9D9EA", "#8C6BB1", "#C2A5CF",
    "#E7D4E8", "#A6611A", "#D9A441", "#F1D58A", "#6B8E23", "#A3C586", "#4D4D4D",
    "#8A8A8A", "#C0C0C0",
)  # fmt: skip


class Frame(NamedTuple):
    """The plotting area of a chart and the values at its edges."""

    left: float
    top: float
    width: float
    height: float
    low: float
    high: float
    """Values at bottom and top."""

    def y(self, value: float) -> float:
        """Return the height of a value on the page."""
        share = (value - self.low) / (self.high - self.low)
        return self.top + self.height * (1.0 - share)


def text(
    x: float, y: float, words: str, anchor: str = "start", colour: str = INK
) -> Html:
    """Return words at a place."""
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "fill": colour}
    return tag("text", place, said(words))


def rect(
    x: float, y: float, width: float, height: float, colour: str, tip: str = ""
) -> Html:
    """Return a bar; its tip shows where a reader points."""
    shape: dict[str, object] = {
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "width": f"{max(width, 0.0):.1f}",
        "height": f"{max(height, 0.0):.1f}",
        "fill": colour,
    }
    if not tip:
        return tag("rect", shape)
    return tag("g", None, tag("title", None, said(tip)), tag("rect", shape))


def svg(width: float, height: float, label: str, *children: Html) -> Html:
    """Return a drawing that says what it shows to those who cannot see it."""
    frame = {
        "viewBox": f"0 0 {width:.0f} {height:.0f}",
        "role": "img",
        "aria-label": label,
    }
    return tag("svg", frame, *children)


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Return round values that span a range, both ends within.

    Examples
    --------
    >>> ticks(0.0, 97.0)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    """
    span = max(high - low, 1e-12)
    rough = span / wanted
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(power * n for n in (1.0, 2.0, 2.5, 5.0, 10.0) if power * n >= rough)
    first, last = np.floor(low / step), np.ceil(high / step)
    return [float(step * n) for n in range(int(first), int(last) + 1)]


def scaled(values: Sequence[float]) -> list[float]:
    """Return the ticks that hold all values and zero."""
    known = [v for v in values if np.isfinite(v)] or [1.0]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    return ticks(low, high if high > low else low + 1.0)


def axis(frame: Frame, marks: Sequence[float]) -> Html:
    """Return the lines of the values and their numbers."""
    right = frame.left + frame.width
    parts = []
    for mark in marks:
        y = f"{frame.y(mark):.1f}"
        ends = {"x1": f"{frame.left:.1f}", "x2": f"{right:.1f}", "y1": y, "y2": y}
        colour = MUTED if mark == 0.0 else GRID
        parts.append(tag("line", {**ends, "stroke": colour}))
        parts.append(
            text(frame.left - 6, frame.y(mark) + 4, f"{mark:,g}", "end", MUTED)
        )
    return join(parts)


def legend(names: Sequence[str], colours: Sequence[str], top: float) -> Html:
    """Return the legend in columns, below a chart."""
    parts = []
    for number, (name, colour) in enumerate(zip(names, colours, strict=True)):
        x, y = 8 + 178.0 * (number % 4), top + 18.0 * (number // 4)
        parts += [rect(x, y, 11, 11, colour), text(x + 16, y + 10, cut(name, 23))]
    return join(parts)


def lines(
    label: str, years: Sequence[int], series: Mapping[str, Sequence[float]]
) -> Html:
    """Return a chart of lines over years, absent values left out."""
    marks = scaled([value for values in series.values() for value in values])
    frame = Frame(60, 14, WIDE - 80, 190, marks[0], marks[-1])
    first, span = years[0], max(years[-1] - years[0], 1)
    at = [frame.left + 14 + (frame.width - 28) * (y - first) / span for y in years]
    parts = [axis(frame, marks)]
    parts += [
        text(x, 222, str(year), "middle", MUTED)
        for x, year in zip(at, years, strict=True)
    ]
    colours = SERIES[: len(series)]
    for values, colour in zip(series.values(), colours, strict=True):
        points = [
            (x, frame.y(v)) for x, v in zip(at, values, strict=True) if np.isfinite(v)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn = {"points": path, "fill": "none", "stroke": colour, "stroke-width": 2}
        parts.append(tag("polyline", drawn))
        parts += [
            tag("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": 3, "fill": colour})
            for x, y in points
        ]
    parts.append(legend(list(series), colours, 236))
    height = 240 + 18 * (1 + (len(series) - 1) // 4)
    return svg(WIDE, height, label, *parts)


def stacked(label: str, unit: str, bars: Mapping[str, Mapping[str, float]]) -> Html:
    """Return stacked bars, one a site; credits stand left of nil.

    Parameters
    ----------
    label, unit : str
    bars : mapping of str to mapping of str to float
        Site → part → amount, parts in one order; what is nil everywhere is left out.
    """
    parts_of = next(iter(bars.values()))
    names = [p for p in parts_of if any(abs(bar[p]) > 0.005 for bar in bars.values())]
    colours = [STACK[i % len(STACK)] for i in range(len(names))]
    most = max(sum(max(v, 0.0) for v in bar.values()) for bar in bars.values())
    owed = max(sum(max(-v, 0.0) for v in bar.values()) for bar in bars.values())
    left, room = 190.0, WIDE - 190.0 - 70.0
    per_unit = room / (most + owed)
    drawn: list[Html] = []
    for number, (site, bar) in enumerate(bars.items()):
        y = 8 + 34.0 * number
        right = back = left + per_unit * owed
        drawn.append(text(left - 8, y + 16, cut(site, 28), "end"))
        for name, colour in zip(names, colours, strict=True):
            width = per_unit * abs(bar[name])
            back -= width if bar[name] < 0.0 else 0.0
            tip = f"{site}, {name}: {bar[name]:.2f} {unit}"
            x = back if bar[name] < 0.0 else right
            drawn.append(rect(x, y, width, 24, colour, tip))
            right += width if bar[name] >= 0.0 else 0.0
        drawn.append(text(right + 6, y + 16, f"{sum(bar.values()):.1f}"))
    below = 18 + 34.0 * len(bars)
    drawn.append(legend(names, colours, below))
    height = below + 18 * (1 + (len(names) - 1) // 4) + 4
    return svg(WIDE, height, label, *drawn)


def flows(label: str, years: Sequence[int], values: Sequence[float]) -> Html:
    """Return bars of a yearly cash flow with the running sum as a line."""
    running = np.cumsum(values)
    marks = scaled([*values, *running])
    frame = Frame(64, 14, WIDE - 84, 220, marks[0], marks[-1])
    step = frame.width / len(years)
    parts, points = [axis(frame, marks)], []
    for number, (year, value) in enumerate(zip(years, values, strict=True)):
        x, zero = frame.left + step * number, frame.y(0.0)
        top, height = min(frame.y(value), zero), abs(frame.y(value) - zero)
        colour = SERIES[0] if value >= 0 else SERIES[1]
        tip = f"{year}: {value:,.1f} million USD"
        parts.append(rect(x + step * 0.15, top, step * 0.7, height, colour, tip))
        points.append(f"{x + step / 2:.1f},{frame.y(float(running[number])):.1f}")
        if number % max(1, len(years) // 12) == 0:
            parts.append(text(x + step / 2, 252, str(year), "middle", MUTED))
    drawn = {"points": " ".join(points), "fill": "none", "stroke": INK}
    parts.append(tag("polyline", {**drawn, "stroke-width": 1.5}))
    names = ("money in", "money out", "running sum")
    parts.append(legend(names, (SERIES[0], SERIES[1], INK), 264))
    return svg(WIDE, 284, label, *parts)
