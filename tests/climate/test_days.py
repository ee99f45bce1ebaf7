import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from climate import days, months
from climate.synthetic import default_statistics

MONTHLY = {name: c.to_numpy()[None] for name, c in default_statistics().items()}
NAMES = ("dew", "clearness", "wind")


def flat(**values):
    return MONTHLY | {name: np.full((1, 12), value) for name, value in values.items()}


def test_the_leading_series_are_standard_and_apart():
    lead = days.national(MONTHLY, 100, 3)
    for series in (lead.temp, lead.peak):
        sums = months.sums_by_month(series, 100)
        assert sums == pytest.approx(np.zeros_like(sums), abs=1e-9)
        assert series.var() == pytest.approx(1.0, abs=0.05)
    assert np.corrcoef(lead.temp[0], lead.peak[0])[0, 1] == pytest.approx(0, abs=0.03)


@given(st.floats(-0.98, 0.98), st.floats(-0.98, 0.98), st.floats(-0.98, 0.98))
def test_loadings_are_a_row_of_unit_length(between, on_temp, on_max):
    """And give back both correlations wherever the three can stand together."""
    held = flat(max_temp_corr=between, dew_temp_corr=on_temp, dew_max_corr=on_max)
    a, b, c = (share[0, 0] for share in days.loadings(held, "dew"))
    assert a**2 + b**2 + c**2 == pytest.approx(1.0)
    assert a == pytest.approx(on_temp)
    determinant = np.linalg.det(
        [[1, between, on_temp], [between, 1, on_max], [on_temp, on_max, 1]]
    )
    if determinant > 1e-6:
        assert between * a + np.sqrt(1 - between**2) * b == pytest.approx(on_max)


@pytest.mark.parametrize("name", ["dew", "clearness"])
def test_what_leans_has_the_correlations_asked_for(name):
    asked = {f"{name}_temp_corr": 0.3, f"{name}_max_corr": -0.1, "max_temp_corr": 0.7}
    held = flat(temp_lag1=0.5, max_lag1=0.5, **{f"{name}_lag1": 0.5}, **asked)
    lead = days.national(held, 150, 0)
    series = days.leaning(lead, held, name)[0]
    highest = 0.7 * lead.temp[0] + np.sqrt(1 - 0.49) * lead.peak[0]
    assert series.var() == pytest.approx(1.0, abs=0.03)
    assert np.corrcoef(series, lead.temp[0])[0, 1] == pytest.approx(0.3, abs=0.03)
    assert np.corrcoef(series, highest)[0, 1] == pytest.approx(-0.1, abs=0.03)


def test_tabled_correlations_go_together(world):
    """No region's stations ask for what cannot be: nothing is cut."""
    table = world.tables["climate_variability"]
    for region in table.index.get_level_values(0).unique():
        held = {n: table.loc[region][n].to_numpy()[None] for n in MONTHLY}
        for name in NAMES:
            a, b, _ = days.loadings(held, name)
            own = held[f"{name}_max_corr"] - held["max_temp_corr"] * a
            uncut = own / np.sqrt(1 - held["max_temp_corr"] ** 2)
            assert b == pytest.approx(uncut), (region, name)
