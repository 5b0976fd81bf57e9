"""The production server: granian, with the application in each of its workers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from samverkan.isolation import Limits
from samverkan.web import Settings, create_app

# Threads for what needs no worker, however many requests wait for one.
_FREE_THREADS = 8


def serve(host: str, port: int, workers: int, content: Path | None, limits: Limits) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM).

    Args:
        host: the address to listen on.
        port: the port to listen on.
        workers: processes, each with the whole graph.
        content: a folder of the user's own, or None for the bundled content.
        limits: of queries from outside.
    """
    server = Server(
        "samverkan.web:create_app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=limits.workers + limits.waiting + _FREE_THREADS,
        log_access=False,
        websockets=False,
    )
    server.serve(
        target_loader=partial(create_app, Settings(content=content, limits=limits)),
        wrap_loader=False,
    )
