"""The production server: granian, with the application in each of its processes.

The first process loads the content and forks the others, which share its memory; they listen when
they are ready. Told to stop (SIGTERM to the first process, and to no other), the service says so at
``/health/ready``, answers on for as long as it is to drain, then takes no more connections,
finishes what runs, and ends.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from samverkan.errors import AddressError
from samverkan.knowledge import Knowledge
from samverkan.language import mark as _
from samverkan.settings import Settings
from samverkan.web import beforehand, create_app, logs, metrics
from samverkan.web.renewal import Renewed

# Threads for what needs no worker, however many requests wait for one.
_FREE_THREADS = 8
# How long a thread of Python may go on while others wait: a short request is not to wait for all of
# the interpreter's 5 ms, again and again, whenever a long one is worked out.
_SECONDS_OF_A_TURN = 0.001
# Beyond what a query may take, before a process that is told to end is ended.
_SECONDS_TO_END = 5


def serve(settings: Settings, known: Knowledge | None = None) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM).

    What is *known* already of the content is not loaded again, where processes can share it.

    Raises:
        AddressError: the address cannot be listened on, or somebody listens on it already.
    """
    address = _free_address(settings.host, settings.port)
    with tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
        shared = replace(settings, state=Path(folder))
        metrics.share(Path(folder))
        server = _server(shared, address)
        # Most threads only wait for a worker: that there are more than processors is meant.
        granian = logging.getLogger("_granian")
        # No line tells of them, and to find them out takes as long as to write it.
        logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
        granian.addFilter(lambda record: "threads" not in record.getMessage())
        inherited = known if multiprocessing.get_start_method() == "fork" else None
        load = partial(_load, shared, inherited, os.getpid())
        server.serve(target_loader=load, wrap_loader=False)


def _load(settings: Settings, known: Knowledge | None, first: int) -> Flask | Renewed:
    """The application, in a process of its own that ends when the *first* one is no more."""
    # What the first one does when it is told to stop is not for this one, which still loads.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Linux: PR_SET_PDEATHSIG. Not SIGTERM, which the server misses while it begins.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() != first:  # it was gone before that
        sys.exit(1)
    sys.setswitchinterval(_SECONDS_OF_A_TURN)
    app = create_app(settings, known)
    beforehand.begin(app)
    return Renewed(app, settings, settings.endpoint) if settings.endpoint else app


class _Draining(MPServer):
    """A server that tells that it will stop before it does."""

    def __init__(self, stopping: Path, seconds: float, **given: Any) -> None:
        super().__init__("samverkan.web:create_app", **given)
        self._stopping = stopping
        self._seconds = seconds

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Stop when it has drained; at once where it is told again."""
        again = self._stopping.exists()
        self._stopping.touch()
        stop = partial(super().signal_handler_interrupt, *args, **kwargs)
        if again or not self._seconds:
            stop()
        else:
            timer = threading.Timer(self._seconds, stop)
            timer.daemon = True
            timer.start()


def _server(settings: Settings, address: str) -> _Draining:
    limits = settings.limits
    return _Draining(
        settings.stopping or Path(),
        settings.drain_seconds,
        address=address,
        port=settings.port,
        interface=Interfaces.WSGI,
        # Where the version is left open, whoever sends nothing is waited for without end.
        http=HTTPModes.http1,
        workers=settings.processes,
        blocking_threads=limits.workers + limits.waiting + _FREE_THREADS,
        http1_settings=HTTP1Settings(header_read_timeout=settings.header_seconds * 1000),
        log_access=False,
        log_level=LogLevels(settings.log_level),
        log_dictconfig=logs.configuration(settings.log_format, settings.log_level),
        respawn_failed_workers=True,
        workers_kill_timeout=int(limits.seconds) + _SECONDS_TO_END,
        websockets=False,
    )


def _free_address(host: str, port: int) -> str:
    """The address of *host*, where nobody listens on *port*.

    Two servers can share a port (SO_REUSEPORT), and callers would meet the one or the other.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        return str(address[0])
    except OSError as error:
        raise AddressError(
            _("{host}, port {port}, cannot be listened on: {reason}. Choose another: --port."),
            host=host,
            port=port,
            reason=error.strerror,
        ) from error
