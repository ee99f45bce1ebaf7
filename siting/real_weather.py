"""Real weather before a run: fetched in view, and its files for the manifest.

The readers load slowly and most runs need none of them.
"""

import pandas as pd

from data import World
from siting.scenario import Scenario


def fetch_weather(world: World, sites: pd.DataFrame, scenario: Scenario) -> None:
    """Fetch real weather before the model asks for it, site by site, in view."""
    if scenario.climate.source != "synthetic":
        from siting.weather import fetch  # noqa: PLC0415 - the readers load slowly

        fetch(world, sites, scenario.climate)


def weather_inputs(
    world: World, sites: pd.DataFrame, scenario: Scenario
) -> dict[str, str]:
    """Return the digest of every weather file the run rests on."""
    if scenario.climate.source == "synthetic":
        return {}
    from climate.sources.registry import inputs  # noqa: PLC0415

    return inputs(world, sites, scenario.climate)
