"""Announced projects as switches: what there is, and what one changes for a site.

A project is a row with status and year that is not in service: a substation, line,
plant, tie or fibre link. Off: it never exists. On: it exists from its year (at once
where none is stated), with the ends it stands on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from data import World
from data.faults import Fault, InputError, nearest_name
from data.schema import TABLES
from siting.ranking import rank
from siting.scenario import Scenario
from siting.trunk import evaluate

SHOWN: Final = (
    "firm_mw",
    "flexible_mw",
    "it_mw",
    "months_to_power",
    "price_usd_per_mwh",
    "carbon_location_t_per_mwh",
    "carbon_marginal_t_per_mwh",
    "carbon_hourly_average_t_per_mwh",
    "carbon_hourly_marginal_t_per_mwh",
    "carbon_free_pct",
    "rtt_europe_ms",
    "rtt_central_asia_ms",
    "routes_europe_node",
    "routes_caspian_node",
    "score",
)
"""Metrics a project is judged by, in the order they are shown."""
WORDS: Final = ("binding_constraint", "substation_id", "excluded_because")
"""Texts shown where they change."""
TWINS: Final = ("lines", "interconnectors")
"""Tables that may speak of one line twice: as a line and as a tie."""
ENDS: Final = {
    "lines": ("from_id", "to_id"),
    "interconnectors": ("from_id", "to_id"),
    "plants": ("substation_id",),
}
"""Table → columns of the substations a row stands on."""
DUST: Final = 1e-9
"""Relative difference below which two figures are the same."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a project changes."""

    table: pd.DataFrame
    """One row a change: site_id, name, metric, off, on."""
    ids: tuple[str, ...]
    """Rows switched: the project and what is the same line in another table."""
    along: tuple[str, ...]
    """Substations switched on with it, which do not stand yet."""
    off: Scenario
    on: Scenario


def project_table(world: World, scenario: Scenario) -> pd.DataFrame:
    """Return every project that is not in service.

    Parameters
    ----------
    world : World
        The tables.
    scenario : Scenario
        Whose build-out says what counts, and in which year the campus is asked for.

    Returns
    -------
    DataFrame
        Indexed by id: `name`, `kind`, `status`, `year`, `capacity_mw`, `length_km`,
        `capacity_tbps`, `exists_from` (inf for never), `counted`, `source`, `note`;
        absent sizes are NaN. In the order of the tables, then of their rows.
    """
    built = world.amended(dict(scenario.overrides)).built(scenario.build_out)
    dated = [name for name, table in TABLES.items() if table.dated]
    table = pd.concat([_rows(name, built.tables[name]) for name in dated])
    return table.assign(counted=table["exists_from"] <= scenario.campus.year)


def _rows(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return the projects of one table under common columns."""
    own = table[table["status"] != "in_service"]
    blank = pd.Series(np.nan, own.index)
    km = {"lines": "length_km", "fibre_links": "route_km"}.get(name, "")
    columns = {
        "name": own["name"] if "name" in own else _ends(name, own),
        "kind": _kinds(name, own),
        "status": own["status"],
        "year": own["year"],
        "capacity_mw": own.get("capacity_mw", blank),
        "length_km": own[km] if km else blank,
        "capacity_tbps": own.get("capacity_tbps", blank),
        "exists_from": own["exists_from"],
        "source": own["source"],
        "note": own["note"],
    }
    return pd.DataFrame(columns).rename_axis("project_id")


def _ends(name: str, own: pd.DataFrame) -> pd.Series:
    columns = TABLES[name].foreign
    start, end = (c for c in columns if c.startswith(("from_", "to_")))
    return own[start].astype(str) + " – " + own[end].astype(str)


def _kinds(name: str, own: pd.DataFrame) -> pd.Series:
    """Return what each row is, in words."""
    if name == "plants":
        return own["fuel"].where(own["fuel"] == "battery", own["fuel"] + " plant")
    if name == "fibre_links":
        return own["medium"] + " fibre"
    if name == "substations":
        return "substation " + own["voltages_kv"].astype(str) + " kV"
    word = {"lines": "line", "interconnectors": "tie"}[name]
    kv = own["voltage_kv"].map("{:g} kV".format).where(own["voltage_kv"].notna(), "")
    return (word + " " + kv).str.strip()


def table_of(world: World, project: str) -> str:
    """Return the table that holds a project.

    Raises
    ------
    InputError
        If no dated table does, or the row is in service.
    """
    dated = [name for name, table in TABLES.items() if table.dated]
    status = pd.concat([world.tables[name]["status"] for name in dated])
    if project in status.index and status[project] == "in_service":
        wanted = "a project: this one is in service"
        raise InputError([Fault("ID", None, "", project, wanted)])
    found = [name for name in dated if project in world.tables[name].index]
    if not found:
        known = map(str, status.index[status != "in_service"])
        wanted = f"an id that `siting projects` lists{nearest_name(project, known)}"
        raise InputError([Fault("ID", None, "", project, wanted)])
    return found[0]


def same_line(world: World, project: str) -> tuple[str, ...]:
    """Return the id, and those of a line and tie between the same substations."""
    name = table_of(world, project)
    if name not in TWINS:
        return (project,)
    row = world.tables[name].loc[project]
    pair = {row["from_id"], row["to_id"]}
    other = world.tables[TWINS[1 - TWINS.index(name)]]
    other = other[other["status"] != "in_service"]
    ends = zip(other["from_id"], other["to_id"], strict=True)
    kv = (other["voltage_kv"] == row["voltage_kv"]).to_numpy()
    same = np.array([pair == {*two} and "" not in pair for two in ends]) & kv
    return (project, *map(str, other.index[same]))


def stands_on(world: World, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the substations that rows stand on and that are not in service."""
    yards = world.tables["substations"]["status"]
    found: list[str] = []
    for project in ids:
        name = table_of(world, project)
        row = world.tables[name].loc[project]
        found += [str(row[column]) for column in ENDS.get(name, ())]
    later = [end for end in found if end and yards.get(end) != "in_service"]
    return tuple(dict.fromkeys(later))


def switched(scenario: Scenario, ids: Sequence[str], on: Sequence[str]) -> Scenario:
    """Return the scenario with ids off, or those of `on` on."""
    chosen = scenario.build_out
    kept = tuple(item for item in chosen.on if item not in ids)
    dropped = tuple(item for item in chosen.off if item not in (*ids, *on))
    build_out = (
        replace(chosen, on=(*kept, *on), off=dropped)
        if on
        else replace(chosen, on=kept, off=(*dropped, *ids))
    )
    return replace(scenario, build_out=build_out)


def project_effect(
    project: str, sites: pd.DataFrame, scenario: Scenario, world: World
) -> Effect:
    """Return what a project changes: every site evaluated with it off, then on.

    Parameters
    ----------
    project : str
        Id of a row with status and year.
    sites : DataFrame
        Indexed by site_id.
    scenario : Scenario
        Everything else stays as it says.
    world : World

    Raises
    ------
    InputError
        If the id is in no dated table.
    """
    ids = same_line(world, project)
    along = stands_on(world, ids)
    off = switched(scenario, ids, ())
    on = switched(scenario, ids, (*ids, *along))
    before, after = (_figures(sites, one, world) for one in (off, on))
    rows = [
        {"site_id": site, "name": before["name"][site], "metric": metric, **pair}
        for site in sites.index
        for metric, pair in _changed(before.loc[site], after.loc[site])
    ]
    columns = ["site_id", "name", "metric", "off", "on"]
    return Effect(pd.DataFrame(rows, columns=columns), ids, along, off, on)


def _figures(sites: pd.DataFrame, scenario: Scenario, world: World) -> pd.DataFrame:
    table = rank(evaluate(sites, scenario, world), scenario.preferences).table
    return table.set_index("site_id")


def _changed(off: pd.Series, on: pd.Series) -> list[tuple[str, dict[str, Any]]]:
    """Return the metrics that differ, with both values."""
    found = []
    for metric in (*SHOWN, *WORDS):
        if metric not in off:
            continue
        pair = {"off": off[metric], "on": on[metric]}
        if metric in WORDS:
            differ = str(pair["off"]) != str(pair["on"])
        else:
            one, two = float(pair["off"]), float(pair["on"])
            differ = not np.isclose(one, two, rtol=DUST, atol=0.0, equal_nan=True)
        if differ:
            found.append((metric, pair))
    return found
