"""Scenario: the frozen tree of everything a user chooses."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from data.choices import (
    BuildOut,
    ClimateChoices,
    CoolingChoices,
    FibreChoices,
    PowerChoices,
    SupplyChoices,
    Workload,
)

Role = Literal["colocation", "gpu_cloud", "shell"]
Contract = Literal["pass_through", "all_in"]
NO_ALL_IN: Final = {
    "shell": "a shell's tenant buys its own power",
    "gpu_cloud": "a GPU-hour includes its power",
}
"""Why a role has no all-in rent."""
OrderBy = Literal["score", "lcoc", "npv", "irr"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campus:
    """What is to be built, and when it is decided."""

    mw: float
    """IT load asked for [MW]."""
    year: int
    """Calendar year it is asked for."""
    decision_date: date
    """Day the investment is decided; every date counts from here."""
    workload: Workload = "training"
    """What the racks do: sets utilisation and what can cool them."""
    must_by: int | None = None
    """Calendar year after which a site is excluded for being late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceChoices:
    """Who invests and what the contract says."""

    role: Role = "colocation"
    """colocation: landlord of power and cooling; gpu_cloud: owner of the IT as well;
    shell: without fit-out."""
    contract: Contract = "pass_through"
    """pass_through: the tenant pays the power; all_in: the rent includes it."""
    rent_usd_per_kw_month: float | None = None
    """Rent assumed [USD/kW-month]; absent: the book's reference rent."""
    gpu_usd_per_hour: float | None = None
    """Price of a GPU-hour on new IT [USD/GPU-h]; absent: the book's."""
    debt: bool = True
    """Whether a loan is sized; the unlevered figures do not depend on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertaintyChoices:
    """How the doubt about the ranking is drawn."""

    draws: int = 0
    """Draws of the assumptions book beside the ranking; 0 draws none."""
    seed: int = 0
    """Seed of the draws: the same numbers, networks and events for every site."""
    weights: int = 20000
    """Weights drawn by `siting doubt`, for a reader who has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A value function: a straight (or logarithmic) line from worst to best."""

    metric: str
    group: str
    weight: float
    best: float
    worst: float
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """Hard limits; a site that fails one stays in the table with the reason."""

    min_served_pct: float = 50.0
    """Least share of the MW asked for that the site must deliver [%]."""
    max_seismic_msk: float | None = None
    """Highest seismic zone accepted [MSK-64 degree]."""
    exclude_mined: bool = True
    """Exclude sites of districts not cleared of mines, unless a source says the
    place itself is."""
    min_border_km: float | None = None
    """Least distance to any state border [km]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What the reader cares about: applied after the model, never before."""

    groups: tuple[tuple[str, float], ...]
    """Group name and weight of the headline scores."""
    criteria: tuple[Criterion, ...]
    gates: Gates = field(default_factory=Gates)
    order_by: OrderBy = "score"
    min_coverage_pct: float = 60.0
    """Below this share of scored weight a group is not scored [%]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Every choice of one run; hashable, so that it is the cache key."""

    name: str
    description: str = ""
    campus: Campus
    climate: ClimateChoices
    cooling: CoolingChoices
    power: PowerChoices
    supply: SupplyChoices
    fibre: FibreChoices
    build_out: BuildOut
    finance: FinanceChoices
    uncertainty: UncertaintyChoices = field(default_factory=UncertaintyChoices)
    preferences: Preferences
    overrides: tuple[tuple[str, float], ...] = ()
    """Numbers of the book or cells of a table used instead of the tabled ones."""


SHAPES: Final[dict[str, type]] = {
    "campus": Campus,
    "climate": ClimateChoices,
    "cooling": CoolingChoices,
    "power": PowerChoices,
    "supply": SupplyChoices,
    "fibre": FibreChoices,
    "build_out": BuildOut,
    "finance": FinanceChoices,
    "uncertainty": UncertaintyChoices,
}
"""Groups of a scenario file that are one flat table each."""
BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "campus.mw": (0.1, 5000),
    "campus.year": (2026, 2060),
    "campus.must_by": (2026, 2060),
    "climate.first_year": (1940, 2100),
    "climate.last_year": (1940, 2100),
    "climate.years": (1, 30),
    "climate.target_year": (2000, 2100),
    "climate.seed": (0, 2**32 - 1),
    "cooling.facility_water_c": (17, 45),
    "cooling.itd_k": (4, 30),
    "cooling.peak_shaving_h": (0, 24),
    "cooling.sea_intake_depth_m": (0, 50),
    "power.fuel_h": (0, 720),
    "power.network_seed": (0, 2**32 - 1),
    "supply.solar_mw": (0, 50000),
    "supply.wind_mw": (0, 50000),
    "supply.battery_mw": (0, 50000),
    "supply.gas_mw": (0, 50000),
    "supply.carbon_free_pct": (0, 100),
    "supply.carbon_t_per_year": (0, 1e9),
    "supply.carbon_usd_per_t": (0, 10000),
    "supply.unserved_pct": (0, 100),
    "supply.water_m3_per_year": (0, 1e9),
    "supply.flexible_pct": (0, 100),
    "supply.gap": (1e-8, 0.1),
    "supply.time_limit_s": (0.1, 86400),
    "build_out.delay_years": (0, 30),
    "finance.rent_usd_per_kw_month": (0, 5000),
    "finance.gpu_usd_per_hour": (0, 100),
    "uncertainty.draws": (0, 1_000_000),
    "uncertainty.seed": (0, 2**32 - 1),
    "uncertainty.weights": (1, 10_000_000),
    "preferences.gates.min_served_pct": (0, 100),
    "preferences.gates.max_seismic_msk": (5, 12),
    "preferences.gates.min_border_km": (0, 500),
    "preferences.min_coverage_pct": (0, 100),
}
"""Limits of what can be asked, by dotted name."""
