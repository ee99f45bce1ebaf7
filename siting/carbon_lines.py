"""What `siting grid carbon` prints: the dispatch stack by year, month and hour."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from data import load_world
from data.assumptions.power import PowerBook
from siting.asked import scenario_of, together
from siting.carbon import grid_hours
from siting.export_table import check_table_path, write_table
from siting.grid_lines import years_asked
from siting.texts import aligned, cell

BAKU = pd.Timedelta(hours=4)
"""Clock of Baku ahead of UTC, all year."""
FACTORS = {
    "carbon_average_t_per_mwh": "average of the mix",
    "carbon_marginal_t_per_mwh": "marginal, the plant that answers one more MWh",
}
FUELS = ("hydro", "solar", "wind", "nuclear", "waste", "gas", "new_plant")
"""In the order shown; new_plant is gas plant that no table lists yet."""
LIMITS = (
    "merit order without starts, reserve, network, storage or exchange; hours of demand "
    "are a shape between published figures; Nakhchivan is counted in"
)


def carbon(arguments: argparse.Namespace) -> Iterator[str]:
    """Print factors by year, and by month and hour of the year asked for."""
    paths = [Path(p) if p else None for p in (arguments.out, arguments.hours)]
    told = load_world()
    scenario, years, *_ = together(
        lambda: scenario_of(arguments, told),
        lambda: years_asked(arguments.years),
        *(partial(check_table_path, path) for path in paths if path),
    )
    overrides = dict(scenario.overrides)
    a = told.book.resolve(overrides)
    world = told.amended(overrides).built(scenario.build_out)
    wanted = sorted({*years, scenario.campus.year})
    found = {year: grid_hours(world, scenario, a, year) for year in wanted}
    table = yearly_table(found)
    yield from factor_lines(a.power)
    yield ""
    yield from yearly_lines(table)
    own = found[scenario.campus.year]
    for name, title in FACTORS.items():
        yield ""
        yield f"{scenario.campus.year}, {title}, kg/MWh by month and hour of Baku"
        yield from aligned(month_rows(own, name), texts=(0,))
    yield LIMITS
    for path, written in zip(paths, (table, hour_table(own)), strict=True):
        if path:
            write_table(written, path)
            yield f"written: {path}"


def factor_lines(a: PowerBook) -> Iterator[str]:
    """Yield the factors of the book, each with what it answers."""
    yield "factors of the book, t/MWh, the same in every hour and year"
    yield f"  {a.carbon_location_t_per_mwh:.3f}  reported, Scope 2 location-based: scored"
    yield f"  {a.carbon_marginal_t_per_mwh:.3f}  marginal, between new and old plant"
    yield f"  {a.carbon_lifecycle_t_per_mwh:.3f}  life-cycle, upstream gas in it"


def yearly_table(found: dict[int, xr.Dataset]) -> pd.DataFrame:
    """Return one row a year: demand, energy by fuel, factors, carbon-free share.

    Parameters
    ----------
    found : dict of int to Dataset
        Hours by year, as `grid_hours` gives them.

    Returns
    -------
    DataFrame
        `year`, `demand_twh`, `carbon_average_t_per_mwh` by energy,
        `carbon_marginal_t_per_mwh` by hour, its P10 and P90, `carbon_free_pct`, and
        energy by fuel `…_twh`; NaN for a fuel without plant in a year.
    """
    rows = []
    for year, hours in found.items():
        demand = hours["demand_mw"]
        marginal = hours["carbon_marginal_t_per_mwh"]
        fuels = hours["output_mw"].sum("time") / 1e6
        mean = hours.drop_vars("output_mw").weighted(demand).mean("time")
        row = {
            "year": year,
            "demand_twh": float(demand.sum()) / 1e6,
            "carbon_average_t_per_mwh": float(mean["carbon_average_t_per_mwh"]),
            "carbon_marginal_t_per_mwh": float(marginal.mean()),
            "carbon_marginal_p10": float(marginal.quantile(0.1)),
            "carbon_marginal_p90": float(marginal.quantile(0.9)),
            "carbon_free_pct": 100.0 * float(mean["carbon_free_share"]),
        }
        given = set(fuels["fuel"].values)
        energy = {
            f"{fuel}_twh": float(fuels.sel(fuel=fuel)) if fuel in given else np.nan
            for fuel in FUELS
        }
        rows.append({**row, **energy})
    return pd.DataFrame(rows)


def yearly_lines(table: pd.DataFrame) -> Iterator[str]:
    """Yield the years of the stack, factors and energy."""
    yield "the dispatch stack, t/MWh and TWh a year; no reported figure"
    fuels = [c for c in table if str(c).endswith("_twh") and c != "demand_twh"]
    heads = ["year", "average", "marginal", "P10–P90", "carbon-free", "demand"]
    rows = [[*heads, *(str(c).removesuffix("_twh").replace("_", " ") for c in fuels)]]
    for row in table.to_dict("records"):
        spread = f"{row['carbon_marginal_p10']:.3f}–{row['carbon_marginal_p90']:.3f}"
        rows.append(
            [
                f"{row['year']:.0f}",
                f"{row['carbon_average_t_per_mwh']:.3f}",
                f"{row['carbon_marginal_t_per_mwh']:.3f}",
                spread,
                f"{row['carbon_free_pct']:.0f}%",
                cell(row["demand_twh"], 1),
                *(cell(row[c], 1) for c in fuels),
            ]
        )
    yield from aligned(rows, texts=())


def month_rows(hours: xr.Dataset, name: str) -> list[list[str]]:
    """Return a factor's mean by month and hour of Baku [kg/MWh]."""
    local = pd.DatetimeIndex(hours["time"].to_numpy()) + BAKU
    table = pd.pivot_table(
        pd.DataFrame(
            {"month": local.month, "hour": local.hour, "kg": hours[name] * 1e3}
        ),
        values="kg",
        index="month",
        columns="hour",
    )
    heads = ["month", *(f"{hour:02d}" for hour in table.columns)]
    body = [
        [str(month), *(f"{value:.0f}" for value in row)]
        for month, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return [heads, *body]


def hour_table(hours: xr.Dataset) -> pd.DataFrame:
    """Return the hours as a table: time in UTC, factors, plant shares, output."""
    output = hours["output_mw"].to_pandas().T.add_suffix("_mw")
    rest = hours.drop_dims("fuel").to_dataframe()
    return rest.join(output).rename_axis("time").reset_index()
