"""Designs as tables: one row each, and the hours of the best."""

import pandas as pd

from siting.supply.design import Design
from siting.supply.inputs import Inputs


def design_table(made: list[Design]) -> pd.DataFrame:
    """Return one row a design: sizes, energy, every cost line, worths, limits missed.

    Returns
    -------
    DataFrame
        `site_id`, `system`, `tariff_class`, `option`, `status`, `gap`; `…_mw` (and
        `battery_energy_mwh`), `…_mwh_per_year`, `…_usd_per_year`, and
        `…_worth_usd`; `cannot_be_met` in words.
    """
    return pd.DataFrame([_row(one) for one in made])


def _row(one: Design) -> dict[str, object]:
    missed = "; ".join(f"{name} short by {by:.6g}" for name, by in one.missed.items())
    row: dict[str, object] = {
        "site_id": one.pair.site,
        "system": one.pair.system,
        "tariff_class": one.pair.tariff_class,
        "option": one.pair.option,
        "status": one.solution.status,
        "gap": one.solution.gap,
        "cannot_be_met": missed,
        "total_usd_per_year": one.usd_per_year,
        "carbon_t_per_year": one.carbon_t(),
        "carbon_free_pct": one.carbon_free_pct(),
    }
    for name, size in one.capacity().items():
        unit = "mwh" if name == "battery energy" else "mw"
        row[f"{_plain(name)}_{unit}"] = size
    for name, mwh in one.energy().items():
        row[f"{_plain(name)}_mwh_per_year"] = mwh
    for name, usd in one.lines.items():
        row[f"{_plain(name)}_usd_per_year"] = usd
    for name, usd in one.worths().items():
        row[f"{_plain(name)}_worth_usd"] = usd
    return row


def _plain(name: str) -> str:
    return name.replace(", ", "_").replace(" ", "_").replace("-", "_")


def hour_table(made: list[Design], given: Inputs) -> pd.DataFrame:
    """Return every hour of some designs, one below the other: load and flows [MW]."""
    time = given.pue["time"].to_numpy()
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "site_id": one.pair.site,
                    "system": one.pair.system,
                    "time": time,
                    "load_mw": one.case.load,
                    "price_usd_per_mwh": one.case.price,
                    **{
                        f"{_plain(name)}_{_unit(one, i)}": one.solution.flow[i]
                        for i, name in enumerate(one.programme.flows)
                    },
                }
            )
            for one in made
        ],
        ignore_index=True,
    )


def _unit(one: Design, flow: int) -> str:
    return "mwh" if flow in one.programme.levels else "mw"


SOURCES = ("solar", "wind", "gas", "discharge", "grid", "unserved")
"""What serves the load, from the bottom of the picture up."""
WEEK_H = 168


def busiest_week(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the week about the hour of greatest load, long: what served it.

    Parameters
    ----------
    hours : DataFrame
        Of one design, as `hour_table` gives it.

    Returns
    -------
    DataFrame
        `time` (UTC), `source` of `SOURCES`, `mw`, and `load_mw` beside each.
    """
    top = int(hours["load_mw"].to_numpy().argmax())
    start = min(max(0, top - WEEK_H // 2), len(hours) - WEEK_H)
    week = hours.iloc[start : start + WEEK_H]
    columns = {f"{name}_mw": name for name in SOURCES}
    served = week[["time", "load_mw", *columns]].rename(columns=columns)
    return served.melt(["time", "load_mw"], var_name="source", value_name="mw")
