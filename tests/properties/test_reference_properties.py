"""What the published model must obey in any weather."""

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate.cooling.reference import reference_case

COUNT = 16
AIR_CASES = ("c1", "c2", "c7")
FLOOR = {"c1": 1.0693, "c2": 1.0693, "c7": 1.2207}


def drawn(low: float, high: float):
    return arrays.arrays(float, COUNT, elements=st.floats(low, high))


states = st.tuples(drawn(-25, 45), drawn(0, 100), drawn(75e3, 103e3))


@pytest.mark.parametrize("case", AIR_CASES)
@given(state=states)
def test_losses_are_the_floor_and_water_is_never_negative(case, state):
    result = reference_case(case, *state)
    assert (result["pue"] > FLOOR[case]).all()
    assert (result["pue"] < 2.6).all()
    assert (result["wue_l_per_kwh"] >= 0).all()
    assert (result["wue_l_per_kwh"] < 3.5).all()


@given(state=states, warmer=drawn(0, 5))
def test_heat_never_helps_towers_or_air_cooled_chillers(state, warmer):
    temp, humidity, pressure = state
    for case in ("c2", "c7"):
        before = reference_case(case, temp, humidity, pressure)["pue"]
        after = reference_case(case, temp + warmer, humidity, pressure)["pue"]
        assert (after >= before - 1e-9).all()


@given(state=states, damper=drawn(0, 1))
def test_moisture_never_helps_towers(state, damper):
    temp, humidity, pressure = state
    more = humidity + damper * (100.0 - humidity)
    before = reference_case("c2", temp, humidity, pressure)
    after = reference_case("c2", temp, more, pressure)
    assert (after["pue"] >= before["pue"] - 1e-9).all()


@given(state=states)
def test_air_cooled_chillers_do_not_feel_the_humidity(state):
    temp, humidity, pressure = state
    damp = reference_case("c7", temp, humidity, pressure)["pue"]
    np.testing.assert_array_equal(
        damp, reference_case("c7", temp, 50.0, pressure)["pue"]
    )


@given(sea=drawn(-2, 35), warmer=drawn(0, 3), pressure=drawn(75e3, 103e3))
def test_warm_sea_never_helps(sea, warmer, pressure):
    before = reference_case("seawater", sea, None, pressure)["pue"]
    after = reference_case("seawater", sea + warmer, None, pressure)["pue"]
    assert (after >= before - 1e-12).all()
    assert (before > FLOOR["c1"]).all()


@pytest.mark.parametrize("case", ["c2", "c7"])
@given(state=states)
def test_no_step_in_pue_or_water(case, state):
    temp, humidity, pressure = state
    here = reference_case(case, temp, humidity, pressure)
    near = reference_case(case, temp + 0.01, humidity, pressure)
    for name, most in (("pue", 0.002), ("wue_l_per_kwh", 0.005)):
        assert (np.abs(near[name] - here[name]) < most).all()


@given(state=states)
def test_case_1_steps_only_where_the_published_model_switches(state):
    """At 31 degC, and where moisture opens or shuts the hall."""
    temp, humidity, pressure = state
    here = reference_case("c1", temp, humidity, pressure)
    near = reference_case("c1", temp + 0.01, humidity, pressure)
    shut = here["wue_l_per_kwh"] > 1.0
    same = shut == (near["wue_l_per_kwh"] > 1.0)
    step = np.abs(near["pue"] - here["pue"])
    rewarmed = shut & (temp < 31) & (temp + 0.01 >= 31)
    assert (step[same & ~rewarmed] < 0.0005).all()
    assert (step < 0.35).all()


@pytest.mark.parametrize("case", [*AIR_CASES, "seawater"])
@given(state=states)
def test_states_do_not_know_of_each_other(case, state):
    together = reference_case(case, *state)
    half = reference_case(case, *(values[: COUNT // 2] for values in state))
    for name, values in half.items():
        np.testing.assert_array_equal(values, together[name][: COUNT // 2])
