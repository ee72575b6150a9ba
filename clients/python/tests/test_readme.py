"""The README's programs, word for word but for the server's address."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text()
PROGRAMS = dict(re.findall(r"<!-- tested: (\w+) -->\n```python\n(.*?)```", README, re.DOTALL))
ADDRESS = "127.0.0.1:8080"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("quickstart", "Paris"),
        ("leave", r"\w+"),
        ("asyncio", "Paris"),
        ("extract", r"Ada.* 1815"),
        ("errors", r"INVALID_ARGUMENT validation_failed req_\w+\ntemperature Must be from 0 to 2\."),
        ("openai", "Paris"),
    ],
)
def test_a_program_of_the_readme(name: str, says: str, address: str) -> None:
    program = PROGRAMS[name]
    assert ADDRESS in program
    done = subprocess.run(
        [sys.executable, "-c", program.replace(ADDRESS, address)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(says, done.stdout), done.stdout


def test_every_program_is_tested() -> None:
    assert set(PROGRAMS) == {"quickstart", "leave", "asyncio", "extract", "errors", "openai"}
