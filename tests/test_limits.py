"""Limits as callers over HTTP meet them: what is stopped, refused or lost is a problem, whole."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from samverkan.isolation import Limits
from samverkan.web import Settings, create_app

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PROBLEM = "application/problem+json"
PATIENTLY = 60.0  # seconds before a test that waits for a process gives up; no measure of speed
IN_PROC = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc (Linux)")


@contextmanager
def client_of(**limits: Any) -> Iterator[FlaskClient]:
    app = create_app(Settings(limits=Limits(**limits)))
    try:
        yield app.test_client()
    finally:
        app.extensions["samverkan"].adhoc.close()


def ask(service: str, query: str, **parameters: str) -> tuple[int, dict[str, str], Any]:
    """The status, the headers and the JSON that a query over HTTP is answered by."""
    connection = HTTPConnection(urlsplit(service).netloc, timeout=PATIENTLY)
    try:
        connection.request("GET", f"/sparql?{urlencode({'query': query, **parameters})}")
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), json.loads(response.read())
    finally:
        connection.close()


def test_a_caller_may_ask_for_less_time_than_there_is(service: str) -> None:
    status, headers, problem = ask(service, ENDLESS, timeout="0.3")

    assert (status, headers["content-type"]) == (503, PROBLEM)
    assert "0.3" in problem["detail"] or "0,3" in problem["detail"]
    assert ask(service, "ASK {}")[2]["boolean"] is True


def test_a_caller_gets_no_more_time_than_there_is() -> None:
    with client_of(workers=1, seconds=0.3) as client:
        response = client.get("/sparql", query_string={"query": ENDLESS, "timeout": "3600"})

        assert response.status_code == 503
        assert "0.3" in response.json["detail"]  # type: ignore[index]


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon", "1e999", "1s", "{0}"])
def test_a_time_that_is_none_is_a_problem(client: FlaskClient, value: str) -> None:
    for response in (
        client.get("/sparql", query_string={"query": "ASK {}", "timeout": value}),
        client.post("/sparql", data={"query": "ASK {}", "timeout": value}),
        client.post(
            f"/sparql?{urlencode({'timeout': value})}",
            data=b"ASK {}",
            content_type="application/sparql-query",
        ),
    ):
        assert (response.status_code, response.content_type) == (400, PROBLEM)


@pytest.mark.parametrize("media_type", ["text/csv", "application/sparql-results+json"])
def test_a_result_of_more_rows_than_the_limit_is_refused_whole(media_type: str) -> None:
    everything = "SELECT * { ?s ?p ?o } LIMIT "
    with client_of(workers=1, rows=100) as client:
        sent = {
            count: client.get(
                "/sparql",
                query_string={"query": f"{everything} {count}"},
                headers={"Accept": media_type},
            )
            for count in (100, 101)
        }
        graph = client.get("/sparql", query_string={"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
    assert sent[100].status_code == 200
    for response in (sent[101], graph):
        assert (response.status_code, response.content_type) == (422, PROBLEM)
        assert "100" in response.json["detail"]  # type: ignore[index]


def test_who_finds_the_queue_full_is_told_when_to_come_again() -> None:
    with client_of(workers=1, waiting=0, seconds=PATIENTLY) as client, ThreadPoolExecutor() as pool:
        other = client.application.test_client()

        def endless() -> TestResponse:
            """The answer to a query that takes its time; the one place may be taken at first."""
            while True:
                told = other.get("/sparql", query_string={"query": ENDLESS, "timeout": "2"})
                if "Retry-After" not in told.headers:
                    return told

        running = pool.submit(endless)
        for number in count():  # each another: what was answered before is answered again
            response = client.get(f"/sparql?query=ASK{{}}%23{number}")
            if response.status_code != 200:
                break
            assert not running.done()
        assert (response.status_code, response.content_type) == (503, PROBLEM)
        assert int(response.headers["Retry-After"]) > 0
        assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]

        assert running.result().status_code == 503  # its time is up, and
        assert "Retry-After" not in running.result().headers  # it would be again
        assert client.get("/sparql?query=ASK{}").status_code == 200


# A worker that is killed.


def processes() -> dict[int, tuple[int, str]]:
    """Each process of this machine: its parent, and its command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue  # it ended meanwhile
        found[int(folder.name)] = (parent, command)
    return found


def workers_of(port: int) -> list[int]:
    """The processes that run queries from outside for the service on that port."""
    all_ = processes()
    ours = {pid for pid, (_parent, command) in all_.items() if f"serve --port {port} " in command}
    assert ours
    for _generation in range(4):
        ours |= {pid for pid, (parent, _command) in all_.items() if parent in ours}
    nurses = {pid for pid in ours if "import nurse" in all_[pid][1]}
    return [pid for pid, (parent, _command) in all_.items() if parent in nurses & ours]


def seconds_worked(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) / os.sysconf("SC_CLK_TCK")


def worker_at_work(port: int) -> int:
    """The worker that has begun to work hard, when one has."""
    before = {pid: seconds_worked(pid) for pid in workers_of(port)}
    end = time.monotonic() + PATIENTLY
    while time.monotonic() < end:
        for pid in workers_of(port):
            if seconds_worked(pid) > before.setdefault(pid, seconds_worked(pid)) + 0.2:
                return pid
    raise AssertionError("no worker began")


@IN_PROC
def test_who_loses_the_worker_in_mid_query_is_told_so_and_the_next_query_works(
    service: str,
) -> None:
    port = urlsplit(service).port
    assert port
    assert ask(service, "ASK {}")[2]["boolean"] is True
    with ThreadPoolExecutor() as pool:
        struck = pool.submit(ask, service, ENDLESS)
        os.kill(worker_at_work(port), signal.SIGKILL)
        status, headers, problem = struck.result()

    assert (status, headers["content-type"]) == (503, PROBLEM)
    assert problem["status"] == status
    assert problem["detail"]
    assert int(headers["retry-after"]) > 0
    assert ask(service, "ASK {}")[2]["boolean"] is True
