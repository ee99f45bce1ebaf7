"""The report as one page: sections in order, style inside, nothing fetched."""

from collections.abc import Mapping
from typing import Any, BinaryIO

import pandas as pd

from siting import __version__
from siting.export_rows import grades_of
from siting.headline import question
from siting.report.grounds import assumptions, excluded, limits, weights
from siting.report.markup import (
    Html,
    join,
    paragraph,
    said,
    section,
    table,
    tag,
)
from siting.report.sections import (
    cash,
    costs,
    headlines,
    mapped,
    megawatts,
    ranked_table,
)
from siting.report.style import CSS
from siting.run import Leaders, Run, provenance


def write_html(run: Run, stream: BinaryIO) -> None:
    """Write the report of a ranking.

    Parameters
    ----------
    run : Run
    stream : BinaryIO
    """
    if run.leaders is None:
        raise ValueError("a report needs the best sites in full")
    stream.write(page(run, run.leaders()).encode())


def page(run: Run, leaders: Leaders) -> str:
    """Return the report as text.

    Parameters
    ----------
    run : Run
    leaders : Leaders
        The best sites in full.
    """
    told = provenance(run)
    parts = [_top(run, leaders)]
    if leaders.names:
        parts += [
            headlines(run, leaders),
            ranked_table(run),
            mapped(run, leaders),
            megawatts(run, leaders),
            costs(leaders),
            cash(leaders),
        ]
    parts += [weights(run), excluded(run), limits(run), assumptions(run, leaders)]
    parts += [_vintage(leaders.world.tables), _manifest(told)]
    head = tag(
        "head",
        None,
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"name": "viewport", "content": "width=device-width"}),
        tag("title", None, said(f"Khazri: {run.scenario.name}")),
        tag("style", None, Html(CSS)),
    )
    whole = tag("html", {"lang": "en"}, head, tag("body", None, *parts))
    return f"<!DOCTYPE html>\n{whole}\n"


def _top(run: Run, leaders: Leaders) -> Html:
    """Return title, question, banner and what the report was made with."""
    scenario, tables = run.scenario, leaders.world.tables
    banner = [paragraph(line, "banner") for line in run.warnings]
    newest = str(tables["sources"]["as_of"].max())
    made = (
        f"Scenario {scenario.name}. Khazri {__version__}, data of {newest}, weather "
        f"{run.weather.get('source', 'unknown')} ({run.weather.get('grade', '–')}), "
        f"seed {scenario.climate.seed}."
    )
    return join(
        (
            tag("h1", None, said("Sites for an AI data centre in Azerbaijan")),
            paragraph(question(scenario), "question"),
            paragraph(scenario.description, "note")
            if scenario.description
            else Html(""),
            *banner,
            paragraph(made, "meta"),
        )
    )


def _vintage(tables: Mapping[str, pd.DataFrame]) -> Html:
    """Return how old and how good the tables are."""
    rows = []
    for name, frame in tables.items():
        newest = str(frame["as_of"].max()) if "as_of" in frame else "–"
        told = grades_of(frame)
        rows.append([said(name), said(len(frame)), said(newest), said(told)])
    heads = ("table", "rows", "newest", "grades")
    return section("Data and its age", table(heads, rows, numbers=(1,)))


def _manifest(told: Mapping[str, Any]) -> Html:
    """Return the digests that say which inputs were read, and with what."""
    versions = ", ".join(f"{name} {v}" for name, v in told["versions"].items())
    rows = [
        [said(name), tag("code", None, said(digest))]
        for name, digest in told["inputs_sha256"].items()
    ]
    overrides = ", ".join(f"{k} = {v}" for k, v in told["overrides"].items())
    return section(
        "Manifest",
        paragraph(f"Made with {versions}.", "note"),
        paragraph(f"Overrides: {overrides or 'none'}.", "note"),
        table(("input", "sha256"), rows),
    )
