"""Charges of a connection beside its works and its energy: joining, and standing.

The tariff table charges for joining at medium voltage, nothing in the de-occupied
territories. For 110 kV and above no charge was found: the works are the customer's
own and the charge stays zero.
"""

from typing import Final

import xarray as xr

from data.assumptions.power import PowerBook
from data.tariff_calendar import Tariff, in_force
from data.world import World
from grid.electricity.prices import ex_vat, path

NO_CHARGE_FROM_KV: Final = 110
"""Voltage from which no connection charge was found [kV]."""
DE_OCCUPIED: Final = ("deoccupied", "park_in_deoccupied")
"""Tax regimes of the territories where joining at medium voltage is free."""


def connection_charge_usd(
    facility_mw: xr.DataArray,
    connection_kv: xr.DataArray,
    tax_regime: xr.DataArray,
    world: World,
    year: int,
) -> xr.DataArray:
    """Return what joining the network costs beside the works, ex VAT [USD].

    ``P · 1000 · charge / rate`` below 110 kV, ``charge`` that of medium voltage, or of
    the de-occupied territories; nothing from 110 kV.

    Parameters
    ----------
    facility_mw
        Peak load of the whole facility P [MW].
    connection_kv
        Voltage of the connection [kV].
    tax_regime
        Of each site.
    world
        Tariff table, rate of VAT, exchange rate of the book as tabled.
    year
        Calendar year.

    Raises
    ------
    InputError
        If a charge is not in force in the year.
    """
    usual, freed = (
        ex_vat(in_force(world.tables["tariffs"], Tariff(kind, "AZN/kW"), year), world)
        for kind in ("connection_medium_voltage", "connection_liberated")
    )
    rate = float(world.book.table["value"]["power.azn_per_usd"])
    free = tax_regime.isin(DE_OCCUPIED)
    charge = 1000.0 / rate * facility_mw * (usual + (freed - usual) * free)
    return charge.where(connection_kv < NO_CHARGE_FROM_KV, 0.0 * facility_mw)


def standing_usd_per_year(world: World, a: PowerBook, year: int) -> float:
    """Return the yearly standing charge of a three-phase meter, as tabled [USD/year].

    ``12 · charge / rate · path``

    Parameters
    ----------
    world
        Tariff table.
    a
        Exchange rate and real path of tariffs.
    year
        Calendar year.
    """
    wanted = Tariff("non_household", "AZN/month")
    row = in_force(world.tables["tariffs"], wanted, year)
    rise = path(a.tariff_escalation_real_pct, year, a)
    return 12.0 * row.value / a.azn_per_usd * rise
