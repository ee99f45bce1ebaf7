"""What the README shows is what a reader gets."""

import re
from pathlib import Path
from typing import Any

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_python_example_runs_and_gives_the_number_beside_it() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    *before, last = example.strip().splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(before), names)
    asked, _, said = last.partition("#")
    shown = float(said.split()[0])
    assert eval(asked, names) == pytest.approx(shown, abs=0.005)
