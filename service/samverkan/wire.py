"""The SPARQL 1.1 Protocol over HTTP: a query goes out, its answer comes back whole, or an error.

Nothing else goes over this wire, and to no other address: a redirect is not followed, and no proxy
is taken from the environment. What failed on the way is tried again, as a query changes nothing;
what took too long is not. After a failure, the next caller asks first, in a moment, whether the
engine is there at all, so that nobody waits long for one that is not.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as TimedOutError

from samverkan.errors import (
    EngineError,
    EngineOverflowError,
    EngineSlowError,
    InputError,
)
from samverkan.language import mark as _

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

_LOG = logging.getLogger("samverkan.engine")
_LOG.addHandler(logging.NullHandler())  # the command line tells of errors in its own way
_FORM = "application/x-www-form-urlencoded"
_PROBE = "ASK { }"
# Seconds: to connect, and for an engine in doubt to show that it is there; for how long it is
# believed that it is, or that it is not; between one try and the next.
_CONNECTING, _SHOWING = 5.0, 2.0
_BELIEVED = {True: 1.0, False: 0.2}
_PAUSES = (0.05, 0.3)
_PIECE = 1 << 16
_MOST = 1 << 30
_REASON_BYTES = 2_000
# Too many requests, and what a gateway says of an engine that it does not reach.
_PASSING = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class Endpoint:
    """Where another engine is.

    ``address``: of its query operation; ``authorization``: the value of that header of HTTP, or
    None; ``seconds``: that it may take for an answer; ``refresh``: seconds between one look at
    whether its graph has changed and the next.
    """

    address: str
    authorization: str | None = field(default=None, repr=False)
    seconds: float = 10.0
    refresh: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what is no address, or has a password in it.

        Raises:
            InputError: it is such.
        """
        if not _is_address(self.address):
            raise InputError(
                _("--engine takes the address of a SPARQL endpoint: https://host/path.")
            )
        if "@" in urlsplit(self.address).netloc:
            raise InputError(
                _(
                    "A password in an address can be seen by others. Set the variable"
                    " SAMVERKAN_SERVE_ENGINE_AUTHORIZATION to the value of the header"
                    " Authorization instead."
                )
            )


@dataclass(frozen=True)
class Answer:
    """What came back: its media type, without parameters, and its bytes."""

    media_type: str
    body: bytes


class Wire:
    """The way to an engine. Threads may share it, and processes that are forked from this one."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._pools: dict[int, PoolManager] = {}
        self._is_in_doubt = False
        self._looking = threading.Lock()
        self._seen = float("-inf"), False

    def ask(
        self,
        query: str,
        accept: str = RESULTS,
        *,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        seconds: float | None = None,
        size: int = _MOST,
    ) -> Answer:
        """The answer to *query*, by POST of a form (SPARQL 1.1 Protocol § 2.1.2).

        Args:
            query: its text.
            accept: the media type to ask for.
            default: the IRIs of the graphs that make its default graph.
            named: the IRIs of its named graphs.
            seconds: that it may take, all in all; None: as the endpoint has it.
            size: the most bytes that are taken.

        Raises:
            SyntaxError: the engine says that the query is at fault (400).
            EngineSlowError: it takes longer than that.
            EngineOverflowError: its answer is larger than that.
            EngineError: it is not there, or cannot answer.
        """
        if self._is_in_doubt and not self.is_up():
            raise EngineError(_UNREACHABLE)
        form = [("query", query)]
        form += [("default-graph-uri", iri) for iri in default]
        form += [("named-graph-uri", iri) for iri in named]
        try:
            return self._tried(urlencode(form), accept, seconds or self.endpoint.seconds, size)
        except EngineOverflowError:
            raise
        except EngineError as error:
            # A query from outside that runs out of its own time tells nothing of the engine.
            self._is_in_doubt = seconds is None or not isinstance(error, EngineSlowError)
            raise

    def is_up(self) -> bool:
        """Whether the engine answers at the moment, or did a second ago; in two seconds at most."""
        with self._looking:
            when, was_up = self._seen
            if time.monotonic() - when > _BELIEVED[was_up]:
                was_up = self._look()
                self._seen = time.monotonic(), was_up
            return was_up

    def _look(self) -> bool:
        end = time.monotonic() + min(_SHOWING, self.endpoint.seconds)
        try:
            self._once(urlencode({"query": _PROBE}), RESULTS, end, _PIECE)
        except (EngineError, HTTPError, SyntaxError, _PassingError) as error:
            _LOG.warning("the engine is not there: %s", error)
            return False
        self._is_in_doubt = False
        return True

    def _tried(self, form: str, accept: str, seconds: float, size: int) -> Answer:
        end = time.monotonic() + seconds
        for pause in (*_PAUSES, None):
            try:
                return self._once(form, accept, end, size)
            except (NewConnectionError, _PassingError) as error:  # that is a TimedOutError, too
                failure: Exception = error
            except TimedOutError as error:
                _LOG.warning("the engine is slow: %s", error)
                raise EngineSlowError(
                    _("The engine of the graph did not answer within {seconds:g} seconds."),
                    seconds=seconds,
                ) from error
            except HTTPError as error:
                failure = error
            _LOG.warning("the engine fails: %s", failure)
            if pause is None or time.monotonic() + pause >= end:
                break
            time.sleep(pause)
        raise EngineError(_UNREACHABLE) from failure

    def _once(self, form: str, accept: str, end: float, size: int) -> Answer:
        """One try, which is over at *end*."""
        left = max(0.001, end - time.monotonic())
        response = self._pool().request(
            "POST",
            self.endpoint.address,
            body=form,
            headers=self._headers(accept),
            timeout=Timeout(connect=min(left, _CONNECTING), read=left),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            if response.status == HTTPStatus.OK:
                body = _read(response, end, size)
                response.release_conn()
                return Answer(_media_type(response), body)
            raise _failure(response.status, response.read(_REASON_BYTES))
        finally:
            response.close()  # the connection too, unless it was released

    def _headers(self, accept: str) -> dict[str, str]:
        headers = {"Accept": accept, "Accept-Encoding": "identity", "Content-Type": _FORM}
        if self.endpoint.authorization:
            headers["Authorization"] = self.endpoint.authorization
        return headers

    def _pool(self) -> PoolManager:
        """The connections of this process: one that is forked must not share its parent's."""
        pid = os.getpid()
        if pid not in self._pools:
            self._pools = {pid: PoolManager(num_pools=1, maxsize=32)}
        return self._pools[pid]


_UNREACHABLE = _("The engine of the graph cannot be reached. Try again in a moment.")


class _PassingError(Exception):
    """A status that may be another one in a moment."""


def _read(response: BaseHTTPResponse, end: float, size: int) -> bytes:
    """The body, of no more than *size* bytes; it may drip, but not beyond *end*."""
    pieces, length = [], 0
    while piece := response.read1(_PIECE):
        length += len(piece)
        if length > size:
            raise EngineOverflowError(
                _("The engine of the graph gives more than {limit} bytes."), limit=size
            )
        if time.monotonic() > end:
            raise TimedOutError("the answer drips")
        pieces.append(piece)
    return b"".join(pieces)


def _media_type(response: BaseHTTPResponse) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _failure(status: int, said: bytes) -> Exception:
    """What a response is that is no answer."""
    if status == HTTPStatus.BAD_REQUEST:
        return SyntaxError(said.decode("utf-8", "replace"))
    if status in _PASSING:
        return _PassingError(f"status {status}")
    _LOG.warning("the engine answers with the status %d", status)
    return EngineError(
        _("The engine of the graph answers with the status {status}."), status=status
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _port = parts.port  # raises where it is no number
    except ValueError:
        return False
    is_plain = text.isprintable() and not any(c.isspace() or c in '\\#<>"' for c in text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and is_plain
