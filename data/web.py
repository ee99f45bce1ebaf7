"""Answers of weather services: kept on disk once fetched, asked for only when not.

An answer is kept under the sha256 of what was asked, with its own sha256 beside it;
one that no longer has it counts as never fetched. Nothing half written is ever seen,
and an answer that cannot be understood is not kept.
"""

import gzip
import hashlib
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from data.faults import Fault, InputError

Answer = TypeVar("Answer")

CACHE = "KHAZRI_CACHE"
"""Environment variable that names the folder answers are kept in."""
TIMEOUT_S = (10.0, 120.0)
"""Patience with a service: to connect, and between two bytes [s]."""
RETRIES = 4
BACKOFF_S = 1.0
"""Pause before the second retry, doubled each time [s]."""
BUSY = (429, 500, 502, 503, 504)
"""Answers that mean: later."""
REASONS = {
    "resolve": "its name cannot be resolved",
    "refused": "connection refused",
    "timeout": "no answer in time",
    "timed out": "no answer in time",
    "unreachable": "network unreachable",
    "proxy": "the proxy does not let through",
    "ssl": "no secure connection",
    "incompleteread": "the answer broke off",
    "chunkedencoding": "the answer broke off",
    "reset": "the connection broke off",
    "aborted": "the connection broke off",
}
"""Marks in the message of a failed connection → what to call it."""
INSTEAD = (
    "a network, answers fetched before (siting weather fetch), or other weather: "
    "--set climate.source=synthetic is embedded"
)


@dataclass(frozen=True, slots=True)
class Service:
    """A weather service on the web."""

    name: str
    """As people call it."""
    address: str
    """Where it answers."""
    variable: str
    """Environment variable that names another address, such as a mirror."""

    def base(self) -> str:
        """Return the address in force."""
        return os.environ.get(self.variable) or self.address


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a service."""

    service: Service
    query: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The sha256 of what is asked, wherever the service is reached."""
        asked = f"{self.service.name}?{urlencode(sorted(self.query))}"
        return hashlib.sha256(asked.encode()).hexdigest()

    @property
    def label(self) -> str:
        """What is asked, short enough for a list."""
        told = dict(self.query)
        where = [v for k, v in told.items() if k.startswith(("lat", "lon"))]
        since = [v for k, v in told.items() if k.startswith("start")]
        return " ".join([self.service.name, *where, *since])

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.service.base()}?{urlencode(self.query)}"


def cache_folder() -> Path:
    """Return where answers are kept: $KHAZRI_CACHE, or the user's cache folder."""
    if named := os.environ.get(CACHE):
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local or Path.home() / "AppData" / "Local") / "khazri" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "khazri"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "khazri"


def _paths(request: Request) -> tuple[Path, Path]:
    folder = cache_folder() / request.key[:2]
    return folder / f"{request.key}.gz", folder / f"{request.key}.json"


def digest(request: Request) -> str | None:
    """Return the recorded sha256 of a kept answer; None where none is kept."""
    body, about = _paths(request)
    try:
        told = json.loads(about.read_text(encoding="utf-8"))
        return str(told["sha256"]) if body.is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept(request: Request) -> bytes | None:
    """Return a kept answer whose checksum still holds; None where there is none."""
    wanted = digest(request)
    if wanted is None:
        return None
    try:
        content = gzip.decompress(_paths(request)[0].read_bytes())
    except (OSError, EOFError, ValueError, zlib.error):
        return None
    return content if hashlib.sha256(content).hexdigest() == wanted else None


def answer(request: Request, parse: Callable[[bytes], Answer]) -> Answer:
    """Return the parsed answer to a request, from disk or from the service.

    Parameters
    ----------
    request : Request
    parse : callable
        Bytes to anything; raises ValueError, LookupError, TypeError or
        AttributeError for an answer that is not what was asked for, which is then
        not kept.

    Raises
    ------
    InputError
        If the service cannot be reached or does not understand, in one sentence.
    """
    content = kept(request)
    if content is not None:
        return parse(content)
    content = _download(request)
    try:
        parsed = parse(content)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        raise _fault(request, f"an answer that says nothing ({why})") from None
    _keep(request, content)
    return parsed


def _keep(request: Request, content: bytes) -> None:
    """Write an answer and then what is said of it, each whole or not at all."""
    body, about = _paths(request)
    told = {
        "service": request.service.name,
        "address": request.address,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    try:
        body.parent.mkdir(parents=True, exist_ok=True)
        _write(body, gzip.compress(content, 5, mtime=0))
        _write(about, json.dumps(told, indent=1).encode())
    except OSError as error:
        why = error.strerror or type(error).__name__
        expected = f"a folder to keep answers in ({why}); {CACHE} names another"
        fault = Fault(CACHE, None, "", str(cache_folder()), expected)
        raise InputError([fault]) from None


def _write(path: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(aside, path)  # noqa: PTH105 - atomic by name
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _session() -> Any:  # noqa: ANN401 - requests carries no types
    """Return a session that is patient with busy services, or say what is missing."""
    try:
        import requests  # noqa: PLC0415 - an extra, and slow to load
        from urllib3.util import Retry  # noqa: PLC0415
    except ImportError:
        expected = "the online extra: pip install 'khazri[online]'"
        raise InputError([Fault("weather", None, "", "requests", expected)]) from None
    patience = Retry(
        total=RETRIES,
        connect=1,
        backoff_factor=BACKOFF_S,
        status_forcelist=BUSY,
        raise_on_status=False,
    )
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, requests.adapters.HTTPAdapter(max_retries=patience))
    return session


def _download(request: Request) -> bytes:
    with _session() as session:
        from requests import RequestException  # noqa: PLC0415 - it is there by now

        try:
            reply = session.get(request.address, timeout=TIMEOUT_S)
        except RequestException as error:
            raise _fault(request, f"cannot be reached ({_reason(error)})") from None
    if not reply.ok:
        said = " ".join(reply.text.split())
        raise _fault(request, f"answers {reply.status_code}: {said}")
    return bytes(reply.content)


def _reason(error: BaseException) -> str:
    """Return why a connection failed, in a few words."""
    text = f"{type(error).__name__} {error}".lower()
    for mark, words in REASONS.items():
        if mark in text:
            return words
    return type(error).__name__


def _fault(request: Request, what: str) -> InputError:
    return InputError([Fault(request.service.name, None, "", what, INSTEAD)])
