"""The lender pack: the sheets say what the engine says, and follow when inputs change."""

import ast
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import numpy as np
import openpyxl
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from data import World
from data.faults import InputError
from siting.finance import appraise_cash
from siting.finance.tax import profit_tax
from siting.headline import warnings_of
from siting.loading import load_scenario
from siting.pack.case import Case, case_of, money_of
from siting.pack.cells import CREATED, MOST_TEXT, clean, kept
from siting.pack.inputs import LIVE
from siting.pack.language import Item, Sums
from siting.pack.layout import laid_out
from siting.pack.model import SPARE_YEARS, Model, model_of
from siting.pack.printing import Place, Printer
from siting.pack.sensitivity import MEASURES, measured, widest
from siting.pack.taxes import losses
from siting.pack.workbook import write_xlsx
from siting.ranking import rank
from siting.run import Run, leaders_of
from siting.trunk import evaluate, in_force

RESULTS = ("npv_usd", "irr_pct", "payback_years", "lcoc_usd_per_kw_month",
           "required_rent_usd_per_kw_month", "rent_usd_per_kw_month")  # fmt: skip


def made(world: World, site: str, *sets: str) -> Case:
    scenario = load_scenario("base", sets)
    built, a = in_force(scenario, world)
    told = evaluate(world.tables["sites"].loc[[site]], scenario, world)
    return case_of(told, site, scenario, built, a)


@pytest.fixture(scope="module")
def alat(world: World) -> Model:
    return model_of(made(world, "AZ01"))


@pytest.fixture(scope="module")
def gabala(world: World) -> Model:
    """A site at standard rates, where losses are carried forward."""
    return model_of(made(world, "AZ25"))


# --- the language ------------------------------------------------------------------


def sums(*items: Item, years: int = 3) -> Sums:
    return Sums(items, years)


def row(name: str, formula: str, opening: str = "0") -> Item:
    return Item(name=name, label="", formula=formula, yearly=True, opening=opening)


def test_a_row_may_ask_for_the_year_before_and_for_years_ago():
    year = row("year", "prev(year) + 1", "2026")
    found = sums(year, row("old", "back(year, 2)"), row("run", "prev(run) + year"))
    assert found.row("year") == [2027, 2028, 2029]
    assert found.row("old") == [0, 0, 2027]
    assert sums(year, row("next", "back(year, -1)")).row("next") == [2028, 2029, 0]
    assert found.row("run") == [2027, 4055, 6084]


def test_functions_over_the_years():
    flow = Item(name="flow", label="", yearly=True, values=(-100.0, 60.0, 60.0))
    twice = row("twice", "2*flow")
    rate = Item(name="rate", label="", value=10.0)
    found = sums(flow, twice, rate)
    assert found.result("total(flow)") == 20
    assert found.result("greatest(twice)") == 120
    assert found.result("least(twice)") == -200
    assert found.result("mean(flow)") == pytest.approx(20 / 3)
    assert found.result("CEIL(1/4)") == 1
    assert found.result("dot(flow, twice)") == 2 * (10000 + 3600 + 3600)
    assert found.result("gap(flow, twice)") == 220
    assert found.result("at(flow, 1)") == 60
    assert found.result("worth(flow, rate)") == pytest.approx(
        -100 + 60 / 1.1 + 60 / 1.21
    )
    assert found.result("irr(flow, rate)") == pytest.approx(13.0662, abs=1e-4)
    assert found.result("worth(flow, irr(flow, rate))") == pytest.approx(0, abs=1e-9)


def test_only_the_branch_taken_is_worked_out_and_nothing_over_nothing_is_no_number():
    nil = Item(name="nil", label="", value=0.0)
    found = sums(nil)
    assert found.result("IF(nil == 0, 7, 1/nil)") == 7
    assert np.isnan(found.result("1/nil"))
    assert found.result("IF(known(1/nil), 1, 2)") == 2
    assert np.isnan(found.result("NONE"))


def test_faults_of_the_language_are_errors():
    nil = Item(name="nil", label="", value=0.0)
    for formula in ("nil if nil else 1", "nil // 2", "nil < 1 < 2", "[nil]"):
        with pytest.raises((TypeError, KeyError)):
            sums(nil).result(formula)
    with pytest.raises(KeyError):
        sums(nil).result("missing + 1")
    with pytest.raises(TypeError, match="which year"):
        sums(row("x", "1")).result("x + 1")
    with pytest.raises(ValueError, match="one name"):
        sums(nil, nil)


@pytest.fixture
def printer() -> Printer:
    places = {
        "year": Place("flow", 2, True),
        "x": Place("flow", 4, True),
        "pct": Place("given", 6, False),
    }
    return Printer(places, 3)


@pytest.mark.parametrize(
    ("formula", "year", "text"),
    [
        ("x*pct", 0, "=F5*given!$D$7"),
        ("prev(x) + x", 0, "=E5+F5"),
        ("prev(x) + x", 2, "=G5+H5"),
        ("x - (pct - x)", 0, "=F5-(given!$D$7-F5)"),
        ("x/(pct*x)", 0, "=F5/(given!$D$7*F5)"),
        ("(x + 1)**-pct", 0, "=(F5+1)^(-given!$D$7)"),
        ("-x**2", 0, "=(-(F5^2))"),
        ("CEIL(x)", 0, "=ROUNDUP(F5,0)"),
        ("mean(x) - least(x)", -1, "=AVERAGE($F$5:$H$5)-MIN($F$5:$H$5)"),
        ("(x**2)**3", 0, "=F5^2^3"),
        ("IF(x == 0, NONE, MIN(x, 1))", 1, '=IF(G5=0,"none",MIN(G5,1))'),
        ("back(x, pct + 1)", 1, "=SUMIF($F$3:$H$3,G3-(given!$D$7+1),$F$5:$H$5)"),
        ("total(x)", -1, "=SUM($F$5:$H$5)"),
        ("at(x, pct)", -1, "=INDEX($F$5:$H$5,1,given!$D$7+1)"),
        (
            "worth(x, pct)",
            -1,
            "=SUMPRODUCT($F$5:$H$5,(1+given!$D$7/100)^($F$3-$F$3:$H$3))",
        ),
        ("irr(x, pct)", -1, '=IFERROR(100*IRR($F$5:$H$5,given!$D$7/100),"none")'),
    ],
)
def test_formulas_as_a_spreadsheet_reads_them(printer, formula, year, text):
    assert printer.text(formula, "flow", year) == text


@given(
    st.lists(st.floats(-100, 100), min_size=4, max_size=12),
    st.integers(0, 6),
)
def test_losses_in_a_queue_are_the_engines_oldest_first(income, keep):
    """Four rows of a sheet against the engine's two loops."""
    base = Item(name="base", label="", yearly=True, values=tuple(income))
    year = row("year", "prev(year) + 1")
    scalars = (
        Item(name="kept_years", label="", value=float(keep)),
        Item(name="profit_tax_pct", label="", value=20.0),
    )
    found = sums(base, year, *scalars, *losses("base"), years=len(income))
    rates = SimpleNamespace(taxed_share=np.array(1.0), profit_pct=np.array([20.0]))
    ours = profit_tax(np.array(income), rates, keep)
    assert found.row("profit_tax_usd") == pytest.approx(list(ours), abs=1e-9)


# --- the sheets against the engine -------------------------------------------------


def agrees(model: Model, sheet: Sums) -> None:
    for name in RESULTS:
        engine = model.case.money.measure(name)
        assert sheet.scalar(name) == pytest.approx(engine, rel=1e-9, nan_ok=True), name
    for name, values in model.case.money.rows().items():
        extra = [0.0] * (model.years - len(values))
        assert sheet.row(name) == pytest.approx([*values, *extra], rel=1e-9, abs=0.005)
    failing = [c.label for c in model.checks if sheet.scalar(f"ok_{c.name}") != 1.0]
    assert failing == []
    assert sheet.scalar("master") == 1.0


@pytest.mark.parametrize(
    ("site", "sets"),
    [
        ("AZ01", []),
        ("AZ25", []),
        ("AZ04", ['finance.contract="all_in"']),
        ("AZ25", ['finance.role="shell"']),
        ("AZ12", ["finance.wacc_pct=15", "finance.loss_carry_forward_years=2"]),
        ("AZ20", ["finance.life_years=7", "power.tier=two_feeds", "campus.mw=5"]),
        ("AZ25", ["finance.vat_recoverable_pct=0", "finance.azn_depreciation_pct=4"]),
        ("AZ25", ['finance.role="gpu_cloud"']),
        ("AZ01", ['finance.role="gpu_cloud"', "finance.it_life_years=3"]),
        ("AZ04", ["finance.debt=false", "finance.residual_pct=60"]),
        ("AZ25", ["finance.devaluation_pct=40", "finance.devaluation_year=2031"]),
        ("AZ33", ['build_out.policy="all_planned"', "finance.occupancy_pct=75"]),
    ],
)
def test_sheets_reconcile_to_the_engine_to_the_cent(world, site, sets):
    model = model_of(made(world, site, *sets))
    agrees(model, model.sums)


def test_every_number_of_the_book_moves_the_sheet_as_it_moves_the_engine(gabala):
    """At its low and its high; the engine's answer is computed anew each time."""
    case = gabala.case
    book = case.world.book.table
    moved = 0
    for cell, name in LIVE.items():
        if name == "power.azn_per_usd" or "it_" in cell or "gpu" in cell:
            continue  # moves the tariff too: below; moves no landlord
        for end in ("low", "high"):
            value = float(book.loc[name, end])
            sheet = gabala.changed({cell: value})
            engine = measured(case, name, value)
            found = [sheet.scalar(measure) for measure in MEASURES]
            assert found == pytest.approx(engine, rel=1e-9), (name, end)
            assert sheet.scalar("own_hold") == 1.0, (name, end)
            moved += found != [gabala.sums.scalar(measure) for measure in MEASURES]
    assert moved > 60


@pytest.mark.parametrize(
    ("cell", "setting", "value"),
    [
        ("wacc_pct", "finance.wacc_pct", 12.0),
        ("facility_capex_usd_per_kw", "finance.facility_capex_usd_per_kw", 14000.0),
        ("azn_per_usd", "power.azn_per_usd", 2.2),
        ("base_rent_usd_per_kw_month", "finance.rent_usd_per_kw_month", 260.0),
        ("building_months", "campus.building_months", 40.0),
    ],
)
def test_a_changed_cell_gives_what_the_whole_engine_gives(
    world, gabala, cell, setting, value
):
    """Physics, choice of the design and money run anew with the setting."""
    sheet = gabala.changed({cell: value})
    engine = made(world, "AZ25", f"{setting}={value}")
    for name in RESULTS:
        found = engine.metric(name)
        assert sheet.scalar(name) == pytest.approx(found, rel=1e-9), name
    assert sheet.scalar("master") == 2.0
    assert sheet.scalar("inputs_changed") >= 1


def test_later_power_moves_the_sheet_as_the_engine(gabala):
    case, later = gabala.case, 51.0
    clocks = replace(case.money.inputs.clocks, grid_months=np.array([later]))
    inputs = replace(case.money.inputs, clocks=clocks)
    engine = money_of(case.here, case.scenario, case.world, case.a, inputs)
    sheet = gabala.changed({"grid_months": later})
    for name in (*RESULTS, "ready_months"):
        assert sheet.scalar(name) == pytest.approx(engine.measure(name), rel=1e-9), name
    assert engine.measure("npv_usd") < case.money.measure("npv_usd")


def test_a_project_that_outgrows_the_columns_is_told(gabala):
    far = gabala.case.money.measure("ready_months") + 12 * (SPARE_YEARS + 1)
    sheet = gabala.changed({"grid_months": far})
    assert sheet.scalar("ok_fits") == 0.0
    assert sheet.scalar("master") == 0.0


@pytest.mark.parametrize(
    "broken",
    [
        {"engine_npv_usd": 0.0},
        {"engine_free_cash_flow_usd": 0.0},
        {"depreciation_usd": 0.0},
        {"maintenance_usd": 0.0},
        {"lcoc_energy": 1.0},
        {"discount": 1.0},
        {"opex_usd": 0.0},
        {"profit_tax_usd": 0.0},
        {"rent_6": 200.0},
        {"built": 0.2},
        {"irr_pct": 11.0},
        {"debt_service_usd": 1e6},
        {"debt_interest_usd": 0.0},
        {"working_capital_usd": 1e5},
        {"equity_flow_usd": 1e6},
        {"dividend_tax_usd": 0.0},
        {"sold_usd": 1e6},
        {"llcr": 1.4},
    ],
)
def test_a_broken_number_turns_the_master_check_red(gabala, broken):
    """One cell or row overwritten by a value, inputs as they were."""
    assert gabala.changed(broken).scalar("master") == 0.0


def test_own_checks_see_a_broken_formula_when_inputs_were_changed_too(gabala):
    for broken in (
        {"opex_usd": 0.0},
        {"rent_6": 200.0},
        {"irr_pct": 3.0},
        {"debt_service_usd": 1e6},
        {"debt_drawn_usd": 1e6},
    ):
        sheet = gabala.changed({"wacc_pct": 9.0, **broken})
        assert sheet.scalar("master") == 0.0, broken


def test_a_shell_earns_the_rent_it_requires(world):
    case = made(world, "AZ25", 'finance.role="shell"')
    assert case.metric("npv_usd") != case.metric("npv_usd")  # no rent is published
    money = case.money
    assert money.measure("npv_usd") == pytest.approx(0, abs=1)
    assert money.measure("rent_usd_per_kw_month") == pytest.approx(
        case.metric("required_rent_usd_per_kw_month")
    )


def test_a_site_without_power_has_no_pack(gabala):
    case = gabala.case
    dark = case.here.assign(
        it_mw=case.here["it_mw"] * np.nan,
        infeasible_because=("site", np.array(["no line"], dtype=object)),
    )
    with pytest.raises(InputError, match="no line"):
        case_of(dark, case.site, case.scenario, case.world, case.a)


def test_the_ten_widest_numbers_are_those_that_move_the_rent_most(gabala):
    swings = widest(gabala.case)
    widths = [swing.width for swing in swings]
    assert len(swings) == 10
    assert widths == sorted(widths, reverse=True)
    by_name = {swing.name: swing for swing in swings}
    assert swings[0].name in ("finance.facility_capex_usd_per_kw", "finance.wacc_pct")
    wacc = by_name["finance.wacc_pct"]
    assert (wacc.low, wacc.value, wacc.high) == (8.0, 10.0, 13.0)
    again = money_of(
        gabala.case.here,
        gabala.case.scenario,
        gabala.case.world,
        replace(gabala.case.a, finance=replace(gabala.case.a.finance, wacc_pct=13.0)),
    )
    assert wacc.at_high == tuple(again.measure(name) for name in MEASURES)


def test_numbers_not_behind_the_inputs_may_keep_them(gabala):
    """The short cut of the sensitivities, against inputs made anew."""
    case = gabala.case
    for name in ("finance.contingency_pct", "finance.vat_recoverable_pct"):
        low = float(case.world.book.table.loc[name, "low"])
        room = replace(case.a.finance, **{name.removeprefix("finance."): low})
        a = replace(case.a, finance=room)
        fresh = money_of(case.here, case.scenario, case.world, a)
        assert measured(case, name, low) == tuple(map(fresh.measure, MEASURES))


# --- the file ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(world: World, base: xr.Dataset) -> Run:
    scenario = load_scenario("base")
    ranking = rank(base, scenario.preferences)
    leaders = leaders_of(ranking, world.tables["sites"], scenario, world)
    told = warnings_of(ranking.table)
    return Run(
        ranking, scenario, {"source": "synthetic"}, {"base": "00"}, told, leaders
    )


def written(run: Run) -> bytes:
    stream = BytesIO()
    write_xlsx(run, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def content(run: Run) -> bytes:
    return written(run)


def test_the_same_run_gives_the_same_bytes(run, content):
    assert written(run) == content
    core = ZipFile(BytesIO(content)).read("docProps/core.xml").decode()
    assert f"{CREATED:%Y-%m-%d}T" in core


def test_sheets_and_stored_values(run, content):
    """Values stand in the file for readers that do not recalculate."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    assert book.sheetnames == [
        "summary",
        "ranking",
        "preferences",
        "assumptions",
        "cash_flow",
        "required_rent",
        "debt",
        "sensitivities",
        "engine",
        "checks",
        "data_log",
        "manifest",
    ]
    site = run.ranking.table["site_id"].iloc[0]
    evaluation = run.leaders().evaluation.sel(site=site)
    summary = {r[0]: r[1] for r in book["summary"].iter_rows(values_only=True)}
    assert summary["net present value"] == pytest.approx(evaluation["npv_usd"].item())
    assert summary["master check"] == 1
    first = next(book["ranking"].iter_rows(min_row=5, values_only=True))
    assert first[1] == site
    manifest = dict(book["manifest"].iter_rows(min_row=4, max_col=2, values_only=True))
    assert manifest["scenario.campus.decision_date"] == "2026-12-01"
    assert "written_at" not in manifest
    log = [r[0] for r in book["data_log"].iter_rows(values_only=True)]
    assert {"parameters.csv", "sites.csv"} <= set(log)


def test_every_input_has_its_grade_and_source(content, world):
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    rows = list(book["assumptions"].iter_rows(min_row=6, values_only=True))
    by_cell = {r[2]: r for r in rows if r[2]}
    table = world.tables["parameters"]
    for cell, name in LIVE.items():
        told = by_cell[cell]
        assert told[0] == name
        assert told[3] == pytest.approx(float(table.loc[name, "value"]))
        assert told[8] == table.loc[name, "grade"]
        assert told[9] == str(table.loc[name, "as_of"])
        assert told[10]
    assert set(table.index) <= {r[0] for r in rows}


def test_cells_are_formulas_only_where_we_wrote_one(run):
    """A hostile name is text, and a cell beyond the size of one is cut and says so."""
    hostile = '=HYPERLINK("http://x","y")'
    table = run.ranking.table.copy()
    table.loc[0, "name"] = hostile
    table.loc[1, "name"] = "@SUM(1)" + "x" * 40_000
    table.loc[2, "name"] = "a\x00b\x0bc"
    table["=cmd|' /C calc'!A0"] = "+1+1"
    evil = replace(run, ranking=replace(run.ranking, table=table))
    book = openpyxl.load_workbook(BytesIO(written(evil)))
    cells = [c for sheet in book for r in sheet.iter_rows() for c in r if c.value]
    texts = {c.value: c for c in cells if isinstance(c.value, str)}
    assert texts[hostile].data_type == "s"
    assert texts["+1+1"].data_type == "s"
    assert texts["=cmd|' /C calc'!A0"].data_type == "s"
    assert texts["abc"].data_type == "s"
    long = [text for text in texts if text.startswith("@SUM")]
    assert len(long[0]) == MOST_TEXT
    assert long[0].endswith("(cut)")
    live = {"summary", "assumptions", "cash_flow", "required_rent", "debt"}
    live |= {"engine", "checks"}
    assert {c.parent.title for c in cells if c.data_type == "f"} == live


def test_a_list_of_which_no_site_has_power_still_makes_a_file(run):
    leaders = run.leaders()
    dark = leaders.evaluation.assign(
        it_mw=leaders.evaluation["it_mw"] * np.nan,
        infeasible_because=("site", np.array(["no line"] * 3, dtype=object)),
    )
    without = replace(run, leaders=lambda: replace(leaders, evaluation=dark))
    book = openpyxl.load_workbook(BytesIO(written(without)), data_only=True)
    assert "cash_flow" not in book.sheetnames
    said = [r[0] for r in book["summary"].iter_rows(values_only=True)]
    assert any("no line" in str(line) for line in said)


def test_a_long_list_is_cut_and_says_so(run, monkeypatch):
    monkeypatch.setattr("siting.pack.pages.MOST_ROWS", 5)
    book = openpyxl.load_workbook(BytesIO(written(run)), data_only=True)
    rows = list(book["ranking"].iter_rows(values_only=True))
    left = len(run.ranking.table) - 5
    assert f"{left} more are in ranking.csv" in rows[1][0]
    assert len(rows) == 4 + 5


@given(st.text(max_size=50))
def test_text_is_cut_only_of_what_a_file_cannot_hold(text):
    left = clean(text)
    assert clean(left) == left
    assert clean(left + "\ud800\ufffe\x0b") == left
    assert [c for c in text if c in left] == list(left)


@given(st.floats(-1e307, 1e307))
def test_numbers_keep_the_digits_of_a_spreadsheet(x):
    assert kept(x) == pytest.approx(x, rel=1e-14, abs=0)


def test_every_formula_is_printed_and_no_item_stands_twice(gabala):
    layout = laid_out(gabala)
    places = list(layout.printer.places.values())
    assert len({(p.sheet, p.row, p.column) for p in places}) == len(places)
    assert set(layout.printer.places) == set(gabala.sums.items)
    for item in gabala.items:
        if item.formula:
            assert isinstance(ast.parse(item.formula, mode="eval"), ast.Expression)


def test_decision_in_the_middle_of_a_year(world):
    case = made(world, "AZ04", "campus.decision_date=2027-07-16")
    model = model_of(case)
    assert case.money.terms.decision == date(2027, 7, 16)
    agrees(model, model.sums)
    inputs, terms = case.money.inputs, case.money.terms
    again = appraise_cash(inputs, case.a.finance, terms).measures["npv_usd"]
    assert again == pytest.approx(model.sums.scalar("npv_usd"))
