"""What is installed is ours, whole, and nothing else.

The packages carry plain names (`data`, `grid`, ...), so the tests make sure that no
other distribution in the environment brings one of them, and that the wheel holds
every table and scenario the model reads.
"""

import importlib
import subprocess
import sys
import tomllib
from email import message_from_bytes
from importlib.metadata import packages_distributions, version
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

import pytest

import siting

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
SOURCES = (".py", ".csv", ".toml", ".md", ".json", ".geojson", ".parquet")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build the wheel as a release would, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    done = subprocess.run(
        [*command, "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return ZipFile(next(folder.glob("*.whl")))


def test_the_five_packages_are_declared_once() -> None:
    assert sorted(PACKAGES) == ["app", "climate", "data", "grid", "siting"]
    assert PROJECT["tool"]["check-wheel-contents"]["toplevel"] == PACKAGES
    assert sorted(PROJECT["tool"]["mypy"]["packages"]) == sorted(PACKAGES)
    assert sorted(PROJECT["tool"]["importlinter"]["root_packages"]) == sorted(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_brings_our_packages(package: str) -> None:
    """An editable install lists no packages of its own; a wheel lists ours."""
    assert set(packages_distributions().get(package, [])) <= {"khazri"}
    place = Path(importlib.import_module(package).__file__ or "")
    assert place.parent == ROOT / package


def test_one_version() -> None:
    assert siting.__version__ == version("khazri") == PROJECT["project"]["version"]


def test_tables_are_found_through_the_package() -> None:
    tables = [entry.name for entry in files("data").joinpath("tables").iterdir()]
    assert "parameters.csv" in tables
    assert "sites.csv" in tables
    scenarios = [entry.name for entry in files("data").joinpath("scenarios").iterdir()]
    assert "base.toml" in scenarios


def test_the_wheel_holds_every_source_and_table(wheel: ZipFile) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in SOURCES and path.is_file()
    }
    assert not wanted - set(wheel.namelist())


def test_the_wheel_holds_nothing_else(wheel: ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    number = PROJECT["project"]["version"]
    assert tops == {*PACKAGES, f"khazri-{number}.dist-info"}
    assert not [name for name in wheel.namelist() if name.endswith(".pyc")]


def test_the_wheel_says_what_it_is(wheel: ZipFile) -> None:
    info = f"khazri-{PROJECT['project']['version']}.dist-info"
    metadata = message_from_bytes(wheel.read(f"{info}/METADATA"))
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
    assert f"{info}/licenses/DATA-LICENSE.md" in wheel.namelist()
    assert "siting = siting.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()


def test_the_core_needs_no_app() -> None:
    """Streamlit and its like come only with the extra that asks for them."""
    core = " ".join(PROJECT["project"]["dependencies"])
    assert not [name for name in ("streamlit", "altair", "pydeck") if name in core]


@pytest.mark.parametrize(
    "name",
    [
        "MapYourGrid",
        "ERA5",
        "MERRA-2",
        "GeoNames",
        "airportsdata",
        "Natural Earth",
        "Global Power Plant Database",
        "World Bank",
        "Our World in Data",
        "Wikipedia",
    ],
)
def test_data_that_asks_for_attribution_is_attributed(name: str) -> None:
    """What rows cite and whose terms ask to be named is named in DATA-LICENSE.md."""
    cited = files("data").joinpath("tables", "sources.csv").read_text("utf-8")
    assert name.lower() in cited.lower()
    assert name in (ROOT / "DATA-LICENSE.md").read_text("utf-8")
