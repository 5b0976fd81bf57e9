"""The README tells the truth: its commands give the output that stands below them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

README = Path(__file__).resolve().parent.parent / "README.md"
WRITTEN = re.compile(r"Asked on (\d{4}-\d{2}-\d{2})")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Each command of the README, with what stands below it."""
    found = []
    for block in BLOCK.findall(README.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, output = part.partition("\n")
            found.append((command, output.rstrip()))
    return found


def test_the_readme_has_examples() -> None:
    assert len(examples()) > 8


@pytest.mark.parametrize(("command", "output"), examples(), ids=[c for c, _o in examples()])
def test_a_command_gives_what_the_readme_shows(command: str, output: str, tmp_path: Path) -> None:
    day = WRITTEN.search(README.read_text(encoding="utf-8"))
    assert day
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert done.stdout.rstrip() == output.replace(day[1], date.today().isoformat())
