"""Hall air, its fans and its water loop."""

import numpy as np
import pytest

from climate.cooling import hall
from data.choices import CoolingChoices


def test_loop_water_of_the_mid_design(book):
    # Hall at 27 degC supply and 16.65 K rise: water 22.8 / 30.3 degC (model §2).
    supply, back = hall.loop_water(book)
    assert supply == pytest.approx(22.84, abs=0.01)
    assert back == pytest.approx(30.34, abs=0.01)


def test_fans_follow_the_square_of_speed_to_their_floor(book):
    pressure = np.array([101325.0])
    full, half, idle, floor = (
        hall.air_fan_ratio(pressure, u, book).item()
        for u in (1.0, 0.5, 0.1, book.speed_floor)
    )
    assert half == pytest.approx(full / 4)
    assert idle == floor


def test_fan_ratio_of_the_published_midpoints(book):
    # 500 Pa / (0.775 · 1.1758 kg/m³ · 1.01 kJ/kgK · 16.65 K · 1000), dry air 27 degC.
    ratio = hall.air_fan_ratio(np.array([101325.0]), 1.0, book).item()
    assert ratio == pytest.approx(0.03263, rel=1e-3)


@pytest.mark.parametrize(
    ("workload", "refused"),
    [("training", True), ("inference", False), ("colocation", False)],
)
def test_air_is_refused_for_dense_racks_only(book, workload, refused):
    reason = hall.racks_refuse_air(CoolingChoices(workload=workload), book)
    assert bool(reason) is refused
    assert not refused or "132 kW" in reason


def test_pumps_of_the_published_midpoints(book):
    # 1/(4.186 · 7.5) kg/s per kW, 143.65 kPa, efficiency 0.7: 6.54 W per kW.
    ratio = hall.pump_ratio(7.5, 143650.0, book)
    assert ratio == pytest.approx(0.006536, rel=1e-3)


def test_fan_heat_is_carried_too(book):
    pressure = np.array([101325.0])
    heat = hall.air_heat(1.0, pressure, 1.0, book)
    fans = hall.air_fan_ratio(pressure, 1.0, book) * heat
    without = hall.hall_heat(1.0, 1.0, book)
    assert (heat - fans).item() == pytest.approx(without)
