"""Electricity: where a site connects, how much, when, at what cost and price."""

from grid.electricity.carbon import carbon_factors
from grid.electricity.connect import connect
from grid.electricity.offer import offer
from grid.electricity.prices import SupplyPrices, supply_prices, tariffs_of_year
from grid.electricity.rooms import Ask, rooms
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
    "Ask",
    "SupplyPrices",
    "carbon_factors",
    "carbon_hours",
    "connect",
    "flat_price",
    "offer",
    "price_ex_vat",
    "prices",
    "rooms",
    "supply_prices",
    "tariff_class",
    "tariffs_of_year",
    "zone_energy",
    "zone_prices",
]
