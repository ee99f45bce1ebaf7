"""Transformers and network together bound a station; the network may be left out."""

import datetime

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from data.choices import PowerChoices
from grid.electricity import Ask, connect, rooms
from grid.electricity.options import OPTIONS

DECISION = datetime.date(2026, 12, 1)


def row(station, kv, firm, flexible, price=0.8, held=("L1", "L2", "summer")):
    binding, contingency, state = held
    low, middle, high = firm
    return {
        "substation_id": station,
        "level_kv": kv,
        "grid_firm_mw_p10": low,
        "grid_firm_mw_p50": middle,
        "grid_firm_mw_p90": high,
        "network_flexible_mw_p50": flexible,
        "binding": binding,
        "contingency": contingency,
        "state": state,
        "shadow_price": price,
    }


@pytest.fixture(scope="module")
def hosting():
    """Gobu: transformers 133 MW firm and 450 flexible at every level."""
    alone = np.nan, np.nan, np.nan
    return pd.DataFrame(
        [
            row("GOB", 330, (20.0, 80.0, 500.0), 200.0),
            row("GOB", 220, (500.0, 600.0, 700.0), 900.0),
            row("GOB", 110, (10.0, 50.0, 60.0), 30.0, held=("L1", "none", "winter")),
            row("NAX", 110, alone, np.nan, held=("an island", "", "")),
        ]
    )


def at(room, option, station="GOB"):
    return room.sel(substation=station, option=f"{option} existing")


def test_the_lesser_of_transformers_and_network_bounds(world, book, hosting):
    table = world.tables["substations"]
    room = rooms(table, hosting, PowerChoices(), book)
    held = at(room, "330kV")
    assert held["firm_mw"].item() == 80.0
    assert (held["firm_mw_p10"].item(), held["firm_mw_p90"].item()) == pytest.approx(
        (20.0, 133.33), abs=0.01
    )
    assert held["flexible_mw"].item() == 200.0
    assert held["grid_shadow_price"].item() == 0.8
    free = at(room, "220kV")
    assert free["firm_mw_p10"].item() == pytest.approx(133.33, abs=0.01)
    assert free["firm_mw"].item() == pytest.approx(133.33, abs=0.01)
    assert free["flexible_mw"].item() == pytest.approx(450.0)


def test_flexible_is_never_less_than_firm(world, book, hosting):
    room = at(
        rooms(world.tables["substations"], hosting, PowerChoices(), book), "110kV"
    )
    assert room["firm_mw"].item() == room["flexible_mw"].item() == 50.0


@pytest.mark.parametrize(("quantile", "firm"), [("p10", 20.0), ("p90", 133.33)])
def test_the_quantile_is_the_readers(world, book, hosting, quantile, firm):
    choices = PowerChoices(network=quantile)
    room = at(rooms(world.tables["substations"], hosting, choices, book), "330kV")
    assert room["firm_mw"].item() == pytest.approx(firm, abs=0.01)
    assert f"network {quantile.upper()} of" in room["power_method"].item()


def test_the_sentence_names_what_holds_and_what_is_lost(world, book, hosting):
    room = rooms(world.tables["substations"], hosting, PowerChoices(), book)
    said = at(room, "330kV")["power_method"].item()
    assert said.endswith(
        "network P50 of 80 (20–500) MW, held by L1 when L2 is out, summer"
    )
    assert "held by L1, winter" in at(room, "110kV")["power_method"].item()


def test_where_the_network_says_nothing_the_transformers_stand_alone(
    world, book, hosting
):
    table = world.tables["substations"]
    room = rooms(table, hosting, PowerChoices(), book)
    off = rooms(table, None, PowerChoices(network="off"), book)
    for station, kv in [("NAX", "110kV"), ("ABS", "500kV")]:
        one, other = (at(each, kv, station) for each in (room, off))
        assert one["firm_mw"].item() == other["firm_mw"].item()
        assert one["flexible_mw"].item() == other["flexible_mw"].item()
        assert one["power_method"].item() == other["power_method"].item()
        assert "lines not tested" in one["power_method"].item()
        assert np.isnan(one["grid_firm_mw_p50"].item())
        assert np.isnan([other["firm_mw_p10"].item(), one["firm_mw_p10"].item()]).all()


def test_a_level_not_carried_has_no_room(world, book, hosting):
    extra = pd.DataFrame([row("NAX", 220, (1.0, 2.0, 3.0), 4.0)])
    table = world.tables["substations"]
    room = rooms(table, pd.concat([hosting, extra]), PowerChoices(), book)
    assert np.isnan(at(room, "220kV", "NAX")["firm_mw"].item())
    assert np.isnan(at(room, "220kV", "NAX")["flexible_mw"].item())


def test_a_site_passes_a_yard_the_network_cannot_feed(world, sites, book):
    """Alat's nearest 330 kV yard is Navahi, 25 km; with nothing there it goes on."""
    table = world.tables["substations"]
    choices = PowerChoices(network="off")
    room = rooms(table, None, choices, book)
    alat, option = sites.loc[["AZ01"]], "330kV transformer"

    def yard(room: xr.Dataset, mw: float) -> str:
        ask = Ask(2029, DECISION, np.array([mw]))
        found = connect(alat, world, room, choices, book, ask)
        return found["substation_id"].sel(site="AZ01", option=option).item()

    assert yard(room, 120.0) == "NAV"
    position = table.index.get_loc("NAV"), OPTIONS.index(option)
    starved = room.copy(deep=True)
    starved["firm_mw"].values[position] = 50.0
    assert yard(starved, 40.0) == "NAV"
    assert yard(starved, 120.0) not in ("NAV", "")
