"""N-1 hosting capacity of every bus: closed form against factorising every outage.

Run: ``python benchmarks/bench_network.py``. The rival builds the network without each
circuit in turn, factorises it with ``scipy.sparse.linalg.splu`` and solves the base
case and one more MW at every bus; the rooms it finds must equal ours. First our own
network of 2026 (one draw that served the peak), then a random one of 150 buses and
255 lines. With PyPSA installed its flows, intact and after every outage, are compared;
with pandapower (pandas below 3: an environment of its own) its loop over every outage
and bus is timed on a sample and its flows compared.
"""

from dataclasses import replace
from importlib.util import find_spec
from statistics import median
from time import perf_counter

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu

from data import load_world
from data.choices import BuildOut
from grid.electricity.network.calibration import calibrate
from grid.electricity.network.capacity import Limits, hosting, sensitivity
from grid.electricity.network.case import case, known_of, limits_of
from grid.electricity.network.flow import bridges, incidence, ptdf, transfers

LEAST, TURNS, BRUTE_TURNS = 0.03, 7, 3


def brute_room(incident, susceptance, limits, injection, share):
    """Rooms by a factorisation per outage; only where no outage parts the network."""
    count, buses = incident.shape
    unit = share[:, None] - np.eye(buses)
    least = np.full(buses, np.inf)
    for out in [None, *range(count)]:
        left = limits.circuits.copy()
        each = limits.each_mw if out is None else limits.outage_mw
        if out is not None:
            left[out] -= 1
        b = susceptance * left / limits.circuits
        inner = incident[:, 1:]
        solve = splu(csc_array(inner.T @ (b[:, None] * inner))).solve
        angle = solve(np.column_stack([injection, unit])[1:])
        flow = b[:, None] * (inner @ angle)
        base, more = flow[:, 0], flow[:, 1:]
        for sign in (1.0, -1.0):
            margin = np.maximum(each * left - sign * base, 0.0)[:, None]
            binds = sign * more > LEAST
            ratio = np.where(binds, margin / np.where(binds, sign * more, 1), np.inf)
            least = np.minimum(least, ratio.min(axis=0))
    return least


def ours(incident, susceptance, limits, injection, share):
    s = sensitivity(incident, susceptance, limits.circuits, np.maximum(-injection, 0))
    return hosting(s, limits, injection, share, LEAST)[1].mw


def timed(function, turns):
    times = []
    for _ in range(turns):
        start = perf_counter()
        found = function()
        times.append(perf_counter() - start)
    return median(times), found


def compared(name, network) -> None:
    fast, room = timed(lambda: ours(*network), TURNS)
    slow, brute = timed(lambda: brute_room(*network), BRUTE_TURNS)
    both = np.isfinite(brute)
    assert (np.isfinite(room) == both).all()
    apart = np.abs(room - brute)[both] / np.maximum(brute[both], 1.0)
    print(
        f"{name:34} {1e3 * fast:8.2f} ms  splu {1e3 * slow:8.0f} ms  "
        f"{slow / fast:6.0f} times  largest relative difference {apart.max():.0e}"
    )


def own_network():
    """One draw of 2026, its bridges doubled so that every outage leaves one network."""
    shipped = load_world()
    known = known_of(shipped, {"power.network.draws": 3000}, seed=1)
    kept = replace(known, pick=calibrate(shipped, known).kept[:1])
    found = case(shipped.built(BuildOut()), 2026, kept)
    incident = found.network.incident
    susceptance = found.drawn.susceptance[0]
    limits = limits_of(found, "summer", 0, known.a.network_outage_rating)
    alone = bridges(transfers(ptdf(incident, susceptance), incident))
    circuits = np.where(alone, np.maximum(limits.circuits, 2), limits.circuits)
    state = found.states["summer"]
    limits = replace(limits, circuits=circuits)
    return incident, susceptance, limits, state.injection_mw[0], state.share[0]


def random_network(buses=150, lines=255):
    """A ring with random chords, loads everywhere and plant at a tenth of the buses."""
    rng = np.random.default_rng(0)
    ring = [(i, (i + 1) % buses) for i in range(buses)]
    chords = [tuple(rng.choice(buses, 2, replace=False)) for _ in range(lines - buses)]
    start, end = np.array([*ring, *chords]).T
    incident = incidence(start, end, buses)
    susceptance = rng.uniform(500, 3000, lines)
    share = np.zeros(buses)
    share[rng.choice(buses, buses // 10, replace=False)] = 10 / buses
    share /= share.sum()
    injection = 2000 * (share - 1 / buses)
    limit = 600 * rng.uniform(0.8, 1.2, lines)
    limits = Limits(np.ones(lines), limit, 1.1 * limit)
    return incident, susceptance, limits, injection, share


def against_pypsa(network) -> None:  # noqa: PLR0915 - one story
    """Largest difference of flows, intact and after every outage, in MW."""
    import pypsa  # noqa: PLC0415 - an extra

    incident, susceptance, limits, injection, _ = network
    peer = pypsa.Network(snapshots=[0])
    names = [f"b{i}" for i in range(incident.shape[1])]
    peer.add("Bus", names, v_nom=1.0)
    start, end = np.argmax(incident, axis=1), np.argmin(incident, axis=1)
    each = susceptance / limits.circuits
    circuit = [(g, c) for g, n in enumerate(limits.circuits) for c in range(int(n))]
    group = np.array([g for g, _ in circuit])
    lines = [f"l{g}.{c}" for g, c in circuit]
    ends = {
        "bus0": [names[start[g]] for g in group],
        "bus1": [names[end[g]] for g in group],
    }
    peer.add("Line", lines, x=1 / each[group], r=0.0, s_nom=1e6, **ends)
    peer.add("Load", names, bus=names, p_set=-injection)
    peer.add("Generator", "slack", bus=names[0], control="Slack")
    peer.lpf()
    flow = ptdf(incident, susceptance) @ injection
    theirs = np.bincount(group, peer.lines_t.p0.loc[0, lines].to_numpy())
    print(
        f"PyPSA {pypsa.__version__}, intact: {np.abs(theirs - flow).max():.0e} MW apart"
    )
    peer.determine_network_topology()
    sub = peer.sub_networks.obj.iloc[0]
    sub.calculate_PTDF()
    sub.calculate_BODF()
    order = sub.branches().index.get_level_values(1)
    bodf = sub.BODF[np.ix_(order.get_indexer(lines), order.get_indexer(lines))]
    s = sensitivity(incident, susceptance, limits.circuits, np.maximum(-injection, 0))
    after = flow[:, None] + s.outage * flow
    worst = 0.0
    for k, (g, c) in enumerate(circuit):
        if c == 0:
            single = flow[group] / limits.circuits[group]
            lost = single + bodf[:, k] * single[k]
            worst = max(worst, np.abs(np.bincount(group, lost) - after[:, g]).max())
    print(f"PyPSA {pypsa.__version__}, every outage: {worst:.0e} MW apart")


def against_pandapower(network, turns=10) -> None:
    """Time of one DC power flow per outage and bus, and the largest difference."""
    import pandapower as pp  # noqa: PLC0415 - an environment of its own

    incident, susceptance, limits, injection, share = network
    count, buses = incident.shape
    peer = pp.create_empty_network(sn_mva=1.0)
    for _ in range(buses):
        pp.create_bus(peer, vn_kv=1.0)
    pp.create_ext_grid(peer, 0)
    for bus, mw in enumerate(injection):
        pp.create_load(peer, bus, p_mw=-mw)
    start, end = np.argmax(incident, axis=1), np.argmin(incident, axis=1)
    for k in range(count):
        pp.create_line_from_parameters(
            peer,
            start[k],
            end[k],
            length_km=1.0,
            r_ohm_per_km=1e-9,
            x_ohm_per_km=limits.circuits[k] / susceptance[k],
            c_nf_per_km=0.0,
            max_i_ka=1.0,
            parallel=int(limits.circuits[k]),
        )
    s = sensitivity(incident, susceptance, limits.circuits, np.maximum(-injection, 0))
    taken, apart = [], 0.0
    for k in range(turns):
        bus = k % buses
        able = peer.line["parallel"].copy()
        peer.line.loc[k, "parallel"] = max(1, able[k] - 1)
        peer.line.loc[k, "in_service"] = able[k] > 1
        moved = injection + share - np.eye(buses)[bus]
        peer.load["p_mw"] = -moved
        begun = perf_counter()
        pp.rundcpp(peer)
        taken.append(perf_counter() - begun)
        flow = s.factors @ moved
        apart = max(
            apart,
            np.abs(peer.res_line["p_from_mw"] - flow - s.outage[:, k] * flow[k]).max(),
        )
        peer.line["parallel"], peer.line["in_service"] = able, True
    whole = median(taken) * (count + 1) * (buses + 1)
    fast, _ = timed(lambda: ours(*network), TURNS)
    print(
        f"pandapower {pp.__version__}: {1e3 * median(taken):.1f} ms a power flow, "
        f"{(count + 1) * (buses + 1)} of them {whole:.0f} s, {whole / fast:.0f} times "
        f"our {1e3 * fast:.2f} ms; flows {apart:.0e} MW apart"
    )


if __name__ == "__main__":
    own = own_network()
    compared("our network of 2026", own)
    compared("150 buses, 255 lines", random_network())
    if find_spec("pypsa"):
        against_pypsa(own)
    if find_spec("pandapower"):
        for network in (own, random_network()):
            against_pandapower(network)
