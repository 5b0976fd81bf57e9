"""What is measured: our service, and what else one would take; each is started and ended here."""

from __future__ import annotations

import multiprocessing
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import rdflib

from benchmarks.channel import AnswerError, Channel, Child, Endpoint, Http, Pages

_PATIENCE = 1800.0


class Server:
    """A process with all its children, that listens on a port."""

    most_connections = 1_000

    def __init__(self, name: str, command: list[str], port: int, log: Path, path: str) -> None:
        self.name, self.port, self._path = name, port, path
        self._log = log
        began = time.monotonic()
        with log.open("wb") as file:
            self._process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
        while not _listens(port):
            if self._process.poll() is not None or time.monotonic() - began > _PATIENCE:
                raise AnswerError(
                    f"{name} did not start: {log.read_text(errors='replace')[-2000:]}"
                )
            time.sleep(0.02)
        self.load_seconds = time.monotonic() - began

    def channel(self) -> Channel:
        return Endpoint(self.port, self._path)

    def pages(self) -> Channel:
        """A connection for other addresses than that of the endpoint."""
        return Pages(self.port)

    def memory(self) -> int:
        return sum(_pss(pid) for pid in _family(self._process.pid))

    def end(self) -> None:
        """End it, and wait until it is gone."""
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Alone:
    """rdflib in a process of its own, without a server: it answers one query at a time."""

    most_connections = 1

    def __init__(self, triples: Path) -> None:
        self.name = "rdflib alone"
        ours, theirs = multiprocessing.Pipe()
        began = time.monotonic()
        self._process = multiprocessing.Process(target=_answers, args=(theirs, triples))
        self._process.start()
        self._connection = ours
        theirs.close()
        ours.recv_bytes()
        self.load_seconds = time.monotonic() - began

    def channel(self) -> Channel:
        return Child(self._connection)

    def memory(self) -> int:
        return _pss(self._process.pid or 0)

    def end(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.join()
        self._process.close()
        self._connection.close()


Running = Server | Alone


def samverkan(content: Path | None, *options: str) -> AbstractContextManager[Server]:
    """Our service on the content in a folder, or the bundled one."""
    own = ["--content", str(content)] if content else []
    return _served(
        "samverkan",
        [sys.executable, "-m", "samverkan", "serve", *own, *options],
        "/sparql",
        "--port",
    )


@contextmanager
def oxigraph(triples: Path) -> Iterator[Server]:
    """The Oxigraph server, in memory, on a file of N-Triples."""
    program = str(Path(sys.executable).parent / "oxigraph")
    with _served("Oxigraph server", [program, "serve"], "/query", "--bind") as server:
        began = time.monotonic()
        head = "POST /store?default HTTP/1.1\r\nContent-Type: application/n-triples"
        with closing(Http(server.port)) as connection:
            connection.send(head, triples.read_bytes())
        server.load_seconds += time.monotonic() - began
        yield server


def rdflib_endpoint(triples: Path) -> AbstractContextManager[Server]:
    """rdflib-endpoint, as its own command serves a file."""
    program = str(Path(sys.executable).parent / "rdflib-endpoint")
    return _served("rdflib-endpoint", [program, "serve", str(triples)], "/", "--port")


@contextmanager
def rdflib_alone(triples: Path) -> Iterator[Alone]:
    """rdflib by itself."""
    process = Alone(triples)
    try:
        yield process
    finally:
        process.end()


@contextmanager
def _served(name: str, command: list[str], path: str, port_option: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = f"127.0.0.1:{port}" if port_option == "--bind" else str(port)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        server = Server(name, [*command, port_option, where], port, Path(folder) / "log", path)
        try:
            yield server
        finally:
            server.end()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(connection: Connection, triples: Path) -> None:
    """The life of the child: load, then answer until the other end is gone."""
    graph = rdflib.Graph()
    graph.parse(triples, format="nt")
    connection.send_bytes(b"ready")
    while True:
        try:
            text = connection.recv_bytes().decode()
        except EOFError:
            return
        try:
            connection.send_bytes(graph.query(text).serialize(format="json") or b"")
        except Exception as error:
            connection.send_bytes(b"!" + repr(error).encode())


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found.extend(parents.get(each, ()))
    return found


def _pss(pid: int) -> int:
    """The proportional set size of a process, in bytes; 0 where it has ended."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(told.partition("\nPss:")[2].split()[0]) * 1024
