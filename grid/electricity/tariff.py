"""What a megawatt-hour costs: tariff classes, the two-zone clock, VAT.

The zones switch on the clock of Baku, UTC+4 all year since 2016; weather and loads
are in UTC. The hour that starts at a time stamp is priced by that stamp.
"""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from data.assumptions.power import PowerBook

CLASSES: Final = ("industrial", "data_centre")
ZONES: Final = ("day", "night")
BAKU_UTC_OFFSET_H: Final = 4  # no daylight saving; future years keep it


def is_day(time: ArrayLike, a: PowerBook) -> NDArray[np.bool_]:
    """Return whether each hour is priced in the day zone.

    ``day_from ≤ (UTC hour + 4) mod 24 < day_to``

    Parameters
    ----------
    time
        Time stamps in UTC.
    a
        Hours at which the zones switch, local clock.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> clock = SimpleNamespace(tariff_day_from_hour=8.0, tariff_day_to_hour=22.0)
    >>> is_day(["2029-01-01T03:00", "2029-01-01T04:00"], clock).tolist()
    [False, True]
    """
    stamps = np.asarray(time, dtype="datetime64[s]")
    hours = stamps.astype(np.int64) / 3600.0
    local = (hours + BAKU_UTC_OFFSET_H) % 24.0
    day: NDArray[np.bool_] = (local >= a.tariff_day_from_hour) & (
        local < a.tariff_day_to_hour
    )
    return day


def zone_prices(a: PowerBook) -> xr.DataArray:
    """Return the tabled price of each class in each zone.

    Parameters
    ----------
    a
        Tariffs [AZN/kWh] and exchange rate [AZN/USD].

    Returns
    -------
    DataArray
        (tariff_class, zone) [USD/MWh], VAT as tabled.
    """
    azn_per_kwh = np.array(
        [
            [a.tariff_industrial_azn_per_kwh] * 2,
            [
                a.tariff_data_centre_day_azn_per_kwh,
                a.tariff_data_centre_night_azn_per_kwh,
            ],
        ]
    )
    return xr.DataArray(
        azn_per_kwh * 1000.0 / a.azn_per_usd,
        dims=("tariff_class", "zone"),
        coords={"tariff_class": list(CLASSES), "zone": list(ZONES)},
        name="price_usd_per_mwh",
        attrs={"units": "USD/MWh"},
    )


def prices(time: ArrayLike, a: PowerBook) -> xr.DataArray:
    """Return the tabled price of each class in each hour.

    Parameters
    ----------
    time
        Time stamps in UTC.
    a
        The power room's book.

    Returns
    -------
    DataArray
        (tariff_class, time) [USD/MWh], VAT as tabled.
    """
    zone = np.where(is_day(time, a), 0, 1)
    hourly = zone_prices(a).isel(zone=xr.DataArray(zone, dims="time")).drop_vars("zone")
    stamps = np.asarray(time, dtype="datetime64[ns]")
    priced: xr.DataArray = hourly.assign_coords(time=stamps)
    return priced


def zone_energy(energy: xr.DataArray, a: PowerBook) -> xr.DataArray:
    """Return energy summed by tariff zone, so that a bill is two products.

    ``bill = Σ_zone energy[zone] · price[zone]``: a year of hours times prices gives
    the same.

    Parameters
    ----------
    energy
        With a `time` dimension in UTC, any others besides [MWh].
    a
        Hours at which the zones switch.

    Returns
    -------
    DataArray
        The other dimensions and `zone`, in the unit of `energy`.
    """
    day = xr.DataArray(is_day(energy["time"].values, a).astype(float), dims="time")
    daytime = energy.dot(day, dim="time")
    both = xr.concat([daytime, energy.sum("time") - daytime], dim="zone")
    split: xr.DataArray = both.assign_coords(zone=list(ZONES))
    return split


def flat_price(a: PowerBook) -> xr.DataArray:
    """Return the price of a load that never varies, by class [USD/MWh].

    Parameters
    ----------
    a
        The power room's book.
    """
    day = (a.tariff_day_to_hour - a.tariff_day_from_hour) / 24.0
    zone = zone_prices(a)
    return day * zone.sel(zone="day", drop=True) + (1.0 - day) * zone.sel(
        zone="night", drop=True
    )


def price_ex_vat(
    price_usd_per_mwh: xr.DataArray | float, vat_pct: float, a: PowerBook
) -> xr.DataArray | float:
    """Return a tabled price without the VAT it includes.

    ``p / (1 + i · VAT)`` where i is 1 if the table includes VAT.

    Parameters
    ----------
    price_usd_per_mwh
        Price as tabled [USD/MWh].
    vat_pct
        VAT rate [%].
    a
        Whether the table includes VAT.
    """
    return price_usd_per_mwh / (1.0 + a.tariff_vat_included * vat_pct / 100.0)


def tariff_class(
    min_monthly_gwh: ArrayLike | xr.DataArray,
    connection_kv: ArrayLike | xr.DataArray,
    stands: bool,
    a: PowerBook,
) -> xr.DataArray:
    """Return the class a customer falls into.

    The data-centre class asks for 5 GWh in every month and feeding at 35 or 110 kV;
    that feeding at a higher voltage qualifies too is our reading. Whether the row of
    2021 still stands is the user's choice.

    Parameters
    ----------
    min_monthly_gwh
        Grid energy of the weakest month [GWh]; NaN never qualifies.
    connection_kv
        Voltage of the connection [kV].
    stands
        True: the data-centre row is in force.
    a
        Thresholds.

    Returns
    -------
    DataArray
        `industrial` or `data_centre`, on the union of the dimensions.
    """
    energy, kv = xr.DataArray(min_monthly_gwh), xr.DataArray(connection_kv)
    qualifies = (
        (energy >= a.tariff_data_centre_min_gwh_per_month)
        & (kv >= a.tariff_data_centre_min_kv)
        & stands
    )
    named = np.where(qualifies.values, "data_centre", "industrial").astype(object)
    chosen: xr.DataArray = qualifies.copy(data=named).rename("tariff_class")
    return chosen
