"""The electrical chain every cooling system shares: losses per kW of rated IT.

All powers are kW per kW of rated IT; `utilisation` is mean IT power over rated.
"""

from typing import NamedTuple

from climate.psychrometrics import FloatArray
from data.assumptions.cooling import CoolingBook


class Losses(NamedTuple):
    """Electrical overheads before any cooling [kW per kW rated IT]."""

    ups: float
    distribution: float
    lighting: float
    auxiliaries: float


def losses(utilisation: float, a: CoolingBook) -> Losses:
    """UPS, distribution, lighting and auxiliaries at a utilisation.

    With m = installed/required UPS modules and x = u/m the loading of each::

        L_ups = m (k0 + k1 x + k2 x²)

    Distribution follows the IT power; lighting and auxiliaries do not.
    """
    loading = utilisation / a.ups_installed_ratio
    per_module = a.ups_k0 + loading * (a.ups_k1 + loading * a.ups_k2)
    return Losses(
        ups=a.ups_installed_ratio * per_module,
        distribution=a.distribution_loss * utilisation,
        lighting=a.lighting,
        auxiliaries=a.auxiliaries,
    )


def hall_heat(air_share: float, utilisation: float, a: CoolingBook) -> float:
    """Heat the hall air receives before its own fans [kW per kW rated IT].

    The share of IT heat not taken by liquid, and the losses that occur indoors (UPS,
    distribution, lighting); transformers and auxiliaries stand outside.
    """
    indoor = losses(utilisation, a)
    return air_share * utilisation + indoor.ups + indoor.distribution + indoor.lighting


def transformer_loss(load: FloatArray, a: CoolingBook) -> FloatArray:
    """No-load and copper loss of the transformers, rating (τ0 + τ2 (load/rating)²).

    Parameters
    ----------
    load
        Facility load behind the transformers [kW per kW rated IT].
    a
        Assumptions in force.
    """
    rating = a.transformer_rating_ratio
    copper = a.transformer_full_load_loss * (load / rating) ** 2
    return rating * (a.transformer_no_load_loss + copper)
