"""``/queries``: the catalogue, each query with its form and its result."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, json, render_template, request

from samverkan import sparql, tables
from samverkan.catalogue import KNOWN_ON, RESERVED, NamedQuery, Parameter
from samverkan.errors import ParameterError, SamverkanError
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.sparql import GRAPH_FORMATS, RESULT_FORMATS, Wanted
from samverkan.tables import Extract, Page
from samverkan.web import asked
from samverkan.web.errors import status_of
from samverkan.web.house import Table, house, negotiated, sent, spoken, wants_page

blueprint = Blueprint("queries", __name__, url_prefix="/queries")

FORMATS = {
    "json": Wanted("application/sparql-results+json", "application/ld+json"),
    "csv": Wanted("text/csv", None),
    "tsv": Wanted("text/tab-separated-values", None),
    "xml": Wanted("application/sparql-results+xml", "application/rdf+xml"),
    "ttl": Wanted(None, "text/turtle"),
}
# RFC 8631 for the two that describe the service, RFC 8288 for describedby.
_DESCRIPTIONS = (
    '</openapi.json>; rel="service-desc describedby"; type="application/json"',
    '</docs>; rel="service-doc"; type="text/html"',
)
# So many are listed in a form; more are looked up with /queries/names.
_LISTED = 400


@blueprint.get("")
def catalogue() -> Response:
    """All named queries."""
    found = house().knowledge.catalogue
    if wants_page():
        return Response(render_template("queries.html", catalogue=found))
    response = Response(json.dumps([_told(q) for q in found]), content_type="application/json")
    response.headers["Link"] = ", ".join(_DESCRIPTIONS)
    response.add_etag()
    return cast(Response, response.make_conditional(request))


@blueprint.get("/<name>")
@blueprint.get("/<name>.<any(json, csv, tsv, xml, ttl):suffix>")
def named(name: str, suffix: str | None = None) -> Response:
    """One query: its form and result as a page, or its result in a format of data.

    ``limit`` and ``offset`` cut a page out of the rows, the same in every format; the header
    ``Link`` leads to the other pages and formats, ``X-Total-Count`` is the number of all rows.
    """
    known = house().knowledge
    query = known.catalogue[name]
    values, page, bom = _values(), asked.page(), asked.bom()
    if suffix is None and wants_page():
        return _page(query, values, page)
    wanted = FORMATS[suffix] if suffix else negotiated()
    found = tables.extract(known, known.read(query.name, values), wanted, page, bom=bom)
    response = sent(found.result)
    for header, value in _headers(query, found, page).items():
        response.headers[header] = value
    return response


def things_of(parameter: Parameter) -> tuple[Match, ...]:
    """The things that *parameter* takes, where they are few enough to be listed."""
    if parameter.kind is None:
        return ()
    found = house().knowledge.names.of_kind(parameter.kind)
    return found if len(found) <= _LISTED else ()


def _told(query: NamedQuery) -> dict[str, Any]:
    """A query of the catalogue, for a machine."""
    return {
        "name": query.name,
        "address": f"/queries/{query.name}",
        "summary": dict(query.summaries),
        "description": dict(query.descriptions),
        "tags": list(query.tags),
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "required": p.required,
                "kind": p.kind,
                "label": dict(p.labels),
                "choices": _choices(p),
                "example": p.default,
            }
            for p in query.parameters
        ],
    }


def _choices(parameter: Parameter) -> list[str] | None:
    """The only values that it takes, or None where they are no short list."""
    concepts = house().knowledge.choices(parameter)
    return [concept.label for concept in concepts] or list(parameter.choices) or None


def _page(query: NamedQuery, values: dict[str, str], page: Page) -> Response:
    """The form, and below it the result once it is filled in, or what is wrong with it."""
    known = house().knowledge
    shown = {
        "query": query,
        "values": values,
        "listed": things_of,
        "few": known.choices,
        "label_of": lambda iri: known.names.label(iri, spoken().code),
    }
    if not _complete(query, values):
        return Response(render_template("query.html", **shown))
    try:
        reading = known.read(query.name, values)
        text = known.text(reading)
        found = tables.extract(known, reading, Wanted(), page)
    except SamverkanError as error:
        told, status = error.told(spoken().say), status_of(error)
        return Response(render_template("query.html", **shown, error=told, status=status), status)
    body = found.result.body
    rows = json.loads(body) if found.result.media_type in sparql.RESULT_FORMATS else {}
    steps = page.steps(found.total or 0)
    response = Response(
        render_template(
            "query.html",
            **shown,
            text=text,
            table=Table.of(rows),
            graph=None if rows else body.decode(),
            total=found.total,
            page=page,
            steps={rel: _address(query, step) for rel, step in steps.items()},
            cut={name: value for name, value in _cut(page).items() if value},
        )
    )
    response.headers["Link"] = _headers(query, found, page)["Link"]
    return response


def _headers(query: NamedQuery, found: Extract, page: Page) -> dict[str, str]:
    """The links from a result: to other pages, other formats, the description of the service."""
    links = [
        f'<{_address(query, step, request.path)}>; rel="{rel}"'
        for rel, step in page.steps(found.total or 0).items()
    ]
    for suffix, wanted in FORMATS.items():
        is_table = found.result.media_type in RESULT_FORMATS
        media_type = wanted.results if is_table else wanted.graph
        if media_type in (RESULT_FORMATS if is_table else GRAPH_FORMATS):
            address = _address(query, page, f"/queries/{query.name}.{suffix}")
            links.append(f'<{address}>; rel="alternate"; type="{media_type}"')
    headers = {
        "Link": ", ".join([*links, *_DESCRIPTIONS]),
        "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count",
    }
    if found.total is not None:
        headers["X-Total-Count"] = str(found.total)
    return headers


def _address(query: NamedQuery, page: Page, path: str | None = None) -> str:
    """The address of a page of what this request asks for."""
    given = {k: v for k, v in request.args.items() if v and k not in {"limit", "offset"}}
    query_string = urlencode({**given, **_cut(page)})
    place = quote(path or f"/queries/{query.name}")
    return f"{place}?{query_string}" if query_string else place


def _cut(page: Page) -> dict[str, str]:
    """*page* as the parameters that ask for it."""
    limit = {} if page.limit is None else {"limit": str(page.limit)}
    return {**limit, **({"offset": str(page.offset)} if page.offset else {})}


def _complete(query: NamedQuery, values: dict[str, str]) -> bool:
    """Whether the form has been filled in: before that, the page shows the form alone."""
    given = {key for key, value in values.items() if value.strip()}
    for key in values.keys() - {KNOWN_ON}:
        query.parameter(key)
    needed = {p.name for p in query.parameters if p.required}
    return needed <= given


def _values() -> dict[str, str]:
    """The values of the query's own parameters, as they were sent."""
    for name, given in request.args.lists():
        if len(given) > 1:
            raise ParameterError(_("{name} is given {count} times."), name=name, count=len(given))
    not_its_own = RESERVED - {KNOWN_ON}
    return {name: value for name, value in request.args.items() if name not in not_its_own}
