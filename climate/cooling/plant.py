"""What a cooling system returns, and the account that turns it into PUE and WUE."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from climate.cooling.electrical import losses, transformer_loss
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook

FREE, PARTIAL, ADIABATIC, TRIM, MECHANICAL, SHORTFALL = range(6)
"""Modes: no compressor and no water; economiser helped by chillers; wetted air; trim
chiller on the liquid loop; chillers alone; heat left uncooled."""
UNKNOWN = -1
"""Mode of an hour whose weather is missing."""

COMPONENTS = (
    "ups",
    "distribution",
    "transformer",
    "lighting",
    "auxiliaries",
    "air_fans",
    "pumps",
    "compressors",
    "rejection_fans",
)
"""Lines of the energy ledger: with the IT itself they are all the facility draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One system at work; (site, time) arrays per kW of rated IT."""

    air_fans: FloatArray
    """Fans that move hall air [kW]."""
    pumps: FloatArray
    """Water pumps, coolant distribution units included [kW]."""
    compressors: FloatArray
    """Chillers with their condenser fans [kW]."""
    rejection_fans: FloatArray
    """Dry-cooler and free-cooling fans [kW]."""
    water: FloatArray
    """Make-up water, bleed included [L/h]."""
    heat_economised: FloatArray
    """Heat leaving without a compressor [kW]."""
    heat_chilled: FloatArray
    """Heat leaving through the air loop's chillers [kW]."""
    heat_trim: FloatArray
    """Heat leaving through the trim chiller of a liquid loop [kW]."""
    heat_unmet: FloatArray
    """Heat the plant cannot remove [kW]."""
    capacity_share: FloatArray
    """Least capacity over need among the loops, at most 1."""
    mode: NDArray[np.int8]
    """FREE … SHORTFALL, UNKNOWN where weather is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A plant with its account, (site, time)."""

    plant: Plant
    it_power: float
    """Mean IT power [kW per kW of rated IT]."""
    ledger: dict[str, FloatArray]
    """Component → kW per kW of rated IT, in the order of COMPONENTS."""
    pue: FloatArray
    """Facility power over IT power [1]."""
    wue_l_per_kwh: FloatArray
    """Site water over IT energy [L/kWh]."""


def operate(plant: Plant, utilisation: float, a: CoolingBook) -> Operation:
    """Close the account of a plant at a utilisation.

    PUE = (IT + every line of the ledger) / IT; transformers carry all of it.
    """
    electrical = losses(utilisation, a)
    cooling = plant.air_fans + plant.pumps + plant.compressors + plant.rejection_fans
    load = utilisation + sum(electrical) + cooling
    values = (
        np.full_like(load, electrical.ups),
        np.full_like(load, electrical.distribution),
        transformer_loss(load, a),
        np.full_like(load, electrical.lighting),
        np.full_like(load, electrical.auxiliaries),
        plant.air_fans,
        plant.pumps,
        plant.compressors,
        plant.rejection_fans,
    )
    ledger = dict(zip(COMPONENTS, values, strict=True))
    return Operation(
        plant=plant,
        it_power=utilisation,
        ledger=ledger,
        pue=(load + ledger["transformer"]) / utilisation,
        wue_l_per_kwh=plant.water / utilisation,
    )
