"""So many connections that ask for so many seconds: how much is answered, and how fast."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from benchmarks.channel import AnswerError, Channel

_STRIDE, _LANES = 1_001_250, 61


@dataclass
class Measured:
    """Seconds that answers took, and for how long there were connections that asked."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: int) -> float:
        """The latency in milliseconds that so many percent of the answers do not exceed."""
        if len(self.latencies) < 2:
            return 1000 * (self.latencies or [0.0])[0]
        return 1000 * statistics.quantiles(self.latencies, n=100, method="inclusive")[share - 1]

    def add(self, other: Measured) -> None:
        """Take in what another slice of time gave."""
        self.latencies += other.latencies
        self.seconds += other.seconds


def measure(
    channel: Callable[[], Channel],
    queries: Callable[[int], Iterator[str]],
    *,
    connections: int,
    seconds: float,
    slice_: int = 0,
) -> Measured:
    """Ask *queries* on so many connections, each in a process of its own, for so many seconds.

    Each of the slices, and in it each connection, begins with another number of a query.
    """
    context = multiprocessing.get_context("fork")
    pipes = []
    for number in range(connections):
        ours, theirs = context.Pipe()
        first = (slice_ * _LANES + number) * _STRIDE
        process = context.Process(
            target=_drive, args=(theirs, channel, queries(first), seconds), daemon=True
        )
        process.start()
        theirs.close()
        pipes.append((process, ours))
    for _process, pipe in pipes:
        pipe.recv()  # connected
    for _process, pipe in pipes:
        pipe.send("go")
    found = Measured(seconds=0.0)
    for process, pipe in pipes:
        latencies, taken = pipe.recv()
        process.join()
        if not taken:
            raise AnswerError(latencies)
        found.latencies += latencies
        found.seconds = max(found.seconds, taken)
    return found


def _drive(
    pipe: Connection, channel: Callable[[], Channel], queries: Iterator[str], seconds: float
) -> None:
    """One connection: at least one answer is waited for."""
    try:
        connected = channel()
        pipe.send("ready")
        pipe.recv()
        latencies: list[float] = []
        began = last = time.perf_counter()
        while last - began < seconds or not latencies:
            text = next(queries)
            start = time.perf_counter()
            connected.ask(text)
            last = time.perf_counter()
            latencies.append(last - start)
        pipe.send((latencies, last - began))
    except Exception as error:
        pipe.send((repr(error), 0.0))


def cycled(texts: Sequence[str]) -> Callable[[int], Iterator[str]]:
    """*texts* over and over."""

    def queries(first: int) -> Iterator[str]:
        while True:
            yield texts[first % len(texts)]
            first += 1

    return queries
