"""Round-trip times against measured pairs and the published lower bounds."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.choices import FibreChoices
from data.schema import GRADES
from grid.fibre.latency import (
    SiteWays,
    basket_ms,
    route_grade,
    route_text,
    rtt_lower_ms,
    site_ways,
)
from grid.fibre.laterals import Laterals
from grid.fibre.network import Ways, network, ways_to

REFERENCE = Path(__file__).parents[2] / "reference" / "latency_measured.csv"
PAIRS = list(csv.DictReader(REFERENCE.read_text(encoding="utf-8").splitlines()))
CALIBRATING = [pair for pair in PAIRS if pair["calibrates"] == "true"]


def lower_ms(net, book, start, end):
    position = net.nodes.index.get_indexer([start, end])
    return float(rtt_lower_ms(ways_to(net, position[1:]).km[0, position[0]], book))


@pytest.fixture(scope="module")
def ratio(net_of, book):
    net = net_of("in_service")

    def of(pair):
        lower = lower_ms(net, book, pair["from_node_id"], pair["to_node_id"])
        return float(pair["measured_min_ms"]) / lower

    return of


@pytest.mark.parametrize(
    "pair", PAIRS, ids=lambda p: p["from_node_id"] + "-" + p["to_node_id"]
)
def test_no_measured_time_beats_light_in_glass(pair, ratio):
    assert ratio(pair) > 1.0


@pytest.mark.parametrize("pair", [p for p in PAIRS if p["lower_bound_ms"]])
def test_published_lower_bounds(pair, net_of, book):
    got = lower_ms(net_of("in_service"), book, pair["from_node_id"], pair["to_node_id"])
    assert got == pytest.approx(float(pair["lower_bound_ms"]), abs=0.06)


def test_the_expected_factor_is_the_median_of_the_measured_pairs(ratio, book):
    ratios = [ratio(pair) for pair in CALIBRATING]
    assert len(ratios) == 13
    assert np.median(ratios) == pytest.approx(book.rtt_factor_expected, abs=0.01)
    assert min(ratios) == pytest.approx(1.23, abs=0.01)
    assert max(ratios) == pytest.approx(2.28, abs=0.01)
    assert book.rtt_factor_low <= min(ratios)
    assert book.rtt_factor_high >= max(ratios)


def test_the_pair_left_out_would_move_the_median_by_two_per_cent(ratio):
    within = [
        p
        for p in PAIRS
        if p["from_node_id"] == "karaganda" and p["to_node_id"] == "sofia"
    ]
    ratios = [ratio(pair) for pair in CALIBRATING + within]
    assert np.median(ratios) == pytest.approx(1.635, abs=0.005)


@pytest.mark.parametrize(
    ("hub", "ms"),
    [
        ("tbilisi", 5.5),
        ("istanbul", 22),
        ("sofia", 26),
        ("frankfurt", 43),
        ("london", 52),
        ("moscow", 26),
        ("yerevan", 8),
    ],
)
def test_baku_with_every_corridor_open(hub, ms, net_of, book):
    got = lower_ms(net_of("in_service"), book, "baku", hub)
    assert got == pytest.approx(ms, abs=0.5)


@pytest.mark.parametrize(
    ("hub", "ms"), [("aktau", 4.1), ("astana", 32), ("almaty", 35), ("tashkent", 29)]
)
def test_baku_across_the_caspian_without_russia_and_iran(hub, ms, net_of, book):
    closed = FibreChoices()
    assert lower_ms(net_of("committed", closed), book, "baku", hub) == pytest.approx(
        ms, abs=0.5
    )
    assert np.isinf(lower_ms(net_of("in_service", closed), book, "baku", hub))


@pytest.mark.parametrize("hub", ["dubai", "mumbai"])
def test_the_gulf_has_no_way_without_iran(hub, net_of, book):
    assert np.isinf(
        lower_ms(net_of("all_planned", FibreChoices(), 2040), book, "baku", hub)
    )


def test_frankfurt_hardly_separates_the_towns_of_azerbaijan(net_of, book):
    net = net_of("in_service")
    towns = ("ganja", "quba")
    bounds = [lower_ms(net, book, town, "frankfurt") for town in towns]
    assert bounds == pytest.approx([39.9, 45.5], abs=0.06)


def test_a_thousand_kilometres_of_glass(book):
    assert float(rtt_lower_ms(1000.0, book)) == pytest.approx(9.8)
    assert float(rtt_lower_ms(0.0, book)) == 0.0


def test_a_basket_is_absent_when_a_member_is_out_of_reach():
    rtt = np.array([[10.0, 20.0, 90.0], [10.0, np.nan, 90.0]])
    member = np.array([True, True, False])
    np.testing.assert_array_equal(basket_ms(rtt, member), [15.0, np.nan])
    assert np.isnan(basket_ms(rtt, np.zeros(3, dtype=bool))).all()


def test_a_site_takes_the_lesser_of_its_laterals_with_what_follows():
    # By node 0: 10 + 1,000 km; by node 1: 50 + 100 km; the second hub is cut off.
    ways = Ways(
        km=np.array([[1000.0, 100.0], [np.inf, np.inf]]),
        next_node=np.full((2, 2), -1),
    )
    lateral = Laterals(
        node=np.array([[0, 1], [1, -1]]), km=np.array([[10.0, 50.0], [50.0, np.nan]])
    )
    found = site_ways(lateral, ways)
    np.testing.assert_array_equal(found.km, [[150.0, np.nan], [150.0, np.nan]])
    assert found.node.tolist() == [[1, -1], [1, -1]]


@pytest.fixture
def chain():
    """Four nodes in a line, its links measured, assumed and published."""
    nodes = pd.DataFrame({"name": ["A", "B", "C", "D"]}, index=list("abcd"))
    links = pd.DataFrame(
        {
            "from_node_id": list("abc"),
            "to_node_id": list("bcd"),
            "route_km": [1.0, 2.0, 3.0],
            "grade": ["measured", "assumed", "published"],
        }
    )
    return network(nodes, links)


def test_a_route_is_as_sure_as_its_worst_link(chain):
    hub = ways_to(chain, np.array([3]))
    entry = SiteWays(km=np.zeros((5, 1)), node=np.array([[0], [1], [2], [3], [-1]]))
    grades = route_grade(chain, hub, entry)[:, 0]
    told = [GRADES[grade] if grade >= 0 else "" for grade in grades]
    # At the hub itself no link is passed that could be unsure.
    assert told == ["assumed", "assumed", "published", "measured", ""]
    routes = route_text(chain, hub, entry)[:, 0].tolist()
    assert routes == ["A → B → C → D", "B → C → D", "C → D", "D", ""]
