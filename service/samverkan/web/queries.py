"""``/queries``: the catalogue, each query with its form and its result."""

from __future__ import annotations

from flask import Blueprint, Response, json, render_template, request

from samverkan import sparql
from samverkan.catalogue import KNOWN_ON
from samverkan.errors import ParameterError, SamverkanError
from samverkan.language import mark as _
from samverkan.sparql import Wanted
from samverkan.web.errors import status_of
from samverkan.web.house import Table, house, negotiated, sent, spoken, wants_page

blueprint = Blueprint("queries", __name__, url_prefix="/queries")

_BY_SUFFIX = {
    "json": Wanted("application/sparql-results+json", "application/ld+json"),
    "csv": Wanted("text/csv", None),
    "tsv": Wanted("text/tab-separated-values", None),
    "xml": Wanted("application/sparql-results+xml", "application/rdf+xml"),
    "ttl": Wanted(None, "text/turtle"),
}
_NOT_PARAMETERS = {"lang"}


@blueprint.get("")
def catalogue() -> Response:
    """All named queries."""
    found = house().knowledge.catalogue
    if wants_page():
        return Response(render_template("queries.html", catalogue=found))
    listed = [
        {
            "name": query.name,
            "summary": dict(query.summaries),
            "parameters": [
                {"name": p.name, "type": p.type, "required": p.required} for p in query.parameters
            ],
        }
        for query in found
    ]
    return Response(json.dumps(listed), content_type="application/json")


@blueprint.get("/<name>")
@blueprint.get("/<name>.<any(json, csv, tsv, xml, ttl):suffix>")
def named(name: str, suffix: str | None = None) -> Response:
    """One query: its form and result as a page, or its result in a format of data."""
    known = house().knowledge
    query = known.catalogue[name]
    values = _values()
    if suffix is None and wants_page():
        return _page(name, values)
    wanted = _BY_SUFFIX[suffix] if suffix else negotiated()
    reading = known.read(query.name, values)
    return sent(sparql.serialised(known.dataset, known.text(reading), wanted))


def _page(name: str, values: dict[str, str]) -> Response:
    """The form, and below it the result once it is filled in, or what is wrong with it."""
    known = house().knowledge
    query = known.catalogue[name]
    if not _complete(name, values):
        return Response(render_template("query.html", query=query, values=values))
    try:
        reading = known.read(name, values)
        text = known.text(reading)
        result = sparql.serialised(known.dataset, text, Wanted())
    except SamverkanError as error:
        told, status = error.told(spoken().say), status_of(error)
        page = render_template("query.html", query=query, values=values, error=told, status=status)
        return Response(page, status)
    found = json.loads(result.body) if result.media_type in sparql.RESULT_FORMATS else {}
    return Response(
        render_template(
            "query.html",
            query=query,
            values=values,
            text=text,
            table=Table.of(found),
            graph=None if found else result.body.decode(),
        )
    )


def _complete(name: str, values: dict[str, str]) -> bool:
    """Whether the form has been filled in: before that, the page shows the form alone."""
    query = house().knowledge.catalogue[name]
    given = {key for key, value in values.items() if value.strip()}
    for key in values.keys() - {KNOWN_ON}:
        query.parameter(key)
    needed = {p.name for p in query.parameters if p.required}
    return needed <= given


def _values() -> dict[str, str]:
    values = {}
    for name, given in request.args.lists():
        if name in _NOT_PARAMETERS:
            continue
        if len(given) > 1:
            raise ParameterError(_("{name} is given {count} times."), name=name, count=len(given))
        values[name] = given[0]
    return values
