"""Cooling: weather to PUE, water, peaks and limits, one file per system."""

from climate.cooling.capex import plant_capex
from climate.cooling.reference import reference_case
from climate.cooling.registry import SYSTEMS
from climate.cooling.simulate import cool, ledger

__all__ = ["SYSTEMS", "cool", "ledger", "plant_capex", "reference_case"]
