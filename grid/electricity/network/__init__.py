"""The 500/330/220 kV network: power flow, outages, hosting capacity."""

from grid.electricity.network.hosting import hosting_table, joint_rows, known_of

__all__ = ["hosting_table", "joint_rows", "known_of"]
