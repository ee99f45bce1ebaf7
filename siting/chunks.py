"""Join what was worked out for a long list of sites chunk by chunk."""

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr


def stacked(parts: list[xr.Dataset]) -> xr.Dataset:
    """Return the chunks as one Dataset, giving each variable up as it is joined.

    Years after a chunk's last hold NaN. The list is emptied, so that a long one
    never stands in memory twice.
    """
    attrs = _told([part.attrs for part in parts])
    chunks = _same_years(parts)
    parts.clear()
    first = chunks[0]
    order = tuple(first.variables)
    site = np.concatenate([chunk["site"].to_numpy() for chunk in chunks])
    joined: dict[str, Any] = {}
    for name in map(str, first.data_vars):
        dims = first[name].dims
        pieces = [chunk[name].to_numpy() for chunk in chunks]
        whole = (
            np.concatenate(pieces, axis=dims.index("site"))
            if "site" in dims
            else pieces[0]
        )
        joined[name] = (dims, whole)
        chunks = [chunk.drop_vars(name) for chunk in chunks]
    coords = {str(c): first[c] for c in first.coords if c != "site"}
    everything = xr.Dataset(joined, coords={**coords, "site": site}, attrs=attrs)
    _share_texts(everything)
    return everything[list(order)]


def _same_years(parts: list[xr.Dataset]) -> list[xr.Dataset]:
    if "year" not in parts[0].dims:
        return list(parts)
    years = max((part["year"].to_numpy() for part in parts), key=len)
    return [
        part if part.sizes["year"] == years.size else part.reindex(year=years)
        for part in parts
    ]


def _told(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is said of the chunks; where they say different things, each."""
    told = dict(parts[0])
    for key, value in told.items():
        said = dict.fromkeys(part[key] for part in parts)
        if len(said) > 1 and isinstance(value, str):
            told[key] = "; ".join(text for text in said if text != "none")
    return told


def _share_texts(everything: xr.Dataset) -> None:
    """Make equal texts of a variable one object, in place.

    A Dataset that is handed shared texts gives every cell a copy of its own.
    """
    for variable in everything.data_vars.values():
        if variable.dtype == object and variable.size:
            texts = variable.to_numpy()
            codes, kinds = pd.factorize(texts.ravel(), use_na_sentinel=False)
            texts[...] = np.asarray(kinds, dtype=object)[codes].reshape(texts.shape)
