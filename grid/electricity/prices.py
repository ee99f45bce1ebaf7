"""What else a design may buy or sell: gas, solar power under contract, exports."""

from dataclasses import dataclass, replace

from data.assumptions.power import PowerBook
from data.choices import PowerChoices
from data.tariff_calendar import InForce, Tariff, in_force
from data.world import World

STANDARD = "standard"
"""Tax regime whose VAT rate the tabled prices include."""
MIRRORS = {
    "tariff_industrial_azn_per_kwh": Tariff("industrial", "AZN/kWh"),
    "tariff_data_centre_day_azn_per_kwh": Tariff("data_centre", "AZN/kWh", "day"),
    "tariff_data_centre_night_azn_per_kwh": Tariff("data_centre", "AZN/kWh", "night"),
}
"""Numbers of the book that repeat a row of the tariff table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPrices:
    """Prices of a year beside the hourly tariff, in money of the base year, ex VAT."""

    gas_usd_per_mwh_th: float
    """Gas, on its lower heating value."""
    ppa_usd_per_mwh: float
    """Solar power at the auction price, at the plant; `PowerChoices.ppa` says whether
    it may be bought."""
    wheeling_usd_per_mwh: float
    """Transit of such power over the network."""
    export_usd_per_mwh: float
    """Power sold abroad, at its customs value."""
    fixed_usd_per_month: float
    """Standing charge of a three-phase meter."""


def path(real_pct: float, year: int, a: PowerBook) -> float:
    """Return how far a price has moved by a year, in real money [1].

    ``(1 + r/100)^max(0, year − base)``: before the base year it stands as tabled.

    Parameters
    ----------
    real_pct
        Real rise r [%/year].
    year
        Calendar year.
    a
        Base year.
    """
    return float((1.0 + real_pct / 100.0) ** max(0.0, year - a.tariff_base_year))


def ex_vat(found: InForce, world: World) -> float:
    """Return a tariff without the VAT its rows include, in its own unit.

    Parameters
    ----------
    found
        A tariff in force.
    world
        For the standard rate of VAT.
    """
    rate = float(world.tables["tax_regimes"]["supply_vat_pct"][STANDARD])
    return found.value / (1.0 + found.vat_included * rate / 100.0)


def gas_price(world: World, choices: PowerChoices, a: PowerBook, year: int) -> float:
    """Return the price of gas in a year, ex VAT [USD/MWh_th].

    Regulated: ``tariff / (rate · kWh per m³) · 1000 · path``; negotiated: the book's
    price per m³ in place of the first quotient.

    Parameters
    ----------
    world
        For the regulated tariffs.
    choices
        The contract.
    a
        Heating value, negotiated price, exchange rate, path.
    year
        Calendar year.
    """
    rise = path(a.gas_escalation_real_pct, year, a)
    if choices.gas == "negotiated":
        return a.gas_negotiated_usd_per_m3 * rise * 1000.0 / a.gas_kwh_per_m3
    row = in_force(
        world.tables["tariffs"], Tariff(f"gas_{choices.gas}", "AZN/m3"), year
    )
    usd_per_m3 = ex_vat(row, world) / a.azn_per_usd
    return usd_per_m3 * rise * 1000.0 / a.gas_kwh_per_m3


def supply_prices(
    world: World, choices: PowerChoices, a: PowerBook, year: int
) -> SupplyPrices:
    """Return what a supply design needs beside the hourly import price.

    Wheeling, export and the standing charge follow the real path of tariffs; the
    auction price is a guaranteed one and stays; gas has its own path.

    Parameters
    ----------
    world
        Tariff table and VAT rate.
    choices
        Gas contract.
    a
        The power room's book.
    year
        Calendar year.

    Raises
    ------
    InputError
        If a price is used in a year its rows do not cover.
    """
    tabled = {
        name: ex_vat(in_force(world.tables["tariffs"], wanted, year), world)
        for name, wanted in {
            "ppa": Tariff("ppa_auction", "USD/kWh"),
            "wheeling": Tariff("transit", "AZN/kWh"),
            "export": Tariff("export_customs", "USD/kWh"),
            "fixed": Tariff("non_household", "AZN/month"),
        }.items()
    }
    rise = path(a.tariff_escalation_real_pct, year, a)
    return SupplyPrices(
        gas_usd_per_mwh_th=gas_price(world, choices, a, year),
        ppa_usd_per_mwh=tabled["ppa"] * 1000.0,
        wheeling_usd_per_mwh=tabled["wheeling"] * 1000.0 / a.azn_per_usd * rise,
        export_usd_per_mwh=tabled["export"] * 1000.0 * rise,
        fixed_usd_per_month=tabled["fixed"] / a.azn_per_usd * rise,
    )


def tariffs_of_year(
    world: World, choices: PowerChoices, a: PowerBook, year: int
) -> PowerBook:
    """Return the book with the electricity tariffs in force in a year.

    ``row of the year · book / book as tabled``: the row gives the price, and an
    override or a draw of the book's number scales it. No real path: the cash flow
    raises the bill by its own.

    Parameters
    ----------
    world
        Tariff table, and the book as tabled.
    choices
        Whether the data-centre row is taken to stand: only then must it cover the
        year.
    a
        The power room's book in force.
    year
        Calendar year.

    Raises
    ------
    InputError
        If a class that is used has a gap in its calendar.
    """
    dated = {}
    for name, wanted in MIRRORS.items():
        if wanted.tariff_class == "data_centre" and not choices.data_centre_tariff:
            continue
        book = f"power.tariff.{name.removeprefix('tariff_')}"
        tabled = float(world.book.table["value"][book])
        row = in_force(world.tables["tariffs"], wanted, year).value
        dated[name] = row * (getattr(a, name) / tabled)
    return replace(a, **dated)
