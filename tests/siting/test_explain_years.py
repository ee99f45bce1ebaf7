"""The years of a site's connection agree with the ranking and with the hosting table."""

from dataclasses import replace

import xarray as xr

from data import World
from data.choices import BuildOut
from grid.electricity.network import known_of, of_year
from siting.explain_years import YEARS, year_lines
from siting.loading import load_scenario

SCENARIO = load_scenario("base")


def test_every_year_shows_the_lesser_of_transformers_and_network(
    world: World, base: xr.Dataset
) -> None:
    head, heads, *rows = year_lines("AZ10", base, SCENARIO, world)
    assert head.startswith("at YAS, 220kV transformer")
    assert heads.split()[:2] == ["year", "firm"]
    assert [int(row.split()[0]) for row in rows] == list(YEARS)
    built = world.built(BuildOut(policy="committed"))
    table = of_year(built, 2026, known_of(built, {}, 0))["table"]
    yard = table[(table["substation_id"] == "YAS") & (table["level_kv"] == 220)]
    told = rows[0].split()
    transformers = base["transformer_firm_mw"].sel(site="AZ10").item()
    network = yard["grid_firm_mw_p50"].item()
    assert float(told[1]) == round(min(transformers, network))
    assert float(told[5]) == round(transformers)
    assert yard["binding"].item() in rows[0]


def test_a_yard_of_the_exclave_has_no_network(world: World, base: xr.Dataset) -> None:
    row = list(year_lines("AZ33", base, SCENARIO, world))[2].split()
    assert row[:4] == ["2026", "40", "–", "–"]
    assert "an island of its own" in " ".join(row)


def test_a_yard_not_there_yet_says_so(world: World, base: xr.Dataset) -> None:
    later = world.tables["substations"].copy()
    later.loc["GOB", ["status", "year"]] = ["under_construction", 2029.0]
    tables = {**world.tables, "substations": later}
    site = next(
        str(s)
        for s in base["site"].values
        if base["substation_id"].sel(site=s).item() == "GOB"
    )
    moved = replace(world, tables=tables)
    rows = list(year_lines(site, base, SCENARIO, moved))[2:]
    assert [row.split()[1] == "–" for row in rows] == [True, True, False, False]
