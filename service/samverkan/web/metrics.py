"""``/metrics``: the figures of the service, as Prometheus reads them, of all its processes as one.

Each process writes its own into files of the folder that they share; whichever is asked adds them
up. No label is a word that somebody has written: there are as many series as routes.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Flask, Response, current_app, request

from samverkan import errors, relay
from samverkan.errors import SamverkanError
from samverkan.settings import Settings
from samverkan.sparql import AdHoc, Result, select
from samverkan.store import Dataset
from samverkan.web import requests

if TYPE_CHECKING:  # it looks at the environment when it is imported: see share()
    from prometheus_client import CollectorRegistry, Counter, Histogram

blueprint = Blueprint("metrics", __name__)

_MOST_SERIES = 1_000
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
# The first class that an error is an instance of decides; what is not here was no refusal.
_REASONS: tuple[tuple[type[SamverkanError], str], ...] = (
    (errors.BusyError, "busy"),
    (errors.TimeLimitError, ""),
    (errors.WorkerLostError, ""),
    (errors.LimitError, "too-large"),
    (errors.TooLongError, "too-long"),
    (errors.InputError, "malformed"),
    (errors.RefusedError, "forbidden"),
    (errors.NotAcceptableError, "not-acceptable"),
)


def share(folder: Path) -> None:
    """Have this process and its children write their figures into *folder*.

    The library decides when it is first imported: before that, this is to be called.
    """
    os.environ[_FOLDER] = str(folder)


class Metrics:
    """The figures of this process, and the way to those of all."""

    def __init__(self, settings: Settings) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        own = CollectorRegistry()
        self._registry = own
        self._settings = settings
        self._version = ""

        def gauge(name: str, told: str, mode: Any = "livesum", *labels: str) -> Gauge:
            return Gauge(name, told, labels, registry=own, multiprocess_mode=mode)

        def counter(name: str, told: str, *labels: str) -> Counter:
            return Counter(name, told, labels, registry=own)

        self.requests = counter(
            "samverkan_requests", "Requests answered.", "route", "method", "status"
        )
        self.seconds = Histogram(
            "samverkan_request_seconds",
            "Time from the request's head to its answer.",
            ["route"],
            registry=own,
            buckets=_SECONDS,
        )
        self.in_flight = gauge("samverkan_requests_in_flight", "Requests being answered.")
        self.workers = gauge(
            "samverkan_query_workers", "Queries to /sparql that may run at a time."
        )
        self.busy = gauge("samverkan_query_workers_busy", "Queries to /sparql that run.")
        self.waiting = gauge("samverkan_queries_waiting", "Queries to /sparql that wait.")
        self.refused = counter("samverkan_queries_refused", "Queries refused, by reason.", "reason")
        self.killed = counter("samverkan_queries_killed", "Queries killed for their time.")
        self.lost = counter("samverkan_query_workers_lost", "Workers that died in a query.")
        self.info = gauge("samverkan_dataset_info", "The graph that is served.", "max", "version")
        self.triples = gauge("samverkan_dataset_triples", "Triples in the graph.", "max")
        self.started = gauge("samverkan_start_time_seconds", "Start, in Unix time.", "min")
        self.uptime = gauge("samverkan_uptime_seconds", "Time since the start.", "max")
        self.started.set(settings.started)
        self.workers.set(settings.limits.workers)
        for _kind, reason in _REASONS:
            if reason:
                self.refused.labels(reason)  # there from the first, at 0

    def serves(self, dataset: Dataset) -> None:
        """Tell of the graph, and no more of another one before."""
        (row,) = select(dataset, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        if self._version:
            self.info.labels(self._version).set(0)
        self._version = dataset.version
        self.info.labels(dataset.version).set(1)
        self.triples.set(float(getattr(row["n"], "value", 0)))

    def count(self, told: requests.Told, status: int) -> None:
        """Count a request that was answered with that status."""
        counted, timed = self._series(told.route, told.method, status)
        counted.inc()
        timed.observe(told.seconds)

    @lru_cache(maxsize=_MOST_SERIES)  # noqa: B019 - there is one of these in a process
    def _series(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        """What such requests are counted and timed in; to look it up takes longer than to count."""
        return self.requests.labels(route, method, str(status)), self.seconds.labels(route)

    def all(self) -> CollectorRegistry:
        """The figures of all processes."""
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        self.uptime.set(time.time() - self._settings.started)
        folder = self._settings.state
        if folder is None:
            return self._registry
        _forget_the_dead(folder)
        together = CollectorRegistry()
        MultiProcessCollector(together, str(folder))  # type: ignore[no-untyped-call]
        return together


class Watched(AdHoc):
    """Queries from outside, counted."""

    def __init__(self, settings: Settings, metrics: Metrics, dataset: Dataset) -> None:
        super().__init__(relay.runner(settings.origin, settings.limits, dataset), settings.limits)
        self._metrics = metrics
        self._lock = threading.Lock()
        self._here = 0
        self._told = 0, 0

    def _asked(self, *given: Any) -> Result:
        with self._counted():
            return super()._asked(*given)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._change(1)
        try:
            yield
        except errors.TimeLimitError:
            self._metrics.killed.inc()
            raise
        except errors.WorkerLostError:
            self._metrics.lost.inc()
            raise
        except SamverkanError as error:
            for kind, reason in _REASONS:
                if isinstance(error, kind):
                    self._metrics.refused.labels(reason).inc()
                    break
            raise
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        """As many run as there are workers; the rest waits."""
        with self._lock:
            self._here += by
            running = min(self._here, self.limits.workers)
            waiting = min(self._here - running, self.limits.waiting)
            if (running, waiting) != self._told:  # to tell costs more than to look
                self._told = running, waiting
                self._metrics.busy.set(running)
                self._metrics.waiting.set(waiting)


def register(app: Flask, metrics: Metrics) -> None:
    """Have *app* count its requests."""
    app.extensions["samverkan.metrics"] = metrics
    app.before_request(_begin)
    app.after_request(_count)
    app.teardown_request(_end)


@blueprint.get("/metrics")
def figures() -> Response:
    """All figures, in the format of Prometheus that the client likes best."""
    from prometheus_client.exposition import choose_encoder

    encode, media_type = choose_encoder(request.headers.get("Accept", ""))
    response = Response(encode(_metrics().all()), content_type=media_type)
    response.cache_control.no_store = True
    return response


def _metrics() -> Metrics:
    return cast(Metrics, current_app.extensions["samverkan.metrics"])


def _begin() -> None:
    _metrics().in_flight.inc()


def _end(_error: BaseException | None) -> None:
    _metrics().in_flight.dec()


def _count(response: Response) -> Response:
    _metrics().count(requests.told(), response.status_code)
    return response


def _forget_the_dead(folder: Path) -> None:
    """Do away with what processes that died left of the present: they answer nothing any more."""
    from prometheus_client.multiprocess import mark_process_dead

    pids = {path.stem.rpartition("_")[2] for path in folder.glob("gauge_live*.db")}
    for pid in pids:
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            with suppress(FileNotFoundError):  # another process does the same at the moment
                mark_process_dead(int(pid), str(folder))  # type: ignore[no-untyped-call]
