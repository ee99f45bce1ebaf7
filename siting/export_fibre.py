"""The fibre tables as an Open Fibre Data Standard network: nodes, spans, phases.

Fields are those of version 0.3 [1]_; what the standard has no field for (corridor,
year, grade, sources) stands beside them under its own name.

References
----------
.. [1] Open Fibre Data Standard, network schema 0.3.0, https://standard.ofds.info.
"""

import argparse
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from data import World, load_world
from data.faults import Fault, InputError
from siting.export_table import check_table_path, write_whole

SCHEMA = (
    "https://raw.githubusercontent.com/Open-Telecoms-Data/"
    "open-fibre-data-standard/0__3__0/schema/network-schema.json"
)
CRS = {
    "name": "urn:ogc:def:crs:OGC::CRS84",
    "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
}
NAME = "Fibre routes of Azerbaijan to Europe and Central Asia"
STATUS = {
    "in_service": "operational",
    "under_construction": "underConstruction",
    "planned": "planned",
    "concept": "proposed",
}
ACCURACY = (
    "Nodes are town points. A span's route is drawn straight between its nodes: its "
    "length is fibreLength, its course is not known. Which towns are joined is mostly "
    "assumed: see grade and source."
)
Record = dict[str, Any]


def package(world: World) -> Record:
    """Return every node and link of the fibre tables as a network package.

    Parameters
    ----------
    world : World
        The tables; status and year are those stated, whatever a scenario counts.
    """
    nodes, links = world.tables["fibre_nodes"], world.tables["fibre_links"]
    projects = world.tables["fibre_projects"]
    phase_of = {
        link: {"id": str(project), "name": str(row["name"])}
        for project, row in projects.iterrows()
        for link in str(row["link_ids"]).split()
    }
    operators = sorted(set(links["operator"]) - {""})
    organisation = {
        name: {"id": f"organisation-{number}", "name": name}
        for number, name in enumerate(operators, start=1)
    }
    network = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, NAME)),
        "name": NAME,
        "nodes": [_node(str(key), row) for key, row in nodes.iterrows()],
        "spans": [
            _span(str(key), row, nodes, phase_of.get(str(key)), organisation)
            for key, row in links.iterrows()
        ],
        "phases": [
            {"id": str(project), "name": str(name)}
            for project, name in projects["name"].items()
        ],
        "organisations": list(organisation.values()),
        "crs": CRS,
        "accuracyDetails": ACCURACY,
        "language": "en",
        "links": [{"href": SCHEMA, "rel": "describedby"}],
    }
    return {"networks": [network]}


def _node(node: str, row: pd.Series) -> Record:
    return {
        "id": node,
        "name": str(row["name"]),
        "location": {"type": "Point", "coordinates": _place(row)},
        "address": {"country": str(row["country"])},
        "nodeKind": str(row["node_kind"]),
        **_provenance(row),
    }


def _place(row: pd.Series) -> list[float]:
    return [float(row["lon"]), float(row["lat"])]


def _straight(nodes: pd.DataFrame, ends: list[str]) -> Record:
    points = nodes.loc[ends, ["lon", "lat"]].to_numpy().tolist()
    return {"type": "LineString", "coordinates": points}


def _provenance(row: pd.Series) -> Record:
    return {"grade": str(row["grade"]), "source": str(row["source"])}


def _span(
    span: str,
    row: pd.Series,
    nodes: pd.DataFrame,
    phase: Record | None,
    organisation: dict[str, Record],
) -> Record:
    ends = [str(row[f"{end}_node_id"]) for end in ("from", "to")]
    land = row["medium"] == "terrestrial"
    record: Record = {
        "id": span,
        "name": " – ".join(str(nodes.at[end, "name"]) for end in ends),  # noqa: PD008
        "status": STATUS[str(row["status"])],
        "start": ends[0],
        "end": ends[1],
        "directed": False,
        "route": _straight(nodes, ends),
        "transmissionMedium": ["fibre"],
        "deploymentDetails": {"description": str(row["medium"])},
        "fibreLength": float(row["route_km"]),
        "countries": sorted({str(nodes.loc[end, "country"]) for end in ends}),
        "corridor": str(row["corridor"]),
        **_provenance(row),
    }
    if land:
        record["deployment"] = ["belowGround"]
    if phase:
        record["phase"] = phase
    if row["operator"]:
        record["networkProviders"] = [organisation[str(row["operator"])]]
    if pd.notna(row["year"]):
        record["readyForServiceYear"] = int(row["year"])
    if pd.notna(row["capacity_tbps"]):
        told = f"{row['capacity_tbps']:g} Tbps ({row['capacity_basis'] or 'stated'})"
        record["capacityDetails"] = {"description": told}
    return record


def export(arguments: argparse.Namespace) -> Iterator[str]:
    """Write the network package and say what is in it."""
    if not arguments.out:
        expected = "a file ending in .json: siting fibre export --out fibre.json"
        raise InputError([Fault("--out", None, "", "", expected)])
    path = Path(arguments.out)
    check_table_path(path, (".json",))
    told = package(load_world())
    text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(path, lambda aside: _write(aside, text))
    network = told["networks"][0]
    yield (
        f"written: {path}: {len(network['nodes'])} nodes, {len(network['spans'])} "
        "spans, Open Fibre Data Standard 0.3"
    )


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
