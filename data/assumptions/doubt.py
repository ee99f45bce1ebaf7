"""The doubt room's slice of the book: how what is drawn hangs together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtBook:
    """Scalars named `doubt.*` in the book; units, doubt and sources stand there."""

    network_common_share: float
