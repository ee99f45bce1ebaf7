"""Sections of the report on what came out: answer, table, map, figures."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import xarray as xr

from siting.explain_years import YEARS, year_table
from siting.finance import COST_LINES
from siting.headline import headline
from siting.pack.amounts import NAMES
from siting.report.charts import flows, lines, stacked
from siting.report.map import sites_map
from siting.report.markup import (
    Html,
    cut,
    join,
    listed,
    paragraph,
    said,
    section,
    table,
    tag,
)
from siting.run import Leaders, Run

MOST_ROWS: Final = 60
"""Sites in the table of the report."""
MOST_ON_MAP: Final = 400
GROUPS: Final = ("cooling_score", "power_score", "connectivity_score")
FIGURES: Final[dict[str, tuple[str, int]]] = {
    "lcoc_usd_per_kw_month": ("LCOC, USD per kW-month", 0),
    "required_rent_usd_per_kw_month": ("rent required, the same", 0),
    "it_mw": ("MW", 0),
    "pue_annual": ("PUE", 3),
    "price_usd_per_mwh": ("USD per MWh", 0),
    "months_to_power": ("months to power", 0),
    "rtt_europe_ms": ("ms to Europe", 0),
}
"""Column of the ranking → its head and digits."""
CHANCES: Final = {"p_rank_1": "first in, %", "p_top_3": "top 3 in, %"}
"""Columns that a ranking with draws has."""


def _number(value: float, digits: int) -> str:
    return "–" if pd.isna(value) else f"{value:,.{digits}f}"


def _ranged(row: Mapping[Any, Any], column: str, digits: int) -> Html:
    """Return a figure, with its interval beneath where the ranking has draws."""
    shown = said(_number(row[column], digits))
    ends = [float(row.get(f"{column}_{end}", np.nan)) for end in ("p10", "p90")]
    if np.isnan(ends).any():
        return shown
    between = "–".join(_number(end, digits) for end in ends)
    return join((shown, tag("span", {"class": "sub"}, said(between))))


def _scored(value: float) -> Html:
    if pd.isna(value):
        return said("–")
    bar = tag("span", {"class": "bar", "style": f"width:{0.3 * value:.0f}px"})
    return join((bar, said(f"{value:.1f}")))


def headlines(run: Run, leaders: Leaders) -> Html:
    """Return one sentence for each of the best sites."""
    by_site = run.ranking.table.set_index("site_id", drop=False)
    told = [
        paragraph(headline(by_site.loc[[name]].iloc[0], run.scenario), "lead")
        for name in leaders.names
    ]
    return section("The answer", *told)


def ranked_table(run: Run) -> Html:
    """Return the ranked sites, intervals where there are draws."""
    kept = run.ranking.table
    kept = kept[kept["rank"].notna()]
    figures = {c: told for c, told in FIGURES.items() if c in kept}
    chances = {c: head for c, head in CHANCES.items() if c in kept}
    heads = ["#", "site", "name", "score"]
    heads += [group.removesuffix("_score") for group in GROUPS if group in kept]
    heads += [head for head, _ in figures.values()] + list(chances.values())
    rows = [
        [
            said(f"{row['rank']:.0f}"),
            said(cut(row["site_id"])),
            said(cut(row["name"])),
            _scored(row["score"]),
            *(said(_number(row[group], 1)) for group in GROUPS if group in row),
            *(_ranged(row, c, digits) for c, (_, digits) in figures.items()),
            *(said(_number(100.0 * row[c], 0)) for c in chances),
        ]
        for row in kept.head(MOST_ROWS).to_dict("records")
    ]
    left = len(kept) - len(rows)
    more = (
        [paragraph(f"{left} more stand in the data files.", "note")] if left > 0 else []
    )
    if any(f"{column}_p10" in kept for column in figures):
        note = "Beneath a figure: P10–P90 over the draws of the assumptions book."
        more.append(paragraph(note, "note"))
    drawn = table(heads, rows, numbers=(0, *range(3, len(heads))), wide=(2,))
    return section(f"{len(kept)} ranked sites", drawn, *more)


def mapped(run: Run, leaders: Leaders) -> Html:
    """Return the map."""
    shown = run.ranking.table.head(MOST_ON_MAP)
    drawn = sites_map(shown, leaders.world.tables["outlines"])
    words = "Bright sites score higher; hollow ones are not ranked. Not for navigation."
    return section("Where they lie", drawn, paragraph(words, "note"))


def megawatts(run: Run, leaders: Leaders) -> Html:
    """Return firm megawatts by year at the substations of the best sites."""
    series: dict[str, list[float]] = {}
    held: list[str] = []
    for site in leaders.names:
        years = year_table(site, leaders.evaluation, run.scenario, leaders.world)
        if years.empty:
            continue
        name = str(leaders.evaluation["name"].sel(site=site).item())
        series[f"{len(series) + 1} {name}"] = [float(v) for v in years["firm_mw"]]
        by = years["grid_binding"].iloc[-1] or "its transformers"
        held.append(f"{name}: held in {years.index[-1]} by {by}")
    if not series:
        return section("Megawatts by year", paragraph("No site has a connection."))
    drawn = lines("Firm megawatts by year", list(YEARS), series)
    note = (
        "Firm megawatts at the substation of each site, through the loss of any one "
        "circuit or transformer; P50 of the networks that could have served the record "
        "peak. Not the campus alone: what the grid could bear there."
    )
    return section("Megawatts by year", drawn, paragraph(note, "note"), listed(held))


def costs(leaders: Leaders) -> Html:
    """Return what the levelised cost of the best sites is made of."""
    bars: dict[str, dict[str, float]] = {}
    for site in leaders.names:
        here = leaders.evaluation.sel(site=site)
        if not np.isfinite(here["lcoc_usd_per_kw_month"].item()):
            continue
        bars[f"{len(bars) + 1} {here['name'].item()}"] = {
            NAMES[line]: float(here[f"lcoc_{line}_usd_per_kw_month"].item())
            for line in COST_LINES
        }
    if not bars:
        return section("What a kilowatt-month costs", paragraph("No site has a cost."))
    unit = "USD/kW-month"
    drawn = stacked("Levelised cost of compute by line", unit, bars)
    note = f"Levelised cost of compute by line, {unit}, before tax, power included."
    return section("What a kilowatt-month costs", drawn, paragraph(note, "note"))


def cash(leaders: Leaders) -> Html:
    """Return the cash flow of the best site."""
    here = leaders.evaluation.isel(site=0)
    flow = here["free_cash_flow_usd"].to_numpy() / 1e6
    name = str(here["name"].item())
    if not np.isfinite(flow).all():
        return section("Cash flow", paragraph(f"{name} has no cash flow."))
    years = [int(year) for year in here["year"].to_numpy()]
    drawn = flows(f"Free cash flow of {name}", years, [float(v) for v in flow])
    return section(
        f"Cash flow of {name}",
        drawn,
        paragraph("Million nominal USD after tax, before debt.", "note"),
        listed(_worth(here)),
    )


def _worth(here: xr.Dataset) -> Iterator[str]:
    """Yield what the money says of a site."""
    told = (
        ("npv_usd", "net present value", 1e-6, "million USD"),
        ("irr_pct", "internal rate of return", 1.0, "%"),
        ("payback_years", "payback from the decision", 1.0, "years"),
        (
            "rent_usd_per_kw_month",
            "rent assumed, power not included",
            1.0,
            "USD/kW-month",
        ),
        ("required_rent_usd_per_kw_month", "rent required", 1.0, "USD/kW-month"),
        ("capex_usd", "capex in money of the price year", 1e-6, "million USD"),
        ("debt_usd", "loan when repayment starts", 1e-6, "million USD"),
        ("min_dscr", "least cover of debt service", 1.0, "times"),
        ("equity_irr_pct", "internal rate of return of the equity", 1.0, "%"),
    )
    for name, label, scale, unit in told:
        value = here[name].item()
        shown = "none" if pd.isna(value) else f"{value * scale:,.1f} {unit}"
        yield f"{label}: {shown}"
