"""The electricity tables: complete, consistent with one another and with the book."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

import data
from data.schema import GRADES, STATUSES

TABLES = Path(data.__file__).parent / "tables"
SIZES = {
    "substations": 110,  # 109 listed; Navahi stands twice, once for each phase
    "lines": 143,
    "line_types": 7,
    "plants": 48,
    "interconnectors": 18,  # 21 listed; two trade statistics and a cost are records
    "tariffs": 46,
    "power_system": 188,  # 180 listed and the eight figures of those three rows
    "load_profile": 247,
    "technology_costs": 120,
}
DATED = ("substations", "lines", "plants", "interconnectors")


@cache
def rows(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def by(name, key):
    return {row[key]: row for row in rows(name)}


def parameter(name):
    return float(by("parameters", "name")[name]["value"])


@pytest.mark.parametrize("name", SIZES)
def test_every_row_is_there_and_sourced(name):
    table = rows(name)
    assert len(table) == SIZES[name]
    sources = by("sources", "source_id")
    keys = [next(iter(row.values())) for row in table]
    assert max(Counter(keys).values()) == 1
    for row in table:
        assert row["grade"] in GRADES
        assert row["source"]
        assert set(row["source"].split()) <= set(sources)
        cited = {sources[source]["strength"] for source in row["source"].split()}
        assert row["grade"] in ("assumed", "derived") or "strong" in cited, row


@pytest.mark.parametrize("name", DATED)
def test_status_and_year(name):
    for row in rows(name):
        assert row["status"] in STATUSES
        assert row["year"] == "" or 1900 < int(row["year"]) < 2050
        if row["status"] == "in_service":
            assert row["year"] == "" or int(row["year"]) <= 2026


def test_words_of_status():
    """The written table: unconfirmed lines run with grade assumed, tunnels do not."""
    lines = rows("lines")
    unsure = [row for row in lines if row["status_text"] == "assumed, verify"]
    assert {row["status"] for row in unsure} == {"in_service"}
    assert {row["grade"] for row in unsure} == {"assumed"}
    tunnels = [row for row in lines if "tunnels" in row["status_text"]]
    assert {(row["status"], row["year"]) for row in tunnels} == {
        ("under_construction", "")
    }
    assert by("plants", "plant_id")["PP_BOY"]["status"] == "concept"
    zangezur = by("lines", "line_id")["JAB-NAK330-330-1"]
    assert (zangezur["status"], zangezur["year"]) == ("under_construction", "")


def test_references_lead_somewhere():
    stations = by("substations", "substation_id")
    for row in (*rows("lines"), *rows("interconnectors")):
        assert {row["from_id"], row["to_id"]} - {""} <= set(stations)
    assert {row["substation_id"] for row in rows("plants")} - {""} <= set(stations)


def test_lines_end_where_their_voltage_is():
    """A line's level is carried at its domestic ends; what is not is known."""
    stations = by("substations", "substation_id")
    odd = {
        (row["line_id"], end)
        for row in rows("lines")
        for end in (row["from_id"], row["to_id"])
        if stations[end]["country"] == "AZ"
        and row["voltage_kv"] not in stations[end]["voltages_kv"].split("/")
    }
    assert {line for line, _ in odd} <= {
        "GOR-TAR-110-1",  # 110 kV sides the substation rows do not mention
        "GOR-DAL-110-1",
        "GAN-YGA-110-1",
        "GAN-DAS-110-1",
        "YEN-GAN-110-1",
        "SHA-YEN-110-1",
        "AGD220-GOY-110-1",
        "PRZ-SUL-110-1",
        "IMI-PARS-230-1",  # built to 330 kV
        "SHA-SMX-330-1",  # voltage inferred, may be a 500 kV line passing through
        "NAK330-NAKCONV-400-1",
    }


def test_the_operating_network_hangs_together():
    """One mainland and one Nakhchivan island, as the rows stand (spec §3.0)."""
    stations = by("substations", "substation_id")
    running = {k for k, row in stations.items() if row["status"] == "in_service"}
    graph = nx.Graph()
    graph.add_nodes_from(running)
    graph.add_edges_from(
        (row["from_id"], row["to_id"])
        for row in rows("lines")
        if row["status"] == "in_service" and {row["from_id"], row["to_id"]} <= running
    )
    islands = sorted(nx.connected_components(graph), key=len, reverse=True)
    assert [len(island) for island in islands] == [90, 10, 1]
    assert {stations[k]["network_region"] for k in islands[0]} == {
        "mainland",
        "foreign",
    }
    assert islands[1] >= {"NAX", "BBK", "JUL", "SDK", "IGD", "JULI"}
    assert islands[2] == {"DUB"}  # its parent Gala is not confirmed in service


def test_what_line_rows_are_worth():
    """Figures of the specification: 106 rows not assumed, 30 counts, 78 lengths."""
    lines = rows("lines")
    operating = [
        row
        for row in lines
        if row["status"] == "in_service" and row["status_text"] != "assumed, verify"
    ]
    assert len(operating) == 106
    assert sum(row["circuits"] != "" for row in operating) == 30
    assert sum(row["length_km"] != "" for row in operating) == 78
    worth = Counter(row["evidence"] for row in lines)
    assert (worth["chain_inferred"], worth["nearest_parent"]) == (44, 17)


def test_estimated_lengths_carry_their_range():
    for row in rows("lines"):
        if row["length_km_low"]:
            low, mid, high = (
                float(row[f"length_km{end}"]) for end in ("_low", "", "_high")
            )
            assert low <= mid <= high
            assert high / low == pytest.approx(1.16, abs=0.05)


def test_ratings_of_substations():
    """Fourteen substations carry a rating; a count of units divides it evenly."""
    rated = {
        row["substation_id"]: row
        for row in rows("substations")
        if row["transformer_mva"]
    }
    assert len(rated) == 14
    assert rated["GOB"]["transformer_mva"] == "1000"
    assert (
        rated["MUS"]["transformer_mva_low"],
        rated["MUS"]["transformer_mva_high"],
    ) == (
        "400",
        "500",
    )
    for row in rows("substations"):
        assert bool(row["transformer_grade"]) == bool(row["transformer_mva"])
        assert row["max_kv"] == row["voltages_kv"].split("/")[0]
        assert (row["country"] == "AZ") == (row["network_region"] != "foreign")
        assert (row["lat"] == "") == (row["position_error_km"] == "")
        assert (row["lat"] == "") == (row["position_grade"] == "")


def test_a_substation_nobody_placed_or_classed_is_not_published():
    """General knowledge grades the point, or the row where the voltage itself is it."""
    stations = by("substations", "substation_id")
    for row in stations.values():
        if "general knowledge" in row["note"] and row["substation_id"] != "YEN":
            assert row["position_grade"] == "assumed", row["substation_id"]
    assert stations["YEN"]["grade"] == "assumed"
    assert stations["YEN"]["position_grade"] == "published"


def test_navahi_comes_in_two_phases():
    stations = by("substations", "substation_id")
    first, second = stations["NAV"], stations["NAV500"]
    assert (first["voltages_kv"], first["status"], first["year"]) == (
        "330",
        "under_construction",
        "2025",
    )
    assert (second["max_kv"], second["status"], second["year"]) == (
        "500",
        "planned",
        "2028",
    )


def test_line_types_agree_with_the_operator():
    types = by("line_types", "line_type_id")
    assert sorted(r["voltage_kv"] for r in types.values() if r["preferred"] == "1") == [
        "110",
        "220",
        "330",
        "500",
    ]
    double = float(types["330-2xac300"]["thermal_mva"])
    assert double > 700  # the operator quotes 700 MW for such a circuit


def test_thermal_plant_against_the_official_total():
    """Listed in-service thermal plant is 7,220 MW (waste apart), official 7,903 MW."""
    listed = sum(
        float(row["capacity_mw"])
        for row in rows("plants")
        if row["fuel"] == "gas" and row["status"] == "in_service"
    )
    assert listed == pytest.approx(7220, abs=10)


def test_the_book_repeats_the_tariff_table():
    tariffs = by("tariffs", "tariff_id")
    for tariff, name in {
        "T01": "power.tariff.data_centre_day_azn_per_kwh",
        "T02": "power.tariff.data_centre_night_azn_per_kwh",
        "T11": "power.tariff.industrial_azn_per_kwh",
        "T42": "power.azn_per_usd",
    }.items():
        assert parameter(name) == float(tariffs[tariff]["value"])
    assert {tariffs[t]["vat_included"] for t in ("T01", "T02", "T11")} == {"1"}
    day, night = (float(tariffs[t]["value"]) for t in ("T01", "T02"))
    assert (14 * day + 10 * night) / 24 == pytest.approx(
        float(tariffs["T03"]["value"]), abs=1e-5
    )


def test_tariff_calendar_has_no_gap_for_industry():
    industry = [row for row in rows("tariffs") if row["tariff_class"] == "industrial"]
    ended, running = sorted(industry, key=lambda row: row["valid_from"])
    assert (ended["valid_to"], running["valid_from"]) == ("2025-01-01", "2025-01-02")


def test_figures_the_model_leans_on():
    system = {(row["quantity"], row["period"]): row for row in rows("power_system")}
    assert system["peak_demand", "2025"]["value"] == "4871"
    assert float(
        system["carbon_intensity_elec", "2025"]["value"]
    ) / 1000 == pytest.approx(parameter("power.carbon.lifecycle_t_per_mwh"), abs=0.001)
    for year in ("2024", "2025"):
        assert "not used" in system["solar_electricity", year]["note"]
    shape = [
        float(row["value"])
        for row in rows("load_profile")
        if row["quantity"] == "monthly_shape_factor"
    ]
    assert len(shape) == 12
    assert sum(shape) / 12 == pytest.approx(1.0, abs=0.01)


def test_absent_values_are_blank_and_explained():
    for name in ("power_system", "load_profile", "technology_costs", "tariffs"):
        for row in rows(name):
            assert row["value"] not in ("nan", "-", "n/a")
            if row["value"] == "":
                assert row["note"] or row.get("valid_from")
