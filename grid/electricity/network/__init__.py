"""The 500/330/220 kV network: power flow, outages, hosting capacity."""

from grid.electricity.network.case import joint_limits, known_of
from grid.electricity.network.years import Hosting, hosting_table, of_year

__all__ = ["Hosting", "hosting_table", "joint_limits", "known_of", "of_year"]
