"""Every room's slice of the assumptions book, gathered."""

from dataclasses import dataclass

from data.assumptions.campus import CampusBook
from data.assumptions.climate import ClimateBook
from data.assumptions.cooling import CoolingBook
from data.assumptions.doubt import DoubtBook
from data.assumptions.fibre import FibreBook
from data.assumptions.finance import FinanceBook
from data.assumptions.lei_compat import LeiCompatBook
from data.assumptions.power import PowerBook
from data.assumptions.resource import ResourceBook
from data.assumptions.supply import SupplyBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """Every scalar the model computes with, room by room."""

    climate: ClimateBook
    cooling: CoolingBook
    lei_compat: LeiCompatBook
    power: PowerBook
    fibre: FibreBook
    campus: CampusBook
    finance: FinanceBook
    resource: ResourceBook
    supply: SupplyBook
    doubt: DoubtBook


ROOMS = {
    "climate": ClimateBook,
    "cooling": CoolingBook,
    "lei_compat": LeiCompatBook,
    "power": PowerBook,
    "fibre": FibreBook,
    "campus": CampusBook,
    "finance": FinanceBook,
    "resource": ResourceBook,
    "supply": SupplyBook,
    "doubt": DoubtBook,
}
"""Slice type by the room's prefix in the book."""
