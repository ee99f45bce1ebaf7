"""The tables of places, hazards, water, taxes and references: whole and consistent."""

import csv
import re
import runpy
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from data import load_world
from data.assumptions.campus import CampusBook
from data.sphere import great_circle_km
from grid.geo import nearest

ROOT = Path(__file__).parents[2]

# Rows gathered by November 2026, by subject; nothing of value may go missing.
GATHERED = {
    "sites": 36,
    "water": 72 - 8 + 5,  # the sea's level has its own table; two intakes added
    "policy_events": 67,
    "comparators": 119,
    "cost_references": 113,
    "finance_references": 69,
}
HAZARDS = [
    "seismic_msk",
    "below_sea_level",
    "flood",
    "mines",
    "mud_volcano",
    "conflict",
    "dust",
    "border_armenia",
    "border_iran",
    "border_russia",
    "border_georgia",
]
FACILITIES = [
    "airport_nearest",
    "airport_gyd",
    "port_alat",
    "landing_sumgait",
    "rail",
    "town",
]


@pytest.fixture(scope="module")
def tables():
    return load_world().tables


@pytest.mark.parametrize(("name", "rows"), GATHERED.items())
def test_no_gathered_row_is_dropped(tables, name, rows):
    assert len(tables[name]) == rows


def test_every_gathered_hazard_row_has_a_place(tables):
    """424 rows: 36 seismic, 144 borders, 144 distances, 10 below sea level,
    2 mud volcanoes and 88 regional, one of them (the airport strike) on both sides."""
    hazards, logistics = tables["hazards"], tables["logistics"]
    kind = hazards.index.get_level_values("hazard")
    on_sites = (
        (kind == "seismic_msk").sum()
        + kind.str.startswith("border_").sum()
        + logistics["distance_km"].notna().sum()
        + ((kind == "below_sea_level") & (hazards["value"] == 1)).sum()
        + ((kind == "mud_volcano") & (hazards["value"] == 1)).sum()
    )
    assert on_sites + len(tables["hazard_context"]) == 424


@pytest.mark.parametrize(
    ("name", "items"), [("hazards", HAZARDS), ("logistics", FACILITIES)]
)
def test_every_site_has_every_row_and_no_other(tables, name, items):
    expected = {(site, item) for site in tables["sites"].index for item in items}
    assert set(tables[name].index) == expected


def test_what_is_not_known_is_blank_and_says_so(tables):
    hazards = tables["hazards"]
    unknown = hazards["value"].isna() & (hazards["value_text"] == "")
    assert hazards.loc[unknown, "note"].str.startswith("not found").all()
    assert (hazards.loc[unknown, "grade"] == "assumed").all()


def test_site_ids_are_the_thirty_six(tables):
    assert list(tables["sites"].index) == [f"AZ{n:02d}" for n in range(1, 37)]


def test_every_site_says_what_its_point_is(tables):
    assert tables["sites"]["note"].str.contains("not a parcel").all()


def test_below_sea_level_agrees_with_the_elevation(tables):
    elevation = tables["sites"]["elevation_m"]
    flag = tables["hazards"]["value"].xs("below_sea_level", level="hazard")
    assert flag.isna().equals(elevation.isna())
    assert (flag[elevation < 0] == 1).all()
    assert (flag[elevation >= 0] == 0).all()
    assert (elevation < 0).sum() == 10


def test_seismic_zones_are_those_of_the_map_text(tables):
    zone = tables["hazards"]["value"].xs("seismic_msk", level="hazard")
    assert set(zone) == {7.0, 8.0, 9.0}
    assert sorted(zone.index[zone == 9]) == ["AZ27", "AZ35"]


def test_tabled_distances_are_great_circles_to_the_facilities(tables):
    sites, facilities = tables["sites"], tables["facilities"]
    rows = tables["logistics"].dropna(subset="distance_km").reset_index()
    here, there = sites.loc[rows["site_id"]], facilities.loc[rows["place"]]
    ends = [p[c].to_numpy() for p in (here, there) for c in ("lat", "lon")]
    measured = great_circle_km(*ends)
    assert np.abs(measured - rows["distance_km"]).max() < 1.5


def test_nearest_airport_is_the_nearest_of_the_facilities(tables):
    sites, airports = tables["sites"], tables["facilities"]
    airports = airports[airports["kind"] == "airport"]
    index, _ = nearest(sites["lat"], sites["lon"], airports["lat"], airports["lon"])
    tabled = tables["logistics"]["place"].xs("airport_nearest", level="facility")
    assert list(airports.index[index]) == list(tabled.loc[sites.index])


@pytest.mark.parametrize(
    ("hazard", "country"),
    [
        ("border_armenia", "AM"),
        ("border_georgia", "GE"),
        ("border_iran", "IR"),
        ("border_russia", "RU"),
    ],
)
def test_border_points_give_the_published_distances(tables, hazard, country):
    """The published ones were taken on the full 1:10m polygons, ±1–3 km."""
    sites, line = tables["sites"], tables["borders"]
    line = line[line["country"] == country]
    _, measured = nearest(sites["lat"], sites["lon"], line["lat"], line["lon"])
    published = tables["hazards"]["value"].xs(hazard, level="hazard")[sites.index]
    assert np.abs(measured - published).max() < 3.0


def test_recipe_reproduces_the_border_table(tmp_path):
    recipe = runpy.run_path(str(ROOT / "data/recipes/borders.py"))
    recipe["main"](tmp_path / "borders.csv")
    shipped = (ROOT / "data/tables/borders.csv").read_bytes()
    assert (tmp_path / "borders.csv").read_bytes() == shipped


def test_water_stress_of_the_capital_is_above_one(tables):
    """20.8 m3/s at the peak against 19.1 designed (State Water Resources Agency)."""
    basin = tables["water_basins"].loc["baku_absheron"]
    index = basin["peak_demand_m3_per_s"] / basin["design_supply_m3_per_s"]
    assert index == pytest.approx(1.09, abs=0.005)
    own = tables["sites"]["water_basin_id"]
    assert set(own[own != ""].index) == {
        *(f"AZ{n:02d}" for n in range(1, 10)),
        "AZ36",
    }


def test_every_regime_is_used_by_a_site_and_known(tables):
    assert set(tables["sites"]["tax_regime"]) == set(tables["tax_regimes"].index)


def test_holiday_of_the_deoccupied_territories_ends_on_a_date(tables):
    regimes = tables["tax_regimes"]
    dated = regimes[regimes["holiday_kind"].isin(["until_date", "longer_of"])]
    assert set(dated["holiday_end"]) == {"2033-01-01"}
    assert set(dated.index) == {"deoccupied", "park_in_deoccupied"}


def test_park_in_the_deoccupied_territories_takes_the_longer_holiday(tables):
    both = tables["tax_regimes"].loc["park_in_deoccupied"]
    park = tables["tax_regimes"].loc["industrial_park"]
    assert both["holiday_years"] == park["holiday_years"] == 10
    assert both["equipment_vat_pct"] == park["equipment_vat_pct"] == 0


def test_no_regime_is_worse_than_the_standard_one(tables):
    rates = tables["tax_regimes"].filter(regex="_tax_pct$|_vat_pct$")
    assert (rates <= rates.loc["standard"]).all(axis=None)


def test_policy_events_name_sites_that_exist_and_have_dates(tables):
    events = tables["policy_events"]
    named = {site for cell in events["site_ids"] for site in cell.split()}
    assert named <= set(tables["sites"].index)
    assert {"AZ28", "AZ29", "AZ30", "AZ31", "AZ32"} <= named
    assert events["event_date"].str.fullmatch(r"\d{4}(-\d{2}){0,2}").all()


def test_mine_districts_of_the_sites_have_their_hectares(tables):
    mines = tables["hazards"]["value_text"].xs("mines", level="hazard")
    affected = mines.index[mines != "none_known"]
    assert list(affected) == ["AZ28", "AZ29", "AZ30", "AZ31", "AZ32"]
    context = tables["hazard_context"]
    cleared = set(context.loc[context["hazard"] == "mines", "district"])
    assert set(tables["sites"].loc[affected, "district"]) <= cleared


def test_cleared_hectares_of_2025_sum_to_the_published_total(tables):
    context = tables["hazard_context"]
    by_district = context[context["quantity"] == "land demined in 2025"]["value"]
    total = context[context["quantity"].str.endswith("sum of districts")]["value"]
    assert by_district.sum() == pytest.approx(float(total.iloc[0]), abs=0.2)


def campus_rows():
    path = ROOT / "data/tables/parameters.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["name"].removeprefix("campus."): row
        for row in rows
        if row["name"].startswith("campus.")
    }


def test_campus_book_has_a_field_for_every_row():
    assert {f.name for f in fields(CampusBook)} == set(campus_rows())


def test_campus_values_lie_within_their_doubt():
    for row in campus_rows().values():
        low, value, high = (float(row[k]) for k in ("low", "value", "high"))
        assert low <= value <= high


def test_hectares_per_megawatt_is_the_mean_of_three_campuses():
    """1400 ha/1000 MW Ekibastuz, 25/250 New Tashkent, 4/56 Kragujevac; geometric."""
    mean = (1400 / 1000 * 25 / 250 * 4 / 56) ** (1 / 3)
    assert float(campus_rows()["hectare_per_mw"]["value"]) == pytest.approx(mean, 0.03)


def test_no_cell_names_a_machine_or_an_unbroken_note():
    bad = re.compile(r"/work/|/tmp/|\.\./shared")
    for name in (*GATHERED, "hazards", "hazard_context", "logistics", "tax_regimes"):
        text = (ROOT / f"data/tables/{name}.csv").read_text(encoding="utf-8")
        assert not bad.search(text), name


def test_readme_lists_every_table_with_its_rows():
    recipe = runpy.run_path(str(ROOT / "data/recipes/table_list.py"))
    text = (ROOT / "data/README.md").read_text(encoding="utf-8")
    assert recipe["updated"](text) == text
    assert set(recipe["TABLES"]) == set(
        re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    )
