"""N-1 hosting capacity of several buses: our programme against PyPSA's SCLOPF.

Run: ``python benchmarks/bench_secure.py`` with PyPSA installed. The network is one draw
of 2026 that served the peak, each circuit a line of PyPSA, each plant at its largest
bus. The load of a bus is a generator of negative output and `optimize_security_
constrained` keeps every line within its limit, intact and after every outage of one
circuit; outages that part the network are left out on both sides, and the rating is
the same before and after, as PyPSA knows one alone. ``--write`` records a small case
in tests/reference/.
"""

import logging
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import pypsa

from data import load_world
from data.choices import BuildOut
from grid.electricity.network.calibration import calibrate
from grid.electricity.network.capacity import Limits, sensitivity
from grid.electricity.network.case import case, known_of, limits_of, moment_of
from grid.electricity.network.flow import incidence
from grid.electricity.network.secure import Moment, outage_rows, secure_room

BIG_MW = 1e5
LEAST = 0.03
LABELS = ("ABS 220", "GOB 330", "NAV 330", "AGJ 330", "KHI 220", "SHA 330", "QAB 220")
REFERENCE = Path(__file__).parents[1] / "tests/reference"


def ours(incident, susceptance, limits, moment, buses):
    """Room of some buses, outages of bridges left out; what had to be relieved."""
    s = sensitivity(incident, susceptance, limits.circuits, moment.load_mw)
    share = np.full(incident.shape[1], 1 / incident.shape[1])
    rows = outage_rows(s, limits, share)
    parts = s.lost.any(axis=1)
    keep = np.flatnonzero((rows.outage < 0) | ~parts[rows.outage])
    found = secure_room(
        rows.taken(keep), moment, buses, np.full(len(buses), BIG_MW), LEAST
    )
    return found.mw, found.relieved_mw, parts


def peer_of(incident, susceptance, limits, moment):
    """PyPSA's network of the same, a line for each circuit."""
    peer = pypsa.Network()
    peer.set_snapshots([0])
    names = [f"b{i}" for i in range(incident.shape[1])]
    peer.add("Bus", names, v_nom=1.0)
    start, end = np.argmax(incident, axis=1), np.argmin(incident, axis=1)
    pairs = [(g, c) for g, n in enumerate(limits.circuits) for c in range(int(n))]
    group = np.array([g for g, _ in pairs])
    peer.add(
        "Line",
        [f"l{g}.{c}" for g, c in pairs],
        bus0=[names[k] for k in start[group]],
        bus1=[names[k] for k in end[group]],
        x=(limits.circuits / susceptance)[group],
        r=0.0,
        s_nom=limits.each_mw[group],
    )
    peer.add("Load", [f"d{n}" for n in names], bus=names, p_set=moment.load_mw)
    at = [names[k] for k in np.argmax(moment.at, axis=1)]
    plants = [f"g{k}" for k in range(len(at))]
    peer.add("Generator", plants, bus=at, p_nom=moment.most_mw, marginal_cost=0.0)
    return peer


def theirs(peer, bus, outages):
    """Most load of a bus by PyPSA."""
    peer.add(
        "Generator",
        "asked",
        bus=f"b{bus}",
        p_nom=BIG_MW,
        p_min_pu=-1.0,
        p_max_pu=0.0,
        marginal_cost=1.0,
    )
    status = peer.optimize.optimize_security_constrained(
        branch_outages=outages, solver_name="highs", log_to_console=False
    )
    assert status[1] == "optimal", status
    found = -float(peer.generators_t.p.loc[0, "asked"])
    peer.remove("Generator", "asked")
    return found


def compared(name, network, buses) -> pd.DataFrame:
    begun = perf_counter()
    mw, relieved, parts = ours(*network, buses)
    fast = perf_counter() - begun
    assert relieved == 0, relieved
    peer = peer_of(*network)
    outages = [
        line for line in peer.lines.index if not parts[int(line[1:].split(".")[0])]
    ]
    begun = perf_counter()
    peers = np.array([theirs(peer, bus, outages) for bus in buses])
    slow = perf_counter() - begun
    apart = np.abs(peers - mw).max()
    print(
        f"{name}: {len(buses)} buses, {len(outages)} outages; PyPSA {pypsa.__version__} "
        f"{slow:.1f} s, ours {1e3 * fast:.0f} ms ({slow / fast:.0f} times); "
        f"largest difference {apart:.1e} MW"
    )
    for bus, one, other in zip(buses, mw, peers, strict=True):
        print(f"  bus {bus:3d}  ours {one:12.6f}  PyPSA {other:12.6f} MW")
    return pd.DataFrame({"bus": buses, "mw": peers})


def own_network():
    """One draw of 2026 at the summer peak, every plant whole at one bus."""
    shipped = load_world()
    known = known_of(shipped, {"power.network.draws": 3000}, seed=1)
    kept = replace(known, pick=calibrate(shipped, known).kept[:1])
    found = case(shipped.built(BuildOut()), 2026, kept)
    limits = limits_of(found, "summer", 0, 1.0)
    moment = moment_of(found, "summer", 0)
    whole = np.eye(moment.at.shape[1])[np.argmax(moment.at, axis=1)]
    network = (
        found.network.incident,
        found.drawn.susceptance[0],
        limits,
        replace(moment, at=whole),
    )
    return network, found.network.buses.index.get_indexer(list(LABELS))


def small_network():
    """Eight buses in a ring with chords and a spur, circuits of one to three."""
    rng = np.random.default_rng(11)
    ring = np.arange(8)
    start = np.concatenate([ring, [0, 2, 5, 3]])
    end = np.concatenate([(ring + 1) % 8, [4, 6, 7, 8]])
    count = len(start)
    circuits = rng.integers(1, 4, count).astype(float)
    each = rng.uniform(60.0, 120.0, count).round(1)
    load = rng.uniform(0.0, 15.0, 9).round(1)
    moment = Moment(np.eye(9)[[0, 2, 5]], np.array([150.0, 120.0, 90.0]), load)
    susceptance = (circuits * rng.uniform(0.5, 3.0, count)).round(3)
    return incidence(start, end, 9), susceptance, Limits(circuits, each, each), moment


def write(network, rooms) -> None:
    """Record the small case and PyPSA's rooms."""
    incident, susceptance, limits, moment = network
    lines = pd.DataFrame(
        {
            "start": np.argmax(incident, axis=1),
            "end": np.argmin(incident, axis=1),
            "circuits": limits.circuits,
            "susceptance": susceptance,
            "limit_mw": limits.each_mw,
        }
    )
    most = np.zeros(incident.shape[1])
    most[np.argmax(moment.at, axis=1)] = moment.most_mw
    buses = rooms.assign(load_mw=moment.load_mw, most_mw=most)
    said = (
        f"# PyPSA {pypsa.__version__} (Brown, Hörsch & Schlachtberger 2018, J. Open "
        "Research Software 6:4), optimize_security_constrained over\n"
        "# the loss of each of 23 circuits, HiGHS; by benchmarks/bench_secure.py --write\n"
    )
    for name, table in (("lines", lines), ("buses", buses)):
        path = REFERENCE / f"secure_pypsa_{name}.csv"
        path.write_text(said + table.to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    small = small_network()
    rooms = compared("nine buses", small, np.arange(9))
    if "--write" in sys.argv:
        write(small, rooms)
    compared("our network of 2026", *own_network())
