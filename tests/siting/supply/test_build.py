"""The programme of a case, against one written out independently, hour by hour."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from siting.supply.build import SHORT, programme, sizes
from siting.supply.case import emissions, gas_usd_per_mwh, unclean
from siting.supply.costs import plant_usd_per_mw
from siting.supply.interior import interior
from siting.supply.programme import proven
from siting.supply.referee import referee

# flows: grid, solar, wind, gas, charge, discharge, level, lost
OWNERS = (0, 1, 2, 3, 4, 4, 5)
PLANTS = ("solar", "wind", "gas", "battery power", "battery energy")


def written_out(case, share):
    """The same optimum from scratch, as dense blocks and without elastic parts."""
    hours, a = case.load.size, case.a
    years, way = hours / 8760.0, (a.supply.battery_efficiency_pct / 100.0) ** 0.5
    usd, sure = plant_usd_per_mw(a), a.supply.gas_available_pct / 100.0
    one, none = np.eye(hours), np.zeros((hours, hours))
    sizes_none, flows_none = np.zeros((hours, 6)), np.zeros((1, 8 * hours))
    running = (case.price, 0, 0, gas_usd_per_mwh(case), 0, 0, 0, 10_000.0)
    hourly = np.concatenate([by * np.ones(hours) for by in running]) / years
    yearly = [case.contract_usd_per_mw, *(usd[name] for name in PLANTS)]
    balance = [sign * one for sign in (1, 1, 1, 1, -1, 1, 0, 1)]
    before = np.roll(one, -1, axis=1)  # the level an hour earlier, the first's the last
    kept = [none] * 4 + [-way * one, one / way, one - before, none]
    caps = []
    full = np.ones(hours)
    gives = (full, case.solar, case.wind, sure * full, full, full, full)
    for flow, (owner, given) in enumerate(zip(OWNERS, gives, strict=True)):
        size = sizes_none.copy()
        size[:, owner] = -given
        caps.append(np.hstack([one if i == flow else none for i in range(8)] + [size]))
    firm = np.hstack([flows_none, [[-1.0, 0.0, 0.0, -sure, 0.0, 0.0]]])
    clean = 1.0 - a.supply.grid_carbon_free_pct / 100.0
    weighed = [np.kron(w, full) for w in ((clean, 0, 0, 1, 0, 0, 0, 0), np.eye(8)[7])]
    summed = [np.concatenate([w, np.zeros(6)])[None] for w in weighed]
    energy = case.load.sum()
    most = [np.inf] * (8 * hours) + [case.contract_mw] + [np.inf] * 5
    found = linprog(
        np.concatenate([hourly, yearly]),
        A_ub=np.vstack([*caps, firm, *summed]),
        b_ub=[0.0] * (7 * hours)
        + [-case.need_mw, (1.0 - share) * energy, 0.001 * energy],
        A_eq=np.block([[*balance, sizes_none], [*kept, sizes_none]]),
        b_eq=np.concatenate([case.load, np.zeros(hours)]),
        bounds=[(0.0, top) for top in most],
    )
    return found.fun, found.x[-6:]


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_it_equals_the_programme_written_out(days, share):
    case = days(6, carbon_free_pct=100.0 * share)
    ours = interior(programme(case), 1e-9, 60.0)
    cost, built = written_out(case, share)
    assert ours.objective == pytest.approx(cost, rel=1e-6)
    assert ours.capacity[:6] == pytest.approx(built, abs=0.1)


def test_the_carbon_free_cost_curve_rises(days):
    def cost(pct):
        p = programme(days(14, carbon_free_pct=float(pct)))
        return interior(p, 1e-8, 60.0).objective

    curve = [cost(pct) for pct in (0, 20, 40, 60, 80, 90, 95, 99, 100)]
    assert (np.diff(curve) >= -1e-7 * np.array(curve[1:])).all()
    assert curve[-1] > 1.2 * curve[0]


def test_a_share_of_every_hour_costs_no_less_than_one_of_the_year(days):
    yearly = days(14, carbon_free_pct=50.0)
    hourly = days(14, carbon_free_pct=50.0, carbon_free_hourly=True)
    costs = [interior(programme(c), 1e-8, 60.0).objective for c in (yearly, hourly)]
    assert costs[1] >= costs[0]
    p = programme(hourly)
    found = interior(p, 1e-8, 60.0)
    dirty = sum(
        by * found.flow[p.flows.index(name)] for name, by in unclean(hourly).items()
    )
    assert (dirty <= 0.5 * hourly.load + 1e-3).all()


def test_paused_load_catches_up_by_midnight(days):
    case = days(7, carbon_free_pct=90.0, flexible_pct=30.0)
    stiff = interior(programme(days(7, carbon_free_pct=90.0)), 1e-8, 60.0)
    p = programme(case)
    found = interior(p, 1e-8, 60.0)
    paused, caught = (found.flow[p.flows.index(n)] for n in ("paused", "caught up"))
    by_day = (paused - caught).reshape(-1, 24).sum(axis=1)
    assert paused.sum() > 1.0
    assert by_day == pytest.approx(0.0, abs=1e-3)
    assert (paused <= 0.3 * case.load + 1e-6).all()
    assert (caught <= case.spare + 1e-6).all()
    assert found.objective < stiff.objective


def test_without_storage_it_is_merit_order(days):
    """Given what is built, each hour takes free power, then the cheaper of the rest."""
    case = days(14, technologies=("wind", "gas"), wind_mw=60.0, gas_mw=20.0)
    case = replace(case, contract_mw=70.0, need_mw=80.0, gas_usd_per_mwh_th=15.0)
    p = programme(case)
    found = interior(p, 1e-9, 60.0)
    g, w, e = found.capacity[:3]
    assert p.capacities[:3] == ("contract", "wind", "gas")
    sure = case.a.supply.gas_available_pct / 100.0
    left = np.maximum(case.load - case.wind * w, 0.0)
    gas_cost = gas_usd_per_mwh(case)
    first, second = np.minimum(left, g), np.minimum(left, sure * e)
    grid = np.where(case.price <= gas_cost, first, np.minimum(left - second, g))
    gas = np.minimum(left - grid, sure * e)
    lost = left - grid - gas
    voll = case.a.supply.voll_usd_per_mwh
    running = (case.price * grid + gas_cost * gas + voll * lost).sum()
    cost = running / case.years + p.price[:3] @ found.capacity[:3]
    assert found.objective == pytest.approx(cost, rel=1e-6)


def test_a_carbon_price_is_paid_and_lowers_carbon(days):
    def carbon(price):
        case = days(14, carbon_usd_per_t=price)
        p = programme(case)
        found = interior(p, 1e-8, 60.0)
        flows = dict(zip(p.flows, found.flow.sum(axis=1), strict=True))
        return sum(t * flows[n] for n, t in emissions(case).items()), found.objective

    (free, cheap), (taxed, dear) = carbon(0.0), carbon(100.0)
    assert taxed < free
    assert dear > cheap


def test_what_is_not_allowed_is_not_there(days):
    assert set(sizes(days(2, technologies=()))) == {"contract"}
    assert "contract" not in sizes(days(2, grid=False))
    assert "contract" not in sizes(replace(days(2), contract_mw=0.0))
    assert "solar" not in sizes(days(2, solar_mw=0.0))
    assert sizes(days(2, wind_mw=40.0))["wind"][1] == 40.0
    assert "wind" not in sizes(replace(days(2), wind=np.zeros(48)))
    assert "gas" not in sizes(days(2, carbon_free_pct=100.0))
    assert sizes(days(2, battery_mw=5.0))["battery power"][1] == 5.0


def test_limits_that_cannot_be_met_are_short_by_what_is_missing(days):
    case = replace(days(7, technologies=("wind",)), contract_mw=40.0)
    p = programme(case)
    found = interior(p, 1e-8, 60.0)
    short = dict(zip(p.capacities, found.capacity, strict=True))
    missing = short[SHORT + "firm power"]
    assert missing == pytest.approx(case.need_mw - 40.0, rel=1e-4)


def other_cases(case):
    """Return another load and two other connections, and how near a bound comes."""
    more = replace(case, load=1.03 * case.load, need_mw=1.03 * case.need_mw)
    less = replace(case, contract_mw=case.need_mw - 10.0)
    least = replace(case, contract_mw=0.8 * case.load.min())
    return ((more, 0.99), (less, 0.9), (least, 0.5))


@pytest.mark.parametrize("technologies", [("wind", "gas"), ("wind", "battery")])
def test_one_programme_proves_a_least_cost_of_another(days, technologies):
    """Another load, another connection: never above the optimum, and near it."""
    case = replace(days(7, technologies=technologies), gas_usd_per_mwh_th=60.0)
    known = interior(programme(case), 1e-8, 60.0)
    own = proven(programme(case), known.duals)
    assert own == pytest.approx(known.objective, rel=1e-6)
    for changed, near in other_cases(case):
        other = programme(changed)
        cost = interior(other, 1e-8, 60.0).objective
        assert near * cost <= proven(other, known.duals) <= cost * (1.0 + 1e-6)
    tight = programme(replace(case, contract_mw=case.need_mw - 10.0))
    price = plant_usd_per_mw(case.a)["gas"] if "gas" in technologies else 1e7
    risen = proven(tight, known.duals) - own
    assert 1.0 < risen / 1e6 <= 1e-6 * 10.0 / 0.93 * price


def test_the_prices_of_a_corner_prove_a_least_cost_too(days):
    """Of many corners the solver may name any: the bound holds, near or not."""
    case = replace(days(7, technologies=("wind", "gas")), gas_usd_per_mwh_th=60.0)
    known = referee(programme(case), 60.0)
    own = proven(programme(case), known.duals)
    assert own == pytest.approx(known.objective, rel=1e-6)
    for changed, _ in other_cases(case):
        other = programme(changed)
        least = proven(other, known.duals)
        assert least <= referee(other, 60.0).objective * (1.0 + 1e-6)
