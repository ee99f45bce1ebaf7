"""What the pictures and the sentence of a cooling study are made of: small tables."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from climate.cooling import SYSTEMS
from climate.cooling.plant import MODE_NAMES
from climate.cooling.summary import HOURS_PER_YEAR
from climate.psychrometrics import FloatArray, humidity_ratio
from siting.export_table import csv_text
from siting.study import Study, hour_table

CELLS: Final = (0.5, 0.5)
"""Sides of a cell of outdoor air: dry bulb [K], humidity ratio [g/kg]."""
MOST_CELLS: Final = 1600
MOST_POINTS: Final = 400
"""Points of one curve."""
HUMIDITIES: Final = (20.0, 40.0, 60.0, 80.0, 100.0)
"""Relative humidities that are drawn; the last is saturation [%]."""
LINE_POINTS: Final = 60
NEGLIGIBLE_WATER: Final = 0.005
"""Below this a WUE would be written 0.00 [L/kWh]."""


def mode_table(study: Study, site: str, system: str) -> pd.DataFrame:
    """Return the hours a year that outdoor air of each kind meets each mode.

    Hours are counted on a grid of dry bulb × humidity ratio of `CELLS`; the cells
    double until at most `MOST_CELLS` are in use.

    Parameters
    ----------
    study : Study
    site, system : str
        Labels of the study.

    Returns
    -------
    DataFrame
        `temp_air` [degC] and `humidity_ratio_g_per_kg` at the middle of a cell,
        `mode`, `mode_name`, `hours_per_year`; commonest first. Hours add up to 8,760.
    """
    air = study.weather.sel(site=site)
    temp = air["temp_air"].to_numpy()
    ratio = 1000.0 * air["humidity_ratio"].to_numpy()
    mode = study.cooling["mode"].sel(site=site, system=system).to_numpy()
    middle, modes, count = _counted(np.column_stack([temp, ratio]), mode)
    table = pd.DataFrame(
        {
            "temp_air": middle[:, 0],
            "humidity_ratio_g_per_kg": middle[:, 1],
            "mode": modes,
            "mode_name": [MODE_NAMES[m] if m >= 0 else "unknown" for m in modes],
            "hours_per_year": count * HOURS_PER_YEAR / temp.size,
        }
    )
    return table.sort_values("hours_per_year", ascending=False, ignore_index=True)


def _counted(
    air: FloatArray, mode: NDArray[np.int8]
) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    """Return the middles of the cells in use, their modes and how many hours each."""
    known = np.isfinite(air).all(axis=1)
    sides = np.array(CELLS)
    while True:
        cells = np.floor(air[known] / sides)
        kinds, count = np.unique(
            np.column_stack([cells, mode[known]]), axis=0, return_counts=True
        )
        if len(kinds) <= MOST_CELLS:
            return (kinds[:, :2] + 0.5) * sides, kinds[:, 2].astype(np.int64), count
        sides = sides * 2.0


def humidity_lines(study: Study, site: str) -> pd.DataFrame:
    """Return lines of equal relative humidity at the pressure of the site.

    Returns
    -------
    DataFrame
        `relative_humidity` [%], `temp_air` [degC] over the range of the weather,
        `humidity_ratio_g_per_kg`; 100 % is saturation.
    """
    air = study.weather.sel(site=site)
    temp = air["temp_air"].to_numpy()
    ends = np.floor(np.nanmin(temp)), np.ceil(np.nanmax(temp))
    along = np.linspace(*ends, LINE_POINTS)
    humid, where = np.meshgrid(HUMIDITIES, along, indexing="ij")
    ratio = humidity_ratio(where, humid, station_pressure(study, site))
    return pd.DataFrame(
        {
            "relative_humidity": humid.ravel(),
            "temp_air": where.ravel(),
            "humidity_ratio_g_per_kg": 1000.0 * ratio.ravel(),
        }
    )


def station_pressure(study: Study, site: str) -> float:
    """Return the mean pressure at the site [Pa]."""
    return float(study.weather["pressure"].sel(site=site).mean())


def duration_table(study: Study, site: str) -> pd.DataFrame:
    """Return for each system how many hours a year its PUE is at or above a value.

    Hours are sorted by PUE, highest first, and read off at `MOST_POINTS` places.

    Returns
    -------
    DataFrame
        Long: `system`, `hours_per_year` from 0 to 8,760, `pue`; systems without
        figures at the site are left out.
    """
    hours = np.linspace(0.0, HOURS_PER_YEAR, MOST_POINTS)
    pue = study.cooling["pue"].sel(site=site)
    parts = [
        pd.DataFrame(
            {
                "system": str(system),
                "hours_per_year": hours,
                "pue": np.quantile(values, 1.0 - hours / HOURS_PER_YEAR),
            }
        )
        for system, values in zip(pue["system"].to_numpy(), pue.to_numpy(), strict=True)
        if np.isfinite(values).all()
    ]
    columns = ["system", "hours_per_year", "pue"]
    return (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    )


def hours_csv(study: Study, site: str, system: str) -> bytes:
    """Return the hours of one system as a CSV file."""
    return csv_text(hour_table(study, site, system)).encode()


def cooling_headline(study: Study, site: str, system: str, name: str) -> str:
    """Return the sentence an engineer reads first about a system at a site.

    Parameters
    ----------
    study : Study
    site, system : str
        Labels of the study.
    name : str
        What readers call the site.

    Returns
    -------
    str
        PUE of the year and of the hottest day, water, hours of chillers, what fails.
    """
    own = study.cooling.sel(site=site, system=system)
    plant = SYSTEMS[system].title
    refused = str(own["inadmissible_because"].item())
    if not np.isfinite(own["pue_annual"].item()):
        return f"At {name}, {plant} has no figures: {refused or 'weather is missing'}."
    values = {str(n): v.item() for n, v in own.data_vars.items() if not v.dims}
    verb = "would be" if refused else "is"
    parts = [
        f"At {name}, PUE with {plant} {verb} {values['pue_annual']:.2f} on average "
        f"and {_hot_day(values)}",
        _water(values["wue_annual_l_per_kwh"]),
        _chillers(values),
    ]
    if values["derate_pct"] > 0:
        parts.append(f"that day leaves {values['derate_pct']:.0f} % of the IT uncooled")
    if refused:
        parts.append(f"refused here: {refused}")
    return "; ".join(parts) + "."


def _hot_day(values: dict[str, float]) -> str:
    dry, wet = f"{values['pue_peak']:.2f}", f"{values['pue_peak_wet']:.2f}"
    day = f"on a {values['design_temp_air']:.0f} °C day at full load"
    return (
        f"{dry} {day}" if dry == wet else f"{dry} {day} without water ({wet} with it)"
    )


def _water(wue: float) -> str:
    if wue == 0.0:
        return "no water over the year"
    if wue < NEGLIGIBLE_WATER:
        return "under 0.01 L/kWh of water over the year"
    return f"{wue:.2f} L/kWh of water over the year"


def _chillers(values: dict[str, float]) -> str:
    hours = HOURS_PER_YEAR - values["free_cooling_hours"]
    if hours <= 0:
        return "no chiller runs"
    whose = "the air loop's" if values["liquid_heat_kw_per_kw_it"] > 0 else "its"
    return f"{whose} chillers run {hours:,.0f} h a year"
