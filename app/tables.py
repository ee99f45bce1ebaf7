"""Tables as the pages show them: which columns, how wide, in which words."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.figures import ABSENT, digits, figure, heading, label
from app.palette import short
from data.schema import glossary

SCORES: Final = ("score", "cooling_score", "power_score", "connectivity_score")
RANKED: Final = (
    "rank",
    "name",
    *SCORES,
    "lcoc_usd_per_kw_month",
    "it_mw",
    "ready_date",
    "flags",
    "pue_annual",
    "rtt_europe_ms",
    "price_usd_per_mwh",
)
"""Columns of the ranking, in order."""
FLAGS: Final = (
    "Flags",
    "What the tables name against the ground here; none named is not safe. "
    "Hazards and borders stand below.",
)
"""Head of the column of risks, and what it means."""
SURE: Final = ("p_rank_1", "p_top_3")
"""And of a ranking whose reader asks how sure it is."""
SYSTEMS: Final = (
    "pue_annual",
    "pue_peak",
    "pue_peak_wet",
    "wue_annual_l_per_kwh",
    "free_cooling_hours",
    "wet_hours",
    "shortfall_hours",
    "derate_pct",
    "peak_water_m3_per_mw_day",
    "cooling_capex_usd_per_kw_it",
)
"""Figures of the cooling systems, in order; between their name and the reason."""
OUT: Final = ("name", "excluded_because", "it_mw", "score")
"""Columns of what is excluded."""
WIDTHS: Final = {
    "rank": 36,
    "name": 170,
    **dict.fromkeys(SCORES, 62),
    "flags": 118,
    "lcoc_usd_per_kw_month": 130,
    "it_mw": 74,
    "ready_date": 66,
    "pue_annual": 48,
    "rtt_europe_ms": 80,
    "excluded_because": 480,
    "pue_peak": 64,
    "pue_peak_wet": 66,
    "wue_annual_l_per_kwh": 82,
    "free_cooling_hours": 54,
    "wet_hours": 52,
    "shortfall_hours": 62,
    "derate_pct": 72,
    "peak_water_m3_per_mw_day": 104,
    "cooling_capex_usd_per_kw_it": 98,
}
"""Pixels of the columns that would otherwise take too much or too little."""
FIGURES: Final = (
    ("it_mw", ""),
    ("lateral_km", ""),
    ("firm_mw", "power_grade"),
    ("ready_date", ""),
    ("lcoc_usd_per_kw_month", ""),
    ("price_usd_per_mwh", ""),
    ("pue_annual", ""),
    ("rtt_europe_ms", "fibre_grade"),
    ("rtt_central_asia_ms", "fibre_grade"),
    ("routes_europe_node", "fibre_grade"),
    ("isolation_h_per_year", "fibre_grade"),
)
"""Key figures of a site, and the metric that says how well each is known."""
CARD: Final = {"Figure": 118, "Value": 160, "Grade": 74}
GROUND: Final = {"Hazard": 130, "Found": 180, "Grade": 80, "Note": 500}
"""Pixels of the columns of the two tables about one site."""
HAZARDS: Final = {
    "seismic_msk": "Earthquake zone",
    "flood": "Flood",
    "mines": "Mines",
    "mud_volcano": "Mud volcano",
    "conflict": "Conflict",
    "dust": "Dust",
    "below_sea_level": "Below sea level",
    "border_armenia": "To Armenia",
    "border_georgia": "To Georgia",
    "border_iran": "To Iran",
    "border_russia": "To Russia",
}
"""Hazards of the table, in words."""
HERE: Final = ("built", "fits", "refused")
"""What a cooling system is at a site, in the order of the table."""
PLANT: Final = {"System": 124, "Here": 58}
"""Pixels of the columns that name a cooling system."""
GRAVE: Final = ("Earthquake zone", "Mines")
"""Hazards that stand among the key figures."""


def widths(pixels: Mapping[str, int]) -> dict[str, Any]:
    """Return columns of text of these widths."""
    return {
        name: st.column_config.TextColumn(name, width=wide)
        for name, wide in pixels.items()
    }


def key_figures(row: pd.Series, ground: pd.DataFrame) -> pd.DataFrame:
    """Return the figures an investor asks for first, each with its grade.

    Parameters
    ----------
    row : Series
        One row of the ranking.
    ground : DataFrame
        What `hazards` returned for the site; the gravest are repeated.
    """
    shown = [(label(m), _value(row, m), row[g] if g else "") for m, g in FIGURES]
    shown.insert(1, ("Connection", _connection(row), row["power_grade"]))
    grave = ground[ground["Hazard"].isin(GRAVE)]
    shown += list(grave[["Hazard", "Found", "Grade"]].itertuples(index=False))
    return pd.DataFrame(shown, columns=list(CARD))


def _connection(row: pd.Series) -> str:
    if not row["substation_name"]:
        return ABSENT
    return f"{row['connection_kv']:.0f} kV, {row['substation_name']}"


def _value(row: pd.Series, metric: str) -> str:
    value = row[metric]
    if isinstance(value, str):
        return value.replace("_", " ") or ABSENT
    return figure(metric, value)


def column(metric: str) -> Any:  # noqa: ANN401 - Streamlit names no type for it
    """Return how a metric stands in a table."""
    term = glossary().get(metric)
    said = term.meaning if term else None
    head, wide = heading(metric), WIDTHS.get(metric)
    if metric in SCORES:
        return st.column_config.ProgressColumn(
            head, help=said, width=wide, format="%.0f", min_value=0, max_value=100
        )
    if metric in SURE:
        return st.column_config.ProgressColumn(
            head, help=said, width=68, format="percent", min_value=0.0, max_value=1.0
        )
    if metric == "flags":
        return st.column_config.TextColumn(FLAGS[0], help=FLAGS[1], width=wide)
    if term is None or term.dtype == "str":
        return st.column_config.TextColumn(head, help=said, width=wide)
    places = f"%.{digits(metric)}f"
    return st.column_config.NumberColumn(head, help=said, width=wide, format=places)


def plants(systems: pd.DataFrame, built: str) -> pd.DataFrame:
    """Return the systems of a site: the built one, what else fits, what is refused.

    Parameters
    ----------
    systems : DataFrame
        As `siting.study.system_table` gives it.
    built : str
        The system the ranking chose.

    Returns
    -------
    DataFrame
        Indexed by system; `System`, `Here` and the columns of `SYSTEMS`.
    """
    refused = systems["inadmissible_because"].ne("")
    here = pd.Series("fits", index=systems.index).mask(refused, "refused")
    here = here.mask((systems.index == built) & ~refused, "built")
    shown = systems[list(SYSTEMS)].assign(
        System=list(map(short, systems.index)), Here=here
    )
    order = shown["Here"].map(HERE.index)
    return shown.loc[order.sort_values(kind="stable").index, [*PLANT, *SYSTEMS]]


def plant_columns() -> dict[str, Any]:
    """Return how the columns of `plants` stand in a table."""
    named = {
        name: st.column_config.TextColumn(name, width=wide, pinned=name == "System")
        for name, wide in PLANT.items()
    }
    return named | {metric: column(metric) for metric in SYSTEMS}


def refusals(systems: pd.DataFrame) -> dict[str, list[str]]:
    """Return the systems that each reason forbids at a site, in short words."""
    refused = systems["inadmissible_because"]
    grouped: dict[str, list[str]] = {}
    for system, reason in refused[refused.ne("")].items():
        grouped.setdefault(str(reason), []).append(short(str(system)))
    return grouped


def hazards(table: pd.DataFrame, site: str) -> pd.DataFrame:
    """Return what is known of the ground at a site, with grade and note."""
    rows = table.reset_index()
    rows = rows[rows["site_id"] == site]
    found = [
        (
            HAZARDS.get(row["hazard"], row["hazard"]),
            _hazard(row),
            row["grade"],
            row["note"],
        )
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame(found, columns=list(GROUND))


def _hazard(row: Mapping[Any, Any]) -> str:
    """Return what is known of a hazard; absent is not found, which is not safe."""
    if row["value_text"]:
        return str(row["value_text"]).replace("_", " ")
    if pd.isna(row["value"]):
        return "not found"
    if row["unit"] == "flag":
        return "yes" if row["value"] else "no"
    return f"{row['value']:g} {row['unit']}"
