"""Open the weather files a user brings: EPW texts, NetCDF files and Zarr stores."""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import xarray as xr

from data.faults import Fault, InputError
from data.text import file_sha256

CUBES = (".nc", ".nc4", ".netcdf")
"""Endings of NetCDF files."""
SHOWN = 40
"""Sites without a file that are named."""


def site_files(folder: str, sites: Sequence[str], ending: str) -> dict[str, Path]:
    """Return the file of every site, `<folder>/<site_id><ending>`, capitals or not.

    Raises
    ------
    InputError
        Naming, in one fault, every site without a file.
    """
    place = Path(folder)
    if not folder or not place.is_dir():
        expected = f"a folder with one <site_id>{ending} for every site"
        raise InputError([Fault("climate.files", None, "", folder, expected)])
    endings = (ending, ending.upper())
    found = {
        site: next(filter(Path.is_file, [place / f"{site}{e}" for e in endings]), None)
        for site in sites
    }
    lacking = [site for site, path in found.items() if path is None]
    if lacking:
        told = ", ".join(lacking[:SHOWN])
        more = len(lacking) - SHOWN
        told = f"{told} and {more} more" if more > 0 else told
        expected = f"a file <site_id>{ending} for: {told}"
        raise InputError([Fault("climate.files", None, "", folder, expected)])
    return {site: path for site, path in found.items() if path is not None}


def text_of(path: Path) -> str:
    """Return the text of a weather file: UTF-8, or Latin-1 as many are.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    content = _bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        fault = Fault("climate.files", None, "", path.name, f"a readable file ({why})")
        raise InputError([fault]) from None


def cube_paths(place: str, sites: Sequence[str]) -> list[Path]:
    """Return the NetCDF files or the Zarr store that a user names.

    Parameters
    ----------
    place : str
        A NetCDF file, a Zarr store, or a folder of NetCDF files: those named after
        the sites where there are any, otherwise all of them.
    sites : sequence of str

    Raises
    ------
    InputError
        If there is nothing to open there.
    """
    path = Path(place)
    if place and (path.is_file() or _is_zarr(path)):
        return [path]
    inside = sorted(path.iterdir()) if place and path.is_dir() else []
    found = [p for p in inside if p.suffix in CUBES or _is_zarr(p)]
    own = [p for p in found if p.stem in set(sites)]
    if not found:
        expected = "a NetCDF file, a Zarr store on disk, or a folder of them"
        raise InputError([Fault("climate.files", None, "", place, expected)])
    return own or found


def _is_zarr(path: Path) -> bool:
    marks = (".zgroup", ".zmetadata", "zarr.json")
    return path.is_dir() and any((path / mark).is_file() for mark in marks)


def opened(path: Path) -> xr.Dataset:
    """Return a NetCDF file or Zarr store, opened without reading its arrays.

    Raises
    ------
    InputError
        If the library for it is missing, or it is not what its name says.
    """
    store = path.is_dir()
    needed = "zarr" if store else "h5netcdf"
    classic = not store and _bytes_start(path, b"CDF")
    if not classic and find_spec(needed) is None:
        expected = f"the package {needed}: pip install 'khazri[online]'"
        raise InputError([Fault(path.name, None, "", needed, expected)])
    engine = "scipy" if classic else needed
    try:
        dataset: xr.Dataset = xr.open_dataset(path, engine=engine, chunks=None)
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        fault = Fault("climate.files", None, path.name, why, "a NetCDF or Zarr dataset")
        raise InputError([fault]) from None
    return dataset


def _bytes_start(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(mark)) == mark
    except OSError:
        return False


def digests(paths: Sequence[Path]) -> dict[str, str]:
    """Return the sha256 of files; of a Zarr store that of all its files in order."""
    return {path.name: _digest(path) for path in paths}


def _digest(path: Path) -> str:
    if path.is_file():
        return file_sha256(str(path))
    total = hashlib.sha256()
    for part in sorted(p for p in path.rglob("*") if p.is_file()):
        total.update(f"{part.relative_to(path).as_posix()} ".encode())
        total.update(file_sha256(str(part)).encode())
    return total.hexdigest()
