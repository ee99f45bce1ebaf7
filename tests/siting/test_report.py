"""The report: one file that fetches nothing, runs nothing, and shows what it was told."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schema import REGION_LAT, REGION_LON
from siting.headline import headline, question, warnings_of
from siting.loading import load_scenario
from siting.ranking import rank
from siting.report.charts import WIDE, Frame, flows, lines, scaled, stacked, ticks
from siting.report.map import HEIGHT, SCALE, colour_of, placed
from siting.report.markup import badge, cut, said, table, tag
from siting.report.page import write_html
from siting.run import Run, leaders_of


class Page(HTMLParser):
    """Tags, attributes and words of a page, and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def read(content: bytes) -> Page:
    page = Page()
    page.feed(content.decode())
    page.close()
    assert page.open == []
    return page


@pytest.fixture(scope="module")
def run(world, base):
    scenario = load_scenario("base")
    ranking = rank(base, scenario.preferences)
    leaders = leaders_of(ranking, world.tables["sites"], scenario, world)
    told = warnings_of(ranking.table)
    weather = {"source": "synthetic", "grade": "assumed"}
    return Run(ranking, scenario, weather, {"base": "00"}, told, leaders)


def written(run: Run) -> bytes:
    stream = BytesIO()
    write_html(run, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def content(run):
    return written(run)


@pytest.fixture(scope="module")
def page(content):
    return read(content)


def test_nothing_is_fetched_and_nothing_runs(page, content):
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "section", "h1", "h2", "p",
        "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "span", "code", "svg",
        "g", "text", "rect", "circle", "line", "path", "polyline",
    }  # fmt: skip
    names = {name for _, attributes in page.tags for name in attributes}
    assert not any(name.startswith("on") for name in names)
    assert not names & {"src", "href", "srcset", "xlink:href", "action"}
    style = content.decode().split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style


def test_the_same_run_gives_the_same_bytes(run, content):
    assert written(run) == content


def test_question_banner_answer_and_sources_are_on_the_page(run, page, world):
    text = " ".join(page.words)
    assert question(run.scenario) in text
    assert run.warnings[0] in text
    for site in run.leaders().names:
        row = run.ranking.table.set_index("site_id", drop=False).loc[[site]].iloc[0]
        assert headline(row, run.scenario) in text
    wacc = world.tables["parameters"].loc["finance.wacc_pct"]
    assert str(world.tables["sources"].loc[wacc["source"], "citation"]) in text
    out = run.ranking.table
    for reason in out.loc[out["excluded_because"] != "", "excluded_because"]:
        assert reason in text


def test_every_heading_that_was_promised(page):
    heads = {word for word in page.words if word in HEADINGS or word.endswith(" sites")}
    assert heads >= HEADINGS


HEADINGS = {
    "The answer",
    "Where they lie",
    "Megawatts by year",
    "What a kilowatt-month costs",
    "How the score is made",
    "Limits of this screen",
    "Assumptions",
    "Data and its age",
    "Manifest",
}


def test_hostile_text_is_shown_not_obeyed(run):
    hostile = '<script>alert(1)</script><img src=x onerror="y">\x00\u2028'
    table = run.ranking.table.copy()
    table.loc[[0, 1], "name"] = hostile
    table.loc[1, "site_id"] = '"><svg/onload=1>'
    table.loc[len(table) - 1, "excluded_because"] = "</td></table><b>bold</b>"
    leaders = run.leaders()
    named = leaders.evaluation.copy(deep=True)
    named["name"] = ("site", np.array([hostile] * 3, dtype=object))
    evil = replace(
        run,
        ranking=replace(run.ranking, table=table),
        scenario=replace(run.scenario, name="<i>x</i>", description="</style>"),
        leaders=lambda: replace(leaders, evaluation=named),
    )
    with pytest.raises(KeyError):  # the leader renamed in the table alone is no leader
        written(evil)
    table.loc[1, "site_id"] = run.ranking.table["site_id"][1]
    found = read(written(evil))
    tags = {tag for tag, _ in found.tags}
    assert not tags & {"script", "img", "b", "i"}
    assert any("<script>alert(1)</script>" in word for word in found.words)
    assert "</td></table><b>bold</b>" in found.words


def test_intervals_and_chances_stand_in_the_table_of_a_run_with_draws(run):
    table = run.ranking.table.assign(
        p_rank_1=0.25,
        p_top_3=0.61,
        lcoc_usd_per_kw_month_p10=231.4,
        lcoc_usd_per_kw_month_p90=288.6,
    )
    found = read(written(replace(run, ranking=replace(run.ranking, table=table))))
    assert "231–289" in found.words
    assert {"first in, %", "top 3 in, %", "25", "61"} <= set(found.words)


def test_a_list_without_power_or_rank_still_makes_a_page(run):
    table = run.ranking.table.assign(rank=np.nan, score=np.nan)
    leaders = run.leaders()
    dark = leaders.evaluation.copy(deep=True)
    dark["lcoc_usd_per_kw_month"][:] = np.nan
    dark["free_cash_flow_usd"][:] = np.nan
    dark["substation_id"] = ("site", np.array([""] * 3, dtype=object))
    poor = replace(
        run,
        ranking=replace(run.ranking, table=table),
        leaders=lambda: replace(leaders, evaluation=dark),
    )
    words = read(written(poor)).words
    assert "0 ranked sites" in words
    assert "No site has a cost." in words
    assert "No site has a connection." in words


def test_a_reader_s_number_is_told_from_the_book_s(run):
    scenario = load_scenario("base", ["finance.wacc_pct=11", "power.azn_per_usd=1.9"])
    text = read(written(replace(run, scenario=scenario))).words
    assert text.count("set by the reader") == 2
    assert "11" in text[text.index("finance.wacc_pct") + 1]


# --- helpers -----------------------------------------------------------------------


@given(st.text())
def test_text_never_opens_a_tag_or_leaves_an_attribute(text):
    shown = said(text)
    assert not set(shown) & {"<", ">", '"', "'"}
    page = Page()
    page.feed(tag("p", {"class": text}, said(text)))
    assert [name for name, _ in page.tags] == ["p"]


def test_markup():
    assert tag("br") == "<br/>"
    assert badge("assumed") == '<span class="badge assumed">assumed</span>'
    assert 'class="badge other"' in badge('x" onclick="y')
    assert cut("abcdef", 4) == "abc…"
    made = table(("a", "b"), [[said("x"), said(1)]], numbers=(1,))
    assert '<th class="n">b</th>' in made
    assert '<td>x</td><td class="n">1</td>' in made


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_ticks_hold_the_range_and_are_few(low, span):
    marks = ticks(low, low + span)
    assert marks[0] <= low + 1e-9 * abs(low)
    assert marks[-1] >= low + span - 1e-6 * (abs(low) + span)
    assert len(marks) <= 8


def test_scales_hold_nil_and_bear_absence():
    assert scaled([3.0, float("nan")])[0] == 0.0
    assert scaled([-5.0])[-1] >= 0.0
    assert len(scaled([float("nan")])) > 1
    frame = Frame(0, 10, 100, 200, -50, 50)
    assert (frame.y(50), frame.y(0), frame.y(-50)) == (10, 110, 210)


def numbers(drawing: str, name: str) -> list[float]:
    return [float(n) for n in re.findall(rf'{name}="([-\d.]+)"', drawing)]


def test_bars_are_as_long_as_what_they_show():
    drawing = stacked(
        "x", "USD", {"A": {"p": 30.0, "q": 10.0}, "B": {"p": 20.0, "q": 0.0}}
    )
    widths = [w for w in numbers(drawing, "width") if w != 11.0]
    assert widths[0] == pytest.approx(3 * widths[1], rel=0.01)
    assert widths[0] == pytest.approx(1.5 * widths[2], rel=0.01)
    credited = stacked("x", "USD", {"A": {"p": 30.0, "sold": -10.0}})
    x = numbers(credited, "x")
    assert "20.0" in credited
    assert x[2] < x[1]  # what is sold stands left of nil


def test_lines_leave_out_what_is_absent():
    drawing = lines("x", [2026, 2028, 2030], {"A": [1.0, float("nan"), 3.0]})
    assert drawing.count("<circle") == 2
    assert "nan" not in drawing


def test_flows_run_up_to_their_sum():
    drawing = flows("x", [2026, 2027, 2028], [-10.0, 4.0, 8.0])
    path = re.search(r'points="([^"]+)"', drawing)[1].split()
    heights = [float(point.split(",")[1]) for point in path]
    assert heights[0] > heights[1] > heights[2]


def test_map_north_is_up_and_the_region_fits():
    assert placed(REGION_LON[0], REGION_LAT[1]) == (0.0, 0.0)
    assert placed(REGION_LON[1], REGION_LAT[0]) == pytest.approx((WIDE, HEIGHT))
    assert placed(49.8, 40.4)[0] > placed(46.3, 40.7)[0]
    assert colour_of(1.0, 0.0, 1.0) == SCALE[-1]
    assert colour_of(0.0, 0.0, 1.0) == SCALE[0]
    assert colour_of(5.0, 5.0, 5.0) == SCALE[-1]
