"""``/sparql``: the query operation of the SPARQL 1.1 Protocol (§ 2.1), and a page to write on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, json, render_template, request

from samverkan.capabilities import described
from samverkan.catalogue import NamedQuery
from samverkan.clauses import Graphs
from samverkan.errors import InputError, SamverkanError
from samverkan.language import mark as _
from samverkan.sparql import RESULT_FORMATS, Result, Wanted
from samverkan.web import formats, representations, shortcut
from samverkan.web.errors import status_of
from samverkan.web.house import Table, house, sent, spoken
from samverkan.web.protocol import Asked, asked

blueprint = Blueprint("endpoint", __name__)

_PAGE_BYTES = 1 << 20
_FOR_ROWS = ("csv", "tsv", "json", "xml")
_FOR_BOOLEAN = ("json", "xml")
_FOR_GRAPH = ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """A query by GET, by POST of a form, or by POST of itself; its result by ``Accept``.

    Without a query: the service description, or for a browser the page with an empty form.
    """
    shortcut.raised(request.environ)
    request_ = asked()
    if request_.query is None:
        return _service(request_)
    wanted = formats.chosen(request_.format)
    if wanted is None:
        return _answered(request_, request_.query)
    answer = house().adhoc.ask(request_.query, wanted, request_.graphs, seconds=request_.seconds)
    return sent(answer)


def _service(request_: Asked) -> Response:
    example = request.args.get("example")
    if example is not None or formats.is_page(request_.format):
        return Response(_page(request_, _example(example) if example else None))
    media_type = formats.chosen_for_graph(request_.format)
    if media_type is None:  # whoever takes only results has forgotten the query
        raise InputError(_("Send a SPARQL query as the parameter “query”."))
    known, limits = house().knowledge, house().adhoc.limits
    return sent(described(_address(), known.dataset, limits, media_type))


def _answered(request_: Asked, query: str) -> Response:
    """The page to write on, with the query and its result, or with what is wrong with it."""
    try:
        result = house().adhoc.ask(
            query, Wanted(), request_.graphs, seconds=request_.seconds, most=_PAGE_BYTES
        )
    except SamverkanError as error:
        status = status_of(error)
        told = error.told(spoken().say)
        return Response(_page(request_, query, error=told, status=status), status)
    return Response(_page(request_, query, shown=Shown.of(result)))


@dataclass(frozen=True)
class Shown:
    """A result as the page shows it, and the formats that it also comes in."""

    boolean: bool | None
    table: Table | None
    graph: str | None
    formats: tuple[str, ...]

    @classmethod
    def of(cls, result: Result) -> Shown:
        """The one of three kinds that *result* is of."""
        if result.media_type not in RESULT_FORMATS:
            return cls(None, None, result.body.decode(), _FOR_GRAPH)
        found: dict[str, Any] = json.loads(result.body)
        table = Table.of(found)
        return cls(found.get("boolean"), table, None, _FOR_ROWS if table else _FOR_BOOLEAN)


def _page(request_: Asked, query: str | None, **told: Any) -> str:
    return render_template(
        "sparql.html",
        query=query,
        graphs=request_.graphs,
        seconds=request_.seconds,
        examples=[each for each in house().knowledge.catalogue if _can_be_shown(each)],
        limits=house().adhoc.limits,
        shared=lambda format_=None: _shared(query or "", request_.graphs, format_),
        **told,
    )


def _shared(query: str, graphs: Graphs, format_: str | None) -> str:
    """The address of a query's result, whole, to be sent to somebody else."""
    values = [("query", query), *(("default-graph-uri", iri) for iri in graphs.default)]
    values += [("named-graph-uri", iri) for iri in graphs.named]
    if format_:
        values.append(("format", format_))
    return f"{_address()}?{urlencode(values)}"


def _example(name: str) -> str:
    """The text of a named query, with the values that it is tried with."""
    known = house().knowledge
    query = known.catalogue[name]
    values = {p.name: p.default for p in query.parameters if p.default is not None}
    return known.text(known.read(name, values))


def _can_be_shown(query: NamedQuery) -> bool:
    return all(not p.required or p.default is not None for p in query.parameters)


def _address() -> str:
    """The address of the endpoint, as the client knows it: where a proxy stands, as configured."""
    return representations.root() + request.path.removeprefix("/")
