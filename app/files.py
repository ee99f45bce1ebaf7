"""Files to take away: the same, byte for byte, as the command writes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from app.lists import own_list
from app.session import intent
from siting.digests import digests
from siting.export import FORMATS, content, manifest_of
from siting.run import Run
from siting.scenario_file import scenario_toml

MIME: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "toml": "application/toml",
}
PLAIN: Final = "application/octet-stream"


def with_inputs(run: Run) -> Run:
    """Return the run with the digests of what it read, as the command has them."""
    held = own_list()
    own = None if held is None else (held.name, held.sha256)
    return replace(run, inputs=digests(intent().scenario, own))


def rankings(run: Run) -> None:
    """Offer the ranking in every format there is."""
    full = with_inputs(run)
    for box, name in zip(st.columns(len(FORMATS)), FORMATS, strict=True):
        with box:
            offer(f"ranking.{name}", partial(content, full, name))


def scenario_and_manifest(run: Run) -> None:
    """Offer the scenario as a file that any run can start from, and the manifest."""
    full = with_inputs(run)
    left, right, _ = st.columns([1, 1, 2])
    with left:
        offer("scenario.toml", lambda: scenario_toml(full.scenario).encode())
    with right:
        offer("manifest.json", partial(manifest_of, full))


def offer(name: str, made: Callable[[], bytes]) -> None:
    """Draw a button that makes a file when it is asked for."""
    st.download_button(
        name,
        made,
        file_name=name,
        mime=MIME.get(name.rpartition(".")[2], PLAIN),
        key=f"download.{name}",
        on_click="ignore",
        width="stretch",
    )
