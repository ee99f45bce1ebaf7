"""Climate: weather of every site, and the heat it takes away."""

from climate.cooling import cool, ledger
from climate.normals import elevations
from climate.sea import Intake
from climate.solar_power import pv_output
from climate.weather import at_sites
from climate.wind_power import hub_wind, mean_hub_wind, wind_output

__all__ = [
    "Intake",
    "at_sites",
    "cool",
    "elevations",
    "hub_wind",
    "ledger",
    "mean_hub_wind",
    "pv_output",
    "wind_output",
]
