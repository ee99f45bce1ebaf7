"""Appraise: choose the design, size the campus, run the money, say what binds."""

from collections.abc import Hashable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from climate.cooling.capex import plant_capex
from data import World
from data.assumptions.finance import FinanceBook
from data.assumptions.rooms import Assumptions
from grid import electricity
from siting.design import choose, options
from siting.finance import (
    Appraisal,
    CashInputs,
    CashTerms,
    Clocks,
    Debt,
    appraise_cash,
    draw_up,
    tax_terms,
)
from siting.finance.levels import levelised
from siting.scenario import Scenario
from siting.words import words


def appraise(
    facts: xr.Dataset, scenario: Scenario, world: World, a: Assumptions
) -> xr.Dataset:
    """Return every metric of every site from the joined rooms.

    Parameters
    ----------
    facts : Dataset
        What `physics` returns: dims site, option, system, hub, tariff_class.
    scenario : Scenario
    world : World
        For the tax regimes.
    a : Assumptions

    Returns
    -------
    Dataset
        Dims site, and year or hub where a metric has one.
    """
    facts = facts.assign(
        cooling_capex_usd_per_kw_it=plant_capex(facts, scenario.cooling, a.cooling)
    )
    pairs = options(facts, scenario, a)
    whole = facts.drop_dims("tariff_class").merge(pairs, join="exact", compat="equals")
    built = picked(whole, best_pairs(whole, world, scenario, a))
    money = priced(built, world, scenario, a)
    told = built.assign(_money(money))
    told = told.assign(derived(told, world, scenario, a))
    told = told.assign(supplied(told, scenario, a))
    return told.assign(words(told, scenario))


def best_pairs(
    whole: xr.Dataset, world: World, scenario: Scenario, a: Assumptions
) -> xr.Dataset:
    """Return the pair of connection and cooling each site builds, as `choose` does."""
    inputs, book = cash_inputs(whole, world, scenario, a), finance_book(world, a)
    ledger = draw_up(inputs, book, cash_terms(scenario))
    cost = levelised(ledger, inputs, book)["lcoc_usd_per_kw_month"]
    prices = whole["it_mw"].copy(data=cost)
    return choose(_in_tier(whole), prices, whole["admissible"])


def priced(
    built: xr.Dataset,
    world: World,
    scenario: Scenario,
    a: Assumptions,
    debt: Debt | None = None,
) -> Appraisal:
    """Return what the money says of designs, on the dimensions of their `it_mw`.

    A loan given, such as that of the same sites at the centre, is held; without one
    each case is lent on its own cash flow.
    """
    dims = built["it_mw"].dims
    book = laid_out(finance_book(world, a), dims)
    inputs = cash_inputs(built, world, scenario, a)
    return appraise_cash(inputs, book, cash_terms(scenario), debt)


def _in_tier(whole: xr.Dataset) -> xr.DataArray:
    """Return the IT megawatts of pairs that have the tier, or of all where none has."""
    met = whole["tier_met"] & (whole["it_mw"] > 0)
    any_met = met.any(["option", "system"])
    return whole["it_mw"].where(met | ~any_met, 0.0)


def cash_terms(scenario: Scenario) -> CashTerms:
    """Return what the money needs of the scenario."""
    return CashTerms(
        decision=scenario.campus.decision_date,
        role=scenario.finance.role,
        contract=scenario.finance.contract,
        rent_usd_per_kw_month=scenario.finance.rent_usd_per_kw_month,
        gpu_usd_per_hour=scenario.finance.gpu_usd_per_hour,
        debt=scenario.finance.debt,
    )


def cash_inputs(
    whole: xr.Dataset, world: World, scenario: Scenario, a: Assumptions
) -> CashInputs:
    """Return what the physics hands to the money, as arrays of one layout.

    Before the choice the layout is (site, option, system), after it (site), of draws
    (draw, site).
    """
    dims = whole["it_mw"].dims

    def laid(values: xr.DataArray) -> NDArray[np.float64]:
        return values.broadcast_like(whole["it_mw"]).transpose(*dims).to_numpy()

    def given(number: float) -> NDArray[np.float64]:
        return laid(xr.DataArray(number))

    it_mw = whole["it_mw"]
    regimes = whole["tax_regime"].to_numpy().astype(object)
    tax = tax_terms(
        world.tables["tax_regimes"],
        regimes.reshape([-1 if dim == "site" else 1 for dim in dims]),
        scenario.campus.decision_date,
        laid_out(a.finance, dims),
    )
    months = whole["months_to_power"].where(it_mw > 0)
    water_m3 = whole["water_m3_per_mw_year"] * it_mw
    year = scenario.campus.year
    charge = electricity.connection_charge_usd(
        whole["facility_mw"], whole["connection_kv"], whole["tax_regime"], world, year
    )
    standing = xr.zeros_like(it_mw) + electricity.standing_usd_per_year(
        world, a.power, year
    )
    return CashInputs(
        it_mw=laid(it_mw.where(it_mw > 0)),
        utilisation=given(whole.attrs["utilisation"]),
        clocks=Clocks(
            grid_months=laid(months),
            building_months=given(a.campus.building_months),
            permit_months=given(a.campus.permit_months),
            licence_months=given(a.campus.licence_months),
        ),
        cooling_capex_usd=laid(1000.0 * it_mw * whole["cooling_capex_usd_per_kw_it"]),
        connection_capex_usd=laid(whole["connection_capex_usd"]),
        second_feed_capex_usd=laid(whole["second_feed_capex_usd"]),
        generators_usd=laid(whole["generators_usd"]),
        connection_charge_usd=laid(charge),
        fibre_capex_usd=laid(whole["fibre_capex_usd"]),
        energy_usd_per_year=laid(
            paid(whole["bill_usd_per_year"], whole["tax_regime"], world, a)
        ),
        standing_usd_per_year=laid(paid(standing, whole["tax_regime"], world, a)),
        water_azn_per_year=laid(water_m3 * a.campus.water_tariff_azn_per_m3),
        land_ha=laid(it_mw * a.campus.hectare_per_mw),
        azn_per_usd=given(a.power.azn_per_usd),
        tax=tax,
    )


def paid(
    bill: xr.DataArray, regime: xr.DataArray | str, world: World, a: Assumptions
) -> xr.DataArray:
    """Return a power bill as the campus bears it: VAT only where it is not recovered.

    ``paid = tabled / (1 + i·s) · (1 + v·(1 − r))`` with the standard VAT rate s, the
    rate v on supplies to the regime, i whether the table includes VAT, and r the
    share of input VAT recovered.

    Parameters
    ----------
    bill : DataArray
        As tabled [USD].
    regime : DataArray of str, or str
        Tax regime of each site.
    world : World
    a : Assumptions
    """
    rate = world.tables["tax_regimes"]["supply_vat_pct"].to_dict()
    names = xr.DataArray(regime)
    own = [float(rate[str(name)]) for name in np.ravel(names)]
    vat = names.copy(data=np.reshape(own, names.shape)) / 100.0
    kept = 1.0 + vat * (1.0 - a.finance.vat_recoverable_pct / 100.0)
    return electricity.price_ex_vat(bill, float(rate["standard"]), a.power) * kept


def finance_book(world: World, a: Assumptions) -> FinanceBook:
    """Return the finance book with its reference power price as a campus bears it.

    The all-in contract sets the reference bill against the site's own, so both must
    stand on one basis of VAT: that of the standard regime for the reference.
    """
    tabled = xr.DataArray(a.finance.reference_power_usd_per_mwh)
    borne = paid(tabled, "standard", world, a)
    bare: Any = borne if borne.ndim else borne.item()
    return replace(a.finance, reference_power_usd_per_mwh=bare)


def laid_out(book: FinanceBook, dims: tuple[Hashable, ...]) -> FinanceBook:
    """Return the book with the numbers that are drawn as arrays over some dimensions.

    Parameters
    ----------
    book : FinanceBook
        Floats, or DataArrays over some of the dimensions.
    dims : tuple of str
        Such as draw and site; a number that does not vary along one has size 1 there.
    """
    drawn: dict[str, Any] = {
        field.name: value.expand_dims([d for d in dims if d not in value.dims])
        .transpose(*dims)
        .to_numpy()
        for field in fields(book)
        if isinstance(value := getattr(book, field.name), xr.DataArray)
    }
    return replace(book, **drawn)


def _stressed(
    wue: xr.DataArray, index: xr.DataArray, negligible: float
) -> xr.DataArray:
    """Return water use weighted by stress [L/kWh].

    Use too small to matter under any stress counts as it is; beyond it a basin
    whose stress is not sourced leaves the figure absent.
    """
    return (wue * index).where((wue >= negligible) | index.notnull(), wue)


def picked(whole: xr.Dataset, best: xr.Dataset) -> xr.Dataset:
    """Return each site's own pair: options and systems become facts of the site."""
    own = xr.DataArray(np.arange(whole.sizes["site"]), dims="site")
    at = whole.isel(site=own, option=best["option"], system=best["system"])
    labels = {"option": "connection_option", "system": "cooling_system"}
    return at.rename(labels).reset_coords(list(labels.values()))


def _money(money: Appraisal) -> xr.Dataset:
    by_site = {name: ("site", value) for name, value in money.measures.items()}
    by_year = {
        name: (("site", "year"), np.broadcast_to(value, _yearly_shape(money, by_site)))
        for name, value in money.yearly.items()
    }
    return xr.Dataset({**by_site, **by_year}, coords={"year": money.years})


def _yearly_shape(
    money: Appraisal, by_site: dict[str, tuple[str, NDArray[np.float64]]]
) -> tuple[int, int]:
    return len(next(iter(by_site.values()))[1]), money.years.size


def derived(
    told: xr.Dataset, world: World, scenario: Scenario, a: Assumptions
) -> dict[str, xr.DataArray]:
    """Return the figures of chosen designs that are one product or quotient away."""
    bill = paid(told["bill_usd_per_year"], told["tax_regime"], world, a)
    upside = paid(
        told["tabled_tariff_upside_usd_per_year"], told["tax_regime"], world, a
    )
    energy = told["energy_mwh_per_year"]
    it_mw, wue = told["it_mw"], told["wue_annual_l_per_kwh"]
    nothing = xr.zeros_like(it_mw)
    return {
        "energy_cost_usd_per_year": bill,
        "tariff_upside_usd_per_year": upside,
        "tariff_upside_expected_usd_per_year": upside
        * a.power.tariff_data_centre_stands_probability,
        "price_usd_per_mwh": bill / energy.where(energy > 0),
        "served_pct": 100.0 * it_mw / scenario.campus.mw,
        "water_stress_l_per_kwh": _stressed(
            wue, told["water_stress_index"], a.campus.water_negligible_l_per_kwh
        ),
        "water_m3_per_year": told["water_m3_per_mw_year"] * it_mw,
        "peak_water_m3_per_day": told["peak_water_m3_per_mw_day"] * it_mw,
        "carbon_t_per_year": energy * told["carbon_location_t_per_mwh"],
        "carbon_hourly_average_t_per_year": energy
        * told["carbon_hourly_average_t_per_mwh"],
        "carbon_hourly_marginal_t_per_year": energy
        * told["carbon_hourly_marginal_t_per_mwh"],
        "carbon_free_pct": told[
            "carbon_free_solar_pct" if scenario.power.ppa else "carbon_free_grid_pct"
        ],
        "routes_permitted": told["routes_europe_node"],
        "land_needed_ha": it_mw * a.campus.hectare_per_mw,
        "study_months": nothing + a.power.time_study_permits_months,
        "works_months": nothing + a.campus.permit_months + a.campus.building_months,
        "licence_months": nothing + a.campus.licence_months,
    }


def supplied(told: xr.Dataset, scenario: Scenario, a: Assumptions) -> xr.Dataset:
    """Return what the tier of supply buys of availability at the chosen design."""
    wanted = electricity.tier_of(scenario.power.tier, scenario.campus.workload)
    bought = electricity.availability(
        told["lateral_km"].where(told["it_mw"] > 0),
        told["second_lateral_km"].where(told["tier_met"]),
        electricity.TIERS[wanted],
        scenario.power.fuel_h,
        a.power,
    )
    return bought.assign(tier=xr.full_like(told["tax_regime"], wanted))
