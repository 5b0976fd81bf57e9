"""``/queries``: the catalogue, each query with its form and its result."""

from __future__ import annotations

from flask import Blueprint, Response, json, render_template, request

from samverkan import sparql
from samverkan.catalogue import KNOWN_ON
from samverkan.errors import ParameterError
from samverkan.language import mark as _
from samverkan.sparql import Wanted
from samverkan.web.house import house, negotiated, sent, wants_page

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
        return Response(_page(name, values))
    wanted = _BY_SUFFIX[suffix] if suffix else negotiated()
    reading = known.read(query.name, values)
    return sent(sparql.serialised(known.dataset, known.text(reading), wanted))


def _page(name: str, values: dict[str, str]) -> str:
    known = house().knowledge
    query = known.catalogue[name]
    names, rows, text = [], None, None
    if _complete(name, values):
        reading = known.read(name, values)
        text = known.text(reading)
        result = sparql.serialised(known.dataset, text, Wanted(graph="text/turtle"))
        if result.media_type == "text/turtle":
            return render_template(
                "query.html", query=query, values=values, text=text, graph=result.body.decode()
            )
        found = json.loads(result.body)
        names, rows = found["head"]["vars"], found["results"]["bindings"]
    return render_template(
        "query.html", query=query, values=values, names=names, rows=rows, text=text
    )


def _complete(name: str, values: dict[str, str]) -> bool:
    """Whether the form has been filled in: before that, the page shows the form alone."""
    query = house().knowledge.catalogue[name]
    given = {key for key, value in values.items() if value.strip()}
    for key in given - {KNOWN_ON}:
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
