"""The cooling systems that can be chosen. A new system is one file and one line here."""

from collections.abc import Callable
from dataclasses import dataclass

from climate.cooling import air_chiller, liquid_dry
from climate.cooling.plant import Plant
from climate.cooling.state import AirState
from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook
from data.choices import CoolingChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """The three functions every cooling system provides."""

    plant: Callable[[AirState, float, CoolingChoices, CoolingBook], Plant]
    """Air, utilisation, choices, book → the plant at work."""
    design_heat: Callable[[FloatArray, CoolingBook], tuple[FloatArray, FloatArray]]
    """Site pressure [Pa], book → heat to liquid, heat to air [kW per kW rated IT]."""
    inadmissible_because: Callable[[CoolingChoices, CoolingBook], str]
    """Choices, book → reason, or an empty string."""


SYSTEMS: dict[str, System] = {
    "air_chiller": System(
        plant=air_chiller.plant,
        design_heat=air_chiller.design_heat,
        inadmissible_because=air_chiller.inadmissible_because,
    ),
    "liquid_dry": System(
        plant=liquid_dry.plant,
        design_heat=liquid_dry.design_heat,
        inadmissible_because=liquid_dry.inadmissible_because,
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
