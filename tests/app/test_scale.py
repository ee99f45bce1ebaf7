"""Dark is worst and bright is best, whichever way the metric runs."""

import numpy as np
import pandas as pd

from app.scale import ANNOUNCED, GREY, SCALE, colours, css, ends, legend, violet

NAN = float("nan")


def test_the_bright_end_is_the_better_one() -> None:
    values = pd.Series([240.0, 260.0, NAN])
    assert ends("lcoc_usd_per_kw_month", values) == (260.0, 240.0)
    assert ends("it_mw", values) == (240.0, 260.0)
    for metric, bright in (("lcoc_usd_per_kw_month", 0), ("it_mw", 1)):
        fills = colours(values, ends(metric, values))
        assert fills[bright] == SCALE[-1]
        assert fills[1 - bright] == SCALE[0]
        assert fills[2] == GREY


def test_the_scale_brightens_all_the_way() -> None:
    steps = np.array(colours(pd.Series(np.linspace(0, 1, 101)), (0.0, 1.0)))
    luminance = steps @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(luminance) > -1.0).all()
    assert luminance[-1] - luminance[0] > 150


def test_what_is_all_alike_or_all_absent() -> None:
    assert colours(pd.Series([5.0, NAN]), (5.0, 5.0)) == [SCALE[-1], GREY]
    absent = pd.Series([NAN, NAN])
    assert ends("it_mw", absent) is None
    assert colours(absent, None) == [GREY, GREY]
    assert "absent at every site" in legend("it_mw", None, ())


def test_higher_voltages_are_darker_and_wider() -> None:
    looks = [violet(kv) for kv in (35, 110, 132, 220, 330, 400, 500)]
    widths = [width for _, width in looks]
    assert widths == sorted(widths)
    assert violet(132) == violet(110)
    assert sum(looks[-1][0][:3]) < sum(looks[0][0][:3])


def test_the_legend_names_what_is_drawn_in_units() -> None:
    text = legend("months_to_power", (48.0, 32.0), ("grid", "fibre"))
    words = ("Power in, months: 48", "32 (best)", "500 kV", "fibre", "excluded")
    for word in (*words, "routes of the selected site"):
        assert word in text
    assert css(ANNOUNCED) in text
    assert css(ANNOUNCED) not in legend("score", (70.0, 73.0), ())
