"""The cash flow of one site, line by line, as `siting.finance` reckons it.

Every line is written in the language of the pack: what a spreadsheet recalculates.
The engine's own figures stand in another sheet and are compared with these.
"""

from siting.pack.language import Item

TRIALS = 5
"""Steps of false position towards the required rent, beyond its two bounds."""


def scalar(name: str, label: str, unit: str, formula: str) -> Item:
    """Return a computed scalar."""
    return Item(name=name, label=label, unit=unit, formula=formula)


def yearly(
    name: str, label: str, formula: str, unit: str = "USD", opening: str = "0"
) -> Item:
    """Return a computed row."""
    return Item(
        name=name,
        label=label,
        unit=unit,
        formula=formula,
        yearly=True,
        opening=opening,
    )


def curve(elapsed: str) -> str:
    """Return the S-curve of spending over a part passed: straight between knots."""
    return (
        f"spend_first_third_pct/100*MIN(3*{elapsed}, 1)"
        f" + (spend_two_thirds_pct - spend_first_third_pct)/100"
        f"*MIN(MAX(3*{elapsed} - 1, 0), 1)"
        f" + (1 - spend_two_thirds_pct/100)*MAX(3*{elapsed} - 2, 0)"
    )


def grown(pct: str) -> str:
    """Return a price index, 1 in the price year."""
    return f"(1 + {pct}/100)**(year - price_year)"


def rise_of(row: str, share: str = "unpaid_share") -> str:
    """Return by how much what is unpaid of a row rises in the year."""
    return f"{row}*{share} - prev({row})*prev({share})"


CALENDAR = (
    scalar(
        "works_months",
        "permits, then works",
        "months",
        "permit_months + building_months",
    ),
    scalar(
        "ready_months",
        "decision to first service: the slowest of grid, works and licence",
        "months",
        "MAX(grid_months, works_months, licence_months)",
    ),
    scalar(
        "ready_at",
        "first service, from 1 January of the decision year",
        "months",
        "decision_months + ready_months",
    ),
    scalar("life_months", "operation", "months", "12*life_years"),
    scalar("end_at", "end of operation", "months", "ready_at + life_months"),
    scalar("ramp_months", "lease-up", "months", "MAX(lease_up_months, 0.000000001)"),
    scalar(
        "occupied_pct",
        "share of the IT let",
        "%",
        "IF(cloud, gpu_occupancy_pct, occupancy_pct)",
    ),
    yearly("year", "year", "prev(year) + 1", "year", "decision_year - 1"),
    yearly("end_months", "end of the year", "prev(end_months) + 12", "months"),
    yearly(
        "in_service_months",
        "in service by then",
        "MIN(MAX(end_months - ready_at, 0), life_months)",
        "months",
    ),
    yearly(
        "ended",
        "1 in the year the operation ends",
        "IF(AND(in_service_months >= life_months,"
        " prev(in_service_months) < life_months), 1, 0)",
        "1",
    ),
    yearly(
        "operating",
        "part of the year in operation",
        "(in_service_months - prev(in_service_months))/12",
        "1",
    ),
    yearly(
        "climbing_months",
        "of them in lease-up",
        "MIN(in_service_months, ramp_months)",
        "months",
    ),
    yearly(
        "leased_months",
        "full-capacity months under contract by then",
        "occupied_pct/100*(prelet_pct/100*in_service_months"
        " + (1 - prelet_pct/100)*(climbing_months**2/(2*ramp_months)"
        " + in_service_months - climbing_months))",
        "months",
    ),
    yearly(
        "leased",
        "part of year and capacity under contract",
        "(leased_months - prev(leased_months))/12",
        "1",
    ),
    yearly(
        "held_months",
        "land held by then",
        "MIN(MAX(end_months - decision_months, 0), end_at - decision_months)",
        "months",
    ),
    yearly(
        "held",
        "part of the year the land is held",
        "(held_months - prev(held_months))/12",
        "1",
    ),
    yearly(
        "build_passed",
        "works passed by then",
        "MIN(MAX((end_months - decision_months - permit_months)"
        "/MAX(building_months, 1), 0), 1)",
        "1",
    ),
    yearly("build_spent", "their capex spent by then", curve("build_passed"), "1"),
    yearly("built", "spent in the year", "build_spent - prev(build_spent)", "1"),
    yearly(
        "link_passed",
        "connection passed by then",
        "MIN(MAX((end_months - decision_months)/MAX(grid_months, 1), 0), 1)",
        "1",
    ),
    yearly("link_spent", "its capex spent by then", curve("link_passed"), "1"),
    yearly("connected", "spent in the year", "link_spent - prev(link_spent)", "1"),
)
INDICES = (
    scalar(
        "discount_pct",
        "discount rate: WACC, country risk in force for the one within it",
        "%",
        "wacc_pct + (country_risk_pct - country_risk_in_wacc_pct)",
    ),
    yearly(
        "manat_index",
        "manat per dollar",
        f"{grown('azn_depreciation_pct')}/(1 - IF(AND(year >= devaluation_year,"
        " devaluation_year > price_year), devaluation_pct/100, 0))",
        "1",
    ),
    yearly("building_index", "construction", grown("capex_escalation_pct"), "1"),
    yearly("dollar_index", "USD prices", grown("usd_inflation_pct"), "1"),
    yearly(
        "local_index",
        "manat prices in USD",
        f"{grown('azn_inflation_pct')}/manat_index",
        "1",
    ),
    yearly(
        "power_index",
        "power in USD",
        f"{grown('power_escalation_pct')}/manat_index",
        "1",
    ),
    yearly("rent_index", "rent", grown("rent_escalation_pct"), "1"),
    yearly(
        "discount",
        "discount factor",
        "(1 + discount_pct/100)**(decision_year - year)",
        "1",
    ),
)
