"""Engines elsewhere: Oxigraph's server on a port, and a gate before it that can misbehave."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_PROGRAM = Path(sys.executable).parent / "oxigraph"


class Oxigraph:
    """Oxigraph's server, which can be ended, and begun again with what it held."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self.address = f"{self.root}/query"
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it, and wait until it listens."""
        bind = ["--bind", f"127.0.0.1:{self.port}"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_PROGRAM, "serve", "--location", self._folder / "store", *bind], stderr=log
            )
        while self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                continue
            return
        raise AssertionError((self._folder / "log").read_text())

    def end(self) -> None:
        """Kill it, as a machine that fails does."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def load(self, quads: bytes) -> None:
        """Have it hold *quads* (N-Quads), and nothing else (SPARQL 1.1 Graph Store Protocol)."""
        self._send("/store", "PUT", "application/n-quads", quads)

    def update(self, text: str) -> None:
        """Change what it holds (SPARQL 1.1 Update)."""
        self._send("/update", "POST", "application/sparql-update", text.encode())

    def _send(self, path: str, method: str, media_type: str, body: bytes) -> None:
        request = urllib.request.Request(
            self.root + path, body, {"Content-Type": media_type}, method=method
        )
        with urllib.request.urlopen(request) as response:
            assert response.status in {200, 201, 204}


@contextmanager
def oxigraph(folder: Path, quads: bytes) -> Iterator[Oxigraph]:
    """A server that holds *quads*."""
    server = Oxigraph(folder)
    server.begin()
    try:
        server.load(quads)
        yield server
    finally:
        server.end()


Behaviour = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """A query that has come to the gate."""

    protocol_version = "HTTP/1.1"
    server: Gate
    body: bytes

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(self)
        self.server.behaviour(self)

    def answer(self, status: int, media_type: str, body: bytes, **headers: str) -> None:
        """Answer by oneself."""
        self.send_response(status)
        for name, value in {"Content-Type": media_type, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def let_through(self) -> None:
        """Answer as the engine behind does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.behind)
        connection.request("POST", "/query", self.body, dict(self.headers.items()))
        response = connection.getresponse()
        body = response.read()
        connection.close()
        with suppress(ConnectionError):  # the caller has heard enough
            self.answer(response.status, response.headers["Content-Type"], body)

    def say_nothing(self) -> None:
        """Keep the caller waiting, until the gate is closed."""
        self.server.closing.wait()
        self.close_connection = True

    def hang_up(self) -> None:
        """Close the connection without a word."""
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing on standard error."""


class Gate(ThreadingHTTPServer):
    """What stands before an engine: what it does with a query is set, and may be set anew."""

    daemon_threads = True

    def __init__(self, behind: int) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.behind = behind
        self.behaviour: Behaviour = Request.let_through
        self.heard: list[Request] = []
        self.closing = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}/query"


@contextmanager
def gate(behind: int = 0) -> Iterator[Gate]:
    """A gate before the engine on that port."""
    with Gate(behind) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
