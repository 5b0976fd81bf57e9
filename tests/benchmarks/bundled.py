"""The targets that are of the bundled graph, or that tests and the command line hold."""

from __future__ import annotations

import importlib.util
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks import contenders
from benchmarks.channel import AnswerError
from benchmarks.findings import Target
from samverkan import checks, content, knowledge
from samverkan.language import language

_TESTS = Path(__file__).resolve().parent.parent
_QUESTION = "/ask?q=vem%20representerar%20oss%20i%20beredningsgrupp%202"
_TIMES = 3
_THINGS = 200
_PASSED = re.compile(r"(\d+) passed")


def targets(documents: Path | None) -> Iterator[Target]:
    """Each target, measured now.

    Args:
        documents: the folder of the documents' texts, which the evidence is held against.
    """
    start = _median(_start)
    yield Target("start to first answer, bundled graph", "under 2 s", f"{start:.2f} s", start < 2)
    full = _median(_check)
    told = f"{full:.2f} s, with the start of the command"
    yield Target("full check, bundled graph", "under 3 s", told, full < 3)
    middle, worst = _change()
    told = f"{middle:.1f} ms; p99 {worst:.1f} ms"
    yield Target("check of one thing, bundled graph", "milliseconds", told, middle < 10)
    yield _held_by("hostile input", "a clear 4xx, no hang, no leak", "test_hostile.py")
    yield _held_by("W3C SPARQL 1.1 Protocol cases", "all", "test_protocol.py")
    if documents is not None and documents.is_dir():
        yield _evidence(documents)


def _median(measured: Callable[[], float]) -> float:
    return statistics.median(measured() for _time in range(_TIMES))


def _start() -> float:
    """Seconds until the service, started on the bundled graph, has answered a question."""
    began = time.monotonic()
    with contenders.samverkan(None, "--log-level", "warning") as server:
        with closing(server.pages()) as channel:
            channel.ask(_QUESTION)
        return time.monotonic() - began


def _check() -> float:
    """Seconds of a full check on the command line; gaps are found in it (exit code 1)."""
    began = time.monotonic()
    _run("check", "--format", "json")
    return time.monotonic() - began


def _change() -> tuple[float, float]:
    """Milliseconds of a check of one thing, as after a change of it: the median, and p99."""
    dataset = knowledge.load().dataset
    held = checks.load(content.find(), dataset)
    today, spoken = date.today(), language("sv")
    things = dict.fromkeys(str(result.focus) for result in held.results(today))
    taken = []
    for iri in list(things)[:_THINGS]:
        began = time.perf_counter()
        held.of_thing(iri, today, spoken)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), statistics.quantiles(taken, n=100)[-1]


def _held_by(what: str, target: str, file: str) -> Target:
    """A target that the tests of a file hold."""
    if importlib.util.find_spec("pytest") is None:
        return Target(what, target, f"held by tests/{file}, which were not run", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{_TESTS / file}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_TESTS.parent)
    passed = _PASSED.search(done.stdout)
    told = f"{passed[1] if passed else 0} cases pass"
    return Target(what, target, told, done.returncode == 0)


def _evidence(documents: Path) -> Target:
    totals = json.loads(_run("sources", "verify", str(documents), "--format", "json"))["totals"]
    told = f"{totals['percent']:g} % of {totals['things']}; {totals['spans']} spans hold"
    holds = totals["percent"] == 100 and not totals["failures"]
    return Target("evidence of statements, verified", "100 %", told, holds)


def _run(*command: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "samverkan", *command], capture_output=True, check=False
    )
    if done.returncode not in {0, 1}:
        raise AnswerError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
