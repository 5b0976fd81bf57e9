"""`make bench`: measures us beside the others in one run, and writes a table and a picture of it.

make bench                                              10 000 and 100 000 triples
make bench BENCH="--sizes 10000 --seconds 1 --rounds 2"       about two minutes
make bench BENCH="--sizes 10000,100000,1000000 --rdflib-up-to 100000"
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat

from benchmarks import anatomy, bundled, checking, comparison, contenders, plot, report, workload
from benchmarks.channel import AnswerError, Endpoint
from benchmarks.contenders import Running
from benchmarks.findings import (
    ALONE,
    ENDPOINT,
    OURS,
    RIVAL,
    STORED,
    Case,
    Findings,
    Runaway,
    Start,
)
from benchmarks.measurement import cycled, measure
from benchmarks.nation import generate
from benchmarks.workload import Workload
from samverkan import knowledge

_HERE = Path(__file__).resolve().parent
_FIRST = "SELECT ?thing WHERE { ?thing ?property ?value } LIMIT 1"
_RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_COMPARED = 70


@dataclass(frozen=True)
class Plan:
    """What is measured, and for how long: a case is asked for *rounds* slices of *seconds*."""

    sizes: tuple[int, ...] = (10_000, 100_000)
    connections: tuple[int, ...] = (1, 2, 8)
    seconds: float = 2.0
    rounds: int = 3
    beside: tuple[str, ...] = (RIVAL, ENDPOINT, ALONE)
    rdflib_up_to: int = 100_000
    check_up_to: int = 5_000_000
    pyshacl_up_to: int = 10_000
    runaway_seconds: float = 2.0
    seed: int = 1
    bundled: bool = True
    documents: Path | None = None


@dataclass(frozen=True)
class Graph:
    """A graph to be asked: its content, its statements as one file, and what is asked of it."""

    size: int
    content: Path
    triples: Path
    workloads: tuple[Workload, ...]
    pages: dict[str, tuple[str, ...]]


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, run, write the report and the picture."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    plan = Plan()
    parser.add_argument("--sizes", type=_numbers, default=plan.sizes)
    parser.add_argument("--connections", type=_numbers, default=plan.connections)
    parser.add_argument("--seconds", type=float, default=plan.seconds)
    parser.add_argument("--rounds", type=int, default=plan.rounds)
    parser.add_argument("--runaway-seconds", type=float, default=plan.runaway_seconds)
    parser.add_argument("--rdflib-up-to", type=int, default=plan.rdflib_up_to)
    parser.add_argument("--check-up-to", type=int, default=plan.check_up_to)
    parser.add_argument("--pyshacl-up-to", type=int, default=plan.pyshacl_up_to)
    parser.add_argument("--seed", type=int, default=plan.seed)
    parser.add_argument("--documents", type=Path, help="the texts that evidence is held against")
    parser.add_argument("--output", type=Path, default=_HERE / "results.md")
    given = vars(parser.parse_args(arguments))
    output: Path = given.pop("output")
    run(Plan(**given), lambda found: write(found, output))


def write(found: Findings, output: Path) -> None:
    """The report in the file *output*, the picture beside it."""
    picture = output.with_suffix(".svg")
    output.write_text(report.markdown(found, picture.name), encoding="utf-8")
    picture.write_text(plot.svg(found), encoding="utf-8")


def run(plan: Plan, told: Callable[[Findings], None] = lambda _found: None) -> Findings:
    """Measure all that *plan* asks for; what is found so far is *told* after each size.

    Raises:
        DisagreementError: two contenders answer a query differently.
    """
    found = Findings(_machine(), plan.sizes)
    if plan.bundled:
        found.bundled = tuple(bundled.targets(plan.documents))
        _tell("bundled graph measured")
    for size in plan.sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            graph = graph_of(Path(folder), size, plan.seed)
            _tell(f"{size} triples: graph made")
            _stored(graph, Path(folder) / "store", found)
            _beside(graph, plan, found)
            found.anatomies[size] = anatomy.measured(graph.content, graph.workloads[0].texts)
            if size <= plan.check_up_to:
                beside = size <= plan.pyshacl_up_to
                found.checks[size] = checking.measured(graph.content, beside=beside)
                _tell(f"{size} triples: checked")
        told(found)
    return found


def graph_of(folder: Path, size: int, seed: int) -> Graph:
    """A graph of about *size* triples, made in *folder*."""
    generate(folder / "content", size, seed)
    known = knowledge.load(folder / "content")
    triples = folder / "graph.nt"
    dumped = known.dataset.engine.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    triples.write_bytes(dumped or b"")
    pages = {
        report.NEW_QUESTION: workload.questions(known, days=2_000),
        report.QUESTION: workload.questions(known, days=1),
        report.NAMED: workload.named(known),
    }
    return Graph(size, folder / "content", triples, tuple(workload.workloads(known)), pages)


def _beside(graph: Graph, plan: Plan, found: Findings) -> None:
    """Start all contenders, compare what they answer, then time them in turns."""
    with ExitStack() as stack:
        service = stack.enter_context(contenders.samverkan(graph.content, "--log-level", "warning"))
        running = [service, *map(stack.enter_context, _others(graph, plan))]
        for each in running:
            _first(graph, each, each.name, found)
        channels = {e.name: stack.enter_context(closing(e.channel())) for e in running}
        texts = dict.fromkeys(t for kind in graph.workloads for t in kind.texts[:_COMPARED])
        found.compared[graph.size] = comparison.agree(channels, texts)
        _tell(f"{graph.size} triples: {found.compared[graph.size]} rows compared")
        _queries(graph, plan, running, found)
        _pages(graph, plan, service, found)
        found.runaways[graph.size] = _runaway(graph, plan, service)


def _stored(graph: Graph, folder: Path, found: Findings) -> None:
    """Start our service on a graph that it has loaded to disk before."""
    options = ("--log-level", "warning", "--store", str(folder))
    with contenders.samverkan(graph.content, *options):
        pass
    with contenders.samverkan(graph.content, *options) as service:
        _first(graph, service, STORED, found)


def _first(graph: Graph, each: Running, name: str, found: Findings) -> None:
    """When it gives its first answer, and the memory that it takes then."""
    began = time.monotonic()
    with closing(each.channel()) as channel:
        channel.ask(_FIRST)
    seconds = each.load_seconds + time.monotonic() - began
    found.starts[graph.size, name] = Start(seconds, each.memory())
    _tell(f"{graph.size} triples: {name} answers after {seconds:.1f} s")


def _others(graph: Graph, plan: Plan) -> Iterator[AbstractContextManager[Running]]:
    """The others, not started yet; rdflib only up to a size."""
    if RIVAL in plan.beside:
        yield contenders.oxigraph(graph.triples)
    if ENDPOINT in plan.beside and graph.size <= plan.rdflib_up_to:
        yield contenders.rdflib_endpoint(graph.triples)
    if ALONE in plan.beside and graph.size <= plan.rdflib_up_to:
        yield contenders.rdflib_alone(graph.triples)


def _queries(graph: Graph, plan: Plan, running: list[Running], found: Findings) -> None:
    slices = 0
    for kind in graph.workloads:
        for connections in plan.connections:
            for _round in range(plan.rounds):
                slices += 1
                for each in running:
                    if connections > each.most_connections:
                        continue
                    measured = measure(
                        each.channel,
                        kind.queries,
                        connections=connections,
                        seconds=plan.seconds,
                        slice_=slices,
                    )
                    found.add(Case(graph.size, kind.name, connections, each.name), measured)
            _tell(f"{graph.size} triples: {kind.name}, {connections} connections")


def _pages(graph: Graph, plan: Plan, service: contenders.Server, found: Findings) -> None:
    for name, addresses in graph.pages.items():
        for connections in plan.connections:
            case = Case(graph.size, name, connections, OURS)
            for number in range(plan.rounds):
                found.add(
                    case,
                    measure(
                        service.pages,
                        cycled(addresses),
                        connections=connections,
                        seconds=plan.seconds,
                        slice_=number,
                    ),
                )
            _tell(f"{graph.size} triples: {name}, {connections} connections")


def _runaway(graph: Graph, plan: Plan, service: contenders.Server) -> Runaway:
    """Normal traffic of one connection, then the same beside a query that never ends."""
    kind = graph.workloads[0]
    limit = plan.runaway_seconds
    normal = measure(service.channel, kind.queries, connections=1, seconds=limit, slice_=900)
    ended: list[float] = []
    with _Aside(lambda: ended.append(_endless(service.port, limit))):
        beside = measure(service.channel, kind.queries, connections=1, seconds=limit, slice_=901)
    return Runaway(limit, ended[0], normal.percentile(99), beside.percentile(99))


def _endless(port: int, limit: float) -> float:
    """After how many seconds the query that never ends is stopped."""
    with closing(Endpoint(port, f"/sparql?timeout={limit:g}")) as channel:
        began = time.monotonic()
        try:
            channel.ask(_RUNAWAY)
        except AnswerError:
            return time.monotonic() - began
    raise AnswerError("the query that never ends has ended")


class _Aside:
    """Something that is done in a thread beside what is within."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._thread = threading.Thread(target=work)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_told: object) -> None:
        self._thread.join()


def _machine() -> str:
    """The machine in some words."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    models = [line.partition(":")[2].strip() for line in told.splitlines() if "model name" in line]
    memory = int(Path("/proc/meminfo").read_text(encoding="utf-8").split()[1]) / 1e6
    model = models[0] if models else platform.machine()
    return (
        f"{len(models)} × {model}, {memory:.0f} GB, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, {time.strftime('%Y-%m-%d')},"
        f" load {os.getloadavg()[0]:.1f} before it began"
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _tell(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


if __name__ == "__main__":
    main()
