"""What the engine found → the bytes of a format: the whole of it, well formed, or an error."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from samverkan.engine import Found
from samverkan.errors import NotAcceptableError, RefusedError, SizeLimitError
from samverkan.formats import as_xml
from samverkan.language import mark as _
from samverkan.namespaces import PREFIXES

RESULT_FORMATS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
# The last two can hold several graphs; what a query makes is one, and stands in them as such.
GRAPH_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}

_XML = {"application/sparql-results+xml", "application/rdf+xml"}
_JSON_STRING = re.compile(rb'"(?:[^"\\]+|\\.)*"', re.DOTALL)
_CSV_STRING = re.compile(rb'"[^"]*"')


@dataclass(frozen=True)
class Result:
    """A serialised result: its media type and its bytes."""

    media_type: str
    body: bytes


@dataclass(frozen=True)
class Wanted:
    """The media types that the caller takes: for solutions and booleans, and for graphs.

    None where the caller takes none of that kind.
    """

    results: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"


@dataclass(frozen=True)
class Bounds:
    """How much a result may come to: in bytes, and in rows (of a graph: triples)."""

    size: int | None = None
    rows: int | None = None


UNBOUNDED = Bounds()


def written(found: Found, wanted: Wanted, bounds: Bounds = UNBOUNDED) -> Result:
    """*found* in the format that *wanted* has for its kind.

    Raises:
        NotAcceptableError: *wanted* has none, or the format cannot hold what was found.
        SizeLimitError: it comes to more than *bounds*.
        RefusedError: the engine gives up while it is at it.
    """
    is_table = isinstance(found, QuerySolutions | QueryBoolean)
    media_type = wanted.results if is_table else wanted.graph
    if media_type is None:
        raise NotAcceptableError(_("The result of this query does not come in that format."))
    sink = _Bounded(bounds.size)
    try:
        if isinstance(found, QuerySolutions | QueryBoolean):
            found.serialize(sink, RESULT_FORMATS[media_type])
        else:
            triples = _at_most(bounds.rows, found)
            serialize(triples, sink, GRAPH_FORMATS[media_type], prefixes=PREFIXES)
    except _OverflowError:
        raise SizeLimitError(
            _("The result is larger than {limit} bytes. Ask for less, or use LIMIT."),
            limit=bounds.size,
        ) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise RefusedError(
            _("The engine does not run this query: {reason}"), reason=str(error)
        ) from error
    body = sink.getvalue()
    if isinstance(found, QuerySolutions) and bounds.rows is not None and len(body) > bounds.rows:
        _make_sure_of_rows(rows_in(media_type, body), bounds.rows)
    if media_type in _XML:
        body = as_xml(body)
    return Result(media_type, body)


def rows_in(media_type: str, body: bytes) -> int:
    """How many solutions a result holds, by the marks that stand between them.

    The engine writes all solutions at one go, so they are counted afterwards: no mark can stand in
    a value, which has its marks escaped (XML, TSV) or is quoted (JSON, CSV) and left out here.
    """
    if media_type == "application/sparql-results+xml":
        return body.count(b"<result>")
    if media_type == "text/tab-separated-values":
        return body.count(b"\n") - 1
    if media_type == "text/csv":
        return _CSV_STRING.sub(b"", body).count(b"\r\n") - 1
    marks = _JSON_STRING.sub(b"", body)
    return marks.count(b",{") + marks.count(b"[{")


def _at_most(limit: int | None, triples: Iterator[Triple]) -> Iterator[Triple]:
    """Each triple once: what a query makes is a graph (SPARQL 1.1 Query § 16.2)."""
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            if limit is not None:
                _make_sure_of_rows(len(seen), limit)
            yield triple


def _make_sure_of_rows(count: int, limit: int) -> None:
    if count > limit:
        raise SizeLimitError(
            _("The result has more than {limit} rows. Ask for less, or use LIMIT."), limit=limit
        )


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
