"""The address of a page: the intent as query parameters, and back.

Few settings stand one by one, as `siting rank --set` has them; many are packed into
one parameter of bounded length. What is unpacked is checked as a file would be.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from app.figures import COLOURS
from app.intent import Intent, scenario_of, unknown
from climate.cooling import SYSTEMS
from data.faults import Fault, InputError, nearest_name
from data.schema import glossary
from data.text import scenario_names
from siting.compare import MOST

LAYERS: Final = ("grid", "fibre")
"""What can be drawn over the map."""
SAYABLE: Final = {
    "colour": COLOURS,
    "system": ("", *SYSTEMS),
    "refused": ("false", "true"),
}
"""What a link may say of the looks of a page."""
PACKED: Final = "settings"
"""Parameter that holds many settings."""
SHORT: Final = 600
"""Characters of settings that still stand one by one."""
LONGEST: Final = 8000
"""Characters of the packed parameter: what browsers and servers pass on."""
LARGEST: Final = 100_000
"""Bytes it may unpack to."""

Settings = tuple[tuple[str, str], ...]


def to_link(intent: Intent) -> dict[str, str]:
    """Return the query parameters that reproduce the page.

    Raises
    ------
    InputError
        If there are more settings than a link can carry.
    """
    same = _looks(Intent())
    said = {key: value for key, value in _looks(intent).items() if value != same[key]}
    if len(urlencode(intent.sets)) <= SHORT:
        return said | dict(intent.sets)
    return said | {PACKED: packed(intent.sets)}


def packed(settings: Settings) -> str:
    """Return settings as one word of letters, digits, `-` and `_`.

    Raises
    ------
    InputError
        If it is longer than a link can carry.
    """
    raw = json.dumps(settings, separators=(",", ":"), ensure_ascii=False).encode()
    word = base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")
    if len(word) > LONGEST or len(raw) > LARGEST:
        expected = f"at most {LONGEST} characters: keep them as a scenario file"
        found = f"{len(settings)} settings of {len(word)} characters"
        raise InputError([Fault(PACKED, None, "", found, expected)])
    return word


def unpacked(word: str) -> Settings:
    """Return the settings a word stands for.

    Raises
    ------
    InputError
        If it is none that `packed` could have written.
    """
    pairs = _pairs(word) if len(word) <= LONGEST else None
    if pairs is None:
        expected = "a link as this page writes it, whole"
        raise InputError([Fault(PACKED, None, "", word, expected)])
    return pairs


def _pairs(word: str) -> Settings | None:
    try:
        tight = base64.b64decode(word + "=" * (-len(word) % 4), b"-_", validate=True)
        loose = zlib.decompressobj()
        raw = loose.decompress(tight, LARGEST)
        pairs = json.loads(raw) if loose.eof else None
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
    if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
        return None
    return tuple((key, value) for key, value in pairs)


def _is_pair(item: object) -> bool:
    texts = isinstance(item, list) and all(isinstance(part, str) for part in item)
    return texts and len(item) == 2  # type: ignore[arg-type]


def _looks(intent: Intent) -> dict[str, str]:
    return {
        "scenario": intent.scenario,
        "site": intent.site,
        "colour": intent.colour,
        "layers": ",".join(intent.layers),
        "system": intent.system,
        "refused": str(intent.refused).lower(),
        "metric": intent.metric,
        "beside": ",".join(intent.beside),
    }


def from_link(link: Mapping[str, str]) -> Intent:
    """Return the intent a link stands for.

    Raises
    ------
    InputError
        Listing everything in it that says nothing known.
    """
    plain = _looks(Intent())
    looks = {key: link.get(key, value) for key, value in plain.items()}
    faults: list[Fault] = []
    sets = {k: v for k, v in link.items() if k not in plain and k != PACKED}
    if PACKED in link:
        try:
            sets = dict(unpacked(link[PACKED])) | sets
        except InputError as error:
            faults.extend(error.faults)
    intent = _intent(looks, tuple(sorted(sets.items())))
    faults += _faults(intent, looks)
    if faults:
        raise InputError(faults)
    return intent


def _intent(looks: Mapping[str, str], sets: Settings) -> Intent:
    return Intent(
        scenario=looks["scenario"],
        site=looks["site"],
        colour=looks["colour"],
        layers=_listed(looks["layers"]),
        system=looks["system"],
        refused=looks["refused"] == "true",
        metric=looks["metric"],
        beside=_listed(looks["beside"]),
        sets=sets,
    )


def _faults(intent: Intent, looks: Mapping[str, str]) -> list[Fault]:
    """Return everything that a link says and nothing knows."""
    faults = [unknown("layers", x, LAYERS) for x in intent.layers if x not in LAYERS]
    for key, words in SAYABLE.items():
        if looks[key] not in words:
            faults.append(unknown(key, looks[key], words))
    if len(intent.beside) > MOST:
        expected = f"at most {MOST} sites"
        faults.append(Fault("beside", None, "", looks["beside"], expected))
    if intent.metric and intent.metric not in glossary():
        expected = f"a metric{nearest_name(intent.metric, glossary())}"
        faults.append(Fault("metric", None, "", intent.metric, expected))
    known = intent
    if intent.scenario not in scenario_names():
        faults.append(unknown("scenario", intent.scenario, scenario_names()))
        known = replace(intent, scenario=Intent().scenario)
    try:
        scenario_of(known)
    except InputError as error:
        faults.extend(error.faults)
    return faults


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)
