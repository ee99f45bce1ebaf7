"""What the tables may not say of the network together: named by table and row.

A zero where a power flow divides, a part of the network that stands apart with or
without its own supply, a plant larger than all the lines it stands on. Unknown ends
and negative numbers are met by the keys and bounds of `data.load`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from data.faults import Fault

NETWORK: Final = ("substations", "lines", "line_types", "plants", "interconnectors")
"""Tables these rules read."""
POSITIVE: Final = {
    "lines": ("length_km", "length_km_low", "length_km_high"),
    "line_types": ("x_ohm_per_km", "sil_mw", "thermal_mva"),
    "substations": ("transformer_mva",),
}
"""Table → columns whose zero no power flow can hold."""
MODELLED_KV: Final = 200.0
"""Least voltage of a line that counts as a plant's connection: 110 kV is not
modelled."""

Tables = Mapping[str, pd.DataFrame]


def _number(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.replace("", np.nan), errors="coerce")


def _fault(table: pd.DataFrame, name: str, row: str, column: str, text: str) -> Fault:
    """Return a fault at a row of a table; its first column is the key.

    The value is what the cell holds; `text` what was expected.
    """
    key = str(table.columns[0])
    line = table.index[table[key] == row][0]
    value = table.loc[line, column]
    shown = value if isinstance(value, str) else f"{value:g}"
    if table.index.name == "line":
        return Fault(f"{name}.csv", int(str(line)), column, shown, f"{text} ({row})")
    return Fault(f"{name}.csv", None, f"{row}:{column}", shown, text)


def zero_faults(tables: Tables) -> Iterator[Fault]:
    """Yield zero reactances, ratings and lengths."""
    for name, columns in POSITIVE.items():
        table = tables[name]
        for column in columns:
            zero = _number(table[column]) == 0
            for row in table.loc[zero, table.columns[0]]:
                yield _fault(table, name, str(row), column, "more than zero")


def areas(substations: pd.DataFrame, lines: pd.DataFrame) -> dict[str, str]:
    """Return for each substation one that stands for its connected part.

    Parameters
    ----------
    substations, lines : DataFrame
        Rows that count; yards of one place are connected.

    Returns
    -------
    dict of str to str
        Substation → the first of its part.
    """
    place = substations["lat"].astype(str) + " " + substations["lon"].astype(str)
    given = _number(substations["lat"]).notna()
    first = substations.loc[given].groupby(place[given])["substation_id"].first()
    same = place.where(given).map(first).fillna(substations["substation_id"])
    area = dict(zip(substations["substation_id"], same, strict=True))
    for start, end in zip(lines["from_id"], lines["to_id"], strict=True):
        if start in area and end in area and area[start] != area[end]:
            kept, gone = area[start], area[end]
            area = {k: kept if v == gone else v for k, v in area.items()}
    return area


def area_faults(tables: Tables) -> Iterator[Fault]:
    """Yield parts of the running network that no line joins to their region.

    A running line may pass a yard under reconstruction. The largest part of a region
    is its network. Another one with a plant or a tie of
    its own is a second slack area; without, it is load without supply.
    """
    running = {
        name: tables[name][tables[name]["status"] == "in_service"]
        for name in ("substations", "lines", "plants", "interconnectors")
    }
    yards, ties = running["substations"], running["interconnectors"]
    area = areas(tables["substations"], running["lines"])
    fed = running["plants"].set_index("plant_id")["substation_id"]
    links = ties[ties["tie_kind"] == "link"].set_index("interconnector_id")
    fed = pd.concat([fed, links["from_id"], links["to_id"]]).map(area).dropna()
    home = yards[yards["network_region"] != "foreign"]
    of = home["substation_id"].map(area)
    for region, parts in of.groupby(home["network_region"]):
        sizes = parts.value_counts(sort=False)
        for part in sizes.index[sizes.index != sizes.idxmax()]:
            members = home.loc[parts.index[parts == part], "substation_id"]
            supply = " ".join(map(str, fed.index[fed == part].unique()))
            what = (
                f"with {supply} a second slack area"
                if supply
                else "load without supply"
            )
            text = f"a line in service to the {region} network: {what}"
            text += f", {len(members)} substations" if len(members) > 1 else ""
            yield _fault(
                tables["substations"],
                "substations",
                str(members.iloc[0]),
                "substation_id",
                text,
            )


def plant_faults(tables: Tables) -> Iterator[Fault]:
    """Yield plants larger than all the lines of 220 kV and more they stand on.

    The connection is taken at its best: the most circuits a blank may stand for, of
    the strongest conductor of the class.
    """
    book = tables["parameters"].set_index("name")["value"].astype(float)
    most = book["power.network.circuits_most"]
    lines, plants = tables["lines"], tables["plants"]
    kv = _number(lines["voltage_kv"])
    mva = _number(lines["circuits"]).fillna(most) * _strongest(tables["line_types"], kv)
    mw = (mva * book["power.substation.power_factor"])[kv >= MODELLED_KV]
    at = areas(tables["substations"], lines[:0])
    running, ever = (
        _at_ends(mw[good.reindex(mw.index)], lines, at)
        for good in (lines["status"] == "in_service", lines["status"] != "concept")
    )
    columns = (plants[c] for c in ("plant_id", "substation_id", "status"))
    wanted = _number(plants["capacity_mw"])
    for plant, station, status, size in zip(*columns, wanted, strict=True):
        able = running if status == "in_service" else ever
        limit = able.get(at.get(str(station), ""), np.inf)
        if size > limit:
            text = f"at most {limit:.0f} MW, all the lines of {station} together"
            yield _fault(plants, "plants", str(plant), "capacity_mw", text)


def _at_ends(
    mw: pd.Series, lines: pd.DataFrame, at: dict[str, str]
) -> dict[str, float]:
    """Return what the lines at each place carry together [MW]."""
    able: dict[str, float] = {}
    for end in ("from_id", "to_id"):
        for name, value in zip(lines.loc[mw.index, end], mw, strict=True):
            place = at.get(str(name), str(name))
            able[place] = able.get(place, 0.0) + float(value)
    return able


def _strongest(types: pd.DataFrame, kv: pd.Series) -> pd.Series:
    """Return the strongest conductor of the class of each voltage [MVA]."""
    mva = _number(types["thermal_mva"]).groupby(_number(types["voltage_kv"])).max()
    at = np.searchsorted(mva.index.to_numpy() * 0.9, kv, side="right") - 1
    return pd.Series(mva.to_numpy()[np.maximum(at, 0)], kv.index)


def network_faults(tables: Tables) -> list[Fault]:
    """Return every breach of the network's rules, table by table.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Keys as the first column; the index is the line of the file if it is called
        `line`, else rows are named by key.
    """
    return [*zero_faults(tables), *area_faults(tables), *plant_faults(tables)]
