"""Colours and words of the cooling charts; told apart by colour-blind eyes.

After Okabe and Ito, as the theme's; a system or a mode has one colour on every chart.
"""

from dataclasses import dataclass
from typing import Final

from climate.cooling import SYSTEMS


@dataclass(frozen=True, slots=True)
class Ink:
    """What text and lines are drawn with."""

    text: str
    muted: str
    paper: str
    accent: str


LIGHT: Final = Ink("#1d2428", "#6b747a", "#ffffff", "#0b6e6e")
DARK: Final = Ink("#e4e8ea", "#9aa3a9", "#14181b", "#4fb3b0")
"""As the theme has them."""

SYSTEM_WORDS: Final = {
    "airside": "Outdoor air",
    "tower": "Cooling towers",
    "air_chiller": "Air-cooled chillers",
    "liquid_dry": "Direct liquid",
    "sea_water": "Sea water",
    "rear_door": "Rear doors",
    "immersion": "Immersion",
}
"""Systems in two or three words."""
_SYSTEM_COLOURS: Final = {
    "airside": "#e69f00",
    "tower": "#56b4e9",
    "air_chiller": "#d55e00",
    "sea_water": "#8466b4",
    "rear_door": "#cc79a7",
    "immersion": "#8a8f94",
}

MODE_WORDS: Final = {
    "free": "Free: no compressor, no pads",
    "partial economiser": "Free cooling helped by chillers",
    "adiabatic": "Wetted air",
    "trim chiller": "Chiller trims the rest",
    "full mechanical": "Chillers alone",
    "shortfall": "Heat left uncooled",
    "unknown": "Weather missing",
}
"""Modes in words, from the easiest hours to the hardest."""
MODE_COLOURS: Final = {
    "free": "#56b4e9",
    "partial economiser": "#0072b2",
    "adiabatic": "#009e73",
    "trim chiller": "#e69f00",
    "full mechanical": "#d55e00",
    "shortfall": "#cc79a7",
    "unknown": "#6b747a",
}

PART_WORDS: Final = {
    "compressors": "Compressors",
    "rejection_fans": "Heat-rejection fans",
    "pumps": "Pumps",
    "air_fans": "Hall fans",
    "ups": "UPS losses",
    "distribution": "Distribution",
    "transformer": "Transformers",
    "auxiliaries": "Auxiliaries",
    "lighting": "Lighting",
}
"""Lines of the energy ledger, cooling first, then what is electrical."""
PART_COLOURS: Final = {
    "compressors": "#d55e00",
    "rejection_fans": "#e69f00",
    "pumps": "#0072b2",
    "air_fans": "#56b4e9",
    "ups": "#667078",
    "distribution": "#828b92",
    "transformer": "#9ba3a9",
    "auxiliaries": "#b5bbc0",
    "lighting": "#ced3d6",
}


def short(system: str) -> str:
    """Return a system in two or three words; a new one by its full title."""
    return SYSTEM_WORDS.get(system) or SYSTEMS[system].title


def system_colour(system: str, ink: Ink) -> str:
    """Return the colour of a system: the accent for direct liquid, grey if new."""
    if system == "liquid_dry":
        return ink.accent
    return _SYSTEM_COLOURS.get(system, ink.muted)
