"""The hall of the published model: losses, heat, air and moisture per kW of IT."""

from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import NamedTuple

from climate.cooling.hall import HEAT_CAPACITY_AIR
from climate.psychrometrics import (
    FloatArray,
    relative_humidity_from_dew_point,
)
from data import load_world
from data.assumptions.cooling import CoolingBook
from data.assumptions.lei_compat import LeiCompatBook


class State(NamedTuple):
    """Outdoor air, or the sea: arrays of one shape."""

    temp: FloatArray
    """Dry bulb, or sea temperature [degC]."""
    humidity: FloatArray
    """Relative humidity [%]."""
    pressure: FloatArray
    """Station pressure [Pa]."""


class Demand(NamedTuple):
    """What a case needs of its grid and its taps, per kW of IT."""

    power: FloatArray
    """All power but the IT's own [kW]."""
    water: FloatArray
    """Fresh water [L/h]."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall of 1 kW of IT in the published model."""

    losses: float
    """UPS, distribution and lighting [kW]."""
    heat: float
    """Sensible heat [kW]."""
    load: float
    """Load of the coils, latent heat included [kW]."""
    air_flow: float
    """Moist air through the hall [kg/s]."""
    moisture: float
    """Water put back where coils dry the air [L/h]."""


@cache
def published() -> tuple[CoolingBook, LeiCompatBook]:
    """Return the cooling book with the published values in it, and those values."""
    book = load_world().book.resolve({})
    known = {field.name for field in fields(CoolingBook)}
    own = {name: v for name, v in asdict(book.lei_compat).items() if name in known}
    return replace(book.cooling, **own), book.lei_compat


def hyperscale(a: CoolingBook, lei: LeiCompatBook) -> Hall:
    """Hall of the cases 1, 2 and seawater."""
    shares = (lei.ups_efficiency, lei.distribution_loss, lei.lighting)
    return _hall(shares, a.air_temperature_rise_k, lei)


def colocation(lei: LeiCompatBook) -> Hall:
    """Hall of case 7."""
    shares = (lei.colo_ups_efficiency, lei.colo_distribution_loss, lei.colo_lighting)
    return _hall(shares, lei.colo_air_temperature_rise_k, lei)


def _hall(
    shares: tuple[float, float, float], rise_k: float, lei: LeiCompatBook
) -> Hall:
    """Losses 1/η_ups + 1/(1 − x_pd) − 2 + x_light; the coils carry heat/SHR."""
    ups, distribution, lighting = shares
    losses = 1.0 / ups + 1.0 / (1.0 - distribution) - 2.0 + lighting
    heat = 1.0 + losses
    load = heat / lei.sensible_heat_ratio
    return Hall(
        losses=losses,
        heat=heat,
        load=load,
        air_flow=heat / (HEAT_CAPACITY_AIR * rise_k),
        moisture=3600.0 * (load - heat) / lei.room_latent_heat_kj_per_kg,
    )


def mid_humidity(
    supply_c: float, lowest_pct: float, highest_pct: float, a: CoolingBook
) -> float:
    """Middle of the supply air's window of relative humidity [%].

    The published code draws it at random within the narrower of the relative and the
    dew-point limits; the published figures take the middle.
    """
    low, high = (
        float(relative_humidity_from_dew_point(supply_c, dew_point))
        for dew_point in (a.airside_dew_point_low_c, a.airside_dew_point_high_c)
    )
    return 0.5 * (max(lowest_pct, low) + min(highest_pct, high))


def fan_per_volume(pressure_pa: float, efficiency: float) -> float:
    """Fan power per m³/s of air [kW]."""
    return pressure_pa / efficiency / 1000.0


def mist_pump(hall: Hall, a: CoolingBook) -> float:
    """Pump that sprays back the moisture the coils take out [kW]."""
    volume = hall.moisture / 3600.0 / 1000.0
    return volume * a.airside_mist_pressure_pa / a.pump_efficiency / 1000.0
