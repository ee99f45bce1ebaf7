"""Design figures: against series whose quantiles are known, and observed stations."""

import numpy as np
import pytest

from climate import quantiles, synthetic
from climate.psychrometrics import wet_bulb

HOURS = np.arange(8760.0)


def test_a_ramp_has_the_quantiles_one_can_count():
    """In 0, 1, … 100 the value exceeded in p % of the hours is 100 - p."""
    ramp = np.linspace(0.0, 100.0, 8760)
    for percent in (0.4, 1.0, 2.0, 99.0, 99.6):
        assert quantiles.exceeded(ramp, percent) == pytest.approx(100.0 - percent)
    share = (ramp > quantiles.exceeded(ramp, 0.4)).mean()
    assert share * 8760 == pytest.approx(35, abs=1)  # 0.4 % of a year is 35 hours


def test_every_site_keeps_its_row():
    rng = np.random.default_rng(1)
    temp = rng.normal(15.0, 9.0, (3, 2 * 8760))
    wet = temp - rng.uniform(0.0, 8.0, temp.shape)
    together = quantiles.design(temp, wet)
    for row in range(3):
        alone = quantiles.design(temp[row : row + 1], wet[row : row + 1])
        for name, values in together.items():
            assert values.shape == (3,)
            assert values[row] == alone[name][0], name


def test_what_goes_with_a_design_value_is_the_mean_of_its_hours():
    temp = np.repeat([10.0, 30.0, 30.4, 31.0], 4)
    wet = np.repeat([5.0, 20.0, 22.0, 99.0], 4)
    assert quantiles.coincident(temp, wet, np.array(30.0)) == 21.0
    assert np.isnan(quantiles.coincident(temp, wet, np.array(50.0)))


def test_days_of_a_square_year_have_known_degree_days():
    """Half the days 5 K over the base and half 10 K under it."""
    temp = np.where(np.arange(365) % 2 == 0, 23.3, 8.3).repeat(24)
    temp = np.roll(temp, -quantiles.LOCAL_LEAD_H)  # local days
    two = np.concatenate([temp, temp])
    for series in (temp, two):
        assert quantiles.cooling_degree_days(series) == pytest.approx(
            183 * 5.0, rel=0.01
        )
        assert quantiles.heating_degree_days(series) == pytest.approx(
            182 * 10.0, rel=0.01
        )


def test_the_extremes_of_several_years_are_those_that_occurred():
    years = np.concatenate([10.0 * np.sin(HOURS), 12.0 * np.sin(HOURS)])
    assert quantiles.highest(years) == pytest.approx(12.0, abs=0.01)
    assert quantiles.lowest(years) == pytest.approx(-12.0, abs=0.01)
    assert quantiles.mean_of_yearly(years, "highest") == pytest.approx(11.0, abs=0.01)
    assert quantiles.mean_of_yearly(years, "lowest") == pytest.approx(-11.0, abs=0.01)


def test_design_values_stand_in_their_order():
    rng = np.random.default_rng(2)
    temp = rng.normal(15.0, 9.0, 8760)
    out = quantiles.design(temp, temp - 3.0)
    order = ("db_min", "db_99_6", "db_99", "db_2", "db_1", "db_0_4", "db_max")
    values = [float(out[name]) for name in order]
    assert values == sorted(values)
    assert out["mcwb_1"] == pytest.approx(out["db_1"] - 3.0, abs=0.1)
    assert out["mcdb_1"] == pytest.approx(out["wb_1"] + 3.0, abs=0.1)


def test_generated_weather_at_parsabad_stands_near_the_observed(world, observed):
    """From the station's own means; the generator's own error is in METHODS."""
    seen = observed["ir_40700"]
    region, variability = (
        world.tables[name].loc["kura_araz_lowland"]
        for name in ("climate_regions", "climate_variability")
    )
    basis = world.tables["climate_region_list"].loc["kura_araz_lowland"]
    frame = variability[list(synthetic.STATISTICS)].assign(
        temp_air=world.tables["climate_normals"].loc["ir_40700"]["temp_air"],
        daily_range=region["daily_range"] * basis["hourly_range_ratio"],
        relative_humidity=region["relative_humidity"],
    )
    place = (seen["lat"], seen["lon"], seen["elevation_m"])
    weather = synthetic.hourly(frame, *place, years=10)
    temp, moist, pressure = (
        weather[n].to_numpy()[None, :]
        for n in ("temp_air", "relative_humidity", "pressure")
    )
    out = quantiles.design(temp, wet_bulb(temp, moist, pressure))
    for name in ("db_0_4", "db_1", "db_2", "wb_0_4", "wb_1", "wb_2"):
        assert float(out[name][0]) == pytest.approx(seen[name], abs=0.6), name
