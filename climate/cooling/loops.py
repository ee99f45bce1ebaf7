"""The water loops that can carry hall air, by the name a scenario gives them."""

from climate.cooling import air_chiller, tower
from climate.cooling.hall import Loop
from data.choices import CoolingChoices

LOOPS: dict[str, Loop] = {"air_chiller": air_chiller.LOOP, "tower": tower.LOOP}


def residual(choices: CoolingChoices) -> Loop:
    """Return the loop that carries what the main system leaves in the air."""
    return LOOPS[choices.residual_loop]


def water_refusal(name: str, choices: CoolingChoices) -> str:
    """Why a loop cannot run without water, or an empty string."""
    if name == "tower" and not choices.water_available:
        return "cooling towers cannot run without water"
    return ""
