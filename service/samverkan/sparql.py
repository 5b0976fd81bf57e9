"""The text of a query → its result.

Two ways: :func:`select` and :func:`serialised` run the house's own, bounded queries in this
process; :class:`AdHoc` runs text from outside in workers that can be killed
(:mod:`samverkan.isolation`).
Nothing here can change the graph, and nothing reaches outside it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from samverkan import content, errors, store, tokens
from samverkan.errors import (
    NotAcceptableError,
    QuerySyntaxError,
    RefusedError,
    SizeLimitError,
    TooLongError,
)
from samverkan.isolation import Limits, Pool, Task
from samverkan.language import mark as _
from samverkan.namespaces import PREFIXES
from samverkan.store import Dataset

Term = NamedNode | Literal | BlankNode
Row = Mapping[str, Term]

RESULT_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}

MAX_QUERY_CHARACTERS = 100_000
_REASON_CHARACTERS = 160


@dataclass(frozen=True)
class Result:
    """A serialised result: its media type and its bytes."""

    media_type: str
    body: bytes


@dataclass(frozen=True)
class Graphs:
    """The dataset that a request names by IRIs, in the place of the query's own.

    SPARQL 1.1 Protocol § 2.1.4. Empty: the query's own, or else all graphs merged.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """The media types that the caller takes: for solutions and booleans, and for graphs.

    None where the caller takes none of that kind.
    """

    results: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"


def select(dataset: Dataset, text: str) -> Iterator[Row]:
    """The rows of a SELECT of our own; an unbound variable is not in its row."""
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
    if not isinstance(found, QueryTriples):
        raise QuerySyntaxError(_("A CONSTRUCT query is needed here."))
    return tuple(dict.fromkeys(found))


def serialised(
    dataset: Dataset,
    text: str,
    wanted: Wanted,
    limit: int | None = None,
    graphs: Graphs = Graphs(),
) -> Result:
    """The result of a query of any form, in the format that *wanted* has for that form.

    Raises:
        QuerySyntaxError: it does not parse.
        NotAcceptableError: its result is of a kind that *wanted* has no format for.
        RefusedError: the engine does not run it.
        SizeLimitError: it comes to more than *limit* bytes.
    """
    answer = _evaluate(dataset, text, graphs)
    media_type = wanted.graph if isinstance(answer, QueryTriples) else wanted.results
    if media_type is None:
        raise NotAcceptableError(_("The result of this query does not come in that format."))
    sink = _Bounded(limit)
    try:
        if isinstance(answer, QueryTriples):
            serialize(answer, sink, GRAPH_FORMATS[media_type], prefixes=PREFIXES)
        else:
            answer.serialize(sink, RESULT_FORMATS[media_type])
    except _OverflowError:
        raise SizeLimitError(
            _("The result is larger than {limit} bytes. Ask for less, or use LIMIT."), limit=limit
        ) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise RefusedError(
            _("The engine does not run this query: {reason}"), reason=str(error)
        ) from error
    return Result(media_type, sink.getvalue())


class AdHoc:
    """Queries from outside, on the content in a folder (None: the bundled one)."""

    def __init__(self, folder: str | None, limits: Limits) -> None:
        self.limits = limits
        self._pool = Pool(Task(_dataset_in, folder, _perform), limits)

    def ask(
        self,
        text: str,
        wanted: Wanted,
        graphs: Graphs = Graphs(),
        *,
        seconds: float | None = None,
        most: int | None = None,
    ) -> Result:
        """The result of *text* on *graphs*, serialised whole.

        *seconds* of running and *most* bytes of result may be asked to be less than the limits.

        Raises:
            QuerySyntaxError: *text* is no SPARQL query: malformed, an update, of unknown graphs.
            NotAcceptableError: its result is of a kind that *wanted* has no format for.
            RefusedError: it asks for something outside the graph.
            LimitError: it takes too long, too much memory, gives too much, or must wait too long.
        """
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
        }
        header, body = self._pool.run(request, seconds)
        if "error" in header:
            raise _ERRORS[header["error"]](header["message"], **header["values"])
        return Result(header["media_type"], body)

    def close(self) -> None:
        """End the workers."""
        self._pool.close()


_ERRORS = {
    kind.__name__: kind
    for kind in (QuerySyntaxError, RefusedError, SizeLimitError, NotAcceptableError)
}


def _dataset_in(folder: str | None) -> Dataset:
    return store.load(content.find(Path(folder) if folder else None))


def _perform(dataset: Dataset, request: dict[str, Any], limit: int) -> tuple[dict[str, Any], bytes]:
    """One request, in a worker."""
    try:
        _refuse_what_reaches_out(request["query"])
        wanted = Wanted(request["results"], request["graph"])
        graphs = Graphs(tuple(request["default"]), tuple(request["named"]))
        most = min(limit, request["most"] or limit)
        result = serialised(dataset, request["query"], wanted, most, graphs)
    except errors.SamverkanError as error:
        header = {"error": type(error).__name__, "message": error.message, "values": error.values}
        return header, b""
    return {"media_type": result.media_type}, result.body


def _refuse_what_reaches_out(raw: str) -> None:
    text = tokens.unescaped(raw)
    if tokens.is_update(text):
        raise QuerySyntaxError(_("This is an update. The graph is read-only: send a query."))
    if tokens.calls_a_service(text):
        raise RefusedError(_("SERVICE is not carried out: no query reaches outside the graph."))


def _evaluate(
    dataset: Dataset, text: str, graphs: Graphs = Graphs()
) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        return dataset.store.query(text, **_dataset_clause(dataset, graphs))
    except SyntaxError as error:
        raise QuerySyntaxError(
            _("This is not a SPARQL query: {reason}"), reason=_shortened(str(error.msg))
        ) from error
    except (RuntimeError, OSError) as error:
        raise RefusedError(
            _("The engine does not run this query: {reason}"), reason=str(error)
        ) from error


def _dataset_clause(dataset: Dataset, graphs: Graphs) -> dict[str, Any]:
    """What the engine is told of the dataset: the request's graphs, or nothing."""
    if not (graphs.default or graphs.named):
        return {}
    default = [_known_graph(dataset, iri) for iri in graphs.default]
    named = [_known_graph(dataset, iri) for iri in graphs.named]
    return {"default_graph": default, "named_graphs": named}


def _shortened(reason: str) -> str:
    """The place of a syntax error, and the beginning of the list of all that could stand there."""
    return reason if len(reason) <= _REASON_CHARACTERS else reason[:_REASON_CHARACTERS] + " …"


def _known_graph(dataset: Dataset, iri: str) -> NamedNode:
    try:
        graph = NamedNode(iri)
    except ValueError as error:
        raise QuerySyntaxError(_("“{iri}” is no IRI."), iri=iri) from error
    if not dataset.store.contains_named_graph(graph):
        raise QuerySyntaxError(
            _("There is no graph {iri} here, and none is ever fetched."), iri=iri
        )
    return graph


class _OverflowError(Exception):
    """More bytes than the limit."""


class _Bounded(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit: int | None) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        if self._limit is not None and self.tell() + len(data) > self._limit:
            raise _OverflowError
        return super().write(data)
