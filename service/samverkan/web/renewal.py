"""Of a graph that is elsewhere: the application made anew when that graph has changed.

Whoever keeps the graph loads it there, and nobody tells the service. So it looks, now and then,
whether the digest of all statements is still the same. Where it is not, all that was read of the
graph is read again, beside the application that goes on answering, and then takes its place.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from threading import Thread
from typing import TYPE_CHECKING, cast

from flask import Flask

from samverkan import survey
from samverkan.settings import Settings
from samverkan.web import beforehand, close, create_app
from samverkan.web.metrics import Metrics
from samverkan.wire import Endpoint, Wire

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_LOG = logging.getLogger("samverkan.engine")
# A look takes at most one part in so many of the engine's time.
_SELDOM = 10


class Renewed:
    """An application whose graph is at *endpoint*, and the one that takes its place."""

    def __init__(self, app: Flask, settings: Settings, endpoint: Endpoint) -> None:
        self._app = app
        self._settings = settings
        self._endpoint = endpoint
        self._wire = Wire(endpoint)
        Thread(target=self._watch, daemon=True).start()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        return self._app(environ, start_response)

    def _watch(self) -> None:
        while True:
            began = time.monotonic()
            try:
                former = self._look()
            except Exception as error:
                _LOG.warning("the graph stays as it was read before: %s", error)
                former = None
            time.sleep(max(self._endpoint.refresh, _SELDOM * (time.monotonic() - began)))
            if former is not None:
                time.sleep(self._settings.limits.seconds)  # what it was asked is answered by then
                close(former)

    def _look(self) -> Flask | None:
        """The application that is served no more, where the graph is another one now."""
        former = self._app
        dataset = former.extensions["samverkan"].knowledge.dataset
        if survey.version(self._wire) == dataset.version:
            return None
        figures = cast(Metrics, former.extensions["samverkan.metrics"])
        app = create_app(self._settings, figures=figures)
        beforehand.begin(app, forking=False)
        self._app = app
        _LOG.info("the graph has changed, and was read anew")
        return former
