"""Comparators: the best sites beside neighbouring markets, figure by figure.

A market's figure is a row of the table `comparators`, converted to one unit and never
filled where it is absent; a site's is the model's own. They are not on one footing: a
market's is what a source says, a site's the result of this model.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from data import World
from data.schema import GRADES
from siting.asked import Asked
from siting.explain import Node, explain

MOST: Final = 3
"""Sites shown."""
MARKETS: Final = (
    "Azerbaijan",
    "Georgia",
    "Kazakhstan",
    "Uzbekistan",
    "Turkiye",
    "Armenia",
    "UAE",
)
"""Countries shown; a row of the UAE and others together counts for the UAE."""
NOT_LOOKED_UP: Final = "no row in the table"
NOT_FOUND: Final = "looked for, not found"
OF_COUNTRY: Final = "a figure of the country, not of a site"


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of the comparison."""

    head: str
    meaning: str
    unit: str
    digits: int
    metric: str = ""
    """What the model says of a site; blank where it says nothing."""
    per: float = 1.0
    """What the metric is divided by."""
    units: tuple[tuple[str, float], ...] = ()
    """Units of the table and the factor that makes them the column's."""


CENTS: Final = (("US cents/kWh", 10.0), ("US cents/kWh excl. VAT", 10.0))
FIGURES: Final[dict[str, Figure]] = {
    "power_price": Figure(
        "power",
        "industrial power price; of a site, what the campus bears at the meter, VAT that is "
        "recovered taken off",
        "USD/MWh",
        0,
        "price_usd_per_mwh",
        units=CENTS,
    ),
    "data_centre_price": Figure(
        "DC tariff",
        "power tariff of its own for data centres",
        "USD/MWh",
        0,
        units=CENTS,
    ),
    "profit_tax": Figure(
        "tax", "profit tax, standard rate", "%", 0, units=(("%", 1.0),)
    ),
    "tax_relief": Figure(
        "relief",
        "profit tax in a zone or under a programme open to data centres: a rate, the "
        "years it holds, or yes",
        "%",
        0,
        units=(("%", 1.0),),
    ),
    "capex": Figure(
        "capex",
        "investment per MW of IT, without the IT",
        "million USD/MW",
        1,
        "capex_usd_per_kw",
        1000.0,
        (("million USD/MW", 1.0), ("USD/W", 1.0)),
    ),
    "pue": Figure(
        "PUE", "PUE; of a market, a target", "1", 2, "pue_annual", units=(("1", 1.0),)
    ),
    "gpu_licence": Figure(
        "GPUs", "GPUs licensed for export by the USA", "GPUs", 0, units=(("GPUs", 1.0),)
    ),
    "country_risk": Figure(
        "risk", "country risk premium on equity", "%", 1, units=(("%", 1.0),)
    ),
    "announced": Figure(
        "announced", "largest AI data centre announced", "MW", 0, units=(("MW", 1.0),)
    ),
}
"""Figure of the table → its column, in order."""
COLUMNS: Final = (
    "place",
    "figure",
    "quantity",
    "value",
    "unit",
    "low",
    "high",
    "grade",
    "as_of",
    "source",
    "note",
)


def comparison(asked: Asked, sites: list[str], *, own: bool = False) -> pd.DataFrame:
    """Return every figure of the sites and the markets, one row each.

    Parameters
    ----------
    asked : Asked
        The evaluation with the metrics of `FIGURES`, and what it was made of.
    sites : list of str
        Sites to show, the best first.
    own : bool
        True: the list is the user's.

    Returns
    -------
    DataFrame
        Columns `COLUMNS` and the sources in full; `value` is NaN where the figure is absent, and the note then
        says whether it was looked for.
    """
    rows = [row for site in sites for row in _of_site(asked, site, own=own)]
    rows += [row for market in MARKETS for row in _of_market(market, asked.world)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    cited = asked.world.tables["sources"]["citation"].to_dict()
    full = [
        " | ".join(str(cited[s]) for s in source.split() if s in cited)
        for source in table["source"]
    ]
    return table.assign(citation=full)


def _of_market(market: str, world: World) -> Iterator[dict[str, Any]]:
    table = world.tables["comparators"]
    own = table[table["country"].str.partition(" /")[0] == market]
    for name, figure in FIGURES.items():
        found = own[own["figure"] == name].to_dict("records")
        if not found:
            yield _absent(market, name, figure, NOT_LOOKED_UP)
            continue
        row = found[0]
        factor = dict(figure.units).get(row["unit"], 0.0)
        blank = np.isnan(row["value"])
        notes = [NOT_FOUND if blank else _stated(row), row["note"]]
        if row["country"] != market:
            notes.insert(1, f"{row['country']} together")
        yield {
            "place": market,
            "figure": name,
            "quantity": row["quantity"],
            **{n: row[n] * (factor or 1.0) for n in ("value", "low", "high")},
            "unit": figure.unit if factor or blank else row["unit"],
            **{n: row[n] for n in ("grade", "as_of", "source")},
            "note": "; ".join(filter(None, notes)),
        }


def _stated(row: dict[Hashable, Any]) -> str:
    """Return what the source says, in its own unit."""
    if row["unit"] == "flag":
        return f"{row['quantity']}: {'yes' if row['value'] else 'no'}"
    unit = "" if row["unit"] == "1" else f" {row['unit']}"
    return f"{row['quantity']}: {row['value']:,g}{unit}"


def _absent(place: str, name: str, figure: Figure, why: str) -> dict[str, Any]:
    blank = dict.fromkeys(("value", "low", "high"), np.nan)
    texts = dict.fromkeys(("grade", "as_of", "source"), "")
    told = {"quantity": figure.meaning, "unit": figure.unit, "note": why}
    return {"place": place, "figure": name, **blank, **texts, **told}


def _of_site(asked: Asked, site: str, *, own: bool) -> Iterator[dict[str, Any]]:
    regime = str(asked.evaluation["tax_regime"].sel(site=site).item())
    regimes = asked.world.tables["tax_regimes"]
    for name, figure in FIGURES.items():
        if figure.metric:
            yield _modelled(asked, site, name, own=own)
        elif name == "profit_tax":
            yield _taxed(site, name, regimes, "standard")
        elif name == "tax_relief":
            yield _taxed(site, name, regimes, regime)
        else:
            yield _absent(site, name, figure, OF_COUNTRY)


def _modelled(asked: Asked, site: str, name: str, *, own: bool) -> dict[str, Any]:
    figure, scenario = FIGURES[name], asked.scenario
    value = float(asked.evaluation[figure.metric].sel(site=site).item()) / figure.per
    listed = asked.sites if own else None
    tree = explain(site, figure.metric, asked.evaluation, asked.world, scenario, listed)
    row = _absent(site, name, figure, f"this model, scenario {scenario.name}")
    return row | {
        "value": value,
        "grade": weakest(tree),
        "as_of": str(scenario.campus.year),
        "source": f"siting explain {site} {figure.metric}",
    }


def _taxed(site: str, name: str, regimes: pd.DataFrame, regime: str) -> dict[str, Any]:
    row = regimes.loc[[regime]].to_dict("records")[0]
    told = {n: row[n] for n in ("grade", "as_of", "source")}
    until = {
        "years_from_registration": f"for {row['holiday_years']:g} years",
        "until_date": f"until {row['holiday_end']}",
        "longer_of": f"for {row['holiday_years']:g} years or until {row['holiday_end']}",
    }.get(row["holiday_kind"], "")
    note = "; ".join(filter(None, (f"{row['name']} {until}".strip(), row["requires"])))
    blank = _absent(site, name, FIGURES[name], note)
    return blank | {"value": float(row["profit_tax_pct"]), **told}


def weakest(tree: Node) -> str:
    """Return the weakest grade among the leaves of a tree, choices aside."""
    grades = [leaf.grade for leaf in _leaves(tree) if leaf.grade in GRADES]
    return max(grades, key=GRADES.index, default="")


def _leaves(tree: Node) -> Iterator[Node]:
    if not tree.children:
        yield tree
    for child in tree.children:
        yield from _leaves(child)
