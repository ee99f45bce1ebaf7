"""What the campus of a case costs: amounts, and the same line by line over the years."""

from siting.finance import CAPEX_LINES, END_LINES, OPEX_LINES
from siting.finance.costs import M2_PER_HA
from siting.pack.language import Item
from siting.pack.rows import scalar, yearly

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
