"""The text of a query → its result.

Two ways: :func:`select` and :func:`serialised` run the house's own, bounded queries in this
process; :class:`AdHoc` runs text from outside in workers that can be killed
(:mod:`samverkan.isolation`), or for an engine elsewhere (:mod:`samverkan.relay`).
Nothing here can change the graph, and nothing reaches outside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

from samverkan import clauses, errors, tokens
from samverkan.cache import Cache
from samverkan.clauses import ALL_GRAPHS, Graphs
from samverkan.engine import Engine, Found
from samverkan.errors import (
    NotAcceptableError,
    QuerySyntaxError,
    RefusedError,
    SizeLimitError,
    TooLongError,
)
from samverkan.isolation import Header, Limits, Pool, Reply, Task
from samverkan.language import mark as _
from samverkan.namespaces import BASE
from samverkan.remote import Remote
from samverkan.results import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    UNBOUNDED,
    Bounds,
    Result,
    Wanted,
    written,
)
from samverkan.store import Dataset, merged

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "AdHoc", "Graphs", "Result", "Row", "Wanted"]

Term = NamedNode | Literal | BlankNode
Row = Mapping[str, Term]

MAX_QUERY_CHARACTERS = 100_000
# What a process remembers of the answers that it has given; what an entry takes besides its text.
_CACHE_BYTES, _ENTRY_BYTES = 32 << 20, 1_000
_REASON_CHARACTERS = 160


def select(dataset: Dataset, text: str) -> Iterator[Row]:
    """The rows of a SELECT of our own; an unbound variable is not in its row.

    What was asked before is not asked again: nothing changes the graph.
    """
    if (given := dataset.answers.get(text)) is None:
        given = tuple(_rows(dataset, text))
        size = len(text) + sum(_ENTRY_BYTES // 4 * len(row) for row in given) + _ENTRY_BYTES
        if tokens.is_steady(text):
            dataset.answers.put(text, given, size)
    yield from given


def _rows(dataset: Dataset, text: str) -> Iterator[Row]:
    solutions = _evaluate(dataset, text)
    if not isinstance(solutions, QuerySolutions):
        raise QuerySyntaxError(_("A SELECT query is needed here."))
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        values = ((name, solution[name]) for name in names)
        yield {name: value for name, value in values if isinstance(value, Term)}


def construct(dataset: Dataset, text: str) -> tuple[Triple, ...]:
    """The statements of a CONSTRUCT of our own, each once."""
    found = _evaluate(dataset, text)
    if isinstance(found, QuerySolutions | QueryBoolean):
        raise QuerySyntaxError(_("A CONSTRUCT query is needed here."))
    return tuple(dict.fromkeys(found))


def serialised(
    dataset: Dataset,
    text: str,
    wanted: Wanted,
    bounds: Bounds = UNBOUNDED,
    graphs: Graphs | None = None,
) -> Result:
    """The result of a query of any form, in the format that *wanted* has for that form.

    It is asked of *graphs* (None: of those that it names); one that is not here is empty.

    Raises:
        QuerySyntaxError: it does not parse.
        NotAcceptableError: its result is of a kind that *wanted* has no format for.
        RefusedError: the engine does not run it.
        SizeLimitError: it comes to more than *bounds*.
    """
    return written(_evaluate(dataset, text, graphs), wanted, bounds)


class Runner(Protocol):
    """What runs requests: workers, or what stands before an engine elsewhere."""

    def run(self, request: Header, seconds: float | None = None) -> Reply:
        """As :meth:`samverkan.isolation.Pool.run`."""

    def close(self) -> None:
        """End the workers."""


def workers(prepare: Callable[[Any], Dataset], argument: object, limits: Limits) -> Pool:
    """Workers that run queries from outside on the dataset ``prepare(argument)``."""
    return Pool(Task(prepare, argument, _perform), limits)


class AdHoc:
    """Queries from outside, which *runner* runs."""

    def __init__(self, runner: Runner, limits: Limits) -> None:
        self.limits = limits
        self._cache: Cache[Result] = Cache(_CACHE_BYTES)
        self._runner = runner

    def ask(
        self,
        text: str,
        wanted: Wanted,
        graphs: Graphs = ALL_GRAPHS,
        *,
        seconds: float | None = None,
        most: int | None = None,
    ) -> Result:
        """The result of *text* on *graphs*, serialised whole; as before, where it was asked before.

        *seconds* of running and *most* bytes of result may be asked to be less than the limits.

        Raises:
            QuerySyntaxError: *text* is no SPARQL query: malformed, an update, of unknown graphs.
            NotAcceptableError: its result is of a kind that *wanted* has no format for.
            RefusedError: it asks for something outside the graph.
            LimitError: it takes too long, too much memory, gives too much, or must wait too long.
        """
        key = text, wanted, graphs, most
        if (given := self._cache.get(key)) is not None:
            return given
        result = self._asked(text, wanted, graphs, seconds, most)
        if tokens.is_steady(text):
            self._cache.put(key, result, len(text) + len(result.body) + _ENTRY_BYTES)
        return result

    def _asked(
        self, text: str, wanted: Wanted, graphs: Graphs, seconds: float | None, most: int | None
    ) -> Result:
        if len(text) > MAX_QUERY_CHARACTERS:
            raise TooLongError(
                _("The query is longer than {limit} characters."), limit=MAX_QUERY_CHARACTERS
            )
        request = {
            "query": text,
            "results": wanted.results,
            "graph": wanted.graph,
            "default": graphs.default,
            "named": graphs.named,
            "most": most,
            "rows": self.limits.rows,
        }
        header, body = self._runner.run(request, seconds)
        if "error" in header:
            raise _ERRORS[header["error"]](header["message"], **header["values"])
        return Result(header["media_type"], body)

    def close(self) -> None:
        """End the workers."""
        self._runner.close()


_ERRORS = {
    kind.__name__: kind
    for kind in (QuerySyntaxError, RefusedError, SizeLimitError, NotAcceptableError)
}


def _perform(dataset: Dataset, request: Header, limit: int) -> Reply:
    """One request, in a worker."""
    try:
        graphs = graphs_asked(request)
        make_sure_are_here(dataset, graphs)
        result = answered(dataset, request, limit, graphs)
    except errors.SamverkanError as error:
        return told(error), b""
    return {"media_type": result.media_type}, result.body


def answered(dataset: Dataset, request: Header, limit: int, graphs: Graphs) -> Result:
    """The answer to a request, of no more than *limit* bytes.

    Raises:
        SamverkanError: as :func:`serialised`.
    """
    wanted = Wanted(request["results"], request["graph"])
    bounds = Bounds(min(limit, request["most"] or limit), request["rows"])
    return serialised(dataset, request["query"], wanted, bounds, graphs)


def graphs_asked(request: Header) -> Graphs:
    """The graphs that a request is of; none: of all.

    Raises:
        QuerySyntaxError: it is an update.
        RefusedError: it reaches outside the graph.
    """
    text = tokens.unescaped(request["query"])
    _refuse_what_reaches_out(text)
    # Those of the request go before those of the query (SPARQL 1.1 Protocol § 2.1.4).
    graphs = Graphs(tuple(request["default"]), tuple(request["named"]))
    return graphs or clauses.graphs_of(text, BASE)


def told(error: errors.SamverkanError) -> Header:
    """An error as a worker tells it."""
    return {"error": type(error).__name__, "message": error.message, "values": error.values}


def _refuse_what_reaches_out(text: str) -> None:
    if tokens.calls_a_service(text):
        raise RefusedError(_("SERVICE is not carried out: no query reaches outside the graph."))


def _evaluate(dataset: Dataset, text: str, graphs: Graphs | None = None) -> Found:
    graphs = clauses.graphs_of(text, BASE) if graphs is None else graphs
    asked, told = _asked_of(dataset, graphs)
    try:
        return asked.query(text, base_iri=BASE, **told)
    except SyntaxError as error:
        if tokens.is_update(tokens.unescaped(text)):
            raise QuerySyntaxError(
                _("This is an update. The graph is read-only: send a query.")
            ) from error
        raise QuerySyntaxError(
            _("This is not a SPARQL query: {reason}"), reason=_shortened(str(error.msg))
        ) from error
    except (RuntimeError, OSError) as error:
        raise RefusedError(
            _("The engine does not run this query: {reason}"), reason=str(error)
        ) from error


def _asked_of(dataset: Dataset, graphs: Graphs) -> tuple[Engine, dict[str, Any]]:
    """The store to ask, and what the engine is told of its graphs."""
    if not graphs:
        return dataset.engine, {}
    default = tuple(NamedNode(iri) for iri in dict.fromkeys(graphs.default))
    named = tuple(NamedNode(iri) for iri in dict.fromkeys(graphs.named))
    told = {"default_graph": list(default), "named_graphs": list(named)}
    asked = dataset.engine
    if isinstance(asked, Remote):
        if asked.can_merge(default, named):
            return asked, told
        asked = merged(asked, default, named)
    elif len(default) <= 1:
        return asked, told
    elif set(default) != set(asked.named_graphs()):
        asked = merged(asked, default, named)
    return asked, {"default_graph": DefaultGraph(), "named_graphs": list(named)}


def _shortened(reason: str) -> str:
    """The place of a syntax error, and the beginning of the list of all that could stand there."""
    return reason if len(reason) <= _REASON_CHARACTERS else reason[:_REASON_CHARACTERS] + " …"


def make_sure_are_here(dataset: Dataset, graphs: Graphs) -> None:
    """Refuse graphs that *dataset* has none of.

    Raises:
        QuerySyntaxError: naming one.
    """
    for iri in (*graphs.default, *graphs.named):
        try:
            is_here = dataset.engine.contains_named_graph(NamedNode(iri))
        except ValueError as error:
            raise QuerySyntaxError(_("“{iri}” is no IRI."), iri=iri) from error
        if not is_here:
            raise QuerySyntaxError(
                _("There is no graph {iri} here, and none is ever fetched."), iri=iri
            )
