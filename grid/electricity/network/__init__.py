"""The 500/330/220 kV network: power flow, outages, hosting capacity."""

from grid.electricity.network.case import joint_rows, known_of
from grid.electricity.network.hosting import Hosting, hosting_table

__all__ = ["Hosting", "hosting_table", "joint_rows", "known_of"]
