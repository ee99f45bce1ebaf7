"""The survey: tabled facts where the tables speak, the map elsewhere, else nothing."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data import load_world
from data.schema import glossary
from siting.survey import NEIGHBOURS, survey

BORDERS = [f"border_{name}_km" for name in NEIGHBOURS]


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.fixture(scope="module")
def book(world):
    return world.book.resolve({}).campus


@pytest.fixture(scope="module")
def shipped(world, book):
    return survey(world.tables["sites"], world, book)


def place(lat, lon, site_id="X1", **columns):
    row = {"name": "a place", "lat": lat, "lon": lon, **columns}
    return pd.DataFrame([row], index=pd.Index([site_id], name="site_id"))


def test_every_variable_is_in_the_glossary_with_its_unit(shipped):
    assert set(shipped.dims) == {"site"}
    for name, values in shipped.items():
        assert values.attrs["units"] == glossary()[name].unit
        low, high = glossary()[name].low, glossary()[name].high
        if values.dtype.kind == "f":
            assert not (values < low).any()
            assert not (values > high).any()


def test_sites_stand_in_the_order_asked(world, book, shipped):
    backwards = world.tables["sites"].iloc[::-1]
    turned = survey(backwards, world, book)
    assert list(turned["site"].values) == list(backwards.index)
    xr.testing.assert_identical(turned.sel(site=shipped["site"]), shipped)


def test_no_site_depends_on_another(world, book, shipped):
    alone = survey(world.tables["sites"].loc[["AZ20"]], world, book)
    xr.testing.assert_identical(alone, shipped.sel(site=["AZ20"]))


def test_alat_as_the_tables_have_it(shipped):
    alat = shipped.sel(site="AZ01")
    assert alat["seismic_msk"] == 8
    assert alat["below_sea_level"] == 1
    assert alat["ground_elevation_m"] == -16
    assert alat["border_iran_km"] == 111
    assert alat["border_min_km"] == 111
    assert alat["port_alat_km"] == 0
    assert alat["nearest_airport"] == "UBBB"
    assert alat["mud_volcano_named"] == 1
    assert alat["tax_regime"] == "alat_fez"
    assert alat["survey_grade"] == "published"
    assert float(alat["water_stress_index"]) == pytest.approx(20.8 / 19.1)


def test_missing_is_missing(shipped):
    """No source names Guba in a flood: that is not a zero."""
    guba = shipped.sel(site="AZ12")
    assert np.isnan(guba["flood_named"])
    assert np.isnan(guba["land_mw"])
    assert np.isnan(guba["water_stress_index"])
    assert np.isnan(shipped.sel(site="AZ02")["below_sea_level"])


def test_mines_by_class(shipped):
    classes = shipped["mines_class"].to_series()
    assert classes["AZ28"] == "cleared"
    assert (classes["AZ29":"AZ32"] == "contaminated_district").all()
    assert classes["AZ01"] == "none_known"


def test_published_offer_goes_before_the_share_of_gross_land(world, book, shipped):
    assert shipped["land_free_ha"].sel(site="AZ01") == 138
    gross = world.tables["sites"].loc["AZ04", "area_ha"]
    free = gross * book.land_free_pct / 100
    assert float(shipped["land_free_ha"].sel(site="AZ04")) == pytest.approx(free)
    load = free / book.hectare_per_mw
    assert float(shipped["land_mw"].sel(site="AZ04")) == pytest.approx(load)


def test_nearest_border_counts_only_those_chosen(world, book):
    sites = world.tables["sites"]
    every = survey(sites, world, book)
    iran = survey(sites, world, book, borders=("iran",))
    np.testing.assert_array_equal(iran["border_min_km"], every["border_iran_km"])
    assert (every["border_min_km"] <= iran["border_min_km"]).all()
    assert every["border_min_km"].sel(site="AZ34") < 10  # Julfa stands on the Araz


def test_a_place_of_the_users_own_is_measured_on_the_map(world, book):
    new = survey(place(40.589, 49.668), world, book).isel(site=0)
    assert new["survey_grade"] == "derived"
    assert float(new["tcfo_landing_km"]) < 0.2
    assert new["nearest_airport"] == "UBBB"
    assert float(new["gyd_airport_km"]) == pytest.approx(35, abs=1)
    for name in ("seismic_msk", "flood_named", "dust_times_norm", "land_mw"):
        assert np.isnan(new[name])
    assert new["mines_class"] == ""
    assert (new["tax_regime"], new["tax_regime_grade"]) == ("standard", "assumed")


def test_what_the_user_says_is_used(world, book):
    own = place(
        40.3,
        49.6,
        area_ha=100.0,
        elevation_m=-5.0,
        tax_regime="alat_fez",
        water_basin_id="baku_absheron",
    )
    new = survey(own, world, book).isel(site=0)
    assert new["below_sea_level"] == 1
    assert new["land_area_ha"] == 100
    assert new["tax_regime_grade"] == "assumed"
    assert float(new["water_stress_index"]) > 1


def test_a_users_site_with_a_shipped_id_elsewhere_is_not_the_shipped_site(world, book):
    impostor = survey(place(41.2, 47.2, site_id="AZ01"), world, book).isel(site=0)
    assert impostor["survey_grade"] == "derived"
    assert np.isnan(impostor["seismic_msk"])
    assert float(impostor["port_alat_km"]) > 150


def test_map_distances_agree_with_the_tabled_ones(world, book, shipped):
    sites = world.tables["sites"]
    renamed = sites.set_axis([f"U{n}" for n in range(len(sites))]).rename_axis(
        "site_id"
    )
    measured = survey(renamed, world, book)
    assert (measured["survey_grade"] == "derived").all()
    names = [*BORDERS, "gyd_airport_km", "port_alat_km", "tcfo_landing_km"]
    for name in names:
        error = np.abs(measured[name].values - shipped[name].values)
        assert error.max() < 3.0, name
    assert list(measured["nearest_airport"].values) == list(
        shipped["nearest_airport"].values
    )


def test_a_hundred_thousand_places_are_quick(world, book):
    rng = np.random.default_rng(0)
    count = 100_000
    sites = pd.DataFrame(
        {"lat": rng.uniform(38.5, 41.8, count), "lon": rng.uniform(45, 50, count)},
        index=pd.Index([f"P{n}" for n in range(count)], name="site_id"),
    )
    result = survey(sites, world, book)
    assert result.sizes["site"] == count
    assert np.isfinite(result["border_min_km"]).all()
