"""System (d): liquid circuit on dry coolers, residual heat in a chilled hall.

The circuit hands most of the IT heat to warm facility water, which dry coolers reject;
wetted pads, and a trim chiller where fitted, cover the hottest hours. What stays in
the air goes through the loop of system (b) or (c). Cold plates, rear doors and
immersion differ by their circuit alone.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from climate.cooling.chillers import cop_air_cooled
from climate.cooling.dry_cooler import Rejection, reject
from climate.cooling.hall import hall_on
from climate.cooling.liquid import Circuit, circuit_load, pumps
from climate.cooling.loops import residual
from climate.cooling.plant import (
    ADIABATIC,
    FREE,
    SHORTFALL,
    TRIM,
    UNKNOWN,
    Plant,
    idle,
    together,
)
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

MakeCircuit = Callable[[CoolingChoices, CoolingBook], Circuit]


def plant(
    make_circuit: MakeCircuit,
    air: Ambient,
    utilisation: float,
    choices: CoolingChoices,
    a: CoolingBook,
) -> Plant:
    """Run liquid circuit and residual air loop side by side."""
    circuit = make_circuit(choices, a)
    hall = hall_on(
        residual(choices), 1.0 - circuit.heat_fraction, air, utilisation, choices, a
    )
    return together(circuit_plant(circuit, air, utilisation, choices, a), hall)


def circuit_plant(
    circuit: Circuit,
    air: Ambient,
    utilisation: float,
    choices: CoolingChoices,
    a: CoolingBook,
) -> Plant:
    """Reject the circuit's heat: dry, then wet, then by the trim chiller, then short."""
    design = circuit.full_heat
    load = circuit_load(circuit, utilisation, a)
    coolers = reject(air, load, circuit.return_c, choices, a)
    trim = coolers.unmet * _trim_runs(air.temp_air, choices, a)
    unmet = coolers.unmet - trim
    trim_cop = cop_air_cooled(
        air.temp_air, a.chiller_trim_part_load, circuit.supply_c, a
    )
    return replace(
        idle(trim),
        pumps=np.full_like(trim, pumps(circuit, utilisation, a)),
        compressors=design * trim / trim_cop,
        rejection_fans=design * coolers.fans,
        evaporation=design * coolers.evaporation,
        blowdown=design * (a.adiabatic_feed_ratio - 1.0) * coolers.evaporation,
        heat_economised=design * (load - coolers.unmet),
        heat_trim=design * trim,
        heat_unmet=design * unmet,
        capacity_share=1.0 - unmet / load,
        mode=_mode(coolers, trim, unmet),
    )


def _trim_runs(
    temp_air: FloatArray, choices: CoolingChoices, a: CoolingBook
) -> NDArray[np.bool_]:
    return (temp_air <= a.chiller_lockout_c) & choices.trim_chiller


def _mode(coolers: Rejection, trim: FloatArray, unmet: FloatArray) -> NDArray[np.int8]:
    return np.select(
        [np.isnan(unmet), unmet > 0, trim > 0, coolers.evaporation > 0],
        [np.int8(m) for m in (UNKNOWN, SHORTFALL, TRIM, ADIABATIC)],
        np.int8(FREE),
    )
