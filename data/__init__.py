"""The ground: sourced tables, the assumptions book, scenarios. Only here are files read.

`World` and `load_world` load on first use, so that the light parts
(`data.choices`, `data.faults`, `data.schema`) stay light.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data.world import World, load_world

__all__ = ["World", "load_world"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module protocol of PEP 562
    if name not in __all__:
        message = f"module 'data' has no attribute {name!r}"
        raise AttributeError(message)
    from data import world  # noqa: PLC0415 - pandas is loaded only when needed

    return getattr(world, name)
