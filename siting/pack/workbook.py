"""The pack as a file: of one site for a lender, or of a ranking and its best site."""

from typing import BinaryIO

from data.faults import InputError
from siting.pack.case import Case, case_of
from siting.pack.cells import Book, opened
from siting.pack.layout import Layout, laid_out
from siting.pack.model import Model, model_of
from siting.pack.pages import (
    write_data_log,
    write_manifest,
    write_preferences,
    write_ranking,
    write_sensitivities,
    write_summary,
)
from siting.pack.sheets import (
    write_assumptions,
    write_checks,
    write_debt,
    write_engine,
    write_flow,
    write_rent,
)
from siting.run import Leaders, Run, provenance
from siting.trunk import in_force


def write_pack(run: Run, leaders: Leaders, site: str, stream: BinaryIO) -> None:
    """Write the lender pack of one site.

    Parameters
    ----------
    run : Run
        A ranking that has the site.
    leaders : Leaders
        The site in full.
    site : str
    stream : BinaryIO

    Raises
    ------
    InputError
        If the site has no cash flow, with the reason.
    """
    case = _case(run, leaders, site)
    title = f"Lender pack: {case.word('name')} ({site})"
    book = opened(stream, title)
    _written(book, run, (title, ""), case)
    write_data_log(book, leaders.world.tables)
    write_manifest(book, provenance(run))
    book.close()


def write_xlsx(run: Run, stream: BinaryIO) -> None:
    """Write a ranking as a workbook, with the live cash flow of its best site.

    Where no site of the list has a cash flow, the summary says so and the live sheets
    are missing.
    """
    if run.leaders is None:
        raise ValueError("a workbook needs the best sites in full")
    leaders = run.leaders()
    title = f"Ranking: {run.scenario.name}"
    book = opened(stream, title)
    case, lacking = None, "the list is empty"
    if leaders.names:
        try:
            case = _case(run, leaders, leaders.names[0])
        except InputError as error:
            lacking = error.faults[0].expected
    _written(book, run, (title, lacking), case)
    write_data_log(book, leaders.world.tables)
    write_manifest(book, provenance(run))
    book.close()


def _case(run: Run, leaders: Leaders, site: str) -> Case:
    built, a = in_force(run.scenario, leaders.world)
    return case_of(leaders.evaluation, site, run.scenario, built, a)


def _written(book: Book, run: Run, about: tuple[str, str], case: Case | None) -> None:
    """Write summary, ranking, and what is live of the case."""
    live: tuple[Model, Layout] | None = None
    if case is not None:
        model = model_of(case)
        live = model, laid_out(model)
    write_summary(book, run, about, live)
    write_ranking(book, run)
    write_preferences(book, run)
    if live is None:
        return
    write_assumptions(book, *live)
    write_flow(book, *live)
    write_rent(book, *live)
    write_debt(book, live[1])
    write_sensitivities(book, live[0])
    write_engine(book, *live)
    write_checks(book, *live)
