"""sha256 of what a run reads beside the shipped tables, for its manifest."""

from data.text import scenario_text
from siting.run import sha256


def digests(scenario: str, sites: tuple[str, str] | None = None) -> dict[str, str]:
    """Return the digest of every file a run reads beside the shipped tables.

    Parameters
    ----------
    scenario : str
        A shipped scenario or a path, as `load_scenario` takes it.
    sites : (str, str), optional
        Name of the user's list and its digest.
    """
    names = dict.fromkeys(("base", scenario))
    told = {f"scenario {name}": sha256(scenario_text(name).encode()) for name in names}
    return told | ({f"sites {sites[0]}": sites[1]} if sites else {})
