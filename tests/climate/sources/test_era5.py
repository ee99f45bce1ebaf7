"""The traps of ERA5 files, one test each."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import climate
from climate.sources import era5
from climate.sources.era5_grid import LONG
from data.choices import ClimateChoices
from data.faults import InputError

STAMPS = pd.date_range("2015-01-01", "2016-01-01", freq="h")


@pytest.fixture
def weather(world, site, book, tmp_path):
    """The weather of a dataset written to a file, as the model sees it."""

    def seen(dataset, sites=site, name="cube.nc", **years):
        if name.endswith(".zarr"):
            dataset.to_zarr(tmp_path / name, zarr_format=2)
        else:
            dataset.to_netcdf(tmp_path / name, engine="h5netcdf")
        choices = ClimateChoices(
            source="era5", files=str(tmp_path / name), pathway="none", **years
        )
        return climate.at_sites(world, sites, choices, book, solar=True)

    return seen


def test_zarr_and_netcdf_say_the_same(weather, made, close):
    cube = made.era5(STAMPS)
    close(weather(cube))
    assert weather(cube, name="store.zarr").equals(weather(cube))


def test_long_names_are_known(weather, made, close):
    names = {short: LONG[short] for short in ("t2m", "d2m", "sp", "u10", "v10", "ssrd")}
    close(weather(made.era5(STAMPS).rename(names)))


def test_new_downloads_with_valid_time_and_expver(weather, made, close):
    """Preliminary months stand on a dimension of their own, the rest is missing."""
    cube = made.era5(STAMPS).rename(time="valid_time")
    early = cube.where(cube["valid_time"] < np.datetime64("2015-10-01"))
    late = cube.where(cube["valid_time"] >= np.datetime64("2015-10-01"))
    both = xr.concat([early, late], dim=pd.Index(["0001", "0005"], name="expver"))
    close(weather(both.assign_coords(number=0)))


def test_longitudes_to_360_and_falling_latitudes(weather, made, world, book):
    cube = made.era5(STAMPS, lons=(49.75, 50.0))
    cube["t2m"] = (
        cube["t2m"] + (cube["latitude"] - 40.4) + 2 * (cube["longitude"] - 49.8)
    )
    near = weather(cube)
    assert near["temp_air"].equals(weather(cube.sortby("latitude"))["temp_air"])
    west = cube.assign_coords(longitude=[-0.25, 0.0])
    round_the_world = west.assign_coords(longitude=[359.75, 0.0])
    place = pd.DataFrame(
        {"lat": [40.4], "lon": [-0.2], "elevation_m": [540.0]}, index=["S1"]
    )
    assert weather(west, place).equals(weather(round_the_world, place))


def test_between_cells_values_are_bilinear(weather, made, close):
    """A field that is a plane is met exactly at the site, with no tilt left."""
    cube = made.era5(STAMPS)
    cube["t2m"] = (
        cube["t2m"] + 8 * (cube["latitude"] - 40.4) + 4 * (cube["longitude"] - 49.8)
    )
    close(weather(cube), names=("temp_air",))


def test_cells_over_the_sea_weigh_nothing(weather, made, close):
    cube = made.era5(STAMPS)
    sea = (cube["latitude"] == 40.25) & (cube["longitude"] == 50.0)
    close(weather(cube.where(~sea)))
    with pytest.raises(InputError, match="none over the sea"):
        weather(cube.where(cube["latitude"] < 0))


def test_a_single_point_serves_the_site_near_it(weather, made, close, site):
    point = made.era5(STAMPS, lats=(40.5,), lons=(49.75,))
    close(weather(point))
    scalar = point.isel(latitude=0, longitude=0)
    close(weather(scalar))
    with pytest.raises(InputError, match=r"S1 — expected files that hold 41 N, 49.8 E"):
        weather(point, site.assign(lat=41.0))


def test_radiation_of_era5_land_runs_from_midnight(weather, made):
    cube = made.era5(STAMPS)
    hourly = cube["ssrd"]
    day = (cube["time"] - np.timedelta64(1, "h")).dt.floor("D")
    land = cube.assign(ssrd=hourly.groupby(day.rename("day")).cumsum())
    assert float(land["ssrd"].max()) > 2e7
    plain, turned = weather(cube)["ghi"], weather(land)["ghi"]
    assert turned.to_numpy() == pytest.approx(plain.to_numpy(), abs=0.01)
    assert float(plain.max()) == pytest.approx(800.0, rel=0.01)


def test_sums_since_midnight_are_taken_apart():
    stamps = pd.date_range("2015-06-01 01:00", periods=48, freq="h")
    each = pd.Series(np.arange(48.0), stamps)
    sums = each.groupby((stamps - pd.Timedelta(hours=1)).date).cumsum()
    assert era5.since_midnight(sums).tolist() == each.tolist()


def test_mean_fluxes_are_watts_already(weather, made):
    cube = made.era5(STAMPS)
    mean = (cube["ssrd"] / 3600.0).assign_attrs(units="W m**-2")
    flux = cube.drop_vars("ssrd").assign(avg_sdswrf=mean)
    assert weather(flux)["ghi"].to_numpy() == pytest.approx(
        weather(cube)["ghi"].to_numpy()
    )


def test_celsius_is_known_by_its_unit_and_others_are_refused(weather, made, close):
    cube = made.era5(STAMPS)
    for name in ("t2m", "d2m"):
        cube[name] = (cube[name] - 273.15).assign_attrs(units="degC")
    close(weather(cube))
    cube["t2m"].attrs["units"] = "degF"
    with pytest.raises(InputError, match="kelvin or degC"):
        weather(cube)


@pytest.mark.parametrize(
    ("name", "unit", "factor"),
    [
        ("sp", "hPa", 0.01),
        ("sp", "Pa", 1.0),
        ("ssrd", "kJ m**-2", 1e-3),
        ("ssrd", "J m-2", 1.0),
        ("z", "m", 1 / 9.80665),
    ],
)
def test_the_unit_a_file_states_is_turned_to_ours(weather, made, name, unit, factor):
    cube = made.era5(STAMPS)
    whole = weather(cube)
    cube[name] = (cube[name] * factor).assign_attrs(units=unit)
    told = weather(cube)
    for variable in ("pressure", "ghi", "temp_air"):
        np.testing.assert_allclose(told[variable], whole[variable], rtol=1e-9)


@pytest.mark.parametrize(("name", "unit"), [("sp", "inHg"), ("u10", "kn")])
def test_a_unit_unknown_is_refused(weather, made, name, unit):
    cube = made.era5(STAMPS)
    cube[name].attrs["units"] = unit
    with pytest.raises(InputError, match=f"{name}: {unit} — expected one of"):
        weather(cube)


def test_sea_level_pressure_comes_back_to_the_site(weather, made):
    cube = made.era5(STAMPS).drop_vars("sp")
    cube["msl"] = (cube["t2m"] * 0.0 + 101325.0).assign_attrs(units="Pa")
    told = weather(cube)
    assert float(told["pressure"].mean()) == pytest.approx(95_000.0, abs=200.0)
    bare = weather(cube.drop_vars("msl"))
    assert float(bare["pressure"].mean()) == pytest.approx(
        95_004.0, abs=1.0
    )  # ISO 2533


def test_wind_at_100_m_comes_down_to_10(weather, made, book):
    cube = made.era5(STAMPS)
    high = cube.rename(u10="u100", v10="v100")
    ratio = weather(high)["wind_speed"] / weather(cube)["wind_speed"]
    assert ratio.to_numpy() == pytest.approx(0.1**book.wind_shear_exponent)
    calm = weather(cube.drop_vars(["u10", "v10"]))
    assert "wind_speed" not in calm


def test_humidity_is_never_guessed(weather, made):
    with pytest.raises(InputError, match="d2m"):
        weather(made.era5(STAMPS).drop_vars("d2m"))


def test_incomplete_years_at_the_ends_are_left_out_and_said(weather, made):
    stamps = pd.date_range("2014-06-01", "2017-03-01", freq="h")
    told = weather(made.era5(stamps))
    assert told.attrs["years"] == "2015 to 2016"
    assert "left out: 2014, 2017" in told.attrs["method"]
    assert told.sizes["time"] == 2 * 8760
    one = weather(made.era5(stamps), first_year=2016, last_year=2016)
    assert one.equals(told.sel(time="2016"))


def test_a_chosen_year_that_is_not_there_is_refused(weather, made):
    with pytest.raises(InputError, match=r"100\.0 % of the hours of 2017 are missing"):
        weather(made.era5(STAMPS), first_year=2015, last_year=2017)
    with pytest.raises(InputError, match="no complete calendar year"):
        weather(made.era5(STAMPS[:4000]))


def test_missing_hours_inside_are_filled_up_to_one_percent(weather, made, close):
    cube = made.era5(STAMPS)
    hole = np.ones(STAMPS.size, bool)
    hole[4000:4005] = False
    told = weather(cube.isel(time=hole))
    assert "S1 temp_air 5 h (longest 5 h)" in told.attrs["gaps"]
    close(told, names=("pressure",))
    hole[5000:5100] = False
    with pytest.raises(InputError) as caught:
        weather(cube.isel(time=hole), first_year=2015, last_year=2015)
    assert "temp_air: 1.2 % of the hours of 2015 are missing" in str(caught.value)


def test_several_files_share_out_months_and_variables(weather, made, tmp_path, request):
    world, site, book = map(request.getfixturevalue, ("world", "site", "book"))
    cube = made.era5(STAMPS)
    folder = tmp_path / "parts"
    folder.mkdir()
    state = cube.drop_vars(["ssrd", "z"])
    state.isel(time=slice(None, 5000)).to_netcdf(folder / "a.nc", engine="h5netcdf")
    state.isel(time=slice(4990, None)).to_netcdf(folder / "b.nc", engine="h5netcdf")
    cube[["ssrd", "z"]].to_netcdf(folder / "c.nc", engine="h5netcdf")
    choices = ClimateChoices(source="era5", files=str(folder), pathway="none")
    told = climate.at_sites(world, site, choices, book, solar=True)
    assert told.equals(weather(cube))


def test_a_file_of_each_site_is_its_own(world, site, book, tmp_path, made):
    for name, shift in (("S1", 0.0), ("S2", 5.0)):
        cube = made.era5(STAMPS)
        cube["t2m"] = cube["t2m"] + shift
        cube.to_netcdf(tmp_path / f"{name}.nc", engine="h5netcdf")
    both = pd.concat([site, site.rename({"S1": "S2"})])
    choices = ClimateChoices(source="era5", files=str(tmp_path), pathway="none")
    told = climate.at_sites(world, both, choices, book)["temp_air"]
    apart = (told.sel(site="S2") - told.sel(site="S1")).to_numpy()
    assert apart == pytest.approx(5.0)
    three = pd.concat([both, site.rename({"S1": "S3"})])
    with pytest.raises(InputError, match=r"a file <site_id>.nc for: S3"):
        climate.at_sites(world, three, choices, book)


def test_sites_of_different_years_are_refused(world, site, book, tmp_path, made):
    for name, first in (("S1", 2015), ("S2", 2016)):
        stamps = pd.date_range(f"{first}-01-01", f"{first + 1}-01-01", freq="h")
        made.era5(stamps).to_netcdf(tmp_path / f"{name}.nc", engine="h5netcdf")
    both = pd.concat([site, site.rename({"S1": "S2"})])
    choices = ClimateChoices(source="era5", files=str(tmp_path), pathway="none")
    with pytest.raises(InputError, match="weather of S2: 2016 to 2016 — expected 2015"):
        climate.at_sites(world, both, choices, book)


def test_without_heights_in_the_file_the_shipped_grid_has_them(weather, made, site):
    cube = made.era5(STAMPS)
    told = weather(cube.drop_vars("z"), site.assign(elevation_m=100.0))
    assert np.isfinite(told["temp_air"]).all()


def test_what_has_no_place_is_refused(weather, made):
    with pytest.raises(InputError, match="the coordinates time, latitude and"):
        weather(made.era5(STAMPS).mean(["latitude", "longitude"]))
