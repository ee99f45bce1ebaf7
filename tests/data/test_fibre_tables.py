"""The fibre tables: complete, joined, bounded, and true to their published sums."""

import numpy as np
import pandas as pd
import pytest

from data.load import read_raw
from data.sphere import great_circle_km

ROWS = {
    "fibre_nodes": 93,
    "fibre_links": 126,
    "fibre_reliability": 50,
    "latency_measurements": 36,
    "transit_prices": 30,
    "fibre_corridors": 34,
    "fibre_hubs": 13,
    "fibre_projects": 6,
}


@pytest.fixture(scope="module")
def nodes():
    table = read_raw("fibre_nodes").set_index("node_id")
    return table.assign(lat=table["lat"].astype(float), lon=table["lon"].astype(float))


@pytest.fixture(scope="module")
def links(nodes):
    table = read_raw("fibre_links").set_index("link_id")
    for column in (
        "route_km",
        "route_km_low",
        "route_km_high",
        "year",
        "capacity_tbps",
    ):
        table[column] = pd.to_numeric(table[column].replace("", np.nan))
    start, end = nodes.loc[table["from_node_id"]], nodes.loc[table["to_node_id"]]
    straight = great_circle_km(
        start["lat"].to_numpy(),
        start["lon"].to_numpy(),
        end["lat"].to_numpy(),
        end["lon"].to_numpy(),
    )
    return table.assign(straight_km=straight)


@pytest.mark.parametrize("name", ROWS)
def test_nothing_gathered_is_dropped(name):
    assert len(read_raw(name)) == ROWS[name]


@pytest.mark.parametrize("name", ROWS)
def test_every_row_says_what_it_is_worth(name):
    table, known = read_raw(name), set(read_raw("sources")["source_id"])
    assert table["grade"].isin(["measured", "published", "derived", "assumed"]).all()
    assert all(cell and set(cell.split()) <= known for cell in table["source"])
    assert table["as_of"].str.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?").all()


def test_weak_sources_alone_never_grade_above_assumed():
    strength = read_raw("sources").set_index("source_id")["strength"]
    for name in ROWS:
        table = read_raw(name)
        weak = table["source"].map(lambda ids: (strength[ids.split()] == "weak").all())
        assert (table.loc[weak, "grade"] == "assumed").all()


def test_links_join_known_nodes_in_known_corridors(links, nodes):
    assert links["from_node_id"].isin(nodes.index).all()
    assert links["to_node_id"].isin(nodes.index).all()
    assert (links["from_node_id"] != links["to_node_id"]).all()
    assert set(links["corridor"]) == set(read_raw("fibre_corridors")["corridor"])


def test_no_link_is_shorter_than_the_great_circle(links):
    assert (links["route_km"] >= 0.98 * links["straight_km"]).all()
    spread = links["route_km_low"].notna()
    low = links.loc[spread, "route_km_low"]
    assert (low >= 0.98 * links.loc[spread, "straight_km"]).all()


def test_every_estimate_says_how_and_how_surely(links):
    estimated = links[links["route_km_basis"] == "estimated"]
    assert len(estimated) == 116  # 115 as gathered and the impossible Turkmen length
    assert (estimated["route_km_method"] != "").all()
    assert not estimated["grade"].isin(["measured", "published"]).any()
    assert (estimated["route_km_low"] <= estimated["route_km"]).all()
    assert (estimated["route_km_high"] >= estimated["route_km"]).all()


@pytest.mark.parametrize(
    ("prefix", "km", "source"),
    [
        ("tae_", 800, "TAE in Azerbaijan, about 800 km"),
        ("socar_[^s]", 1850, "SOCAR Fiber, Georgian to Greek border, 1,850 km"),
        (
            "kz_(aktau_atyrau|atyrau_shym|shymkent|almaty_khorgos)",
            3500,
            "Aktau-China border, about 3,500 km",
        ),
    ],
)
def test_scaled_segments_sum_to_the_published_route(links, prefix, km, source):
    total = links.loc[links.index.str.match(prefix), "route_km"].sum()
    assert total == pytest.approx(km, abs=2), source


def test_dates_follow_status(links):
    assert (links.loc[links["status"] == "in_service", "year"].dropna() <= 2026).all()
    assert links.loc["tcfo", "status"] == "under_construction"
    assert links.loc["tcfo", "year"] == 2026
    rail = links[links.index.str.startswith("rail_")]
    assert rail["year"].isna().all()


def test_every_link_that_needs_russia_or_iran_stands_behind_a_switch(links, nodes):
    permit = read_raw("fibre_corridors").set_index("corridor")["permitted_by"]
    assert set(permit) == {"always", "russia", "iran", "armenia"}
    country = nodes["country"]
    for switch, code in (("russia", "RU"), ("iran", "IR"), ("armenia", "AM")):
        ends = links["from_node_id"].map(country).eq(code) | links["to_node_id"].map(
            country
        ).eq(code)
        crossing = ends & (links["corridor"] != "metro")  # cross-connects in one city
        assert (links.loc[crossing, "corridor"].map(permit) != "always").all()
        assert switch in set(links.loc[ends, "corridor"].map(permit))


def test_every_switch_has_a_dated_reason():
    table = read_raw("fibre_corridors")
    switched = table[table["permitted_by"] != "always"]
    assert switched["note"].str.contains(r"20\d\d").all()
    assert switched["as_of"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def test_hubs_are_nodes_and_europe_is_where_the_exchanges_are(links, nodes):
    hubs = read_raw("fibre_hubs").set_index("hub_id")["basket"]
    assert set(hubs.index) <= set(nodes.index)
    exchanges = nodes.index[nodes["node_kind"] == "ixp"]
    hosting = set(links.loc[links["from_node_id"].isin(exchanges), "to_node_id"])
    union = set(nodes.index[nodes["country"].isin(["DE", "BG", "RO", "HU", "FR"])])
    assert set(hubs.index[hubs == "europe"]) == hosting & union
    assert set(hubs.index[hubs == "central_asia"]) == {"almaty", "tashkent", "astana"}


@pytest.mark.parametrize(
    ("name", "blanks"), [("transit_prices", 3), ("fibre_reliability", 3)]
)
def test_what_was_not_found_is_kept_and_blank(name, blanks):
    missing = read_raw(name).loc[lambda t: t["value"] == ""]
    assert len(missing) == blanks
    assert (missing["grade"] == "assumed").all()


def test_only_measured_pairs_calibrate():
    table = read_raw("latency_measurements")
    used = table[table["calibrates"] == "true"]
    assert len(used) == 13
    assert (used["rtt_kind"] == "measured").all()
    assert (used["rtt_statistic"] == "min").all()
    assert not (table[["from_node_id", "to_node_id"]] == "baku").any(axis=None)
