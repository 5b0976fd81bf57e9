"""Processes of the tests' own that load a graph to disk, and are stopped or killed on the way.

``python loaders.py hang FOLDER CONTENT`` loads until it writes, says so, and waits for its end.
``python loaders.py die FOLDER CONTENT`` loads in children, each of which is killed (-9) at a later
moment than the one before, until one is done; it prints a line for each: what it leaves, and how
the next start ends, and what that leaves.
``python loaders.py open FOLDER CONTENT`` loads, and
prints which files of the content were opened meanwhile.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from samverkan import content, disk
from samverkan.origin import Origin

# What a loader does to its folder.
MOMENTS = {"os.mkdir", "os.rename", "shutil.rmtree"}


def hang(folder: Path, given: Path) -> None:
    def waits(step: str, _done: int, _count: int) -> None:
        if step == disk.WRITING:
            print("writes", flush=True)  # noqa: T201
            sys.stdin.read()

    disk.load(folder, content.find(given), waits)


def die(folder: Path, given: Path) -> None:
    kept = set(names(folder))
    number = 0
    while os.WIFSIGNALED(status_of(folder, given, killed_at=number)):
        left = names(folder)
        status = status_of(folder, given)
        print(json.dumps([left, status, names(folder)]), flush=True)  # noqa: T201
        for name in set(names(folder)) - kept:
            shutil.rmtree(folder / name)
        number += 1


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def status_of(folder: Path, given: Path, killed_at: int | None = None) -> int:
    """How a child that loads ends, which is killed at one of its moments."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    passed: list[str] = []

    def passes(moment: str) -> None:
        if len(passed) == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        passed.append(moment)

    def hears(event: str, arguments: tuple[object, ...]) -> None:
        if event in MOMENTS and str(arguments[0]).startswith(str(folder)):
            passes(event)

    def steps(step: str, done: int, count: int) -> None:
        if step not in passed or (step == disk.WRITING and done == count):
            passes(step)

    sys.addaudithook(hears)
    disk.load(folder, content.find(given), steps)
    os._exit(0)


def open_(folder: Path, given: Path) -> None:
    opened = []

    def hears(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).startswith(str(given)):
            opened.append(str(arguments[0]))

    sys.addaudithook(hears)
    dataset = Origin(given, store=folder).dataset()
    print(json.dumps([dataset.version, opened]))  # noqa: T201


if __name__ == "__main__":
    {"hang": hang, "die": die, "open": open_}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
