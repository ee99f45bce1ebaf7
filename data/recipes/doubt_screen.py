"""Screen the numbers of weather, cooling and fibre: which move cost and score most.

    python data/recipes/doubt_screen.py [SYSTEM ...]

Every number in doubt of these rooms is moved to its low and its high, alone, at six
sites far apart; printed is the widest swing of levelised cost and of score over them,
the greatest first. The lists in `siting/doubt/names.py` are the heads of these tables,
with duplicates of one effect left out. Named systems are taken alone, at 20 MW of
inference; without a name the base case runs with all of them.
"""

import sys

import pandas as pd

from data import load_world
from siting.doubt.centre import centre_of, loan_of
from siting.doubt.events import events_of, fibre_states
from siting.doubt.outcomes import Basis
from siting.doubt.responses import respond
from siting.doubt.study import every, in_doubt
from siting.doubt.tornado import tornado
from siting.loading import load_scenario
from siting.scenario import Scenario
from siting.trunk import exact_labels

SITES = ["AZ01", "AZ12", "AZ25", "AZ08", "AZ20", "AZ23"]
METRICS = ("lcoc_usd_per_kw_month", "score")
ROWS = 25


def screen(scenario: Scenario) -> pd.DataFrame:
    """Return the widest swing of each metric by number, the dearest first."""
    world = load_world()
    sites, table = world.tables["sites"].loc[SITES], world.tables["parameters"]
    load = f"campus.utilisation_{scenario.campus.workload}"
    air = [
        n for n in table.index if n.startswith(("cooling.", "climate.")) or n == load
    ]
    fibre = [n for n in table.index if n.startswith("fibre.")]
    with exact_labels():
        centre = centre_of(sites, scenario, world)
        events = events_of(world.tables["doubt_events"], scenario)
        states = fibre_states(centre, events)
    named = {"air": in_doubt(centre, air), "fibre": in_doubt(centre, fibre)}
    basis = Basis(centre, respond(centre, named), events, states, loan_of(centre))
    found = every(basis)
    swings = {}
    for metric in METRICS:
        moved = tornado(basis, found, metric)
        moved = moved[moved["name"].isin([*air, *fibre])]
        swing = (moved["at_high"] - moved["at_low"]).abs()
        swings[metric] = swing.groupby(moved["name"]).max()
    return pd.DataFrame(swings).sort_values(METRICS[0], ascending=False)


def main() -> None:
    """Print the screening of the base case, or of each system named."""
    cases = [
        ("inference", [f'cooling.systems=["{s}"]', "campus.mw=20"])
        for s in sys.argv[1:]
    ]
    for name, sets in cases or [("base", [])]:
        scenario = load_scenario(name, sets)
        print(name, *sets)
        swings = screen(scenario)
        print(swings.head(ROWS).round(2).to_string())
        print(
            swings.sort_values("score", ascending=False).head(10).round(2).to_string()
        )


if __name__ == "__main__":
    main()
