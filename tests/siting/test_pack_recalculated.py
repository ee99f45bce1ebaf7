"""The written file, recalculated by an independent engine of spreadsheet formulas.

`formulas` reads the file as it lies on disk, follows every reference and works out
every cell anew; nothing of ours takes part.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from data import World
from siting.export_pack import packed
from siting.loading import load_scenario
from siting.pack.language import ABSENT
from siting.pack.workbook import write_pack
from siting.trunk import evaluate

# The other engine compares to literals with `is`; it says so where it is not compiled.
pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")

SITE = "AZ25"
SETS = ["finance.life_years=4", "finance.loss_carry_forward_years=2"]
"""A short life: every formula is the same, in fewer columns."""
RESULTS = {
    "npv_usd": "net present value",
    "irr_pct": "internal rate of return",
    "payback_years": "payback from the decision",
    "required_rent_usd_per_kw_month": "rent required for a net present value of nil",
    "debt_usd": "loan when repayment starts",
    "min_dscr": "least cover of debt service",
    "equity_irr_pct": "IRR of the equity",
    "lcoc_usd_per_kw_month": "levelised cost of compute before tax, power included",
}


@dataclass
class Sheet:
    """A file in the hands of the other engine."""

    path: Path
    model: Any
    stored: openpyxl.Workbook
    """The same file with the values stored in it."""

    def recalculated(self, changes: dict[tuple[str, str], float]) -> Any:
        """Recalculate with cells overwritten."""
        given = {self.key(*place): value for place, value in changes.items()}
        return self.model.calculate(inputs=given or None)

    def key(self, sheet: str, cell: str) -> str:
        return f"'[{self.path.name}]{sheet.upper()}'!{cell}"

    def value(self, solution: Any, sheet: str, cell: str) -> Any:
        return solution[self.key(sheet, cell)].value[0, 0]

    def place_of(self, name: str) -> tuple[str, str]:
        """Return where an input stands, by the name beside it."""
        rows = self.stored["assumptions"].iter_rows(min_col=3)
        return "assumptions", f"D{next(r[0].row for r in rows if r[0].value == name)}"

    def results(self, solution: Any) -> dict[str, float]:
        rows = self.stored["summary"].iter_rows()
        places = {r[0].value: f"B{r[0].row}" for r in rows}
        return {
            name: self.value(solution, "summary", places[label])
            for name, label in RESULTS.items()
        }


def engine(world: World, *sets: str) -> dict[str, float]:
    """Return what the whole engine says under further settings."""
    scenario = load_scenario("base", [*SETS, *sets])
    here = evaluate(world.tables["sites"].loc[[SITE]], scenario, world)
    return {name: here[name].item() for name in RESULTS}


@pytest.fixture(scope="module")
def sheet(world: World, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    import formulas  # noqa: PLC0415 - within the filter above

    path = tmp_path_factory.mktemp("pack") / "pack.xlsx"
    scenario = load_scenario("base", SETS)
    sites = world.tables["sites"].loc[[SITE]]
    with pytest.MonkeyPatch.context() as patch, path.open("wb") as stream:
        patch.setattr("siting.pack.model.SPARE_YEARS", 1)
        for page in ("data_log", "manifest", "ranking"):  # text: nothing to recalculate
            patch.setattr(f"siting.pack.workbook.write_{page}", lambda *_: None)
        patch.setattr("siting.pack.sheets._rest", lambda *_: [])
        write_pack(*packed(sites, scenario, world, {}), SITE, stream)
    model = formulas.ExcelModel().loads(str(path)).finish()
    return Sheet(path, model, openpyxl.load_workbook(path, data_only=True))


def test_the_file_recalculates_to_what_is_stored_in_it(sheet):
    solution = sheet.recalculated({})
    checked = 0
    for page in openpyxl.load_workbook(sheet.path):
        for cell in (c for row in page.iter_rows() for c in row if c.data_type == "f"):
            found = sheet.value(solution, page.title, cell.coordinate)
            kept = sheet.stored[page.title][cell.coordinate].value
            if kept == ABSENT:
                assert str(found) == ABSENT
            else:
                assert float(found) == pytest.approx(kept, rel=1e-9, abs=1e-4)
            checked += 1
    assert checked > 1000
    assert sheet.value(solution, "checks", "D3") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {
            "wacc_pct": ("finance.wacc_pct", 7.0),
            "facility_capex_usd_per_kw": ("finance.facility_capex_usd_per_kw", 8e3),
            "base_rent_usd_per_kw_month": ("finance.rent_usd_per_kw_month", 600.0),
        },
        {"building_months": ("campus.building_months", 30.0)},
    ],
)
def test_changed_inputs_give_what_the_engine_gives(world, sheet, changes):
    cells = {sheet.place_of(cell): value for cell, (_, value) in changes.items()}
    solution = sheet.recalculated(cells)
    sets = [f"{setting}={value}" for setting, value in changes.values()]
    found, wanted = sheet.results(solution), engine(world, *sets)
    for name, figure in wanted.items():
        if np.isnan(figure):
            assert str(found[name]) == ABSENT, name
        else:
            near = pytest.approx(figure, rel=1e-9, abs=0.005)
            assert float(found[name]) == near, name
    assert sheet.value(solution, "checks", "D3") == 2  # own checks hold


def test_a_number_written_over_a_formula_turns_the_checks_red(sheet):
    rows = sheet.stored["cash_flow"].iter_rows()
    row = next(r[0].row for r in rows if r[0].value == "maintenance")
    solution = sheet.recalculated({("cash_flow", f"I{row}"): 0.0})
    assert sheet.value(solution, "checks", "D3") == 0
