"""Connections of three sites worked by hand, and what must hold for every site."""

import datetime
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.choices import PowerChoices
from grid.electricity.connect import upstream_months
from grid.electricity.options import OPTIONS


@pytest.fixture(scope="module")
def access(joined, sites):
    return joined(sites)


@pytest.mark.parametrize(
    ("site", "option", "substation", "km", "firm"),
    [
        # Alat: Δφ 0.027°, Δλ 0.010° → √(3.00² + 0.85²); town point ± 3 km; × 1.2
        ("AZ01", "110kV transformer", "ALT1", (3.12, 5.19), (36.0, 74.0)),
        # Shirvan yard: Δφ 8.08 km, Δλ 41.16 km; plant position ± 1 km
        ("AZ01", "220kV transformer", "JAN", (41.95, 50.35), (337.5, 693.75)),
        # Navahi phase 1: Δφ 5.89 km, Δλ 23.87 km; map position ± 1 km
        ("AZ01", "330kV transformer", "NAV", (24.57, 29.51), (337.5, 693.75)),
        # Mingachevir: HPP yard Δφ 2.87, Δλ 2.83 km; TPP yard Δφ 1.76, Δλ 6.08 km
        ("AZ21", "110kV transformer", "MIN", (4.02, 4.98), (180.0, 370.0)),
        ("AZ21", "330kV transformer", "AZT", (6.33, 7.69), (450.0, 925.0)),
        ("AZ21", "500kV existing", "AZT", (6.33, 7.69), (0.0, 450.0)),
        # Nakhchivan: the same town point, ± 5 km, the ground above 600 m: 1.5 × 5
        ("AZ33", "110kV existing", "NAX", (0.01, 7.50), (0.0, 36.0)),
        ("AZ33", "110kV transformer", "NAX", (0.01, 7.50), (36.0, 74.0)),
    ],
)
def test_by_hand(access, site, option, substation, km, firm):
    here = access.sel(site=site, option=option)
    assert here["substation_id"].item() == substation
    found = [float(here[name]) for name in ("substation_km", "lateral_km")]
    assert found == pytest.approx(km, abs=0.02)
    room = [float(here[name]) for name in ("firm_mw", "flexible_mw")]
    assert room == pytest.approx(firm)
    assert float(here["upstream_months"]) == 0.0


def test_the_exclave_has_110_kv_only(access):
    absent = access.sel(site="AZ33", option="220kV transformer")
    assert np.isnan(absent["firm_mw"])
    assert np.isnan(absent["lateral_km"])
    assert absent["substation_id"].item() == absent["power_method"].item() == ""


def test_shape_and_words(access, sites):
    assert access["site"].values.tolist() == sites.index.tolist()
    assert tuple(access["option"].values) == OPTIONS
    assert set(access.coords) == {"site", "option"}
    assert access["lateral_km"].attrs["units"] == "km"
    there = np.isfinite(access["firm_mw"])
    assert (access["power_method"] != "").equals(there)
    grades = np.unique(access["power_grade"].where(there, "none").values.astype(str))
    assert set(grades) <= {"published", "derived", "assumed", "none"}
    known = access.where(access["substation_id"] == "GOB")
    assert set(known["power_grade"].values.ravel()) - {np.nan} <= {"published"}


def test_no_station_alone_gives_500_mw(access):
    assert float(access["firm_mw"].max()) == 450.0


def test_circuits_carry_the_rating_of_the_type(access):
    carried = access["circuit_mw"].values[::2] / 0.95
    assert carried == pytest.approx([123, 366, 812, 1897])


def test_other_sites_change_nothing(joined, sites, access):
    some = sites.loc[["AZ33", "AZ01"]]
    alone = joined(some)
    assert alone.identical(access.sel(site=["AZ33", "AZ01"]))
    mirrored = joined(sites[::-1])
    assert mirrored.sel(site=sites.index.to_numpy()).identical(access)


def test_only_coordinates_are_needed(joined, sites):
    bare = sites.loc[["AZ01"], ["name", "lat", "lon"]]
    found = joined(bare, choices=PowerChoices(tier="two_circuits", network="off"))
    assert found["substation_id"].sel(option="110kV existing").item() == "ALT1"
    assert int(found["feeds"]) == 2


def test_the_date_decides_what_exists(joined, sites):
    early = joined(sites, year=2021)
    assert "NAV" not in early["substation_id"].values
    assert "GOB" not in early["substation_id"].values  # opened in 2022


def test_an_announced_station_is_waited_for(joined, world, sites):
    table = world.tables["substations"].copy()
    table.loc["NAV", "exists_from"] = 2028.0
    later = replace(world, tables={**world.tables, "substations": table})
    found = joined(sites.loc[["AZ01"]], where=later)
    wait = found["upstream_months"].sel(option="330kV existing").item()
    assert wait == pytest.approx(19.0, abs=0.05)  # 1 December 2026 → 1 July 2028


def test_upstream_counts_from_the_decision(book):
    since = np.array([-np.inf, 2026.0, 2027.0, 2030.5])
    months = upstream_months(since, datetime.date(2027, 1, 1), book)
    assert months == pytest.approx([0.0, 0.0, 6.0, 48.0])


def test_many_sites_at_once(joined, sites):
    many = pd.concat([sites] * 300)
    many.index = pd.Index([f"S{i}" for i in range(len(many))])
    found = joined(many)
    assert (
        found["substation_id"][:36].values == found["substation_id"][-36:].values
    ).all()
