"""The psychrometric chart: few dots, every hour, modes in words, saturation at hand."""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from app.charts_air import air_chart, heading
from app.palette import DARK, LIGHT, MODE_COLOURS, MODE_WORDS
from climate.cooling.plant import MODE_NAMES


def cells() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "temp_air": [5.25, 20.25, 35.25],
            "humidity_ratio_g_per_kg": [4.25, 9.25, 16.25],
            "mode": [0, 2, 4],
            "mode_name": ["free", "adiabatic", "full mechanical"],
            "hours_per_year": [6000.0, 2000.0, 760.0],
        }
    )


def lines() -> pd.DataFrame:
    humid, temp = np.meshgrid([50.0, 100.0], np.linspace(0, 40, 41), indexing="ij")
    return pd.DataFrame(
        {
            "relative_humidity": humid.ravel(),
            "temp_air": temp.ravel(),
            "humidity_ratio_g_per_kg": (humid / 100 * 4 * np.exp(temp / 16)).ravel(),
        }
    )


def spec() -> dict[str, Any]:
    return air_chart(cells(), lines(), 101e3, LIGHT).to_dict()


def test_all_hours_are_drawn_in_few_points() -> None:
    rows = [r for rows in spec()["datasets"].values() for r in rows]
    assert len(rows) < 2000
    assert sum(r.get("hours_per_year", 0.0) for r in rows) == 8760


def test_the_title_counts_and_the_legend_says_it_in_words() -> None:
    drawn = spec()
    assert drawn["title"]["text"] == (
        "6,000 of 8,760 hours run free; wetted air in 2,000"
    )
    assert "101 kPa" in drawn["title"]["subtitle"]
    (legend,) = [
        layer["encoding"]["color"]["scale"]
        for layer in drawn["layer"]
        if "color" in layer["encoding"]
    ]
    assert legend["domain"] == [
        "Free: no compressor, no pads, 6,000 h",
        "Wetted air, 2,000 h",
        "Chillers alone, 760 h",
    ]
    assert legend["range"][0] == MODE_COLOURS["free"]


def test_axes_have_units_and_hold_all_air_below_the_ceiling() -> None:
    for layer in spec()["layer"]:
        x, y = layer["encoding"]["x"], layer["encoding"]["y"]
        assert x["title"].endswith("°C")
        assert "g/kg" in y["title"]
        assert y["scale"]["domain"][1] >= cells()["humidity_ratio_g_per_kg"].max()
        assert x["scale"]["domain"][0] <= lines()["temp_air"].min()
        assert x["scale"]["domain"][1] >= lines()["temp_air"].max()


def test_each_line_is_named_once_at_its_end() -> None:
    named = [r for rows in spec()["datasets"].values() for r in rows if "said" in r]
    assert [r["said"] for r in named] == ["50 %", "100 %"]


def test_a_year_all_free_and_one_never() -> None:
    free = cells()[:1]
    assert heading(free) == "6,000 of 6,000 hours run free"
    assert heading(cells()[2:]) == "0 of 760 hours run free; chillers alone in 760"


def test_every_mode_has_a_word_and_a_colour_of_its_own() -> None:
    assert set(MODE_WORDS) == set(MODE_COLOURS) == {*MODE_NAMES, "unknown"}
    assert len(set(MODE_COLOURS.values())) == len(MODE_COLOURS)


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2, from relative luminance."""
    light, dark = sorted(
        (float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other)),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def test_dots_stand_out_from_the_page() -> None:
    for colour in MODE_COLOURS.values():
        assert contrast(colour, LIGHT.paper) > 2
        assert contrast(colour, DARK.paper) > 3


# Deuteranopia and protanopia at full strength, on linear RGB: Machado, Oliveira and
# Fernandes (2009), IEEE Trans. Vis. Comput. Graph. 15(6), 1291–1298, table 1.
SIGHT = {
    "normal": np.eye(3),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of linear sRGB under D65."""
    to_xyz = np.array(
        [
            [0.4124, 0.3576, 0.1805],
            [0.2126, 0.7152, 0.0722],
            [0.0193, 0.1192, 0.9505],
        ]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_modes_are_told_apart_by_colour_blind_eyes() -> None:
    for sight, matrix in SIGHT.items():
        seen = {mode: lab(matrix @ linear(c)) for mode, c in MODE_COLOURS.items()}
        for one, other in combinations(seen, 2):
            apart = float(np.linalg.norm(seen[one] - seen[other]))
            assert apart > 12, (sight, one, other, apart)
