"""The cooling systems that can be chosen. A new system is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from climate.cooling import air_chiller, airside, liquid_dry, sea_water, tower
from climate.cooling.dry_cooler import dry_cooler_usd_per_kw
from climate.cooling.hall import Loop, air_heat, hall_on, racks_refuse_air
from climate.cooling.liquid import cold_plates, immersion_tanks, rear_doors
from climate.cooling.liquid_dry import MakeCircuit
from climate.cooling.loops import residual, water_refusal
from climate.cooling.plant import Plant
from climate.cooling.state import Ambient
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices

Reasons = NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a system costs to build."""

    liquid_usd_per_kw: float
    """Liquid circuit and its heat rejection [USD per kW of its design heat]."""
    hall_usd_per_kw_it: float
    """A wholly air-cooled hall [USD/kW IT]."""
    rejected_usd_per_kw: float = 0.0
    """What serves all heat alike, such as a sea intake [USD/kW of design heat]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What every cooling system provides."""

    title: str
    """Its name for readers."""
    plant: Callable[[Ambient, float, CoolingChoices, CoolingBook], Plant]
    """Surroundings, utilisation, choices, book → the plant at work."""
    design_heat: Callable[
        [FloatArray, CoolingChoices, CoolingBook], tuple[FloatArray, FloatArray]
    ]
    """Site pressure [Pa] … → heat to liquid, heat to air [kW per kW rated IT]."""
    refused: Callable[[Ambient, CoolingChoices, CoolingBook], Reasons]
    """Why each site cannot have it, (site,); empty where it can."""
    prices: Callable[[CoolingChoices, CoolingBook], Prices]
    """Choices, book → unit costs."""
    numbers: tuple[str, ...]
    """Beginnings of the book's names it computes with."""


_COMMON = (
    "cooling.ups",
    "cooling.distribution",
    "cooling.transformer",
    "cooling.lighting",
    "cooling.auxiliaries",
    "cooling.speed_floor",
    "cooling.air.",
    "cooling.pump.",
    "cooling.redundancy",
    "cooling.chiller.",
)
_DRY = (*_COMMON, "cooling.free_cooling.", "cooling.capex.air_loop")
_FIELD = (
    *_DRY,
    "cooling.dry_cooler.",
    "cooling.adiabatic.",
    "cooling.capex.dry_cooler",
    "cooling.capex.trim",
)
_PLATES = ("cooling.liquid.", "cooling.capex.cdu")


def everywhere(air: Ambient, reason: str) -> Reasons:
    """Return one reason for every site."""
    return np.full(air.site_pressure.shape[0], reason, dtype=object)


def _hall_system(title: str, name: str, loop: Loop, numbers: tuple[str, ...]) -> System:
    """Return the system of a hall whose air is cooled by one water loop."""

    def plant(
        air: Ambient, utilisation: float, choices: CoolingChoices, a: CoolingBook
    ) -> Plant:
        return hall_on(loop, 1.0, air, utilisation, choices, a)

    def design_heat(
        pressure: FloatArray, choices: CoolingChoices, a: CoolingBook
    ) -> tuple[FloatArray, FloatArray]:
        del choices
        return np.zeros_like(pressure), air_heat(1.0, pressure, 1.0, a)

    def refused(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> Reasons:
        reason = racks_refuse_air(choices, a) or water_refusal(name, choices)
        return everywhere(air, reason)

    def prices(choices: CoolingChoices, a: CoolingBook) -> Prices:
        usd = loop.usd_per_kw_it(choices, a)
        return Prices(liquid_usd_per_kw=0.0, hall_usd_per_kw_it=usd)

    return System(
        title=title,
        plant=plant,
        design_heat=design_heat,
        refused=refused,
        prices=prices,
        numbers=numbers,
    )


def _airside_refused(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> Reasons:
    lacking = water_refusal(choices.residual_loop, choices)
    return everywhere(air, racks_refuse_air(choices, a) or lacking)


def _airside_prices(choices: CoolingChoices, a: CoolingBook) -> Prices:
    del choices
    usd = a.capex_airside_usd_per_kw_it
    return Prices(liquid_usd_per_kw=0.0, hall_usd_per_kw_it=usd)


def _liquid_system(title: str, make: MakeCircuit, numbers: tuple[str, ...]) -> System:
    """Return the system of a liquid circuit on dry coolers beside a chilled hall."""

    def design_heat(
        pressure: FloatArray, choices: CoolingChoices, a: CoolingBook
    ) -> tuple[FloatArray, FloatArray]:
        circuit = make(choices, a)
        liquid = np.full_like(pressure, circuit.full_heat)
        return liquid, air_heat(1.0 - circuit.heat_fraction, pressure, 1.0, a)

    def refused(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> Reasons:
        lacking = water_refusal(choices.residual_loop, choices)
        return everywhere(air, make(choices, a).refusal or lacking)

    def prices(choices: CoolingChoices, a: CoolingBook) -> Prices:
        coolers = dry_cooler_usd_per_kw(choices.itd_k, a)
        return Prices(
            liquid_usd_per_kw=coolers + make(choices, a).rack_usd_per_kw,
            hall_usd_per_kw_it=residual(choices).usd_per_kw_it(choices, a),
        )

    return System(
        title=title,
        plant=partial(liquid_dry.plant, make),
        design_heat=design_heat,
        refused=refused,
        prices=prices,
        numbers=(*_FIELD, *numbers),
    )


def _sea_heat(
    pressure: FloatArray, choices: CoolingChoices, a: CoolingBook
) -> tuple[FloatArray, FloatArray]:
    circuit = sea_water.loop_circuit(choices, a)
    liquid = np.full_like(pressure, circuit.full_heat)
    return liquid, air_heat(1.0 - circuit.heat_fraction, pressure, 1.0, a)


def _sea_refused(air: Ambient, choices: CoolingChoices, a: CoolingBook) -> Reasons:
    circuit = sea_water.loop_circuit(choices, a)
    racks = circuit.refusal if circuit.heat_fraction > 0 else ""
    coldest = air.temp_sea.max(axis=-1) + a.sea_exchanger_approach_k
    warm = (circuit.heat_fraction > 0) & (coldest > circuit.supply_c)
    too_warm = f"the sea is too warm for a loop of {circuit.supply_c:g} degC in summer"
    inland = f"no sea intake within {a.sea_max_distance_km:g} km"
    reasons = np.where(warm, too_warm, everywhere(air, racks))
    return np.where(sea_water.out_of_reach(air, a), inland, reasons).astype(object)


def _sea_prices(choices: CoolingChoices, a: CoolingBook) -> Prices:
    return Prices(
        liquid_usd_per_kw=cold_plates(choices, a).rack_usd_per_kw,
        hall_usd_per_kw_it=sea_water.LOOP.usd_per_kw_it(choices, a),
        rejected_usd_per_kw=a.capex_sea_usd_per_kw,
    )


SYSTEMS: dict[str, System] = {
    "airside": System(
        title="outdoor air with pads and trim chillers",
        plant=airside.plant,
        design_heat=airside.design_heat,
        refused=_airside_refused,
        prices=_airside_prices,
        numbers=(*_COMMON, "cooling.airside.", "cooling.capex.airside"),
    ),
    "tower": _hall_system(
        "cooling towers with a waterside economiser and chillers",
        "tower",
        tower.LOOP,
        (*_COMMON, "cooling.tower.", "cooling.capex.tower"),
    ),
    "air_chiller": _hall_system(
        "air-cooled chillers with free cooling", "air_chiller", air_chiller.LOOP, _DRY
    ),
    "liquid_dry": _liquid_system(
        "direct liquid cooling on dry coolers", cold_plates, _PLATES
    ),
    "sea_water": System(
        title="Caspian sea water",
        plant=sea_water.plant,
        design_heat=_sea_heat,
        refused=_sea_refused,
        prices=_sea_prices,
        numbers=(
            *_COMMON,
            *_PLATES,
            "cooling.sea.",
            "cooling.capex.sea",
            "cooling.capex.hall_units",
        ),
    ),
    "rear_door": _liquid_system(
        "rear-door coolers on dry coolers",
        rear_doors,
        ("cooling.rear_door.", "cooling.capex.rear_door"),
    ),
    "immersion": _liquid_system(
        "immersion tanks on dry coolers",
        immersion_tanks,
        ("cooling.immersion.", "cooling.liquid.water_rise", "cooling.capex.immersion"),
    ),
}


def chosen(names: tuple[str, ...]) -> dict[str, System]:
    """Return the named systems in order; an unknown name raises ValueError."""
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown or not names:
        raise ValueError(
            f"unknown cooling systems {unknown} — choose among {', '.join(SYSTEMS)}"
        )
    return {name: SYSTEMS[name] for name in names}
