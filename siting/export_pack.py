"""The command `siting pack`: a lender's workbook for each site asked for."""

import argparse
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pandas as pd

from data import World, load_world
from data.faults import Fault, InputError
from siting.asked import check_sites, scenario_of, together
from siting.commands import inputs_of, weather_of
from siting.export import check_writable
from siting.export_table import check_table_path
from siting.headline import warnings_of
from siting.pack.case import has_cash_flow
from siting.pack.workbook import write_pack
from siting.ranking import rank, with_columns
from siting.real_weather import fetch_weather, weather_inputs
from siting.run import Leaders, Run
from siting.scenario import Scenario
from siting.texts import sites_of
from siting.trunk import evaluate

ENDING = ".xlsx"


def pack(arguments: argparse.Namespace) -> Iterator[str]:
    """Write the pack of every site asked for, all of them or none."""
    world = load_world()
    out, chosen = Path(arguments.out), list(dict.fromkeys(arguments.chosen))
    scenario, sites, _ = together(
        lambda: scenario_of(arguments, world),
        lambda: _listed(arguments.sites, chosen, world),
        lambda: check_out(out, len(chosen)),
    )
    fetch_weather(world, sites, scenario)
    inputs = inputs_of(arguments) | weather_inputs(world, sites, scenario)
    run, leaders = packed(sites, scenario, world, inputs)
    written = write_packs(run, leaders, _paths(out, chosen))
    yield f"written: {', '.join(str(path) for path in written)}"


def _listed(path: str | None, chosen: list[str], world: World) -> pd.DataFrame:
    listed = sites_of(path, world)
    check_sites(chosen, listed)
    return listed.loc[chosen]


def packed(
    sites: pd.DataFrame, scenario: Scenario, world: World, inputs: dict[str, str]
) -> tuple[Run, Leaders]:
    """Return sites evaluated in full, and their ranking among themselves.

    Parameters
    ----------
    sites : DataFrame
    scenario : Scenario
    world : World
    inputs : dict of str to str
        sha256 by name of what was read.
    """
    evaluation = evaluate(sites, scenario, world)
    ranking = rank(evaluation, scenario.preferences)
    ranking = with_columns(ranking, sites, world.tables["sites"].columns)
    leaders = Leaders(world, evaluation)
    told = warnings_of(ranking.table)
    weather = weather_of(evaluation)
    return Run(ranking, scenario, weather, inputs, told, lambda: leaders), leaders


def check_out(out: Path, count: int) -> None:
    """Raise before any work is done if the packs cannot be written there.

    Raises
    ------
    InputError
        Naming what is wrong with the place.
    """
    if out.suffix != ENDING or out.is_dir():
        check_writable(out)
        return
    if count > 1:
        expected = f"a folder: {count} sites make {count} files"
        raise InputError([Fault("--out", None, "", str(out), expected)])
    check_table_path(out, (ENDING,))


def _paths(out: Path, chosen: list[str]) -> dict[str, Path]:
    """Return the file of each site; a name that is no file name is spelled out."""
    if out.suffix == ENDING and not out.is_dir():
        return {chosen[0]: out}
    paths: dict[str, Path] = {}
    for number, site in enumerate(chosen, start=1):
        word = re.sub(r"[^\w.-]", "_", site)[:80]
        path = out / f"pack-{word}{ENDING}"
        if path in paths.values():
            path = out / f"pack-{word}-{number}{ENDING}"
        paths[site] = path
    return paths


def write_packs(run: Run, leaders: Leaders, paths: dict[str, Path]) -> list[Path]:
    """Write every pack aside, then move them into place.

    Raises
    ------
    InputError
        Naming every site without a cash flow; nothing is written then.
    """
    faults = [
        Fault("SITE", None, "", site, "a site with a cash flow (power never comes)")
        for site in paths
        if not has_cash_flow(leaders.evaluation.sel(site=[site]))
    ]
    if faults:
        raise InputError(faults)
    folder = next(iter(paths.values())).absolute().parent
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".khazri-", dir=folder))
    try:
        for site, path in paths.items():
            stream = BytesIO()
            write_pack(run, leaders, site, stream)
            (aside / path.name).write_bytes(stream.getvalue())
        for path in paths.values():
            os.replace(aside / path.name, path)  # noqa: PTH105 - atomic by name
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return list(paths.values())
