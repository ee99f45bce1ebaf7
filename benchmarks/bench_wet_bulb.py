"""Wet bulb against PsychroLib (plain and under numba), MetPy and CoolProp.

Run: ``pip install 'khazri[bench]'`` and ``python benchmarks/bench_wet_bulb.py``. A peer
that is not installed is left out. All read the same random states (-25 to 45 degC, 5 to
100 %, 80 to 103 kPa); slow peers read fewer of them. Each figure is the median of five
runs, the rivals in turns. The largest difference from ours is shown beside; states near
0 degC, where ice and water both have a root, are left out of it.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from time import perf_counter

import numpy as np

from climate.psychrometrics import wet_bulb

REPEATS = 5
SIZES = {"khazri": 1_000_000, "psychrolib+numba": 200_000, "CoolProp": 300}
FEW = 2_000
BYTES = 32
"""Read per state: temperature, humidity, pressure; written: one value; 8 bytes each."""

States = tuple[np.ndarray, np.ndarray, np.ndarray]
Solver = Callable[[States], np.ndarray]


def states(count: int) -> States:
    """Return random dry bulbs [degC], relative humidities [%] and pressures [Pa]."""
    draw = np.random.default_rng(5)
    return (
        draw.uniform(-25, 45, count),
        draw.uniform(5, 100, count),
        draw.uniform(80e3, 103e3, count),
    )


def psychrolib(*, compiled: bool) -> Solver:
    """PsychroLib, one state at a time or through numba, which it takes if it can."""
    for name in [n for n in sys.modules if n.split(".")[0] == "psychrolib"]:
        del sys.modules[name]
    if not compiled:
        sys.modules["numba"] = None  # type: ignore[assignment]
    library = import_module("psychrolib")
    if not compiled:
        del sys.modules["numba"]
    library.SetUnitSystem(library.SI)
    one = library.GetTWetBulbFromRelHum
    call = one if compiled else np.vectorize(one)
    return lambda s: np.asarray(call(s[0], s[1] / 100, s[2]))


def metpy() -> Solver:
    """MetPy's wet bulb from the dew point (pseudo-adiabatic: another definition)."""
    calc, units = import_module("metpy.calc"), import_module("metpy.units").units

    def solve(s: States) -> np.ndarray:
        temp = s[0] * units.degC
        dew = calc.dewpoint_from_relative_humidity(temp, s[1] * units.percent)
        return calc.wet_bulb_temperature(s[2] * units.Pa, temp, dew).m_as("degC")

    return solve


def coolprop() -> Solver:
    """CoolProp's wet bulb of humid air as a real gas."""
    call = import_module("CoolProp.HumidAirProp").HAPropsSI
    ask = np.vectorize(
        lambda t, r, p: call("B", "T", t + 273.15, "R", r / 100, "P", p) - 273.15
    )
    return lambda s: ask(*s)


def rivals() -> dict[str, Solver]:
    """Return every solver that is installed."""
    found: dict[str, Solver] = {"khazri": lambda s: wet_bulb(*s)}
    if find_spec("psychrolib"):
        found["psychrolib, plain"] = psychrolib(compiled=False)
        if find_spec("numba"):
            found["psychrolib+numba"] = psychrolib(compiled=True)
    if find_spec("metpy"):
        found["MetPy"] = metpy()
    if find_spec("CoolProp"):
        found["CoolProp"] = coolprop()
    return found


def bandwidth() -> float:
    """Return the speed of copying memory, read and written [GB/s]."""
    source = np.random.default_rng(1).random(20_000_000)
    target = np.empty_like(source)
    times = [timed(lambda: np.copyto(target, source)) for _ in range(REPEATS)]
    return 2 * source.nbytes / median(times) / 1e9


def timed(function: Callable[[], object]) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start


def measured(solvers: dict[str, Solver]) -> dict[str, float]:
    """Return states a second of each solver [1/s], the rivals in turns."""
    inputs = {name: states(SIZES.get(name, FEW)) for name in solvers}
    times: dict[str, list[float]] = {name: [] for name in solvers}
    for _ in range(REPEATS):
        for name, solve in solvers.items():
            times[name].append(timed(lambda s=solve, n=name: s(inputs[n])))
    return {name: inputs[name][0].size / median(times[name]) for name in solvers}


def worst(solve: Solver) -> float:
    """Return the largest difference from ours away from 0 degC [K]."""
    some = states(300)
    ours, theirs = wet_bulb(*some), solve(some)
    return float(np.nanmax(np.abs(ours - theirs)[np.abs(ours) > 1.0]))


def main() -> None:
    solvers = rivals()
    gaps = {name: worst(solve) for name, solve in solvers.items()}
    speeds = measured(solvers)
    print(f"{'solver':<20}{'states/s':>12}{'khazri over it':>16}{'difference K':>14}")
    for name, speed in speeds.items():
        ratio = speeds["khazri"] / speed
        print(f"{name:<20}{speed:12.3g}{ratio:16.1f}{gaps[name]:14.4f}")
    copied = bandwidth()
    reached = 100 * speeds["khazri"] * BYTES / 1e9 / copied
    print(f"memory copies at {copied:.1f} GB/s; wet bulb moves {reached:.1f} % of that")


if __name__ == "__main__":
    main()
