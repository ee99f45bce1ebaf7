"""The 500/330/220 kV network: power flow, outages, hosting capacity."""

from grid.electricity.network.case import joint_rows, known_of
from grid.electricity.network.hosting import hosting_table

__all__ = ["hosting_table", "joint_rows", "known_of"]
