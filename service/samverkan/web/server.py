"""The production server: granian, with the application in each of its workers."""

from __future__ import annotations

import logging
import socket
from functools import partial
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from samverkan.errors import AddressError
from samverkan.isolation import Limits
from samverkan.language import mark as _
from samverkan.web import Settings, create_app

# Threads for what needs no worker, however many requests wait for one.
_FREE_THREADS = 8
# Beyond what a query may take, before a worker that is told to end is ended.
_SECONDS_TO_END = 5


def serve(host: str, port: int, workers: int, content: Path | None, limits: Limits) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM).

    Args:
        host: the address to listen on.
        port: the port to listen on.
        workers: processes, each with the whole graph.
        content: a folder of the user's own, or None for the bundled content.
        limits: of queries from outside.

    Raises:
        AddressError: the address cannot be listened on, or somebody listens on it already.
    """
    address = _free_address(host, port)
    server = Server(
        "samverkan.web:create_app",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=limits.workers + limits.waiting + _FREE_THREADS,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=int(limits.seconds) + _SECONDS_TO_END,
        websockets=False,
    )
    # Most threads only wait for a worker: that there are more of them than processors is meant.
    logging.getLogger("_granian").addFilter(lambda record: "threads" not in record.getMessage())
    server.serve(
        target_loader=partial(create_app, Settings(content=content, limits=limits)),
        wrap_loader=False,
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
