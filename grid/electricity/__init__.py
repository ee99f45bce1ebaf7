"""Electricity: where a site connects, how much, when, at what cost and price."""

from grid.electricity.availability import availability
from grid.electricity.backup import TIERS, Backup, backup_cost, tier_of
from grid.electricity.carbon import carbon_factors
from grid.electricity.charges import connection_charge_usd, standing_usd_per_year
from grid.electricity.connect import connect
from grid.electricity.offer import offer
from grid.electricity.prices import SupplyPrices, supply_prices, tariffs_of_year
from grid.electricity.rooms import Ask, rooms
from grid.electricity.second import second_feeds
from grid.electricity.stack import carbon_hours
from grid.electricity.tariff import (
    flat_price,
    price_ex_vat,
    prices,
    tariff_class,
    zone_energy,
    zone_prices,
)

__all__ = [
    "TIERS",
    "Ask",
    "Backup",
    "SupplyPrices",
    "availability",
    "backup_cost",
    "carbon_factors",
    "carbon_hours",
    "connect",
    "connection_charge_usd",
    "flat_price",
    "offer",
    "price_ex_vat",
    "prices",
    "rooms",
    "second_feeds",
    "standing_usd_per_year",
    "supply_prices",
    "tariff_class",
    "tariffs_of_year",
    "tier_of",
    "zone_energy",
    "zone_prices",
]
