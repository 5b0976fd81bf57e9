"""What a run of the bench found, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.measurement import Measured

OURS, RIVAL, ENDPOINT, ALONE = "samverkan", "Oxigraph server", "rdflib-endpoint", "rdflib alone"
STORED = "samverkan --store"  # on its second start


@dataclass(frozen=True, order=True)
class Case:
    """What was asked of whom: at a size in triples, over so many connections."""

    size: int
    workload: str
    connections: int
    contender: str


@dataclass(frozen=True)
class Start:
    """From the start to the first answer in seconds; bytes of memory after it."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Runaway:
    """A query that never ends beside normal traffic.

    ``limit`` and ``killed`` are seconds; the others are p99 in milliseconds of the traffic without
    it and beside it.
    """

    limit: float
    killed: float
    before: float
    beside: float


@dataclass(frozen=True)
class Check:
    """A full check: how many results, seconds to find and to tell them, and those of pyshacl.

    They are seconds of the processor; None where pyshacl was not run.
    """

    results: int
    finding: float
    telling: float
    own: float | None

    @property
    def ratio(self) -> float | None:
        """pyshacl's time, which only finds, as a multiple of ours, telling included."""
        return None if self.own is None else self.own / (self.finding + self.telling)


@dataclass(frozen=True)
class Anatomy:
    """A query about one thing, in milliseconds: of the engine alone, and through a worker."""

    engine: float
    worker: float


@dataclass(frozen=True)
class Target:
    """What was to be reached, what was found, and whether that is it; None: it was not measured."""

    what: str
    target: str
    found: str
    met: bool | None


@dataclass
class Findings:
    """All of it, in the order in which it was measured."""

    machine: str
    sizes: tuple[int, ...] = ()
    starts: dict[tuple[int, str], Start] = field(default_factory=dict)
    cases: dict[Case, Measured] = field(default_factory=dict)
    checks: dict[int, Check] = field(default_factory=dict)
    runaways: dict[int, Runaway] = field(default_factory=dict)
    compared: dict[int, int] = field(default_factory=dict)
    bundled: tuple[Target, ...] = ()
    anatomies: dict[int, Anatomy] = field(default_factory=dict)

    def add(self, case: Case, measured: Measured) -> None:
        """Take in a slice of time of a case."""
        self.cases.setdefault(case, Measured()).add(measured)

    def ratio(self, case: Case, other: str) -> float | None:
        """Our throughput as a multiple of another's; None where that one was not asked."""
        beside = self.cases.get(Case(case.size, case.workload, case.connections, other))
        if beside is None or not beside.throughput:
            return None
        return self.cases[case].throughput / beside.throughput
