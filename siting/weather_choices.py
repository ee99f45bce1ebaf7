"""Whether the choices about weather go together."""

from data.choices import DEFAULT_YEARS, ClimateChoices
from siting.reading import Reader

FROM_FILES = ("epw", "era5")
ONLINE_YEARS = ("nasa_power", "open_meteo")
WITH_YEARS = ("era5", *ONLINE_YEARS)


def check_weather(choices: ClimateChoices | None, reader: Reader) -> None:
    """Add a fault for each choice that the source of the weather has no use for."""
    if choices is None:
        return
    source = choices.source
    if source in FROM_FILES and not choices.files:
        wanted = f"climate.files beside it: where the {source} files are"
        reader.fault("climate.source", source, wanted)
    if source not in FROM_FILES and choices.files:
        wanted = f"nothing: climate.source = {source} reads no files of yours"
        reader.fault("climate.files", choices.files, wanted)
    if source != "synthetic" and choices.years != 1:
        wanted = f"1: the generator makes years, {source} has its own"
        reader.fault("climate.years", choices.years, wanted)
    for name in ("first_year", "last_year"):
        given = getattr(choices, name)
        if given is not None and source not in WITH_YEARS:
            wanted = f"nothing: climate.source = {source} has no calendar years"
            reader.fault(f"climate.{name}", given, wanted)
    _check_span(choices, reader)


def _check_span(choices: ClimateChoices, reader: Reader) -> None:
    """Add a fault if the years end before they begin, those not chosen being usual."""
    usual = DEFAULT_YEARS if choices.source in ONLINE_YEARS else (None, None)
    first = choices.first_year or usual[0]
    last = choices.last_year or usual[1]
    if first is None or last is None or first <= last:
        return
    if choices.last_year is None:
        wanted = f"{last}, the last year unless chosen, or earlier"
        reader.fault("climate.first_year", first, wanted)
    else:
        reader.fault("climate.last_year", last, f"{first}, the first year, or later")
