"""The place asked about: a site on its laterals, a node as it stands, or a fault."""

import argparse

import numpy as np
import pytest

from data.faults import InputError
from siting.cli import parser
from siting.fibre_asked import asked_of, cable_of, heading


def asked(*words: str) -> argparse.Namespace:
    return parser().parse_args(["fibre", "paths", *words])


def test_a_site_stands_last_on_its_two_laterals() -> None:
    got = asked_of(asked("AZ09"))
    assert got.start == len(got.net.nodes) - 1
    assert got.net.links["status"].tolist()[-2:] == ["to_build", "to_build"]
    joined = cable_of(got)
    assert set(joined.node[0]) == set(got.net.head[-2:])
    np.testing.assert_allclose(sorted(joined.km[0]), sorted(got.net.km[-2:]))


def test_a_node_is_joined_by_a_cable_of_no_length() -> None:
    got = asked_of(asked("baku"))
    assert got.site.empty
    joined = cable_of(got)
    assert joined.node.tolist() == [[got.start, -1]]
    assert joined.km[0, 0] == 0.0
    assert np.isnan(joined.km[0, 1])


def test_the_heading_says_year_build_out_and_what_is_closed() -> None:
    got = asked_of(asked("baku", "--year", "2027", "--set", "fibre.iran=true"))
    told = heading(got)
    assert told == "Baku – Frankfurt, 2027, build-out committed, closed: russia"
    assert heading(got, hub=False).startswith("Baku, 2027")


def test_every_fault_of_place_and_hub_in_one_message() -> None:
    with pytest.raises(InputError) as error:
        asked_of(asked("AZ99", "--to", "frankfrt"))
    assert "a site_id or a fibre node" in str(error.value)
    assert "did you mean frankfurt" in str(error.value)
