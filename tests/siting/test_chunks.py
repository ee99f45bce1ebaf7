"""Chunks joined again: order, years, texts and what is said of them."""

import numpy as np
import pytest
import xarray as xr

from siting.chunks import stacked


def chunk(sites: str, years: int, method: str = "drawn") -> xr.Dataset:
    count = len(sites)
    return xr.Dataset(
        {
            "cost_usd": ("site", np.arange(count, dtype=float)),
            "flow_usd": (("site", "year"), np.ones((count, years))),
            "what": (
                "site",
                np.array([" ".join(["long", "text"])] * count, dtype=object),
            ),
            "level_m": ((), -29.0),
        },
        coords={"site": list(sites), "year": 2026 + np.arange(years)},
        attrs={"method": method, "utilisation": 0.7},
    )


def test_sites_follow_each_other_and_absent_years_are_nan() -> None:
    parts = [chunk("AB", 2), chunk("C", 3)]
    whole = stacked(parts)
    assert parts == []
    assert whole["site"].to_numpy().tolist() == ["A", "B", "C"]
    assert whole["cost_usd"].to_numpy().tolist() == [0.0, 1.0, 0.0]
    assert whole["year"].to_numpy().tolist() == [2026, 2027, 2028]
    assert np.isnan(whole["flow_usd"][:2, 2]).all()
    assert whole["flow_usd"].sum() == 7.0
    assert whole["level_m"].item() == -29.0


def test_chunks_without_years_are_joined_too() -> None:
    whole = stacked([chunk(s, 2).drop_dims("year") for s in "AB"])
    assert "year" not in whole.dims
    assert whole["site"].to_numpy().tolist() == ["A", "B"]


def test_variables_keep_their_order_and_equal_texts_are_one_object() -> None:
    first = chunk("AB", 2)
    whole = stacked([first, chunk("C", 2)])
    assert list(whole.variables) == list(first.variables)
    assert len({id(text) for text in whole["what"].to_numpy()}) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [(("x", "x"), "x"), (("x", "none"), "x"), (("x", "y"), "x; y")],
)
def test_what_chunks_say_differently_is_said_of_each(
    said: tuple[str, str], told: str
) -> None:
    whole = stacked([chunk("A", 1, said[0]), chunk("B", 1, said[1])])
    assert whole.attrs == {"method": told, "utilisation": 0.7}
