"""From tables to a network: levels, yards of one place, islands."""

import numpy as np
import pytest

from data.choices import BuildOut
from grid.electricity.network.elements import build, level_of, listed_levels


def test_classes_of_voltages():
    assert listed_levels("500/330/220/110/10") == {500, 330, 220}
    assert listed_levels("154/110/10") == set()
    assert level_of(np.array([132.0, 220, 230, 330, 400, 500]))[1:].tolist() == [
        220,
        220,
        330,
        330,
        500,
    ]


def test_the_network_is_one_piece_of_the_country(network):
    graph = np.abs(network.incident)
    reached = np.zeros(len(network.buses), dtype=bool)
    reached[0] = True
    for _ in range(len(reached)):
        reached |= graph.T @ (graph @ reached > 0) > 0
    assert reached.all()
    assert (network.incident.sum(axis=1) == 0).all()
    assert 40 <= len(network.buses) <= 55


def test_levels_of_a_station_are_joined_by_transformers(network):
    joined = set(network.groups.index[~network.groups["is_line"].astype(bool)])
    assert {"ABS 330/220 transformers", "ABS 500/330 transformers"} <= joined
    assert network.groups.loc["GOB 330/220 transformers", "mva"] == 1000


def test_a_line_of_the_second_phase_ends_at_the_first(world):
    """Navahi to Absheron is built for 500 kV and first runs at 330."""
    groups = build(world, 2026).groups
    assert groups.loc["NAV500-ABS-500-1", "level"] == 330
    later = build(world.built(BuildOut(policy="all_planned")), 2028).groups
    assert later.loc["NAV500-ABS-500-1", "level"] == 500


def test_policy_and_year_make_the_network(shipped):
    running = build(shipped.built(BuildOut(policy="in_service")), 2026)
    assert "NAV" not in set(running.buses["station"])
    early = build(shipped.built(BuildOut(policy="in_service")), 2018)
    assert "GOB" not in set(early.buses["station"])


def test_nakhchivan_is_apart_until_the_line_exists(shipped):
    apart = build(shipped.built(BuildOut(policy="all_planned")), 2035)
    assert "NAK330" not in set(apart.buses["station"])
    switch = BuildOut(on=("JAB-NAK330-330-1", "NAK330"))
    joined = build(shipped.built(switch), 2030)
    assert "NAK330" in set(joined.buses["station"])


def test_what_does_not_connect_is_named(network):
    assert "QAL 220" in network.apart


@pytest.mark.parametrize(
    ("line", "cap"), [("SMX-GARD-500-1", 700), ("IMI-PARS-230-1", 500)]
)
def test_ties_carry_their_operators_limit(network, line, cap):
    assert network.groups.loc[line, "cap_mw"] == cap
