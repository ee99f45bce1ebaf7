"""The cash flow of one site, line by line, as `siting.finance` reckons it.

Every line is written in the language of the pack: what a spreadsheet recalculates.
The engine's own figures stand in another sheet and are compared with these.
"""

from siting.finance import CAPEX_LINES, END_LINES, OPEX_LINES
from siting.finance.costs import M2_PER_HA
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
SPREADS = {
    "building": "built*building_index",
    "connection": "connected*building_index",
    "land": "held*dollar_index",
    "running": "operating*dollar_index",
    "staff": "operating*local_index",
    "power": "leased*power_index",
    "water": "leased*local_index",
    "end": "ended*dollar_index",
}
"""Kind of line → the part of its amount that falls in a year, escalation included."""
KINDS = {
    **dict.fromkeys(CAPEX_LINES, "building"),
    "connection": "connection",
    "second_feed": "connection",
    "connection_charge": "connection",
    "energy": "power",
    "standing_charge": "power",
    "water": "water",
    "land": "land",
    "staff": "staff",
    "maintenance": "running",
    "insurance": "running",
    "it": "it",
    "it_support": "running",
    "residual": "end",
    "it_residual": "it_sold",
}
"""Line → its kind; the contingency has two."""
NAMES = {
    "facility": "facility",
    "cooling": "cooling plant",
    "connection": "grid connection",
    "second_feed": "second feed",
    "backup": "generators beyond those in the facility",
    "fibre": "fibre",
    "connection_charge": "charge for joining the network",
    "development": "development",
    "contingency": "contingency",
    "energy": "energy",
    "standing_charge": "standing charge",
    "water": "water",
    "land": "land",
    "staff": "staff",
    "maintenance": "maintenance",
    "insurance": "insurance",
    "it": "IT",
    "it_support": "support of the IT",
    "residual": "works sold at the end",
    "it_residual": "IT sold",
}
SPARE_ON = "facility_amount + cooling_amount + backup_amount + fibre_amount"
AMOUNTS = (
    scalar("it_kw", "IT capacity", "kW", "1000*it_mw"),
    scalar(
        "vat_kept",
        "VAT on power that is borne",
        "1",
        "1 + supply_vat_pct/100*(1 - vat_recoverable_pct/100)",
    ),
    scalar(
        "reference_power_borne",
        "reference power price as borne",
        "USD/MWh",
        "reference_power_usd_per_mwh*reference_ex_vat"
        "*(1 + standard_supply_vat_pct/100*(1 - vat_recoverable_pct/100))",
    ),
    scalar(
        "facility_amount",
        NAMES["facility"],
        "USD",
        "it_kw*IF(operates, facility_capex_usd_per_kw - cooling_in_facility_usd_per_kw,"
        " facility_capex_usd_per_kw*shell_share_pct/100)",
    ),
    scalar(
        "cooling_amount",
        NAMES["cooling"],
        "USD",
        "operates*it_kw*cooling_capex_usd_per_kw_it",
    ),
    scalar("connection_amount", NAMES["connection"], "USD", "connection_capex_usd"),
    scalar("second_feed_amount", NAMES["second_feed"], "USD", "second_feed_capex_usd"),
    scalar(
        "backup_amount",
        NAMES["backup"],
        "USD",
        "operates*MAX(0, generators_usd - it_kw*generators_in_facility_usd_per_kw)",
    ),
    scalar("fibre_amount", NAMES["fibre"], "USD", "fibre_capex_usd"),
    scalar(
        "connection_charge_amount",
        NAMES["connection_charge"],
        "USD",
        "joining_charge_usd",
    ),
    scalar(
        "development_amount",
        NAMES["development"],
        "USD",
        "(facility_amount + cooling_amount)*development_pct/100",
    ),
    scalar(
        "contingency_building_amount",
        "contingency on works",
        "USD",
        f"contingency_pct/100*({SPARE_ON})",
    ),
    scalar(
        "contingency_connection_amount",
        "contingency on the connection",
        "USD",
        "contingency_pct/100*(connection_amount + second_feed_amount)",
    ),
    scalar(
        "works_amount",
        "works: what is maintained, insured and depreciated",
        "USD",
        f"{SPARE_ON} + connection_amount + second_feed_amount",
    ),
    scalar("it_amount", "IT, once", "USD", "cloud*it_kw*it_capex_usd_per_kw"),
    scalar(
        "energy_amount",
        "energy, a full year",
        "USD/year",
        "operates*it_mw*energy_mwh_per_mw_year*price_ex_vat_azn_per_mwh/azn_per_usd*vat_kept",
    ),
    scalar(
        "standing_charge_amount",
        "standing charge, a full year",
        "USD/year",
        "operates*standing_ex_vat_azn_per_year/azn_per_usd*vat_kept",
    ),
    scalar(
        "water_amount",
        "water, a full year",
        "USD/year",
        "operates*it_mw*water_m3_per_mw_year*water_tariff_azn_per_m3/azn_per_usd",
    ),
    scalar(
        "land_amount",
        "land, a year",
        "USD/year",
        f"it_mw*hectare_per_mw*{M2_PER_HA:g}*land_lease_usd_per_m2_year",
    ),
    scalar(
        "staff_amount",
        "staff, a year",
        "USD/year",
        "operates*(staff_fte_minimum + staff_fte_per_mw*it_mw)"
        "*12*ict_wage_azn_per_month*(1 + staff_oncost_pct/100)/azn_per_usd",
    ),
    scalar(
        "maintenance_amount",
        "maintenance, a year",
        "USD/year",
        "works_amount*maintenance_pct/100",
    ),
    scalar(
        "insurance_amount",
        "insurance, a year",
        "USD/year",
        "(works_amount + it_amount)*insurance_pct/100",
    ),
    scalar(
        "it_support_amount",
        NAMES["it_support"],
        "USD/year",
        "it_amount*it_support_pct/100",
    ),
    scalar(
        "residual_amount", NAMES["residual"], "USD", "-works_amount*residual_pct/100"
    ),
    scalar(
        "it_residual_amount",
        NAMES["it_residual"],
        "USD",
        "-it_amount*it_residual_pct/100",
    ),
)


def _line(name: str) -> Item:
    if name == "contingency":
        formula = (
            "contingency_building_amount*building_spread"
            " + contingency_connection_amount*connection_spread"
        )
    else:
        formula = f"{name}_amount*{KINDS[name]}_spread"
    return yearly(f"{name}_usd", NAMES[name], formula)


def summed(names: tuple[str, ...]) -> str:
    """Return the sum of some lines."""
    return " + ".join(f"{name}_usd" for name in names)


COSTS = (
    *(
        yearly(f"{kind}_spread", f"{kind}: part and price", formula, "1")
        for kind, formula in SPREADS.items()
    ),
    *map(_line, CAPEX_LINES),
    yearly("capex_usd", "capex", summed(CAPEX_LINES)),
    *map(_line, OPEX_LINES),
    yearly("opex_usd", "operating cost", summed(OPEX_LINES)),
    *map(_line, END_LINES),
    yearly("sold_usd", "what is sold fetches", "-residual_usd - it_residual_usd"),
)
