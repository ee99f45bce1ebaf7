"""What every test process shares, alone or beside others."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import settings

from climate.psychrometrics import saturation_pressure, saturation_pressure_over_water

# Tests run in several processes: each keeps to one core and gives the same sums.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# The same examples every time, and no verdict on a slow machine. To look for new ones:
# make test ARGS="--hypothesis-profile=explore"
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("steady")


# --- a known weather, written in every format a source has -------------------------


def truth(moment: pd.DatetimeIndex) -> pd.DataFrame:
    """A smooth weather at any moment in UTC, humidity over water as services state it.

    Hottest at 11 UTC, 15 local time; frost at night in winter; an hour's shift moves
    temperature by up to 1.6 K.
    """
    hour = moment.hour + moment.minute / 60.0
    season = np.cos(2 * np.pi * (moment.day_of_year + hour / 24.0 - 200.0) / 365.0)
    clock = np.cos(2 * np.pi * (hour - 11.0) / 24.0)
    temp = 12.0 + 14.0 * season + 6.0 * clock
    dew = 4.0 + 9.0 * season + 1.0 * clock - 5.0
    sun = np.maximum(np.cos(2 * np.pi * (hour - 8.5) / 24.0), 0.0)
    dni = np.where(sun > 0, 500.0 + 200.0 * season, 0.0)
    return pd.DataFrame(
        {
            "temp_air": temp,
            "dew_water": np.minimum(dew, temp),
            "pressure": 95_000.0 + 400.0 * season,
            "wind_speed": 4.0 + 2.0 * clock,
            "ghi": (600.0 + 200.0 * season) * sun,
            "dni": dni,
            "dhi": 100.0 * sun,
        },
        index=moment,
    )


def humidity_over_water(state: pd.DataFrame) -> np.ndarray:
    wet, dry = (
        saturation_pressure_over_water(state[c]) for c in ("dew_water", "temp_air")
    )
    return 100.0 * wet / dry


def expected(stamps: pd.DatetimeIndex) -> pd.DataFrame:
    """What the model must make of it: half past each hour, humidity over ice in frost."""
    state = truth(stamps + pd.Timedelta(minutes=30))
    vapour = saturation_pressure_over_water(state.pop("dew_water"))
    state["relative_humidity"] = np.minimum(
        100.0 * vapour / saturation_pressure(state["temp_air"]), 100.0
    )
    return state.set_axis(stamps, axis=0)


def year(number: int) -> pd.DatetimeIndex:
    return pd.date_range(
        f"{number}-01-01", f"{number + 1}-01-01", freq="h", inclusive="left"
    )


@cache
def epw(ahead: float = 4.0, altitude: float = 540.0, number: int = 2013) -> str:
    """An EPW text in local standard time: hour 1 ends at 1:00 there."""
    local = year(number)
    end = local + pd.Timedelta(hours=1) - pd.Timedelta(hours=ahead)
    state, sun = truth(end), truth(end - pd.Timedelta(minutes=30))
    moist = humidity_over_water(state)
    head = [
        f"LOCATION,Made,-,AZE,Test,999999,40.40,49.80,{ahead},{altitude}",
        "DESIGN CONDITIONS,0",
        "TYPICAL/EXTREME PERIODS,0",
        "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
        "COMMENTS 1,made for a test",
        "COMMENTS 2,",
        "DATA PERIODS,1,1,Data,Sunday,1/1,12/31",
    ]
    rows = [
        f"{t.year},{t.month},{t.day},{t.hour + 1},60,A7,{s.temp_air:.3f},"
        f"{s.dew_water:.3f},{rh:.2f},{s.pressure:.0f},0,0,300,{r.ghi:.1f},{r.dni:.1f},"
        f"{r.dhi:.1f},0,0,0,0,180,{s.wind_speed:.3f},5,5,9999,99999,9,999999999,0,0,0,"
        "88,0.2,0,0"
        for t, s, r, rh in zip(
            local, state.itertuples(), sun.itertuples(), moist, strict=True
        )
    ]
    return "\n".join([*head, *rows]) + "\n"


@cache
def pvgis(offset: float = 0.1761, elevation: float = 540.0) -> bytes:
    """A PVGIS typical year in JSON: radiation `offset` hours after the stamp."""
    years = (2013, 2007, 2009, 2013, 2010, 2006, 2011, 2010, 2019, 2006, 2007, 2015)
    stamps = year(2013)
    own = [t.replace(year=years[t.month - 1]) for t in stamps]
    state = truth(stamps)
    sun = truth(stamps + pd.Timedelta(hours=offset))
    moist = humidity_over_water(state)
    hours = [
        {
            "time(UTC)": f"{t:%Y%m%d:%H%M}",
            "T2m": s.temp_air,
            "RH": rh,
            "G(h)": r.ghi,
            "Gb(n)": r.dni,
            "Gd(h)": r.dhi,
            "IR(h)": 300.0,
            "WS10m": s.wind_speed,
            "WD10m": 180.0,
            "SP": s.pressure,
        }
        for t, s, r, rh in zip(
            own, state.itertuples(), sun.itertuples(), moist, strict=True
        )
    ]
    picked = [{"month": m + 1, "year": y} for m, y in enumerate(years)]
    place = {"latitude": 40.4, "longitude": 49.8, "elevation": elevation}
    told = {
        "inputs": {
            "location": {**place, "irradiance_time_offset": offset},
            "meteo_data": {"year_min": 2005, "year_max": 2023, "meteo_db": "ERA5"},
        },
        "outputs": {"months_selected": picked, "tmy_hourly": hours},
        "meta": {"inputs": {}, "outputs": {}},
    }
    return json.dumps(told).encode()


@cache
def nasa_power(number: int, elevation: float = 540.0) -> bytes:
    """A year of NASA POWER in JSON: means of the hour that a stamp opens."""
    state = truth(year(number) + pd.Timedelta(minutes=30))
    keys = [f"{t:%Y%m%d%H}" for t in year(number)]
    columns = {
        "T2M": ("C", state["temp_air"]),
        "T2MDEW": ("C", state["dew_water"]),
        "PS": ("kPa", state["pressure"] / 1000.0),
        "WS10M": ("m/s", state["wind_speed"]),
        "ALLSKY_SFC_SW_DWN": ("Wh/m^2", state["ghi"]),
        "ALLSKY_SFC_SW_DNI": ("Wh/m^2", state["dni"]),
        "ALLSKY_SFC_SW_DIFF": ("Wh/m^2", state["dhi"]),
    }
    told = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [49.8, 40.4, elevation]},
        "properties": {
            "parameter": {
                n: dict(zip(keys, v.tolist(), strict=True))
                for n, (_, v) in columns.items()
            }
        },
        "header": {"fill_value": -999.0, "time_standard": "UTC"},
        "parameters": {n: {"units": unit} for n, (unit, _) in columns.items()},
        "times": {},
    }
    return json.dumps(told).encode()


@cache
def open_meteo(number: int, elevation: float = 540.0) -> bytes:
    """A year of the Open-Meteo archive in JSON: radiation of the hour gone."""
    stamps = year(number)
    state, sun = truth(stamps), truth(stamps - pd.Timedelta(minutes=30))
    columns = {
        "temperature_2m": ("°C", state["temp_air"]),
        "dew_point_2m": ("°C", state["dew_water"]),
        "surface_pressure": ("hPa", state["pressure"] / 100.0),
        "wind_speed_10m": ("m/s", state["wind_speed"]),
        "shortwave_radiation": ("W/m²", sun["ghi"]),
        "direct_normal_irradiance": ("W/m²", sun["dni"]),
        "diffuse_radiation": ("W/m²", sun["dhi"]),
    }
    told = {
        "latitude": 40.4,
        "longitude": 49.8,
        "elevation": elevation,
        "utc_offset_seconds": 0,
        "timezone": "GMT",
        "hourly_units": {"time": "iso8601", **{n: u for n, (u, _) in columns.items()}},
        "hourly": {
            "time": [f"{t:%Y-%m-%dT%H:%M}" for t in stamps],
            **{n: v.tolist() for n, (_, v) in columns.items()},
        },
    }
    return json.dumps(told).encode()


def era5(
    stamps: pd.DatetimeIndex,
    lats: tuple[float, ...] = (40.5, 40.25),
    lons: tuple[float, ...] = (49.75, 50.0),
    elevation: float = 540.0,
) -> xr.Dataset:
    """An ERA5 cube with short names: kelvin, and J/m2 of the hour before each stamp."""
    state, sun = truth(stamps), truth(stamps - pd.Timedelta(minutes=30))
    angle = np.arctan2(3.0, 4.0)
    columns = {
        "t2m": ("K", state["temp_air"] + 273.15),
        "d2m": ("K", state["dew_water"] + 273.15),
        "sp": ("Pa", state["pressure"]),
        "u10": ("m s**-1", state["wind_speed"] * np.cos(angle)),
        "v10": ("m s**-1", state["wind_speed"] * np.sin(angle)),
        "ssrd": ("J m**-2", sun["ghi"] * 3600.0),
        "z": ("m**2 s**-2", state["ghi"] * 0.0 + elevation * 9.80665),
    }
    shape = (len(stamps), len(lats), len(lons))
    return xr.Dataset(
        {
            name: (
                ("time", "latitude", "longitude"),
                np.broadcast_to(values.to_numpy()[:, None, None], shape).copy(),
                {"units": unit},
            )
            for name, (unit, values) in columns.items()
        },
        coords={"time": stamps, "latitude": list(lats), "longitude": list(lons)},
    )


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """The known weather, and writers of it in every format."""
    return SimpleNamespace(
        truth=truth,
        expected=expected,
        year=year,
        epw=epw,
        pvgis=pvgis,
        nasa_power=nasa_power,
        open_meteo=open_meteo,
        era5=era5,
    )


# --- a weather service on this machine ---------------------------------------------

Reply = Callable[[str, dict[str, str]], tuple[int, bytes]]


class Service:
    """A server that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.reply: Reply = lambda path, query: (404, b"nothing here")
        self.stated_length: int | None = None
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                service.asked.append(query)
                status, body = service.reply(parts.path, query)
                self.send_response(status)
                length = service.stated_length or len(body)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Service]:
    """A server in place of every weather service, with an empty cache."""
    running = Service()
    thread = threading.Thread(target=running.server.serve_forever, args=(0.01,))
    thread.start()
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("KHAZRI_CACHE", str(cache))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("data.web.BACKOFF_S", 0.0)
    for name in ("PVGIS", "NASA_POWER", "OPEN_METEO"):
        monkeypatch.setenv(f"KHAZRI_{name}_URL", f"{running.address}/{name.lower()}")
    yield running
    running.server.shutdown()
    running.server.server_close()
    thread.join()
