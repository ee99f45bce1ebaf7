"""What a user decides, room by room: frozen values that a scenario file sets.

A quantity with a source and a grade is never here: it lives in the assumptions
book (`data/tables/parameters.csv`). Each room receives its own slice.
"""

from dataclasses import dataclass
from typing import Literal

Workload = Literal["training", "inference", "colocation"]
CoolingSystem = Literal[
    "airside",
    "tower",
    "air_chiller",
    "liquid_dry",
    "sea_water",
    "rear_door",
    "immersion",
]
ResidualLoop = Literal["air_chiller", "tower"]
Pathway = Literal["none", "ssp245", "ssp585", "rcp26", "rcp45", "rcp85"]
PowerTier = Literal["by_workload", "one_feed", "two_circuits", "two_feeds"]
GasContract = Literal["power_generation", "industry", "negotiated"]
NetworkQuantile = Literal["off", "p10", "p50", "p90"]
SupplyTechnology = Literal["solar", "wind", "battery", "gas"]
BuildOutPolicy = Literal["in_service", "committed", "all_planned"]
WeatherSource = Literal[
    "synthetic", "epw", "pvgis_tmy", "nasa_power", "era5", "open_meteo"
]

DEFAULT_YEARS = (2015, 2024)
"""Calendar years asked of a weather service where none are chosen."""
YEARS_OF_FILES = 40
"""Years that files of the user's own may hold where none are chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOut:
    """Which announced lines, substations, plants and cables count, and from when."""

    policy: BuildOutPolicy = "committed"
    """in_service: only what runs; committed: and what is under construction;
    all_planned: and what is planned with a year."""
    delay_years: float = 0.0
    """Years added to the date of everything not yet in service."""
    on: tuple[str, ...] = ()
    """Ids that exist whatever the policy says (from their year, or at once)."""
    off: tuple[str, ...] = ()
    """Ids that never exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimateChoices:
    """Where the weather comes from and which climate it belongs to."""

    source: WeatherSource = "synthetic"
    """synthetic: the embedded generator on monthly normals; epw, era5: your own
    files; pvgis_tmy, nasa_power, open_meteo: fetched once and kept."""
    files: str = ""
    """Where your own files are: for epw a folder with <site_id>.epw, for era5 a NetCDF
    file, a Zarr store, or a folder of them."""
    first_year: int | None = None
    """First calendar year of era5, nasa_power and open_meteo; absent: 2015, of files
    the first complete one."""
    last_year: int | None = None
    """Last calendar year; absent: 2024, of files the last complete one."""
    years: int = 1
    """Weather years the generator makes; 1 is the typical year."""
    target_year: int = 2035
    """Calendar year whose climate the weather stands for."""
    pathway: Pathway = "ssp245"
    """Warming from the middle of the weather to the target year; none adds none."""
    seed: int = 0
    """Seed of the national day-to-day weather, the same for every site, and of what
    else is drawn: networks of the grid, failures of cables."""


def most_years(choices: ClimateChoices) -> int:
    """Return how many weather years a site may have: what memory is planned for."""
    if choices.source == "synthetic":
        return choices.years
    if choices.source in ("epw", "pvgis_tmy"):
        return 1
    first, last = choices.first_year, choices.last_year
    if choices.source == "era5" and (first is None or last is None):
        return YEARS_OF_FILES
    return max(1, (last or DEFAULT_YEARS[1]) - (first or DEFAULT_YEARS[0]) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoolingChoices:
    """Which cooling systems may be built and how they are designed."""

    systems: tuple[CoolingSystem, ...] = (
        "airside",
        "tower",
        "air_chiller",
        "liquid_dry",
        "sea_water",
    )
    """Systems the design may choose from; rear_door and immersion on request."""
    facility_water_c: float = 40.0
    """Facility-water supply temperature of the liquid loop [degC], such as 32 or 40;
    with the approach of the distribution units it must stay within the coolant limit
    of the book, which at 45 it does not."""
    itd_k: float = 14.0
    """Initial temperature difference the dry coolers are sized for [K]."""
    residual_loop: ResidualLoop = "air_chiller"
    """What carries the heat that liquid or outdoor air leaves in the hall."""
    trim_chiller: bool = True
    """Fit a trim chiller on the liquid loop as peak insurance."""
    adiabatic: bool = True
    """Wet the air of dry coolers and outdoor-air halls when dry is not enough."""
    chiller_pads: bool = False
    """Wet the condensers' air of air-cooled chillers on hot days."""
    tower_variable_fans: bool = True
    """Slow tower fans down when the economiser has cold water to spare."""
    water_available: bool = True
    """False cools every hour without water; towers then cannot be built."""
    peak_shaving_h: float = 0.0
    """Hours of the design day over which the cold store relieves the chillers [h]."""
    sea_intake_depth_m: float = 8.0
    """Depth the sea water is drawn from [m], 8 as at the Shimal power plant; where the
    sea is that deep is not known site by site."""
    workload: Workload = "training"
    """What the racks do; training means 130 kW racks that air cannot cool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerChoices:
    """How the campus connects and which tariff decisions are taken to stand."""

    data_centre_tariff: bool = False
    """True: the data-centre row of 2021 still stands."""
    tier: PowerTier = "by_workload"
    """one_feed: a single feed, work waits or checkpoints; two_circuits: two to the same
    substation; two_feeds: from two independent substations, with generators and fuel;
    by_workload: one_feed for training, two_feeds for the rest."""
    fuel_h: float = 48.0
    """Hours of fuel at full load for the generators of two_feeds [h]."""
    network: NetworkQuantile = "p50"
    """Which of the drawn networks bounds the firm megawatts: p10 the cautious, p50 the
    middle, p90 the hopeful; off: the substation's transformers alone."""
    network_seed: int = 0
    """Seed of the drawn networks, the same for every site."""
    gas: GasContract = "industry"
    """power_generation, industry: the regulated tariffs; negotiated: the book's price,
    which the gas decision asks of supply to data centres."""
    ppa: bool = False
    """True: solar power may be bought at the auction price, with a wheeling charge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FibreChoices:
    """Which countries traffic may cross."""

    russia: bool = False
    """Routes through Russia are permitted."""
    iran: bool = False
    """Routes through Iran are permitted."""
    armenia: bool = True
    """Routes through Armenia count once their links exist."""
    georgia: bool = True
    """Routes through Georgia are open; false closes the way most traffic takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyChoices:
    """What may stand on or beside the campus to power it, and what is asked of it."""

    technologies: tuple[SupplyTechnology, ...] = ("solar", "wind", "battery", "gas")
    """What may be built; none leaves the grid alone."""
    grid: bool = True
    """False: an island without a grid connection."""
    solar_mw: float | None = None
    """Most solar AC that may be built [MW]; absent: no limit, land is not checked."""
    wind_mw: float | None = None
    """Most wind that may be built [MW]."""
    battery_mw: float | None = None
    """Most battery power that may be built [MW]."""
    gas_mw: float | None = None
    """Most gas engines that may be built [MW]; whether a pipeline reaches the site is
    not known."""
    carbon_free_pct: float = 0.0
    """Least carbon-free part of the energy [%]."""
    carbon_free_hourly: bool = False
    """True: the part holds in every hour, not over the year."""
    carbon_t_per_year: float | None = None
    """Most CO2 of grid and engines [t/year]."""
    carbon_usd_per_t: float = 0.0
    """Price put on that CO2 [USD/t]; the country levies none."""
    water_m3_per_year: float | None = None
    """Most water the cooling may take [m3/year]; systems that take more are refused."""
    unserved_pct: float = 0.1
    """Most energy that may stay unserved [%]."""
    flexible_pct: float = 0.0
    """Part of the load that may pause and catch up before midnight [%]."""
    gap: float = 1e-6
    """Distance from the proven least cost at which a solver may stop [1]."""
    time_limit_s: float = 60.0
    """Time a solver may take for one design [s]."""
