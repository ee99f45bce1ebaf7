"""`siting fibre`: what an engineer reads, and what is refused."""

import pytest

from siting.cli import main

ALL_OPEN = ["--set", "fibre.russia=true", "--set", "fibre.iran=true"]
IN_SERVICE = ["--set", 'build_out.policy="in_service"']


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["fibre", *words]) == 0
    return capsys.readouterr().out


def test_routes_are_told_hop_by_hop(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "paths", "AZ01")
    assert "closed: russia, iran" in text
    assert "lateral_1" in text
    assert "Ganja" in text
    assert "in_service" in text
    assert "to_build" in text


def test_baku_has_three_routes_with_every_corridor_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "paths", "baku", *ALL_OPEN, *IN_SERVICE)
    assert "routes that share no link: 3" in text
    assert "routes that share no link and no node: 3" in text


def test_no_way_is_said_as_none(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "paths", "baku", "--to", "almaty", *IN_SERVICE)
    assert "routes that share no link: 0" in text


def test_cuts_go_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "cuts", "AZ23")
    assert "nodes whose loss alone parts them: ganja, gazakh, tbilisi" in text
    assert "west_georgia" in text


def test_projects_stand_year_by_year(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "years", "baku")
    line = next(line for line in text.splitlines() if line.startswith("TRIPP duct *"))
    assert line.split().count("2/2") == 7


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["paths", "AZ999"], "a site_id or a fibre node"),
        (["paths", "baku", "--to", "frankfrt"], "did you mean frankfurt"),
        (["cuts", "baku", "--to", "baku"], "another node than SITE"),
        (["years", "AZ01"], "a fibre node"),
        (["outages"], "a site_id or a fibre node"),
        (["outages", "baku", "--cap", "0"], "a time above 0 ms"),
    ],
)
def test_a_place_that_is_none_is_named(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fibre", *words]) == 2
    assert says in capsys.readouterr().err
