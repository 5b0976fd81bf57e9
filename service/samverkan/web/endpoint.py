"""``/sparql``: the query operation of the SPARQL 1.1 Protocol (§ 2.1), and a page to write on."""

from __future__ import annotations

import threading

from flask import Blueprint, Response, json, render_template, request
from werkzeug.exceptions import UnsupportedMediaType

from samverkan.errors import BusyError, InputError, SamverkanError
from samverkan.language import mark as _
from samverkan.sparql import RESULT_FORMATS, Graphs, Wanted
from samverkan.web.errors import status_of
from samverkan.web.headers import make_sure_is_text
from samverkan.web.house import Table, house, negotiated, sent, spoken, wants_page

blueprint = Blueprint("endpoint", __name__)

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_BODIES = threading.BoundedSemaphore(4)
_PAGE_BYTES = 1 << 20


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """A query by GET, by POST of a form, or by POST of itself; its result by ``Accept``."""
    text, graphs = _request()
    if text is None and wants_page():
        return Response(render_template("sparql.html", catalogue=house().knowledge.catalogue))
    if text is None:
        raise InputError(_("Send a SPARQL query as the parameter “query”."))
    if wants_page():
        return _page(text, graphs)
    return sent(house().adhoc.ask(text, negotiated(), graphs))


def _page(text: str, graphs: Graphs) -> Response:
    """The page to write on, with the query and its result, or with what is wrong with it."""
    catalogue = house().knowledge.catalogue
    try:
        result = house().adhoc.ask(text, Wanted(), graphs, most=_PAGE_BYTES)
    except SamverkanError as error:
        told, status = error.told(spoken().say), status_of(error)
        page = render_template(
            "sparql.html", catalogue=catalogue, query=text, error=told, status=status
        )
        return Response(page, status)
    found = json.loads(result.body) if result.media_type in RESULT_FORMATS else {}
    return Response(
        render_template(
            "sparql.html",
            catalogue=catalogue,
            query=text,
            boolean=found.get("boolean"),
            table=Table.of(found),
            graph=None if found else result.body.decode(),
        )
    )


def _request() -> tuple[str | None, Graphs]:
    """The query and the graphs that the request names."""
    values = request.args
    query = values.getlist("query")
    if request.method == "POST":
        if request.mimetype not in {_FORM, _DIRECT}:
            raise UnsupportedMediaType
        body = _body()
        if request.mimetype == _FORM:
            make_sure_is_text(body)
            values = request.form
        query = values.getlist("query") if request.mimetype == _FORM else [_decoded(body)]
    if "update" in values:
        raise InputError(_("The graph is read-only: updates are not carried out."))
    if len(query) > 1:
        raise InputError(_("Send one query, not {count}."), count=len(query))
    default, named = values.getlist("default-graph-uri"), values.getlist("named-graph-uri")
    return (query[0] if query else None), Graphs(tuple(default), tuple(named))


def _body() -> bytes:
    """The body of the request. A slow sender holds a thread: only a few may do so at a time."""
    if not _BODIES.acquire(blocking=False):
        raise BusyError(_("Too many queries are being sent. Try again in a moment, or use GET."))
    try:
        return request.get_data()
    finally:
        _BODIES.release()


def _decoded(body: bytes) -> str:
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise InputError(_("The query must be text in UTF-8."))
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise InputError(_("The query must be text in UTF-8.")) from error
