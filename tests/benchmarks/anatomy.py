"""Where the time of a query from outside goes: engine, worker, web, one around the other."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.findings import Anatomy
from samverkan import relay
from samverkan.isolation import Limits
from samverkan.origin import Origin
from samverkan.results import written
from samverkan.sparql import AdHoc, Wanted

_ASKED = 300


def measured(folder: Path, texts: Sequence[str]) -> Anatomy:
    """The median of *texts* over the content in *folder*, each asked of it once."""
    origin, limits = Origin(folder), Limits()
    dataset = origin.dataset()
    some = texts[:_ASKED]

    def alone(text: str) -> None:
        written(dataset.engine.query(text), Wanted())

    adhoc = AdHoc(relay.runner(origin, limits, dataset), limits)
    try:
        adhoc.ask(some[0], Wanted())  # so that there is a worker
        in_worker = _median(lambda text: adhoc.ask(f"{text} #", Wanted()), some)
    finally:
        adhoc.close()
    return Anatomy(_median(alone, some), in_worker)


def _median(ask: Callable[[str], object], texts: Sequence[str]) -> float:
    """Milliseconds."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        ask(text)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)
