"""The manifest's digests: of the scenario files and of the reader's list."""

import hashlib

from data.text import scenario_text
from siting.digests import digests


def test_the_base_case_counts_under_every_scenario() -> None:
    told = digests("edge", ("mine.csv", "ab12"))
    assert list(told) == ["scenario base", "scenario edge", "sites mine.csv"]
    assert told["sites mine.csv"] == "ab12"
    text = scenario_text("edge").encode()
    assert told["scenario edge"] == hashlib.sha256(text).hexdigest()
    assert list(digests("base")) == ["scenario base"]
