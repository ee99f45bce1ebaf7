"""Compare: two to four sites side by side, what parts them, and what does not."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from app import maps
from app.cache import evaluation, gap_of, land, network, ranked, world, years
from app.charts import Drawn
from app.charts_beside import curves_chart
from app.charts_money import cost_word
from app.charts_steps import steps_chart
from app.controls import command, sidebar
from app.figures import ABSENT, heading, plain, told_apart
from app.intent import scenario_of
from app.palette import short
from app.parts import ink, wrapped
from app.routes import route_paths
from app.scale import BESIDE, names_legend
from app.session import ask, intent
from app.tables_site import COMPARED
from climate.cooling import SYSTEMS
from siting.compare import MOST, routes, side_by_side, waterfall
from siting.differences import driver_steps, gap_steps, gap_words, marks, signed
from siting.scenario import Scenario
from siting.waterfall import MEANS

FEWEST: Final = 2
LIGHT_LOOKS: Final = {
    "best": "font-weight: 700; color: #0072b2",
    "worst": "color: #a85f00",
    "same": "color: #8a8f94",
}
DARK_LOOKS: Final = {
    "best": "font-weight: 700; color: #56b4e9",
    "worst": "color: #e69f00",
    "same": "color: #8a8f94",
}
"""How a cell stands in its row, on a light and on a dark page."""
MAP_HEIGHT: Final = 380
WIDTHS: Final = {2: 370, 3: 246, 4: 184}
"""Pixels of a site's column, by how many there are."""
STROKES: Final = (9.0, 6.5, 4.0, 2.0)
"""Pixels of the routes, so that one on top of another shows."""
HUBS: Final = ("frankfurt", "istanbul", "almaty", "tashkent")
"""Hubs whose routes are set side by side."""


def page() -> None:
    scenario = scenario_of(intent())
    sidebar(scenario)
    ranking = ranked(scenario).ranking.table
    names = dict(zip(ranking["site_id"], ranking["name"], strict=True))
    sites = chosen(list(names))
    told = {site: str(names[site]) for site in sites}
    answer(scenario, told)
    pick(names, sites)
    if len(sites) < FEWEST:
        st.info("Choose at least two sites.")
        return
    columns = side_by_side(ranked(scenario).ranking, sites)
    table(columns, sites)
    the_gap(scenario, told)
    curves_and_routes(scenario, told)
    st.markdown("##### Take it with you")
    st.code(command(intent(), "compare", *sites), language=None)


def chosen(known: list[str]) -> list[str]:
    """Return the sites asked for, or the site selected and the best of the others."""
    wanted = [site for site in intent().beside if site in known]
    if intent().beside:
        return wanted
    own = [site for site in (intent().site,) if site in known]
    return [*own, *(site for site in known if site not in own)][:FEWEST]


def answer(scenario: Scenario, names: dict[str, str]) -> None:
    st.subheader("What parts these sites?")
    if len(names) < FEWEST:
        return
    falls = waterfall(evaluation(scenario), list(names))
    first, *rest = gap_words(falls, names)
    st.markdown("  \n".join([f"**{plain(first)}**", *map(plain, rest)]))


def pick(names: dict[str, str], sites: list[str]) -> None:
    key = "view.beside"
    st.session_state[key] = sites

    def take() -> None:
        ask(replace(intent(), beside=tuple(st.session_state[key])))

    st.multiselect(
        f"Sites, {FEWEST} to {MOST}; the first is the one the others are measured against",
        list(names),
        format_func=lambda site: f"{site} {names[site]}",
        max_selections=MOST,
        key=key,
        on_change=take,
    )


def table(columns: pd.DataFrame, sites: list[str]) -> None:
    left, right = st.columns(2)
    with left:
        every = st.toggle("Every metric of the ranking", key="compare.every")
    with right:
        parted = st.toggle("Only what differs", key="compare.parted")
    told = marks(columns[sites])
    rows = [
        str(name)
        for name in columns.index
        if (every or name in COMPARED)
        and not (parted and told.loc[name, sites[0]] == "same")
    ]
    if not every:
        rows.sort(key=COMPARED.index)
    texts = {row: _cells(row, [columns[site][row] for site in sites]) for row in rows}
    shown = pd.DataFrame(
        [[heading(row), *cells] for row, cells in texts.items()],
        columns=["Figure", *sites],
    )
    looks = pd.DataFrame(
        [
            _looks(cells, [str(told[site][row]) for site in sites])
            for row, cells in texts.items()
        ],
        columns=["Figure", *sites],
    )
    st.dataframe(
        shown.style.apply(lambda _: looks, axis=None),
        hide_index=True,
        height=620 if every else "content",
        row_height=30,
        column_config=_columns(columns, sites),
    )
    st.caption(
        ":blue[**bold blue**] best of the row · :orange[brown] worst · :gray[grey] the same "
        "everywhere; where no way is better, nothing is marked."
    )


def _columns(columns: pd.DataFrame, sites: list[str]) -> dict[str, Any]:
    text = st.column_config.TextColumn
    heads = {"Figure": text("Figure", width=190, pinned=True)}
    for site in sites:
        head = f"{site} {columns[site]['name']}"
        heads[site] = text(head, help=head, width=WIDTHS[len(sites)])
    return heads


def _cells(metric: str, values: list[Any]) -> list[str]:
    """Return a row as text, numbers with as many digits as tell them apart."""
    if metric == "cooling_system":
        return [short(value) if value in SYSTEMS else ABSENT for value in values]
    if any(isinstance(value, (str, bool)) for value in values):
        return [_word(value) for value in values]
    return told_apart(metric, values)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") or ABSENT


def _looks(cells: list[str], marked: list[str]) -> list[str]:
    """Return how a row is drawn; what reads the same is not told apart."""
    if len(set(cells)) == 1:
        marked = ["same"] * len(cells)
    looks = DARK_LOOKS if st.context.theme.type == "dark" else LIGHT_LOOKS
    return ["", *(looks.get(mark, "") for mark in marked)]


def the_gap(scenario: Scenario, names: dict[str, str]) -> None:
    st.markdown("##### What the gap in cost is made of")
    falls = waterfall(evaluation(scenario), list(names))
    first, *others = names
    for site in others:
        lines = gap_steps(falls, first, site)
        if lines.empty:
            st.caption(f"{plain(site)}: one of the two has no cost.")
            continue
        gap = signed(falls[f"{site} − {first}"]["total"])
        left, right = st.columns(2, gap="medium")
        with left:
            title = f"{gap} USD/kW-month from {first} to {site}, line by line"
            st.altair_chart(_steps(lines, title), width="stretch")
        with right:
            drivers = driver_steps(gap_of(scenario, (first, site)), (first, site))
            st.altair_chart(
                _steps(drivers, "The same gap by what causes it"), width="stretch"
            )
    st.caption(
        "Right: Shapley averages over every order of giving the one site what the other "
        "has; " + "; ".join(f"{driver}: {told}" for driver, told in MEANS.items()) + "."
    )


def _steps(steps: pd.DataFrame, title: str) -> Drawn:
    words = {str(name): cost_word(str(name)) for name in steps["step"].iloc[1:-1]}
    named = steps.assign(step=steps["step"].replace(words))
    return steps_chart(named, title, "USD/kW-month", ink(), close=True)


def curves_and_routes(scenario: Scenario, names: dict[str, str]) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("##### Megawatts by year")
        curves = pd.concat(
            [years(scenario, site).reset_index().assign(site=site) for site in names]
        )
        if curves.empty:
            st.caption("No year is known at any of them.")
        else:
            st.altair_chart(curves_chart(curves, names, ink()), width="stretch")
    with right:
        st.markdown("##### Routes")
        the_map(scenario, names)
    ways = routes(evaluation(scenario), list(names))
    ways = ways[ways["hub"].isin(HUBS)]
    wide = ways.assign(
        way=[
            f"{ms:.0f} ms: {way}" if way else "–"
            for ms, way in zip(ways["rtt_expected_ms"], ways["route"], strict=True)
        ]
    ).pivot_table(
        index="hub", columns="site", values="way", aggfunc="first", sort=False
    )
    wrapped(wide[list(names)].rename_axis("Hub").reset_index())


def the_map(scenario: Scenario, names: dict[str, str]) -> None:
    told, nodes = evaluation(scenario), world().tables["fibre_nodes"]
    ranking = ranked(scenario).ranking.table.set_index("site_id", drop=False)
    points = maps.site_points(ranking.loc[list(names)[::-1]], "score")
    colours = dict(zip(names, BESIDE, strict=False))
    ways = [
        way | {"colour": list(colours[site]), "width": width}
        for site, width in zip(names, STROKES, strict=False)
        for way in route_paths(told, site, nodes)
    ]
    dark = st.context.theme.type == "dark"
    st.pydeck_chart(
        maps.deck(
            land(),
            {"fibre": network("fibre")},
            [
                p | {"fill": list(colours[str(p["site_id"])]), "radius": 8}
                for p in points
            ],
            "",
            maps.DARK if dark else maps.LIGHT,
            ways,
        ),
        height=MAP_HEIGHT,
        key="beside",
        alt="Map of the routes of the sites; the table beneath lists them hop by hop",
    )
    st.html(names_legend([f"{site} {name}" for site, name in names.items()]))
