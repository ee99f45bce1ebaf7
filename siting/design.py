"""The design of each site: cooling × connection × step at least levelised cost.

With grid supply alone the choice is closed form: every pair is priced, the pairs
that deliver most of the megawatts asked for are kept, and the cheapest of them wins.
"""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from data.assumptions.rooms import Assumptions
from grid import electricity
from siting.scenario import Scenario

LIMITS: Final = ("asked", "power", "cooling", "land")
"""What can hold the IT megawatts down, in the order a tie is named."""

PAIRS: Final = ("site", "option", "system")
"""Layout of what is priced before the choice; after it the site alone is left."""


def energy_bill(cooling: xr.Dataset, a: Assumptions, utilisation: float) -> xr.Dataset:
    """Return a year's energy and bill of one contracted MW of IT, by tariff class.

    ``energy = Σ_t u · PUE_t``, priced hour by hour so that hot hours cost what they
    cost. The weakest month decides whether a tariff class is kept.

    Parameters
    ----------
    cooling : Dataset
        Hourly `pue` (site, system, time).
    a : Assumptions
    utilisation : float
        Mean IT load over IT capacity [1].

    Returns
    -------
    Dataset
        `energy_mwh_per_mw_year`, `min_month_mwh_per_mw` (site, system) and
        `bill_usd_per_mw_year` (tariff_class, site, system), VAT as tabled.
    """
    load = utilisation * cooling["pue"]
    time = cooling["time"].to_numpy()
    years = time.size / 8760.0
    zone = electricity.zone_energy(load, a.power) / years
    price = electricity.zone_prices(a.power)
    month = time.astype("datetime64[M]").astype(np.int64)
    starts = np.flatnonzero(np.diff(month, prepend=month[0] - 1))
    axis = load.get_axis_num("time")
    monthly = np.add.reduceat(load.to_numpy(), starts, axis=axis)
    weakest = (tuple(d for d in load.dims if d != "time"), monthly.min(axis=axis))
    return xr.Dataset(
        {
            "energy_mwh_per_mw_year": zone.sum("zone"),
            "min_month_mwh_per_mw": weakest,
            "bill_usd_per_mw_year": zone.dot(price, dim="zone"),
        }
    )


def connection_per_mw(facts: xr.Dataset, a: Assumptions) -> xr.DataArray:
    """Return the grid connection ordered per MW of IT (site, system) [1].

    ``max(design day without water, design day with water, any hour) · (1 + margin)``:
    with no trim chiller the dry case can draw less, because heat goes unmet, and
    towers draw most when the air is most humid, which is not when it is hottest.
    """
    cases = ("pue_peak", "pue_peak_wet", "pue_max")
    peaks = xr.concat([facts[case] for case in cases], dim="case", join="exact")
    return peaks.max("case", skipna=False) * (1.0 + a.campus.connection_margin)


def facility_wanted_mw(
    cooling: xr.Dataset, land_mw: xr.DataArray, asked_mw: float, a: Assumptions
) -> NDArray[np.float64]:
    """Return the connection each site would order for all it can use (site,) [MW].

    That of the hungriest admissible cooling system; NaN where none is.

    Parameters
    ----------
    cooling : Dataset
        Design-day figures and `admissible`, (site, system).
    land_mw : DataArray
        IT load that the land carries (site,) [MW]; NaN limits nothing.
    asked_mw : float
        IT load asked for [MW].
    """
    usable = connection_per_mw(cooling, a).where(cooling["admissible"])
    most = np.fmin(land_mw.to_numpy(), asked_mw)
    return np.asarray(most * usable.max("system").to_numpy())


def limits(facts: xr.Dataset, scenario: Scenario, a: Assumptions) -> xr.DataArray:
    """Return the IT megawatts each limit allows.

    * power: firm MW ÷ the connection ordered per MW of IT;
    * cooling: the MW asked for less the design-day derate, where there is one;
    * land: free hectares ÷ hectares per MW.

    Parameters
    ----------
    facts : Dataset
        The joined rooms: `firm_mw` (site, option), `pue_peak`, `derate_pct`
        (site, system), `land_mw` (site).
    scenario : Scenario
    a : Assumptions

    Returns
    -------
    DataArray
        (limit, site, option, system) [MW]; NaN where the datum is absent, which
        limits nothing. An option without a substation, and a system that the
        workload cannot use, allow zero.
    """
    asked = scenario.campus.mw
    power = facts["firm_mw"].fillna(0.0) / connection_per_mw(facts, a)
    derate = facts["derate_pct"]
    cooling = (asked * (1.0 - derate / 100.0)).where(derate > 0)
    cooling = cooling.where(facts["admissible"], 0.0)
    parts = [xr.full_like(power, asked), power, cooling, facts["land_mw"]]
    stacked = xr.concat(
        [part.broadcast_like(power) for part in parts], dim="limit", join="exact"
    )
    return stacked.assign_coords(limit=list(LIMITS)).transpose(
        "limit", ..., *PAIRS, missing_dims="ignore"
    )


def tier(scenario: Scenario) -> electricity.Backup:
    """Return what the tier asked for, or that of the workload, puts behind the grid."""
    wanted = electricity.tier_of(scenario.power.tier, scenario.campus.workload)
    return electricity.TIERS[wanted]


def options(facts: xr.Dataset, scenario: Scenario, a: Assumptions) -> xr.Dataset:
    """Return every pair of connection and cooling, sized, dated and priced.

    Parameters
    ----------
    facts : Dataset
        The joined rooms.
    scenario : Scenario
    a : Assumptions

    Returns
    -------
    Dataset
        (site, option, system): `it_mw`, `facility_mw` [MW], `connection_capex_usd`,
        `months_to_power`, `tariff_class`, `energy_mwh_per_year`, `bill_usd_per_year`
        `tabled_tariff_upside_usd_per_year` (VAT as tabled), `next_limit_mw`; `binding`,
        the name of the limit; what `electricity.backup_cost` returns.
    """
    allowed = limits(facts, scenario, a)
    bounded = allowed.fillna(np.inf)
    it_mw = bounded.min("limit")
    facility = it_mw * connection_per_mw(facts, a)
    beyond = bounded.drop_sel(limit="asked")
    served = facility.where(it_mw > 0)
    connection = electricity.offer(facts, served, a.power)
    behind = electricity.backup_cost(
        facts, served, tier(scenario), scenario.power.fuel_h, a.power
    )
    weakest = facts["min_month_mwh_per_mw"] * it_mw / 1000.0
    stands = scenario.power.data_centre_tariff
    kind = electricity.tariff_class(weakest, facts["connection_kv"], stands, a.power)
    bill = facts["bill_usd_per_mw_year"]
    special = bill.sel(tariff_class="data_centre", drop=True)
    usual = bill.sel(tariff_class="industrial", drop=True)
    per_mw = special.where(kind == "data_centre", usual)
    if_stood = electricity.tariff_class(
        weakest, facts["connection_kv"], stands=True, a=a.power
    )
    worth = (usual - special).where(if_stood == "data_centre", 0.0)
    return (
        connection.merge(behind, join="exact", compat="equals")
        .assign(
            it_mw=it_mw,
            facility_mw=facility,
            binding=bounded.idxmin("limit").astype(object),
            next_limit=beyond.idxmin("limit").astype(object),
            next_limit_mw=beyond.min("limit"),
            tariff_class=kind,
            energy_mwh_per_year=facts["energy_mwh_per_mw_year"] * it_mw,
            bill_usd_per_year=per_mw * it_mw,
            tabled_tariff_upside_usd_per_year=worth * it_mw,
        )
        .transpose(..., *PAIRS, missing_dims="ignore")
    )


def choose(
    it_mw: xr.DataArray, cost: xr.DataArray, admissible: xr.DataArray
) -> xr.Dataset:
    """Return the pair each site builds.

    Of the pairs that deliver the most megawatts, the one of least levelised cost;
    the first on a tie.

    Parameters
    ----------
    it_mw : DataArray
        (site, option, system) [MW].
    cost : DataArray
        Levelised cost of the same pairs; NaN is never chosen while another stands.
    admissible : DataArray of bool
        Systems (system, perhaps by site) the workload can use: where nothing can be
        built, the pair named is one that failed for another reason if there is one.

    Returns
    -------
    Dataset
        (site): `option` and `system`, integer positions.
    """
    pairs = {"pair": ("option", "system")}
    mw = it_mw.stack(pairs, create_index=False)
    usable = admissible.broadcast_like(it_mw).transpose(*it_mw.dims)
    without = cost.copy(data=np.where(usable.to_numpy(), 1e300, 2e300))
    price = cost.fillna(without).stack(pairs, create_index=False)
    best = price.where(mw >= mw.max("pair") * (1.0 - 1e-9), np.inf).argmin("pair")
    systems = it_mw.sizes["system"]
    return xr.Dataset({"option": best // systems, "system": best % systems})
