"""People within a round-trip time: by country, and only where they may be served."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.choices import BuildOut, FibreChoices
from grid import fibre
from grid.fibre.market import gateways, market_rtt_ms, people_within
from grid.fibre.network import ways_to

MARKETS = pd.DataFrame(
    {
        "beyond_km": [0.0, 250.0, 0.0],
        "people_millions": [10.0, 7.0, 90.0],
        "addressable": [True, True, False],
    },
    index=["NEAR", "BEYOND", "BARRED"],
)


@pytest.fixture(scope="module")
def markets(world):
    return world.tables["fibre_markets"]


def test_populations_of_2023_sum_as_published(markets):
    """World Bank 2023, rounded to 0.1 million."""
    assert markets["people_millions"].sum() == pytest.approx(273.7)
    assert not markets.loc["IR", "addressable"]
    assert markets.drop("IR")["addressable"].all()
    assert markets["internet_users_pct"].dropna().index.tolist() == ["AZ"]


def test_a_city_beyond_its_node_is_as_much_farther(book):
    times = market_rtt_ms(np.array([1000.0, 1000.0, np.nan]), MARKETS, book)
    assert times[0] == pytest.approx(9.8 * 1.67)
    assert times[1] - times[0] == pytest.approx(250 * 9.8e-3 * 1.67)
    assert np.isnan(times[2])


def test_a_country_counts_whole_from_its_time_on_and_never_when_barred():
    times = np.array([[20.0, 50.0, 1.0], [20.1, np.nan, 1.0]])
    assert people_within(times, MARKETS, 20).tolist() == [10e6, 0]
    assert people_within(times, MARKETS, 50).tolist() == [17e6, 10e6]


@given(
    times=st.lists(st.floats(0, 500), min_size=3, max_size=3),
    caps=st.tuples(st.floats(0, 500), st.floats(0, 500)),
)
def test_more_time_never_reaches_fewer(times, caps):
    low, high = sorted(caps)
    rtt = np.array(times)
    assert people_within(rtt, MARKETS, low) <= people_within(rtt, MARKETS, high)


def test_baku_without_the_caspian_cable_has_the_west_alone(world, book, markets):
    """Within 100 ms: 183 million with the cable; Türkiye and the Caucasus without."""
    few = replace(book, years_drawn=2)
    baku = world.tables["sites"].loc[["AZ09"]]
    people = {}
    for policy in ("in_service", "committed"):
        built = world.built(BuildOut(policy=policy))
        on = fibre.trunk(built, FibreChoices(), few, 2029, 0)
        got = fibre.reach(baku, on, few)
        people[policy] = [
            float(got[f"people_within_{cap}_ms"][0]) for cap in (20, 50, 100)
        ]
    west = ["AZ", "GE", "AM", "TR"]
    total = 1e6 * markets["people_millions"]
    assert people["in_service"][2] == pytest.approx(total[west].sum())
    assert people["committed"][2] == pytest.approx(total.drop("IR").sum())
    assert people["committed"][0] == pytest.approx(total[["AZ", "GE", "AM"]].sum())


def test_opening_iran_does_not_make_it_a_market(net_of, book, markets):
    net = net_of("in_service", FibreChoices(iran=True))
    ways = ways_to(net, gateways(net, markets))
    rtt = market_rtt_ms(ways.km.T, markets, book)[net.nodes.index.get_loc("baku")]
    near = dict(zip(markets.index, rtt, strict=True))
    assert near["IR"] < 20
    without = people_within(rtt, markets, 20)
    assert without == pytest.approx(1e6 * (10.2 + 3.7 + 3.0))
