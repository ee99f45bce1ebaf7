"""What `siting design` prints: the supply of a site, its costs, its limits' worth."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import xarray as xr

from data import World, load_world
from siting.asked import check_sites, scenario_of, together
from siting.export_table import check_table_path, write_table
from siting.progress import progress
from siting.real_weather import fetch_weather
from siting.supply.beside import MILLION, side_by_side
from siting.supply.build import UNITS
from siting.supply.design import Design, designs, fixed, redispatched
from siting.supply.grid_only import grid_only
from siting.supply.inputs import Inputs, inputs_of
from siting.supply.tables import design_table, hour_table
from siting.texts import aligned, cell, sites_of

WORTHS = {
    "contract": "one more firm MW of the grid",
    "firm power": "one MW less asked for on the design day",
    "carbon-free energy": "one percentage point less of carbon-free energy",
    "emissions": "one more tonne of CO2",
    "energy served": "one more MWh that may stay unserved",
    "solar": "one more MW of solar allowed",
    "wind": "one more MW of wind allowed",
    "gas": "one more MW of engines allowed",
    "battery power": "one more MW of batteries allowed",
}
"""What a limit's worth is the worth of."""
NOT_COVERED = (
    "not covered: land, lines and permits of plants on site, gas reach, outages of the "
    "grid, ramps, export, wheeling; solar and wind are those of the site itself"
)


def design(arguments: argparse.Namespace) -> Iterator[str]:
    """Print the least-cost supply of some sites; write tables if asked."""
    world = load_world()
    paths = [Path(p) for p in (arguments.out, arguments.hours) if p]
    scenario, known, *_ = together(
        lambda: scenario_of(arguments, world),
        lambda: sites_of(arguments.sites, world),
        *(lambda p=path: check_table_path(p) for path in paths),
    )
    check_sites(arguments.chosen, known)
    sites = known.loc[arguments.chosen]
    fetch_weather(world, sites, scenario)
    given = inputs_of(sites, scenario, world)
    found = {
        site: designs(given, site) for site in progress(arguments.chosen, "designs")
    }
    alone = grid_only(given)
    for site, made in found.items():
        yield f"{site}  {known.loc[site, 'name']}"
        yield from site_lines(given, alone, site, made)
        if arguments.verify and made:
            yield verified(made[0])
        yield ""
    yield from grade_lines(world, given)
    yield NOT_COVERED
    everything = [one for made in found.values() for one in made]
    if arguments.out:
        write_table(design_table(everything), Path(arguments.out))
        yield f"written: {arguments.out}"
    if arguments.hours:
        firsts = [made[0] for made in found.values() if made]
        write_table(hour_table(firsts, given), Path(arguments.hours))
        yield f"written: {arguments.hours}"


def site_lines(
    given: Inputs, alone: xr.Dataset, site: str, made: list[Design]
) -> Iterator[str]:
    """Yield one site: the design beside the grid alone, then the other systems."""
    if not made:
        yield "no cooling system suits the racks and the site: nothing to power"
        return
    best, asked = made[0], given.scenario.campus
    yield (
        f"{asked.mw:g} MW of IT in {asked.year}: {best.case.load.mean():.0f} MW on "
        f"average, {best.case.need_mw:.0f} MW needed on the design day"
    )
    yield connection_line(given, best)
    yield ""
    yield from aligned(side_by_side(given, alone, site, best), texts=(0,))
    yield ""
    yield from limit_lines(best)
    if len(made) > 1:
        yield ""
        yield "every cooling system and tariff class, million USD a year"
        yield from aligned(other_rows(made), texts=(0, 1, 3))


def connection_line(given: Inputs, best: Design) -> str:
    """Return where the site connects, for how much and when."""
    if not best.pair.option:
        return "no grid connection"
    at = given.facts.sel(site=best.pair.site, option=best.pair.option)
    months = float(at["months_to_power"].sel(system=best.pair.system))
    return (
        f"connection: {best.pair.option} at {at['substation_name'].item()}, "
        f"{float(at['firm_mw']):.0f} MW firm ({at['power_grade'].item()}), "
        f"power in {months:.0f} months"
    )


def limit_lines(best: Design) -> Iterator[str]:
    """Yield what cannot be met, what binds and what it is worth, and how it was solved."""
    for name, by in best.missed.items():
        yield f"cannot be met: {name}, short by {by:.4g} {UNITS[name]}"
    binding = {n: usd for n, usd in best.worths().items() if usd >= 1.0}
    for name, usd in binding.items():
        what = WORTHS.get(name, f"one MWh less of {name}")
        yield f"binds: {name}; {what} saves {usd:,.0f} USD a year"
    if not binding and not best.missed:
        yield "no limit binds"
    found = best.solution
    yield (
        f"{found.solver}: {found.status} in {found.steps} steps over "
        f"{best.case.load.size:,} hours, gap {found.gap:.0e}"
    )


def other_rows(made: list[Design]) -> list[list[str]]:
    """Return one row a design."""
    rows = [["cooling", "tariff class", "cost", "cannot be met"]]
    for one in made:
        missed = ", ".join(one.missed) or "–"
        cost = cell(one.usd_per_year / MILLION, 3)
        rows.append([one.pair.system, one.pair.tariff_class, cost, missed])
    return rows


def verified(best: Design) -> str:
    """Return what dispatching the year afresh gives."""
    again = redispatched(best)
    size = best.solution.capacity
    plants = (best.programme.price - fixed(best.programme, size).price) @ size
    apart = (again.objective + plants) / best.solution.objective - 1.0
    return (
        f"verified: {again.solver} ({again.status}) dispatches the year with these "
        f"plants at {apart:+.1e} of the cost"
    )


def grade_lines(world: World, given: Inputs) -> Iterator[str]:
    """Yield the numbers the supply rests on, and how good they are."""
    table = world.book.table
    rows = table[table.index.str.startswith("supply.")]
    set_by_user = dict(given.scenario.overrides)
    yield "what plants are taken to cost"
    shown = [["", "value", "low", "high", "unit", "grade"]]
    for name, row in rows.iterrows():
        value = set_by_user.get(str(name), row["value"])
        grade = "yours" if name in set_by_user else str(row["grade"])
        numbers = (cell(number) for number in (value, row["low"], row["high"]))
        shown.append([str(name), *numbers, str(row["unit"]), grade])
    yield from aligned(shown, texts=(0, 4, 5))
    source = given.facts.attrs["weather_source"]
    grade = given.facts.attrs["weather_grade"]
    yield f"weather: {source} ({grade}); {wind_words(given)}"
    if given.facts.attrs["missing"]:
        yield f"missing, so taken as no output: {given.facts.attrs['missing']}"


def wind_words(given: Inputs) -> str:
    """Return where the wind of the designs comes from."""
    sourced = given.facts["wind_sourced"]
    towns = [str(site) for site in sourced["site"].to_numpy()[~sourced.to_numpy()]]
    if not towns:
        return "wind on the sourced mean near each site"
    return f"wind of {', '.join(towns)} is the weather's own, that of towns: poor"
