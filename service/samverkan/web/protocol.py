"""A request → the query, its graphs and what else it asks for (SPARQL 1.1 Protocol § 2.1)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from samverkan.clauses import Graphs
from samverkan.errors import (
    BusyError,
    InputError,
    MediaTypeError,
    ParameterError,
    RefusedError,
)
from samverkan.language import mark as _
from samverkan.web.headers import make_sure_is_readable

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_BODIES = threading.BoundedSemaphore(4)
# Seconds: whoever sends at once is done long before.
_PATIENCE = 0.5


@dataclass(frozen=True)
class Asked:
    """A request: without ``query``, for what the service itself is.

    ``seconds`` is the time limit that the caller asks for, ``format`` the name of a format.
    """

    query: str | None
    graphs: Graphs
    seconds: float | None
    format: str | None


def asked() -> Asked:
    """What this request asks for, by GET (§ 2.1.1), POST of a form (2.1.2) or of a query (2.1.3).

    Raises:
        InputError: it is no such request: no query, two, or text that is not UTF-8.
        MediaTypeError: its body is of another kind.
        RefusedError: it is an update.
        BusyError: too many others are sending theirs.
    """
    values, query = request.args, request.args.getlist("query")
    if request.method == "POST":
        _make_sure_of_kind()
        body = _body()
        if request.mimetype == _FORM:
            make_sure_is_readable(body)
            values, query = request.form, request.form.getlist("query")
        else:
            query = [_decoded(body)]
    if "update" in values:
        raise RefusedError(_("The graph is read-only: updates are not carried out."))
    if len(query) > 1:
        raise InputError(_("Send one query, not {count}."), count=len(query))
    asks_for_service = request.method != "POST" and values.keys() <= {"lang", "format", "example"}
    if not query and not asks_for_service:
        raise InputError(_("Send a SPARQL query as the parameter “query”."))
    return Asked(
        query=query[0] if query else None,
        graphs=Graphs(_named(values, "default-graph-uri"), _named(values, "named-graph-uri")),
        seconds=_seconds(values.get("timeout")),
        format=values.get("format"),
    )


def _named(values: MultiDict[str, str], parameter: str) -> tuple[str, ...]:
    """The graphs that the request names; those in the address of a form are not passed over."""
    given = values.getlist(parameter)
    if values is not request.args:
        given += request.args.getlist(parameter)
    return tuple(given)


def _seconds(value: str | None) -> float | None:
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise ParameterError(
            _("{name} takes a number of seconds, more than 0, not “{value}”."),
            name="timeout",
            value=value,
        )
    return seconds


def _make_sure_of_kind() -> None:
    if request.mimetype == _UPDATE:
        raise RefusedError(_("The graph is read-only: updates are not carried out."))
    if request.mimetype not in {_FORM, _DIRECT}:
        raise MediaTypeError(
            _("Send a query as {direct}, or as the parameter “query” of {form}; not as “{given}”."),
            direct=_DIRECT,
            form=_FORM,
            given=request.mimetype,
        )
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise MediaTypeError(_("Send the query as it is, not compressed."))
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise InputError(_("The query must be text in UTF-8."))


def _body() -> bytes:
    """The body of the request. A slow sender holds a thread: only a few may do so at a time."""
    with receiving():
        return request.get_data()


@contextmanager
def receiving() -> Iterator[None]:
    """While a body is received, as only a few may be at a time.

    Raises:
        BusyError: too many others are sending theirs.
    """
    if not _BODIES.acquire(timeout=_PATIENCE):
        raise BusyError(_("Too many queries are being sent. Try again in a moment, or use GET."))
    try:
        yield
    finally:
        _BODIES.release()


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise InputError(_("The query must be text in UTF-8.")) from error
