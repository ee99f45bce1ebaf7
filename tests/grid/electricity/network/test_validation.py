"""The validation: every target has a row, and the figures are as METHODS says."""

from grid.electricity.network.validation import validation_table


def test_every_target_has_a_figure(shipped, known):
    table, _ = validation_table(shipped, known)
    mid = table.set_index("check")["p50"]
    assert (table["p10"] <= table["p90"]).all()
    share = mid[mid.index.str.startswith("Mingachevir")].iloc[0]
    assert 33 < share < 41
    georgia = mid["export to Georgia, intact [MW]"]
    assert 500 < georgia < 1400
    before, after = mid[mid.index.str.contains("Absheron out")]
    assert after < before
