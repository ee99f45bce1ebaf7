"""Explain: every metric leads down to leaves that say where they come from."""

import pytest
import xarray as xr

from data import World
from data.faults import InputError
from data.schema import TABLES, glossary
from siting.explain import (
    CHOICE,
    Node,
    explain,
    ground_of,
    lines,
    metric_node,
    nearest_hint,
)
from siting.loading import load_scenario
from siting.ranking import rank, scored

SCENARIO = load_scenario("base")
REFERENCES = ("metric", "book", "table", "scenario", "weather", "plant")


@pytest.fixture(scope="module")
def told(base: xr.Dataset) -> xr.Dataset:
    return scored(base, rank(base, SCENARIO.preferences))


def leaves(node: Node) -> list[Node]:
    if not node.children:
        return [node]
    return [leaf for child in node.children for leaf in leaves(child)]


def gather(node: Node, met: dict[int, Node]) -> None:
    """Note a node and all below it, each once however often it is an input."""
    if id(node) in met:
        return
    met[id(node)] = node
    for child in node.children:
        gather(child, met)


def test_every_metric_of_every_kind_of_site_can_be_explained(
    told: xr.Dataset, world: World
) -> None:
    metrics = [str(n) for n, v in told.data_vars.items() if v.dims == ("site",)]
    for site in ("AZ01", "AZ07", "AZ33"):
        ground = ground_of(site, told, world, SCENARIO)
        for metric in metrics:
            assert list(lines(metric_node(metric, ground, ())))
    assert explain("AZ07", "score", told, world, SCENARIO).label == "score"


@pytest.mark.parametrize("site", ["AZ01", "AZ33"])
def test_every_leaf_of_every_metric_says_grade_source_and_date(
    site: str, told: xr.Dataset, world: World
) -> None:
    """A table row, a number of the book, the weather, or a choice of the scenario."""
    metrics = [str(n) for n, v in told.data_vars.items() if v.dims == ("site",)]
    assert {"rank", "score", "excluded_because", "npv_usd"} <= set(metrics)
    ground = ground_of(site, told, world, SCENARIO)
    met: dict[int, Node] = {}
    for metric in metrics:
        gather(metric_node(metric, ground, ()), met)
    found = [
        node
        for node in met.values()
        if not node.children and node.value not in ("absent", "", "see above")
    ]
    assert len({leaf.label for leaf in found}) > 200
    bare = [leaf.label for leaf in found if not (leaf.grade and leaf.source)]
    assert bare == []
    undated = [leaf for leaf in found if not leaf.as_of]
    assert [leaf.label for leaf in undated if leaf.grade != CHOICE] == []


def test_the_score_rests_on_the_groups_that_weigh_and_says_how_much(
    told: xr.Dataset, world: World
) -> None:
    light = load_scenario("base", ["preferences.groups.cooling=0"])
    tree = explain("AZ01", "score", told, world, light)
    named = [child.label for child in tree.children]
    assert named == [
        "power_score",
        "connectivity_score",
        "scenario preferences.groups",
    ]
    assert tree.children[-1].value == "cooling 0, power 40, connectivity 30"


def test_a_group_of_ones_own_is_explained_like_the_others(
    base: xr.Dataset, world: World
) -> None:
    """Its score stands in no glossary."""
    own = load_scenario(
        "base",
        [
            "preferences.groups.speed=10",
            'preferences.criteria.rtt_europe_ms.group="speed"',
        ],
    )
    ranked = scored(base, rank(base, own.preferences))
    for metric in ("speed_score", "speed_coverage_pct"):
        tree = explain("AZ01", metric, ranked, world, own)
        assert [child.label for child in tree.children] == ["value of rtt_europe_ms"]
    tree = explain("AZ01", "score", ranked, world, own)
    assert "speed_score" in [child.label for child in tree.children]


def test_every_reference_of_the_glossary_leads_somewhere(world: World) -> None:
    known = glossary()
    book = set(world.tables["parameters"].index)
    for term in known.values():
        for reference in term.inputs:
            kind, _, rest = reference.partition(":")
            assert kind in REFERENCES, (term.name, reference)
            if kind in ("metric", "weather"):
                assert rest in known, (term.name, reference)
            if kind == "book":
                stem, brace, _ = rest.partition("{")
                found = any(n.startswith(stem) for n in book) if brace else rest in book
                assert found, (term.name, reference)
            if kind == "table":
                table, *place = rest.split(":")
                frame = world.tables[table].reset_index()
                assert not place or place[1] in frame, (term.name, reference)
                parts = place[0].split("/") if place else TABLES[table].key
                assert len(parts) == len(TABLES[table].key), (term.name, reference)


def test_the_return_of_the_equity_leads_to_the_terms_of_the_loan(
    told: xr.Dataset, world: World
) -> None:
    tree = explain("AZ08", "equity_irr_pct", told, world, SCENARIO)
    named = {leaf.label for leaf in leaves(tree)}
    for term in ("debt_rate_pct", "dscr_leased", "gearing_cap_pct", "country_risk_pct"):
        assert f"book finance.{term}" in named
    assert "scenario finance.debt" in named
    assert any("dividend_tax_pct" in label for label in named)


def test_the_cost_leads_to_graded_sourced_dated_leaves(
    told: xr.Dataset, world: World
) -> None:
    tree = explain("AZ01", "lcoc_usd_per_kw_month", told, world, SCENARIO)
    ends = leaves(tree)
    assert len(ends) > 100
    named = {leaf.label for leaf in ends}
    assert "book finance.wacc_pct" in named
    assert "scenario campus.mw" in named
    for leaf in ends:
        if leaf.label.startswith("book ") or " · " in leaf.label:
            assert leaf.source, leaf.label
        if leaf.label.startswith("book "):
            assert leaf.grade, leaf.label
            assert leaf.as_of or leaf.grade == CHOICE, leaf.label


def test_a_score_shows_its_scales_and_weights(told: xr.Dataset, world: World) -> None:
    tree = explain("AZ01", "cooling_score", told, world, SCENARIO)
    said = "\n".join(lines(tree))
    assert "value of pue_annual" in said
    assert "0 at 1.35, 100 at 1.05, linear; weight 50 in cooling" in said


def test_what_was_shown_is_named_and_not_drawn_again(
    told: xr.Dataset, world: World
) -> None:
    said = list(lines(explain("AZ01", "lcoc_usd_per_kw_month", told, world, SCENARIO)))
    formulas = [line for line in said if "min(MW asked, firm power" in line]
    assert len(formulas) == 1
    assert any("it_mw" in line and "see above" in line for line in said)


def test_unknown_words_are_told_with_the_nearest(
    told: xr.Dataset, world: World
) -> None:
    with pytest.raises(InputError, match="did you mean") as caught:
        explain("AZ0l", "lcoc", told, world, SCENARIO)
    assert len(caught.value.faults) == 2


def test_small_letters_find_what_large_ones_name() -> None:
    assert "AZ01" in nearest_hint("az1", ["AZ01", "AZ33"])
    assert nearest_hint("zzz", ["AZ01"]) == ""


def test_every_end_of_the_cost_says_where_it_is_from(
    told: xr.Dataset, world: World
) -> None:
    tree = explain("AZ01", "lcoc_usd_per_kw_month", told, world, SCENARIO)
    bare = {leaf.label for leaf in leaves(tree) if not (leaf.grade or leaf.source)}
    again = {leaf.label for leaf in leaves(tree) if leaf.value == "see above"}
    assert bare == again


def test_the_lift_above_the_sea_leads_to_ground_and_level(
    told: xr.Dataset, world: World
) -> None:
    named = {
        leaf.label
        for leaf in leaves(explain("AZ01", "sea_lift_m", told, world, SCENARIO))
    }
    assert {"sites.csv · AZ01 · elevation_m", "book climate.sea.level_m"} <= named


def test_a_setting_stands_where_the_cell_of_a_table_stood(
    told: xr.Dataset, world: World
) -> None:
    scenario = load_scenario("base", ["substations:JAN:transformer_mva=1000"])
    said = list(lines(explain("AZ15", "firm_mw", told, world, scenario)))
    (cell,) = (line for line in said if "JAN · transformer_mva" in line)
    assert "= 1000 MVA  [choice · override (the table says absent)]" in cell


def test_a_list_of_ones_own_is_cited_and_not_the_shipped_row_of_that_id(
    told: xr.Dataset, world: World
) -> None:
    own = world.tables["sites"].loc[["AZ01"], ["name", "lat", "lon"]]
    own = own.assign(lat=39.2, lon=45.4, area_ha=60.0)

    def tree(metric: str) -> str:
        return "\n".join(lines(explain("AZ01", metric, told, world, SCENARIO, own)))

    assert "your list · AZ01 · area_ha = 60 ha" in tree("land_free_ha")
    assert "138" not in tree("land_free_ha").partition("\n")[2]
    assert "AZ01/seismic_msk · value = absent" in tree("seismic_msk")
    assert "AZ01/airport_gyd · distance_km = absent" in tree("gyd_airport_km")
