"""What the repository holds: a test for every module, nothing private, nothing large."""

import ast
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("siting", "climate", "grid", "app", "data")
MAX_BYTES = 2_000_000

# Modules tested under another name than their own, and where.
TESTED_IN = {
    "climate/sources/era5_grid.py": "tests/climate/sources/test_era5.py",
    "data/faults.py": "tests/data/test_sites_input.py",
    "data/schema.py": "tests/data/test_load.py",
    "data/site_checks.py": "tests/data/test_sites_input.py",
    "data/sites.py": "tests/data/test_sites_input.py",
    "data/text.py": "tests/siting/test_loading.py",
    "siting/asked.py": "tests/siting/test_cli.py",
    "siting/cli_reports.py": "tests/siting/test_cli.py",
    "siting/commands.py": "tests/siting/test_cli.py",
    "siting/compare.py": "tests/siting/test_cli.py",
    "siting/export_rows.py": "tests/siting/test_export.py",
    "siting/reading.py": "tests/siting/test_loading.py",
    "siting/real_weather.py": "tests/siting/test_weather.py",
    "siting/texts.py": "tests/siting/test_cli.py",
}

PRIVATE = {
    "a path of one machine": r"(?<![\w.:/-])/(?:home|root|tmp|work|Users|private)/\w",
    "a folder outside": r"\.\./shared",
    "a package index": r"--(?:extra-)?index-url|--find-links|https?://\S+/simple\b",
    "a local file address": r"\bfile://",
}


def has_logic(path: Path) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))


def homes(module: Path) -> list[Path]:
    """Return where the tests of `climate/cooling/x.py` may stand.

    They are tests/climate/cooling/test_x.py, for a small folder one
    tests/climate/test_cooling.py, or what TESTED_IN names. `__init__.py` is met by
    any test of its folder.
    """
    folder = Path("tests") / module.parent
    if module.stem == "__init__":
        return sorted((ROOT / folder).glob("test_*.py"))
    return [
        folder / f"test_{module.stem.strip('_')}.py",
        folder.parent / f"test_{folder.name}.py",
        Path(TESTED_IN.get(module.as_posix(), "")),
    ]


def test_tests_mirror_the_tree() -> None:
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    untested = [
        module.as_posix()
        for path in paths
        if (module := path.relative_to(ROOT)).parent.name != "recipes"
        and has_logic(path)
        and not any((ROOT / home).is_file() for home in homes(module))
    ]
    assert not untested, "no test file for " + ", ".join(untested)


def test_exceptions_to_the_mirror_are_needed() -> None:
    needless = [
        module
        for module, home in TESTED_IN.items()
        if not (ROOT / module).is_file()
        or not (ROOT / home).is_file()
        or any((ROOT / place).is_file() for place in homes(Path(module))[:-1])
    ]
    assert not needless


@cache
def tracked() -> tuple[Path, ...]:
    """Files git knows; where it knows none, all but what .gitignore names."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-C", str(ROOT), "ls-files", "-z"]
        listing = subprocess.run(command, capture_output=True, text=True, check=False)
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
        if listing.returncode == 0 and paths:
            return tuple(path for path in paths if path.is_file())
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    patterns = [name.strip("/") for name in ignored] + [".git"]
    return tuple(
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not excluded(path.relative_to(ROOT), patterns)
    )


def excluded(path: Path, patterns: list[str]) -> bool:
    parts = [Path(part) for part in path.parts]
    return any(part.match(pattern) for part in parts for pattern in patterns)


@pytest.mark.parametrize("kind", PRIVATE)
def test_nothing_tracked_names_a_machine(kind: str) -> None:
    banned = re.compile(PRIVATE[kind])
    found = []
    for path in tracked():
        if path == Path(__file__) or b"\0" in (content := path.read_bytes())[:8192]:
            continue
        for number, line in enumerate(
            content.decode("utf-8", "replace").splitlines(), 1
        ):
            if banned.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}")
    assert not found, "\n" + "\n".join(found)


def test_no_tracked_file_is_large() -> None:
    sizes = {str(path.relative_to(ROOT)): path.stat().st_size for path in tracked()}
    large = {path: size for path, size in sizes.items() if size > MAX_BYTES}
    assert not large


def test_versions_are_pinned_without_a_host() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pin = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.+]*( ; [\w .'<>=!]+)?")
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not pin.fullmatch(line)] == []
    pinned = [line.split("==")[0] for line in pins]
    assert len(pinned) == len(set(pinned))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["app"] + extras["test"] + extras["lint"]
    assert {re.split("[<>=~! ]", need)[0] for need in wanted} <= set(pinned)
