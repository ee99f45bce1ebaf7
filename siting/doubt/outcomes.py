"""Outcomes: dates, megawatts, money and score of every site in every draw.

The cheap half of the model, the very functions of the ranking, over draws × sites:
what the rooms answer is predicted, what follows from it is computed. Blocks of draws
run side by side, so that memory does not grow with their number.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.rooms import Assumptions
from grid.electricity.prices import MIRRORS
from siting.appraisal import derived, priced, supplied
from siting.design import options
from siting.doubt import OUTCOMES
from siting.doubt.centre import Centre
from siting.doubt.draws import in_force
from siting.doubt.events import TARIFF, Event, state_of
from siting.doubt.responses import WORKERS, Rooms, predict
from siting.doubt.station import room_of, stations_of
from siting.finance import Debt
from siting.ranking import group_scores, total_score, value
from siting.trunk import exact_labels

Array = NDArray[np.float64]
Values = Mapping[str, xr.DataArray]

BLOCK: Final = 1000
"""Draws at a time."""
NETWORKS: Final = "drawn networks"
"""What the quantile of the drawn networks is called among the numbers."""
NETWORK: Final = ("grid_firm_mw_p10", "grid_firm_mw_p50", "grid_firm_mw_p90")


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Everything draws are turned into outcomes with."""

    centre: Centre
    rooms: Rooms
    events: list[Event]
    states: dict[str, xr.DataArray]
    """Figures of fibre by state of its events (state, site)."""
    debt: Debt | None
    """Loans of the designs, sized once at the centre and held in every draw."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Numbers, networks and events of some draws."""

    values: dict[str, xr.DataArray]
    """(draw) or (draw, site) by name of the book."""
    network: Array
    """(draw, site) quantile of the drawn networks a site meets."""
    happens: dict[str, NDArray[np.bool_]]
    """(draw,) by event."""

    @property
    def count(self) -> int:
        """Number of draws."""
        return len(self.network)

    def part(self, draws: slice) -> "Drawn":
        """Return some of the draws."""
        values = {name: array.isel(draw=draws) for name, array in self.values.items()}
        happens = {name: on[draws] for name, on in self.happens.items()}
        return Drawn(values, self.network[draws], happens)


def outcomes(basis: Basis, drawn: Drawn) -> xr.Dataset:
    """Return the outcomes of every draw and site.

    Returns
    -------
    Dataset
        (draw, site) of `OUTCOMES`, and `served_pct`. NaN where nothing can be built.

    Notes
    -----
    Time grows with draws × sites × years; memory with draws × sites.
    """
    blocks = [slice(i, i + BLOCK) for i in range(0, drawn.count, BLOCK)]
    with exact_labels(), ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(lambda some: _block(basis, drawn.part(some)), blocks))
    whole = xr.concat(parts, dim="draw", join="exact")
    return whole.assign_coords(site=basis.centre.facts["site"].to_numpy())


def _block(basis: Basis, drawn: Drawn) -> xr.Dataset:
    centre = basis.centre
    a = in_force(centre.a, dated(centre, with_events(basis, drawn)))
    facts = facts_of(basis, drawn, a)
    pairs = options(facts, centre.scenario, a)
    whole = facts.drop_dims("tariff_class").merge(pairs, join="exact", compat="equals")
    whole = with_tariff(whole, basis.events, drawn)
    told = told_of(whole, basis, a)
    dims = whole["it_mw"].dims
    told = told.assign(score=(dims, scores(told, centre)))
    kept = (*OUTCOMES, "served_pct")
    return xr.Dataset({n: (dims, _laid(told[n], told["it_mw"])) for n in kept})


def told_of(whole: xr.Dataset, basis: Basis, a: Assumptions) -> xr.Dataset:
    """Return designs with their money and every figure that a criterion asks for."""
    centre = basis.centre
    asked = {c.metric for c in centre.scenario.preferences.criteria}
    money = priced(whole, centre.world, centre.scenario, a, basis.debt).measures
    dims = whole["it_mw"].dims
    kept = {n: (dims, v) for n, v in money.items() if n in OUTCOMES or n in asked}
    told = whole.assign(kept)
    told = told.assign(derived(told, centre.world, centre.scenario, a))
    if asked <= set(told):
        return told
    return told.assign(supplied(told, centre.scenario, a))


def with_events(basis: Basis, drawn: Drawn) -> dict[str, xr.DataArray]:
    """Return the numbers drawn, those that an event sets put in their place."""
    values = dict(drawn.values)
    tabled = basis.centre.world.tables["parameters"]["value"]
    for event in basis.events:
        for key, text in event.settings:
            if key in tabled.index:
                happens = xr.DataArray(drawn.happens[event.event_id], dims="draw")
                own = values.get(key, xr.DataArray(float(tabled[key])))
                values[key] = own.where(~happens, float(text))
    return values


def dated(centre: Centre, values: Values) -> dict[str, xr.DataArray]:
    """Return the numbers drawn, tariffs among them scaled to the row of the year [1].

    ``row of the year · drawn / tabled``, as the ranking does with an override.
    """
    tabled = centre.world.tables["parameters"]["value"]
    mirrored = {
        f"power.tariff.{name.removeprefix('tariff_')}": name for name in MIRRORS
    }
    return {
        name: drawn * (getattr(centre.a.power, mirrored[name]) / float(tabled[name]))
        if name in mirrored
        else drawn
        for name, drawn in values.items()
    }


def facts_of(basis: Basis, drawn: Drawn, a: Assumptions) -> xr.Dataset:
    """Return what the rooms say of the designs in every draw, (draw, site, …)."""
    centre = basis.centre
    values = with_events(basis, drawn)
    moved = {
        figure: array
        for room in ("air", "line")
        for figure, array in predict(basis.rooms, room, values).items()
    }
    fibre = predict(basis.rooms, "fibre", values)
    at = state_of(basis.events, drawn.happens, drawn.count)
    state = xr.DataArray(at, dims="draw")
    for figure, by_state in basis.states.items():
        moved[figure] = by_state.isel(state=state)
        if figure in fibre:  # of nothing, and of no way at all, there is no ratio
            moved[figure] *= (fibre[figure] / by_state.isel(state=0)).fillna(1.0)
    for figure in ("rtt_europe_ms", "rtt_central_asia_ms"):
        reached = centre.facts[figure].notnull()  # noqa: PD004 - xarray
        moved[figure] = moved[figure].fillna(np.inf).where(reached)
    facts = centre.facts.assign({n: array.clip(min=0.0) for n, array in moved.items()})
    facts = facts.assign(_settled(facts, basis, drawn, a))
    load = getattr(a.campus, f"utilisation_{centre.scenario.campus.workload}")
    return facts.assign_attrs({**centre.facts.attrs, "utilisation": load})


def _settled(
    facts: xr.Dataset, basis: Basis, drawn: Drawn, a: Assumptions
) -> dict[str, xr.DataArray]:
    """Return the facts that follow from numbers in closed form."""
    centre = basis.centre
    free = _free_land(facts, centre, a)
    grid = network_mw(centre.facts, drawn.network)
    room = room_of(stations_of(centre), a.power)
    able = room["transformer_firm_mw"]
    firm: xr.DataArray = xr.apply_ufunc(np.fmin, able, grid)
    share = a.power.carbon_location_t_per_mwh
    blank = xr.zeros_like(facts["transformer_firm_mw"])
    return {
        "land_free_ha": free,
        "land_mw": free / a.campus.hectare_per_mw,
        **room,
        "firm_mw": firm.where(able.notnull()),  # noqa: PD004 - xarray
        "bill_usd_per_mw_year": facts["bill_usd_per_mw_year"] * tariffs(centre, a),
        "carbon_location_t_per_mwh": blank + share,
    }


def _free_land(facts: xr.Dataset, centre: Centre, a: Assumptions) -> xr.DataArray:
    """Return the land free to lease: as offered, else a share of the gross area."""
    free = facts["land_free_ha"]
    offered = centre.sites.get("land_offered_ha")
    if offered is None:
        return free * (a.campus.land_free_pct / centre.a.campus.land_free_pct)
    known = xr.DataArray(offered.notna().to_numpy(dtype=bool), dims="site")
    part = a.campus.land_free_pct / centre.a.campus.land_free_pct
    return free * (known + ~known * part)


def network_mw(facts: xr.Dataset, quantile: Array) -> xr.DataArray:
    """Return what the network lets a site draw at a quantile of the drawn networks.

    Straight between P10, P50 and P90, and on beyond them with the same slope.
    """
    low, middle, high = (facts[name] for name in NETWORK)
    q = xr.DataArray(quantile, dims=("draw", "site"))
    below = middle + (middle - low) * (q - 0.5) / 0.4
    above = middle + (high - middle) * (q - 0.5) / 0.4
    return below.where(q < 0.5, above).clip(min=0.0)


def tariffs(centre: Centre, a: Assumptions) -> xr.DataArray:
    """Return a class's price over that of the centre, (tariff_class, …) [1]."""
    old, new = centre.a.power, a.power
    bill = centre.facts["bill_usd_per_mw_year"]
    usual = bill.sel(tariff_class="industrial", drop=True)
    special = bill.sel(tariff_class="data_centre", drop=True)
    night, day = (
        getattr(old, f"tariff_data_centre_{zone}_azn_per_kwh")
        for zone in ("night", "day")
    )
    mean = special / usual * old.tariff_industrial_azn_per_kwh
    by_day = (mean - night) / (day - night) if day != night else xr.ones_like(mean)
    drawn = by_day * new.tariff_data_centre_day_azn_per_kwh
    drawn = drawn + (1.0 - by_day) * new.tariff_data_centre_night_azn_per_kwh
    rate = new.azn_per_usd / old.azn_per_usd
    industrial = new.tariff_industrial_azn_per_kwh / old.tariff_industrial_azn_per_kwh
    whole = xr.zeros_like(usual)
    each = {"industrial": whole + industrial, "data_centre": whole + drawn / mean}
    joined = [each[str(name)] for name in bill["tariff_class"].to_numpy()]
    ratio: xr.DataArray = xr.concat(joined, dim=bill["tariff_class"], join="exact")
    return ratio / rate


def with_tariff(whole: xr.Dataset, events: list[Event], drawn: Drawn) -> xr.Dataset:
    """Return the designs with the bill of the data-centre row where it stands."""
    row = [e.event_id for e in events if any(key == TARIFF for key, _ in e.settings)]
    if not row:
        return whole
    stands = xr.DataArray(drawn.happens[row[0]], dims="draw")
    saved = whole["tabled_tariff_upside_usd_per_year"] * stands
    return whole.assign(bill_usd_per_year=whole["bill_usd_per_year"] - saved)


def scores(told: xr.Dataset, centre: Centre) -> Array:
    """Return (draw, site) the score of every draw, as the ranking gives it."""
    preferences = centre.scenario.preferences
    whole = told["it_mw"]
    criteria = tuple(c for c in preferences.criteria if c.metric in told)
    columns = {
        c.metric: value(c, _laid(told[c.metric], whole).ravel().astype(float))
        for c in criteria
    }
    groups, _ = group_scores(pd.DataFrame(columns), criteria, preferences)
    return total_score(groups, preferences).to_numpy().reshape(whole.shape)


def _laid(figure: xr.DataArray, like: xr.DataArray) -> NDArray[np.float64]:
    return figure.broadcast_like(like).transpose(*like.dims).to_numpy()
