"""What a cooling system returns, and the account that turns it into PUE and WUE."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from climate.cooling.electrical import losses, transformer_loss
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook

FREE, PARTIAL, ADIABATIC, TRIM, MECHANICAL, SHORTFALL = range(6)
"""Modes: no compressor and no pads; economiser helped by chillers; wetted air; chiller
trimming what wetted air or a liquid loop leaves; chillers alone; heat left uncooled."""
MODE_NAMES = (
    "free",
    "partial economiser",
    "adiabatic",
    "trim chiller",
    "full mechanical",
    "shortfall",
)
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

WORST_FIRST = (SHORTFALL, TRIM, ADIABATIC)
"""Modes of either loop that name the mode of a plant of two loops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One system at work; (site, time) arrays per kW of rated IT."""

    air_fans: FloatArray
    """Fans that move hall air [kW]."""
    pumps: FloatArray
    """Water pumps, coolant distribution and pad pumps included [kW]."""
    compressors: FloatArray
    """Chillers, air-cooled ones with their condenser fans [kW]."""
    rejection_fans: FloatArray
    """Dry-cooler, free-cooling and cooling-tower fans [kW]."""
    evaporation: FloatArray
    """Fresh water evaporated [L/h]."""
    drift: FloatArray
    """Fresh water lost as droplets [L/h]."""
    blowdown: FloatArray
    """Fresh water drained to hold the salts down, the bleed of pads included [L/h]."""
    seawater: FloatArray
    """Sea water pumped through, not consumed [L/h]."""
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

    @property
    def water(self) -> FloatArray:
        """Make-up water: evaporation, drift and blowdown [L/h]."""
        return self.evaporation + self.drift + self.blowdown


FLOWS = tuple(
    field.name
    for field in fields(Plant)
    if field.name not in ("capacity_share", "mode")
)
"""Fields of a plant that add up over its loops."""


def idle(shape: FloatArray) -> Plant:
    """Return a plant that does nothing, to be filled in with `dataclasses.replace`.

    Where `shape` is absent, so is every flow.
    """
    nothing = 0.0 * shape
    return Plant(
        **dict.fromkeys(FLOWS, nothing),
        capacity_share=1.0 + nothing,
        mode=np.zeros(nothing.shape, dtype=np.int8),
    )


def together(liquid: Plant, hall: Plant) -> Plant:
    """Return the plant of a liquid loop and a hall-air loop side by side.

    Flows add; the scarcer loop sets the capacity. The worst state of either loop
    names the mode; a hall on chillers beside a free liquid loop is PARTIAL.
    """
    total = {name: getattr(liquid, name) + getattr(hall, name) for name in FLOWS}
    helped = np.where(hall.mode == MECHANICAL, np.int8(PARTIAL), hall.mode)
    either = [(liquid.mode == m) | (hall.mode == m) for m in (UNKNOWN, *WORST_FIRST)]
    return Plant(
        **total,
        capacity_share=np.minimum(liquid.capacity_share, hall.capacity_share),
        mode=np.select(
            either, [np.int8(m) for m in (UNKNOWN, *WORST_FIRST)], helped
        ).astype(np.int8),
    )


def served(heat: FloatArray, unmet: FloatArray) -> FloatArray:
    """Return the share of the heat that is carried; all of it where there is none."""
    some = heat > 0.0
    share: FloatArray = 1.0 - unmet / np.where(some, heat, 1.0)
    return share


def chilled_mode(free: FloatArray, unmet: FloatArray) -> NDArray[np.int8]:
    """Return the mode of a hall whose economiser carries the share `free`."""
    return np.select(
        [np.isnan(free), unmet > 0, free >= 1, free > 0],
        [np.int8(m) for m in (UNKNOWN, SHORTFALL, FREE, PARTIAL)],
        np.int8(MECHANICAL),
    )


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
