"""Climate: weather of every site, and the heat it takes away."""

from climate.cooling import cool, ledger
from climate.normals import elevations
from climate.sea import Intake
from climate.weather import at_sites

__all__ = ["Intake", "at_sites", "cool", "elevations", "ledger"]
