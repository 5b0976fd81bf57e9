"""Errors → HTTP: one table of statuses, told as a page or as a problem (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from samverkan import errors
from samverkan.errors import SamverkanError
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.web import logs, requests
from samverkan.web.house import spoken, wants_page

PROBLEM = "application/problem+json"

# The first class that an error is an instance of decides.
_STATUSES: tuple[tuple[type[SamverkanError], HTTPStatus], ...] = (
    (errors.TooLongError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (errors.MediaTypeError, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (errors.InputError, HTTPStatus.BAD_REQUEST),
    (errors.AmbiguousNameError, HTTPStatus.BAD_REQUEST),
    (errors.NotFoundError, HTTPStatus.NOT_FOUND),
    (errors.NotAcceptableError, HTTPStatus.NOT_ACCEPTABLE),
    (errors.RefusedError, HTTPStatus.FORBIDDEN),
    (errors.BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.EngineError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.WorkerKilledError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.TimeLimitError, HTTPStatus.SERVICE_UNAVAILABLE),
    (errors.LimitError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (SamverkanError, HTTPStatus.INTERNAL_SERVER_ERROR),
)

_TOLD = {
    HTTPStatus.BAD_REQUEST: _("The request cannot be read."),
    HTTPStatus.NOT_FOUND: _("There is no page at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: _("This address does not take that method."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The request is larger than is read."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _("This address does not read that media type."),
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: _("There is no such part of this file."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _(
        "Something went wrong here. It has been logged, under the number below."
    ),
}


def register(app: Flask) -> None:
    """Have *app* tell every error as a problem."""
    app.register_error_handler(SamverkanError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def status_of(error: SamverkanError) -> HTTPStatus:
    """The status that tells of *error*."""
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def problem(status: HTTPStatus, detail: str, **extension: Any) -> Response:
    """A problem with *detail*, as a page for a browser and as JSON for all others.

    Both say the number of the request, by which it is found in the log.
    """
    extension["request_id"] = requests.told().number
    if wants_page():
        text = render_template("problem.html", status=status, detail=detail, **extension)
        return Response(text, status)
    body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return Response(
        json.dumps({**body, "instance": quote(request.path), **extension}),
        status,
        content_type=PROBLEM,
    )


def _known(error: SamverkanError) -> Response:
    status = status_of(error)
    extension: dict[str, Any] = {}
    if parameter := _parameter(error):
        extension["parameter"] = parameter
    if isinstance(error, errors.UnknownNameError):
        extension["nearest"] = [_plain(match) for match in error.nearest]
    if isinstance(error, errors.AmbiguousNameError):
        extension["candidates"] = [_plain(match) for match in error.candidates]
    response = problem(status, error.told(spoken().say), **extension)
    if isinstance(error, (errors.BusyError, errors.EngineError, errors.WorkerKilledError)):
        response.headers["Retry-After"] = "1"
    return response


def _parameter(error: SamverkanError) -> str | None:
    """The parameter that is to blame, where it is one."""
    named = error.values.get("name") if isinstance(error, errors.ParameterError) else None
    return error.parameter or (str(named) if named else None)


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error  # a redirect is no problem
    status = HTTPStatus(error.code)
    response = problem(status, spoken().say(_TOLD.get(status, status.phrase)))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _unknown(error: Exception) -> Response:
    logs.failed(error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status, spoken().say(_TOLD[status]))


def _plain(match: Match) -> dict[str, str]:
    return {"iri": match.iri, "label": match.label}
