"""The trunk: it composes climate, electricity, fibre and money, and owns no physics.

    scenario = siting.load_scenario("base")
    evaluation = siting.evaluate(world.sites, scenario, world)
    ranking = siting.rank(evaluation, scenario.preferences)

The names load on first use, so that `siting --help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from siting.loading import load_scenario
    from siting.ranking import rank
    from siting.trunk import evaluate

__version__ = "0.1.0"
__all__ = ["evaluate", "load_scenario", "rank"]

HOMES = {
    "evaluate": "siting.trunk",
    "load_scenario": "siting.loading",
    "rank": "siting.ranking",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module protocol of PEP 562
    if name not in HOMES:
        message = f"module 'siting' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(HOMES[name]), name)
