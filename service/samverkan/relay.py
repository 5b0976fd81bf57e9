"""Queries from outside, and who runs them: workers, or an engine elsewhere."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from threading import BoundedSemaphore, Lock

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from samverkan import tokens
from samverkan.clauses import Graphs
from samverkan.errors import (
    BusyError,
    EngineOverflowError,
    EngineSlowError,
    SamverkanError,
    SizeLimitError,
    TimeLimitError,
)
from samverkan.isolation import Header, Limits, Pool, Reply, Task
from samverkan.language import mark as _
from samverkan.origin import Origin
from samverkan.remote import Remote
from samverkan.sparql import (
    Runner,
    Wanted,
    answered,
    graphs_asked,
    make_sure_are_here,
    told,
    workers,
)
from samverkan.store import Dataset

# The engine is asked for JSON or N-Triples, which for the same take so many times as many bytes as
# what is wanted: of white space, and of the formats that write less of each value.
_SPACED, _DENSE = 2, 16

Graph = tuple[str, bytes]


def runner(origin: Origin, limits: Limits, dataset: Dataset | None = None) -> Runner:
    """What runs queries from outside on the graph of *origin*.

    Where it is loaded already, as *dataset*, it is not checked for faults again.
    """
    if dataset is not None and isinstance(dataset.engine, Remote):
        return _Relay(dataset, dataset.engine, limits)
    return workers(_dataset_of, (origin, dataset.version if dataset else None), limits)


class _Relay:
    """Queries from outside, for an engine elsewhere.

    Their text is taken apart in a worker, as what it can do to a parser is not known; so many run
    or wait at a time as there are workers and places. The engine is asked by this process, which
    goes away when the time of the query is over. What of several graphs the engine would not
    answer well is asked of a copy, which other workers have.
    """

    def __init__(self, dataset: Dataset, engine: Remote, limits: Limits) -> None:
        self._dataset, self._engine, self._limits = dataset, engine, limits
        self._readers = Pool(Task(_nothing, None, _look_through), limits)
        self._copy: Pool | None = None
        self._copying = Lock()
        self._running = BoundedSemaphore(limits.workers)
        self._places = BoundedSemaphore(limits.workers + limits.waiting)

    def run(self, request: Header, seconds: float | None = None) -> Reply:
        """As :meth:`samverkan.isolation.Pool.run`.

        Raises:
            EngineError: the engine cannot be reached, or gives no answer.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError(_("Too many queries are waiting. Try again in a moment."))
        try:
            if not self._running.acquire(timeout=self._limits.patience):
                raise BusyError(_("All workers are busy. Try again in a moment."))
            try:
                return self._run(request, min(seconds or inf, self._limits.seconds))
            finally:
                self._running.release()
        finally:
            self._places.release()

    def close(self) -> None:
        """End the workers."""
        self._readers.close()
        if self._copy is not None:
            self._copy.close()

    def _run(self, request: Header, seconds: float) -> Reply:
        header, _body = self._readers.run(request, seconds)
        if "error" in header:
            return header, b""
        graphs = Graphs(tuple(header["default"]), tuple(header["named"]))
        make_sure_are_here(self._dataset, graphs)
        named = [[NamedNode(iri) for iri in iris] for iris in (graphs.default, graphs.named)]
        if graphs and not self._engine.can_merge(*named):
            return self._workers().run(request, seconds)
        return self._asked(request, seconds, graphs)

    def _asked(self, request: Header, seconds: float, graphs: Graphs) -> Reply:
        """What the engine says."""
        limit = min(self._limits.result, request["most"] or inf)
        is_alike = request["results"] == Wanted().results
        is_table = tokens.form(tokens.unescaped(request["query"])) in {"SELECT", "ASK"}
        factor = _SPACED if is_alike and is_table else _DENSE
        engine = self._engine.within(seconds, int(limit) * factor)
        try:
            result = answered(replace(self._dataset, engine=engine), request, int(limit), graphs)
        except EngineSlowError as error:
            raise TimeLimitError(
                _("The query ran for more than {seconds:g} seconds and was stopped."),
                seconds=seconds,
            ) from error
        except EngineOverflowError as error:
            raise SizeLimitError(
                _("The result is larger than {limit} bytes. Ask for less, or use LIMIT."),
                limit=limit,
            ) from error
        return {"media_type": result.media_type}, result.body

    def _workers(self) -> Pool:
        """Workers that have a copy of the graph; it is fetched when it is first needed."""
        with self._copying:
            if self._copy is None:
                graphs = [
                    (name.value, self._engine.dump(format=RdfFormat.N_TRIPLES, from_graph=name))
                    for name in self._engine.graphs
                ]
                self._copy = workers(_copy_of, graphs, self._limits)
            return self._copy


def _dataset_of(given: tuple[Origin, str | None]) -> Dataset:
    origin, checked = given
    return origin.dataset(checked)


def _copy_of(graphs: list[Graph]) -> Dataset:
    """The graphs, by name and as N-Triples, and their merge."""
    held = Store()
    for name, triples in graphs:
        for into in (NamedNode(name), DefaultGraph()):
            held.bulk_load(input=triples, format=RdfFormat.N_TRIPLES, to_graph=into, lenient=True)
    return Dataset(held, "", ())


def _nothing(_argument: None) -> Dataset:
    return Dataset(Store(), "", ())


def _look_through(empty: Dataset, request: Header, limit: int) -> Reply:
    """What a query that is for elsewhere asks of which graphs, in a worker; or what is amiss."""
    try:
        graphs = graphs_asked(request)
        answered(empty, request, limit, Graphs())
    except SamverkanError as error:
        return told(error), b""
    return {"default": graphs.default, "named": graphs.named}, b""
