"""What a campus costs to build and run: every line, in money of the price year.

A line is an amount and the shape it takes over the years; lines of one shape are
discounted by the same factor, so a levelised cost splits into its lines exactly.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from data.assumptions.finance import FinanceBook
from siting.finance.measures import Array
from siting.finance.regimes import TaxTerms
from siting.finance.timeline import Clocks

Role = Literal["colocation", "gpu_cloud", "shell"]
ROLES: Final[tuple[Role, ...]] = ("colocation", "gpu_cloud", "shell")
"""Investors whose cash flow can be drawn up."""

CAPEX_LINES: Final = (
    "facility",
    "cooling",
    "connection",
    "second_feed",
    "backup",
    "fibre",
    "connection_charge",
    "development",
    "contingency",
    "it",
)
WORKS: Final = 6
"""How many of them, from the first, are works: what is maintained and insured."""
OPEX_LINES: Final = (
    "energy",
    "standing_charge",
    "water",
    "land",
    "staff",
    "maintenance",
    "insurance",
    "it_support",
)
END_LINES: Final = ("residual", "it_residual")
"""What is sold at the end of its use: negative costs."""
COST_LINES: Final = (*CAPEX_LINES, *OPEX_LINES, *END_LINES)
"""The lines that a levelised cost is the sum of."""
HOURS_PER_MONTH: Final = 730.0
M2_PER_HA: Final = 1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class CashInputs:
    """What the physics hands to the money; arrays (...) that broadcast together."""

    it_mw: Array
    """IT capacity delivered [MW]."""
    utilisation: Array
    """Mean IT load over contracted capacity [1]."""
    clocks: Clocks
    """Months from decision to each thing first service waits for."""
    cooling_capex_usd: Array
    """Cooling plant of the system chosen [USD]."""
    connection_capex_usd: Array
    """Grid connection [USD]."""
    second_feed_capex_usd: Array
    """Feed from a second substation [USD]."""
    generators_usd: Array
    """Generators and their fuel, whole; zero where the tier has none [USD]."""
    fibre_capex_usd: Array
    """Fibre laterals [USD]."""
    connection_charge_usd: Array
    """What joining the network costs beside the works [USD]."""
    energy_usd_per_year: Array
    """Power bill of a full year at full contract and that utilisation [USD/year]."""
    standing_usd_per_year: Array
    """Standing charge of the meter [USD/year]."""
    water_azn_per_year: Array
    """Water bill of such a year [AZN/year]."""
    land_ha: Array
    """Land taken [ha]."""
    azn_per_usd: Array
    """Exchange rate of the price year [AZN/USD]."""
    tax: TaxTerms
    """Terms of the site's tax regime."""


class Line(NamedTuple):
    """One cost line."""

    name: str
    usd: Array
    """Capex, or a full year's cost, in money of the price year (...) [USD]."""
    shape: str
    """Which shape over the years it takes; see `shapes`."""


def it_kw(inputs: CashInputs) -> Array:
    """Return the IT capacity in kilowatts [kW]."""
    return 1000.0 * np.asarray(inputs.it_mw, dtype=np.float64)


def operator_pays(role: Role, usd: Array) -> Array:
    """Return a cost that only an operator has: a shell leaves it to its tenant."""
    return np.asarray(np.zeros(()) if role == "shell" else usd)


def it_usd(inputs: CashInputs, a: FinanceBook, role: Role) -> Array:
    """Return the price of all IT, borne by a GPU cloud alone [USD]."""
    if role != "gpu_cloud":
        return np.zeros(())
    return np.asarray(it_kw(inputs) * a.it_capex_usd_per_kw)


def capex_lines(inputs: CashInputs, a: FinanceBook, role: Role) -> tuple[Line, ...]:
    """Return the capex lines of a role.

    `facility_capex_usd_per_kw` covers shell and all plant; the cooling plant in
    it, `cooling_in_facility_usd_per_kw`, is taken out because the cooling system
    chosen brings its own cost; generators of a tier count beyond those in it,
    ``max(0, generators − kW · generators_in_facility)``, and a tier without them
    leaves those in it. A shell is `shell_share_pct` of the facility, with
    connection and fibre but no cooling. Only a GPU cloud buys the IT.

    Parameters
    ----------
    inputs : CashInputs
    a : FinanceBook
    role : Role

    Returns
    -------
    tuple of Line
        Amounts before escalation [USD].
    """
    whole = a.facility_capex_usd_per_kw
    fitted = whole - a.cooling_in_facility_usd_per_kw
    per_kw = whole * a.shell_share_pct / 100.0 if role == "shell" else fitted
    facility = it_kw(inputs) * per_kw
    cooling = operator_pays(role, inputs.cooling_capex_usd)
    connection, fibre = inputs.connection_capex_usd, inputs.fibre_capex_usd
    second = inputs.second_feed_capex_usd
    within = it_kw(inputs) * a.generators_in_facility_usd_per_kw
    backup = operator_pays(role, np.maximum(0.0, inputs.generators_usd - within))
    spare = np.asarray(a.contingency_pct) / 100.0
    development = (facility + cooling) * a.development_pct / 100.0
    return (
        Line("facility", facility, "building"),
        Line("cooling", cooling, "building"),
        Line("connection", connection, "connection"),
        Line("second_feed", second, "connection"),
        Line("backup", backup, "building"),
        Line("fibre", fibre, "building"),
        Line("connection_charge", inputs.connection_charge_usd, "connection"),
        Line("development", development, "building"),
        Line("contingency", spare * (facility + cooling + backup + fibre), "building"),
        Line("contingency", spare * (connection + second), "connection"),
        Line("it", it_usd(inputs, a, role), "it"),
    )


def opex_lines(inputs: CashInputs, a: FinanceBook, role: Role) -> tuple[Line, ...]:
    """Return the yearly cost lines of a role at full contract.

    The tenant of a shell runs it: energy, water and staff are the tenant's. A GPU
    cloud insures its IT and pays for its support.

    Parameters
    ----------
    inputs : CashInputs
    a : FinanceBook
    role : Role

    Returns
    -------
    tuple of Line
        Cost of a full year before escalation [USD/year].
    """
    works = {line.name: line.usd for line in capex_lines(inputs, a, role)[:WORKS]}
    plant = sum(works.values(), start=np.zeros(()))
    servers = it_usd(inputs, a, role)
    people = a.staff_fte_minimum + a.staff_fte_per_mw * inputs.it_mw
    wage = (
        12.0 * a.ict_wage_azn_per_month * (1.0 + np.asarray(a.staff_oncost_pct) / 100.0)
    )
    land = inputs.land_ha * M2_PER_HA * a.land_lease_usd_per_m2_year
    return (
        Line("energy", operator_pays(role, inputs.energy_usd_per_year), "power"),
        Line(
            "standing_charge",
            operator_pays(role, inputs.standing_usd_per_year),
            "power",
        ),
        Line(
            "water",
            operator_pays(role, inputs.water_azn_per_year / inputs.azn_per_usd),
            "water",
        ),
        Line("land", land, "land"),
        Line("staff", operator_pays(role, people * wage / inputs.azn_per_usd), "staff"),
        Line("maintenance", plant * a.maintenance_pct / 100.0, "running"),
        Line("insurance", (plant + servers) * a.insurance_pct / 100.0, "running"),
        Line("it_support", servers * a.it_support_pct / 100.0, "running"),
    )


def end_lines(inputs: CashInputs, a: FinanceBook, role: Role) -> tuple[Line, ...]:
    """Return what is sold at the end of its use, as negative costs.

    Works fetch `residual_pct` of their cost in money of the price year when the
    operation ends; IT fetches `it_residual_pct` of its price each time it goes.

    Parameters
    ----------
    inputs : CashInputs
    a : FinanceBook
    role : Role

    Returns
    -------
    tuple of Line
        Amounts, zero or negative [USD].
    """
    works = [line.usd for line in capex_lines(inputs, a, role)[:WORKS]]
    plant = sum(works, start=np.zeros(()))
    servers = it_usd(inputs, a, role)
    return (
        Line("residual", -plant * a.residual_pct / 100.0, "end"),
        Line("it_residual", -servers * a.it_residual_pct / 100.0, "it_sold"),
    )
