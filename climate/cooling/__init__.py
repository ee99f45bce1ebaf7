"""Cooling: weather to PUE, water, peaks and limits, one file per system."""

from climate.cooling.capex import capex_usd_per_kw_it, plant_capex
from climate.cooling.registry import SYSTEMS
from climate.cooling.simulate import cool, ledger

__all__ = ["SYSTEMS", "capex_usd_per_kw_it", "cool", "ledger", "plant_capex"]
