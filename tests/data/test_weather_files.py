"""The weather files a user brings: found, opened, or named in one fault."""

import hashlib

import numpy as np
import pytest
import xarray as xr

from data.faults import InputError
from data.weather_files import cube_paths, digests, opened, site_files, text_of

CUBE = xr.Dataset({"t2m": ("time", np.arange(3.0))}, coords={"time": [0, 1, 2]})


def test_every_site_without_a_file_is_named_in_one_fault(tmp_path):
    (tmp_path / "B.epw").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        site_files(str(tmp_path), ["A", "B", "C"], ".epw")
    assert len(caught.value.faults) == 1
    assert "a file <site_id>.epw for: A, C" in str(caught.value)
    many = [str(n) for n in range(100)]
    with pytest.raises(InputError, match="and 60 more"):
        site_files(str(tmp_path), many, ".epw")


def test_the_ending_may_be_in_capitals(tmp_path):
    (tmp_path / "A.EPW").write_text("", encoding="utf-8")
    assert site_files(str(tmp_path), ["A"], ".epw")["A"].is_file()


@pytest.mark.parametrize("place", ["", "nowhere"])
def test_no_folder_no_files(place):
    with pytest.raises(InputError, match=r"a folder with one <site_id>\.epw"):
        site_files(place, ["A"], ".epw")
    with pytest.raises(InputError, match="a NetCDF file, a Zarr store"):
        cube_paths(place, ["A"])


def test_old_files_are_latin_1(tmp_path):
    path = tmp_path / "a.epw"
    path.write_bytes("LOCATION,Gəncə".encode())
    assert text_of(path) == "LOCATION,Gəncə"
    path.write_bytes("LOCATION,Genève".encode("latin-1"))
    assert text_of(path) == "LOCATION,Genève"
    with pytest.raises(InputError, match="a readable file"):
        text_of(tmp_path / "b.epw")


def test_netcdf_of_both_kinds_and_zarr_open_alike(tmp_path):
    CUBE.to_netcdf(tmp_path / "new.nc", engine="h5netcdf")
    CUBE.to_netcdf(tmp_path / "old.nc", engine="scipy")
    CUBE.to_zarr(tmp_path / "store.zarr", zarr_format=2)
    for name in ("new.nc", "old.nc", "store.zarr"):
        with opened(tmp_path / name) as held:
            assert held["t2m"].to_numpy().tolist() == [0, 1, 2]


def test_what_is_no_dataset_is_named(tmp_path):
    (tmp_path / "a.nc").write_text("not at all", encoding="utf-8")
    with pytest.raises(InputError, match="a NetCDF or Zarr dataset"):
        opened(tmp_path / "a.nc")


def test_the_sites_own_files_come_before_the_rest(tmp_path):
    for name in ("A.nc", "B.nc", "cube.nc", "notes.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [p.name for p in cube_paths(str(tmp_path), ["A", "B"])] == ["A.nc", "B.nc"]
    names = [p.name for p in cube_paths(str(tmp_path), ["X"])]
    assert names == ["A.nc", "B.nc", "cube.nc"]
    assert cube_paths(str(tmp_path / "A.nc"), ["X"]) == [tmp_path / "A.nc"]


def test_digests_change_with_any_part(tmp_path):
    path = tmp_path / "a.epw"
    path.write_bytes(b"abc")
    assert digests([path]) == {"a.epw": hashlib.sha256(b"abc").hexdigest()}
    CUBE.to_zarr(tmp_path / "store.zarr", zarr_format=2)
    before = digests([tmp_path / "store.zarr"])
    assert digests([tmp_path / "store.zarr"]) == before
    part = next(p for p in (tmp_path / "store.zarr" / "t2m").iterdir() if p.is_file())
    part.write_bytes(part.read_bytes() + b" ")
    assert digests([tmp_path / "store.zarr"]) != before
