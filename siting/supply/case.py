"""One site with one cooling system under one tariff class: its hours and prices."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.assumptions.rooms import Assumptions
from data.choices import SupplyChoices
from grid.electricity.tariff import BAKU_UTC_OFFSET_H
from siting.supply.costs import contract_usd_per_mw
from siting.supply.inputs import Inputs, hours_of
from siting.supply.pairs import Pair, firm_room
from siting.supply.programme import Array
from siting.trunk import utilisation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One site with one cooling system under one tariff class."""

    load: Array
    """Load of the facility, hour by hour [MW]."""
    spare: Array
    """What the facility could take beyond it at full IT load [MW]."""
    solar: Array
    wind: Array
    """Output per MW [1]."""
    price: Array
    """Grid energy as the campus bears it [USD/MWh]."""
    month: npt.NDArray[np.intp]
    """Month of each hour, counted from the first."""
    midnight: npt.NDArray[np.bool_]
    """Hours that end a local day."""
    need_mw: float
    """Connection the design day asks for [MW]."""
    contract_mw: float
    """Most the grid can be contracted for [MW]."""
    contract_usd_per_mw: float
    """Yearly cost of a contracted MW [USD/MW-year]."""
    month_mwh: float
    """Least import of every month, zero where the class asks for none [MWh]."""
    gas_usd_per_mwh_th: float
    a: Assumptions
    choices: SupplyChoices

    @property
    def years(self) -> float:
        """Years the hours stand for."""
        return self.load.size / 8760.0


def emissions(case: Case) -> dict[str, float]:
    """Return the CO2 of a MWh from grid and engines [t/MWh]."""
    efficiency = case.a.supply.gas_efficiency_pct / 100.0
    gas = case.a.power.gas_co2_t_per_mwh_th / efficiency
    return {"grid": case.a.power.carbon_location_t_per_mwh, "gas": gas}


def unclean(case: Case) -> dict[str, float]:
    """Return the part of a MWh that is not carbon-free [1]."""
    return {"grid": 1.0 - case.a.supply.grid_carbon_free_pct / 100.0, "gas": 1.0}


def gas_usd_per_mwh(case: Case) -> float:
    """Return what a MWh from the engines costs beside their capacity [USD/MWh]."""
    s = case.a.supply
    return case.gas_usd_per_mwh_th / (s.gas_efficiency_pct / 100.0) + s.gas_usd_per_mwh


def case_of(given: Inputs, pair: Pair) -> Case:
    """Return the hours and prices of one pair."""
    site, system, tariff_class = pair.site, pair.system, pair.tariff_class
    own, a, choices = given.facts.sel(site=site), given.a, given.scenario.supply
    at = own.sel(system=system)
    load = utilisation(given.scenario, a)
    pue = given.pue.sel(site=site, system=system).to_numpy().astype(float)
    it_mw = given.scenario.campus.mw
    time = given.pue["time"].to_numpy()
    month = time.astype("datetime64[M]").astype(np.intp)
    local = (time.astype("datetime64[h]").astype(np.intp) + BAKU_UTC_OFFSET_H) % 24
    need = float(at["need_mw"])
    special = tariff_class == "data_centre"
    return Case(
        load=it_mw * load * pue,
        spare=it_mw * (1.0 - load) * pue,
        solar=np.nan_to_num(hours_of(given.solar, site)),
        wind=np.nan_to_num(hours_of(given.wind, site)),
        price=float(own["borne"])
        * given.price.sel(tariff_class=tariff_class).to_numpy().astype(float),
        month=month - month[0],
        midnight=local == 23,
        need_mw=need,
        contract_mw=firm_room(own, pair.option, need) if pair.option else 0.0,
        contract_usd_per_mw=contract_usd_per_mw(a),
        month_mwh=1000.0 * a.power.tariff_data_centre_min_gwh_per_month * special,
        gas_usd_per_mwh_th=float(own["gas_usd_per_mwh_th"]),
        a=a,
        choices=choices,
    )
