"""A connection that asks something and gives the bytes of the answer: over HTTP, or by a pipe.

Written for little cost of its own, so that what is measured is the other end.
"""

from __future__ import annotations

import socket
from multiprocessing.connection import Connection
from typing import Protocol

_CHUNK = 1 << 16
_JSON = "application/sparql-results+json"


class AnswerError(Exception):
    """The other end gave no answer: its status and the beginning of what it said."""


class Channel(Protocol):
    """Asks one thing after the other."""

    def ask(self, text: str) -> bytes:
        """The answer to *text*: for a query, its result as SPARQL JSON."""

    def close(self) -> None:
        """Ask nothing more."""


class Http:
    """A connection to a server on this machine, which stays open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=600)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def close(self) -> None:
        self._socket.close()

    def send(self, head: str, body: bytes = b"") -> bytes:
        """The body of the response to a request of that *head*, which ends without an empty line.

        Raises:
            AnswerError: its status is not 200.
        """
        fields = f"Host: 127.0.0.1:{self._port}\r\nContent-Length: {len(body)}"
        self._socket.sendall(f"{head}\r\n{fields}\r\n\r\n".encode() + body)
        answered = self._until(b"\r\n\r\n")
        status = answered.split(b" ", 2)[1]
        told = answered.lower()
        if b"transfer-encoding: chunked" in told:
            found = self._chunks()
        else:
            length = told.partition(b"content-length:")[2].partition(b"\r\n")[0]
            found = self._exactly(int(length or 0))
        if status not in {b"200", b"201", b"204"}:
            raise AnswerError(f"{status.decode()}: {found[:200].decode(errors='replace')}")
        return found

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._until(b"\r\n").partition(b";")[0], 16):
            parts.append(self._exactly(size))
            self._exactly(2)
        self._exactly(2)
        return b"".join(parts)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._more()
        found, _mark, self._rest = self._rest.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _more(self) -> None:
        received = self._socket.recv(_CHUNK)
        if not received:
            raise AnswerError("the connection was closed")
        self._rest += received


class Endpoint(Http):
    """Queries to a SPARQL endpoint (SPARQL 1.1 Protocol § 2.1.3)."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(port)
        self._head = (
            f"POST {path} HTTP/1.1\r\nAccept: {_JSON}\r\nContent-Type: application/sparql-query"
        )

    def ask(self, text: str) -> bytes:
        return self.send(self._head, text.encode())


class Pages(Http):
    """Addresses below the root of our service, asked for as JSON."""

    def ask(self, text: str) -> bytes:
        return self.send(f"GET {text} HTTP/1.1\r\nAccept: application/json")


class Child:
    """Queries to a child process, which answers one at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """The process has one connection, which lasts as long as it does."""

    def ask(self, text: str) -> bytes:
        self._connection.send_bytes(text.encode())
        answered = self._connection.recv_bytes()
        if answered.startswith(b"!"):
            raise AnswerError(answered[1:].decode())
        return answered
