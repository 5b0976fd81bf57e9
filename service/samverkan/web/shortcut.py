"""The short path of ``/sparql``: a plain query of a program, answered without the framework.

The framework takes longer for a request than the engine for most queries. What this answers is what
the framework would have: tests hold the two side by side. All that is not plain, and all that goes
wrong, goes on to it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from werkzeug.sansio.utils import host_is_trusted

from samverkan.errors import NotAcceptableError
from samverkan.settings import Settings
from samverkan.sparql import Result, Wanted
from samverkan.web import headers, logs, protocol, requests
from samverkan.web.house import House, negotiated_by, wants_page_by, with_charset
from samverkan.web.metrics import Metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/sparql"
# Where an error waits in the environment of a request for the framework to tell it.
ERROR = "samverkan.error"

_QUERY = "query="
_DIRECT = "application/sparql-query"
_LONGEST = 1 << 16
# With one of these, there is more to a request than its query.
_MORE = (
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_CONTENT_ENCODING", "HTTP_TRANSFER_ENCODING"),
    "HTTP_RANGE",
)


class Shortcut:
    """An application, with plain queries answered before it."""

    def __init__(
        self, application: WSGIApplication, house: House, figures: Metrics, settings: Settings
    ) -> None:
        self._application = application
        self._adhoc = house.adhoc
        self._figures = figures
        self._hosts = settings.hosts
        fixed = {"Cache-Control": "no-cache", "Vary": ", ".join(headers.VARY)}
        self._always = tuple((fixed | headers.always(settings.public_url)).items())
        self._longest = min(_LONGEST, settings.request_bytes)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        wanted = self._wanted(environ) if environ.get("PATH_INFO") == PATH else None
        if wanted is None:
            return self._application(environ, start_response)
        told = requests.Told.of(environ, PATH)
        self._figures.in_flight.inc()
        try:
            query = self._query(environ)
            if query is None:
                return self._application(environ, start_response)
            result = self._adhoc.ask(query, wanted)
        except Exception as error:
            environ[ERROR] = error
            return self._application(environ, start_response)
        finally:
            self._figures.in_flight.dec()
        start_response("200 OK", [*_headers(result, told), *self._always])
        self._figures.count(told, 200)
        logs.line(told, 200, len(result.body))
        return (result.body,)

    def _wanted(self, environ: WSGIEnvironment) -> Wanted | None:
        """The formats that the request asks for; None where it is no plain one."""
        text, method = environ.get("QUERY_STRING", ""), environ["REQUEST_METHOD"]
        if method == "GET":
            is_plain = text.startswith(_QUERY) and "&" not in text and len(text) <= _LONGEST
        else:
            is_plain = method == "POST" and not text and environ.get("CONTENT_TYPE") == _DIRECT
        if not is_plain or any(name in environ for name in _MORE):
            return None
        if self._hosts and not host_is_trusted(environ.get("HTTP_HOST", ""), self._hosts):
            return None
        accept = environ.get("HTTP_ACCEPT", "")
        try:
            return None if wants_page_by(accept) else negotiated_by(accept)
        except NotAcceptableError:
            return None

    def _query(self, environ: WSGIEnvironment) -> str | None:
        """The text of the query; None where it is not readable here, and nothing is lost of it."""
        if environ["REQUEST_METHOD"] == "GET":
            raw = unquote_to_bytes(environ["QUERY_STRING"][len(_QUERY) :].replace("+", " "))
        else:
            length = environ.get("CONTENT_LENGTH", "")
            if not length.isdecimal() or int(length) > self._longest:
                return None
            with protocol.receiving():
                raw = environ["wsgi.input"].read(int(length))
            environ["wsgi.input"] = io.BytesIO(raw)
        try:
            return raw.decode() or None
        except UnicodeDecodeError:
            return None


def _headers(result: Result, told: requests.Told) -> list[tuple[str, str]]:
    etag = hashlib.sha1(result.body, usedforsecurity=False).hexdigest()
    return [
        ("Content-Type", with_charset(result.media_type)),
        ("Content-Length", str(len(result.body))),
        ("ETag", f'"{etag}"'),
        (requests.NUMBER, told.number),
    ]


def raised(environ: dict[str, Any]) -> None:
    """Raise what went wrong on the short path, if it was taken."""
    if (error := environ.pop(ERROR, None)) is not None:
        raise error
