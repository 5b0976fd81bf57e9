"""What may be told of a request: its number, route, method and time; nothing of who asks or what.

A route is the template of an address (``/res/<concept>/<slug>``): there are few of them, and none
holds a word that somebody has written.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, Response, g, request

NUMBER = "X-Request-ID"
_NUMBER_GIVEN = "HTTP_X_REQUEST_ID"
_NUMBER_BYTES = 16
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_BODILESS = frozenset({204, 304})
# Asked for every few seconds by what watches the service.
_WATCHED = frozenset({"health", "metrics"})


@dataclass(frozen=True)
class Told:
    """What is told of a request; ``watching`` where it only asks how the service is."""

    number: str
    route: str
    method: str
    watching: bool
    began: float = field(default_factory=time.perf_counter)

    @classmethod
    def of(cls, environ: Mapping[str, Any], route: str, *, watching: bool = False) -> Told:
        """What is told of the request of a WSGI environment (PEP 3333), which takes that route."""
        given = environ.get(_NUMBER_GIVEN, "")
        method = environ["REQUEST_METHOD"]
        return cls(
            number=given if _SANE.fullmatch(given) else os.urandom(_NUMBER_BYTES).hex(),
            route=route,
            method=method if method in _METHODS else "other",
            watching=watching,
        )

    @property
    def seconds(self) -> float:
        """The time since it began."""
        return time.perf_counter() - self.began


def register(app: Flask) -> None:
    """Have *app* number every request, and say the number in its response."""
    app.before_request(_begin)
    app.after_request(_number)


def told() -> Told:
    """What is told of this request."""
    if "told" not in g:
        rule = request.url_rule
        route = rule.rule if rule else "none"
        g.told = Told.of(request.environ, route, watching=request.blueprint in _WATCHED)
    return cast(Told, g.told)


def length(response: Response) -> int:
    """The bytes of the body that is sent."""
    if request.method == "HEAD" or response.status_code in _BODILESS:
        return 0
    return response.calculate_content_length() or response.content_length or 0


def _begin() -> None:
    told()


def _number(response: Response) -> Response:
    response.headers[NUMBER] = told().number
    return response
