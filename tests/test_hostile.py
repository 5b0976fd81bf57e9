"""What somebody who means harm would send, against a running service.

Each input is answered by a clear problem, in time; the service stays healthy, others are served
meanwhile, and nothing goes out. ``python tests/test_hostile.py`` prints the table of what is sent
and what is answered; so does pytest with ``-s``.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import rdflib
from pyoxigraph import Literal

import small

PATIENTLY = 60.0  # seconds before a test gives up; no measure of speed
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
PROBLEM = "application/problem+json"
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
CLEAR_TOO_MUCH = {422, 503}  # which limit is met first is a matter of the machine

# Labels of the content that the service serves.
LABELS = {
    "p0": "<script>alert(1)</script>",
    "p1": '"><hostile onmouseover=alert(1)>',
    "p2": "' onfocus='alert(1)' x='",
    "p3": "{{ 7 * 7 }} {% raw %} ${7*7} %s {0}",
    "p4": "=cmd|' /C calc'!A0",
    "p5": "@SUM(1+1)*cmd",
    "p6": "x;=1+1\n+2",
    "p7": "right \u202e to \u2066 left \u200f",
    "p8": "</textarea></title><!-- ]]> --><hostile>",
    "p9": "javascript:alert(1)",
    "p10": "&lt;hostile&gt; &amp; &#60;hostile&#62;",
    "p11": "bell \x07 escape \x1b[31m \x7f \x85 \ufffe",
    "p12": "null \x00 byte",
}
PERSON = "https://w3id.org/samverkan/id/person/"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


# ---------- A service, and somebody else who uses it ----------


@dataclass(frozen=True)
class Answer:
    """What a request is answered by; without status where the connection is closed unanswered."""

    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def said(self) -> str:
        """What it says, for the table."""
        if self.kind == PROBLEM:
            return str(json.loads(self.body)["detail"])
        if self.status is None:
            return "(closed)"
        return f"({self.kind or 'no body'}, {len(self.body)} bytes)"


@dataclass(frozen=True)
class Service:
    """A service on a port of this machine, and a listener that none of it may ever call."""

    port: int
    log: Path
    listener: socket.socket

    @property
    def elsewhere(self) -> str:
        """The address of the listener."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/"

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENTLY)

    def raw(self, sent: bytes) -> Answer:
        """The first answer to *sent*, whatever that is."""
        began = time.monotonic()
        with self.connected() as connection:
            with suppress(OSError):  # refused before it was all there: the answer may still come
                connection.sendall(sent)
            response = HTTPResponse(connection)
            try:
                response.begin()
                body = response.read()
            except (HTTPException, OSError):
                return Answer(None, seconds=time.monotonic() - began)
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, body, time.monotonic() - began)

    def all_of(self, sent: bytes) -> bytes:
        """Everything that comes until the service closes the connection."""
        with self.connected() as connection:
            connection.sendall(sent)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def get(self, target: str, **headers: str) -> Answer:
        return self.raw(request("GET", target, headers))

    def query(self, query: str, **parameters: str) -> Answer:
        form = urlencode({"query": query, **parameters}).encode()
        return self.raw(request("POST", "/sparql", {"Content-Type": FORM}, form))


def request(
    method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> bytes:
    """A request as it goes over the wire; underscores in names of headers stand for hyphens."""
    told = {"Host": "localhost", "Connection": "close", **(headers or {})}
    if body:
        told.setdefault("Content-Length", str(len(body)))
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in told.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Neighbour:
    """Somebody who asks a named query again and again, and is always answered."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stopped = threading.Event()
        self._answered = threading.Condition()
        self._count = 0
        self.failures: list[Answer] = []
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def is_served(self) -> None:
        """Wait for an answer to a question that begins from now on."""
        with self._answered:
            wanted = self._count + 2
            assert self._answered.wait_for(lambda: self._count >= wanted, PATIENTLY)
        assert not self.failures

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(PATIENTLY)

    def _ask(self) -> None:
        while not self._stopped.wait(0.02):
            answer = self._service.get("/queries/roles.json?person=Anna+Berg")
            with self._answered:
                self._count += 1
                if answer.status != 200 or "Rådet" not in answer.text:
                    self.failures.append(answer)
                self._answered.notify_all()


@contextmanager
def serving(folder: Path, *given: str) -> Iterator[Service]:
    """A service with small limits, on content with hostile labels."""
    small.write(
        folder, [small.Source(2020).says("anna").says("p0").says("p1").says("p4").says("p12")]
    )
    people = folder / "data" / "people.ttl"
    text = people.read_text()
    for slug, label in LABELS.items():
        text = text.replace(f'"{small.PEOPLE[slug]}"@sv', str(Literal(label, language="sv")))
    people.write_text(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log"
    limits = ("--timeout", "1", "--query-memory", "256MiB", "--header-timeout", "2", *given)
    with log.open("wb") as output, socket.create_server(("127.0.0.1", 0)) as listener:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "samverkan", "serve", "--port", str(port), *limits),
                *("--content", str(folder), "--log-format", "json"),
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        service = Service(port, log, listener)
        try:
            while not is_ready(service):
                assert process.poll() is None, log.read_text()
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENTLY)


def is_ready(service: Service) -> bool:
    try:
        return service.get("/health/ready").status == 200
    except ConnectionRefusedError:
        return False


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("hostile")) as started:
        yield started


@pytest.fixture(scope="module")
def neighbour(service: Service) -> Iterator[Neighbour]:
    there = Neighbour(service)
    yield there
    there.stop()


# ---------- What is sent ----------


@dataclass(frozen=True)
class Input:
    """A hostile input: how it is sent, and the statuses that it may be answered by.

    ``bare``: it is refused before it is a request at all, by the HTTP layer, which says no more
    than the status. ``why``: the reason where it is answered as if it were harmless: it is.
    """

    name: str
    send: Callable[[Service], Answer]
    allowed: frozenset[int | None]
    bare: bool = False
    why: str = ""


INPUTS: list[Input] = []


def add(
    name: str,
    allowed: int | set[int] | set[int | None],
    send: Callable[[Service], Answer],
    **more: Any,
) -> None:
    statuses = frozenset([allowed] if isinstance(allowed, int) else allowed)
    assert statuses & {200, 303} == frozenset() or more.get("why"), name
    INPUTS.append(Input(name, send, frozenset(statuses), **more))


def query(name: str, allowed: int | set[int], text: str, why: str = "", **parameters: str) -> None:
    """A query; ``{elsewhere}`` in it is the address of the listener."""

    def send(service: Service) -> Answer:
        told = {n: v.replace("{elsewhere}", service.elsewhere) for n, v in parameters.items()}
        return service.query(text.replace("{elsewhere}", service.elsewhere), **told)

    add(name, allowed, send, why=why)


def get(name: str, allowed: int | set[int], target: str, why: str = "", **headers: str) -> None:
    add(name, allowed, lambda service: service.get(target, **headers), why=why)


def post(name: str, allowed: int | set[int], kind: str, body: bytes, **headers: str) -> None:
    sent = request("POST", "/sparql", {"Content-Type": kind, **headers}, body)
    add(name, allowed, lambda service: service.raw(sent))


def wire(name: str, allowed: int | set[int] | set[int | None], sent: bytes, **more: Any) -> None:
    add(name, allowed, lambda service: service.raw(sent), **more)


def chain(first: str, step: str, count: int) -> str:
    """A query that makes a value ever larger: ``{v}`` in *step* is the value before."""
    binds = "".join(
        f"BIND({step.format(v=f'?v{number}')} AS ?v{number + 1}) " for number in range(count)
    )
    return f'SELECT (STRLEN(?v{count}) AS ?n) {{ BIND("{first}" AS ?v0) {binds} }}'


def nested(before: str, inner: str, after: str, depth: int = 10_000) -> str:
    return before * depth + inner + after * depth


# Reaching out.
SERVICE = {
    "by its word": "SELECT * {{ SERVICE <{elsewhere}> { ?s ?p ?o } }}",
    "in silence": "SELECT * { SERVICE SILENT <{elsewhere}> { ?s ?p ?o } }",
    "in a subquery": "SELECT * { { SELECT ?s { SERVICE <{elsewhere}> { ?s ?p ?o } } } }",
    "in EXISTS": "ASK { FILTER NOT EXISTS { SERVICE SILENT <{elsewhere}> { ?s ?p ?o } } }",
    "by a prefix": "PREFIX e: <{elsewhere}> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "by a variable": "SELECT * { BIND(<{elsewhere}> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "by escapes": r"SELECT * { \u0053ER\U00000056ICE <{elsewhere}> { ?s ?p ?o } }",
    "behind a comment": "SELECT * { SERVICE#'\n<{elsewhere}> { ?s ?p ?o } }",
    "glued to a number": "SELECT * { ?s ?p 1e0SERVICE SILENT <{elsewhere}> { ?a ?b ?c } }",
}
for how, text in SERVICE.items():
    query(f"SERVICE {how}", 403, text)
query("LOAD", 400, "LOAD <{elsewhere}>")
query("LOAD SILENT INTO", 400, "LOAD SILENT <{elsewhere}> INTO GRAPH <x:g>")
query("FROM a file", 400, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")
query("FROM NAMED a file", 400, "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g {?s ?p ?o} }")
query("FROM an address", 400, "SELECT * FROM <{elsewhere}> { ?s ?p ?o }")
query("default-graph-uri: a file", 400, "ASK {}", **{"default-graph-uri": "file:///etc/passwd"})
query("named-graph-uri: an address", 400, "ASK {}", **{"named-graph-uri": "{elsewhere}"})
query(
    "GRAPH an address",
    200,
    "SELECT * { GRAPH <{elsewhere}> { ?s ?p ?o } }",
    why="a graph that is not here is empty",
)

# Changing.
for text in (
    "INSERT DATA { <x:a> <x:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP SILENT ALL",
    "CREATE GRAPH <x:g>",
    "COPY DEFAULT TO <x:g>",
    "MOVE DEFAULT TO <x:g>",
    "ADD DEFAULT TO <x:g>",
    "# SELECT\nCLEAR ALL",
    r"\u0043LEAR ALL",
    "PREFIX a: <x:> BASE <x:> INSERT { <a> a:b 1 } WHERE {}",
    "ASK {} ; CLEAR ALL",
):
    query(f"update: {text.splitlines()[-1][:24]}", 400, text)
post("update as the parameter", 403, FORM, b"update=CLEAR+ALL")
post("update as itself", 403, "application/sparql-update", b"CLEAR ALL")

# Taking too much.
ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
query("cross product", 503, f"SELECT (COUNT(*) AS ?x) {{ {ALL} }}")
query("cross product of rows", CLEAR_TOO_MUCH, f"SELECT * {{ {ALL} }}")
query("cross product, DISTINCT", CLEAR_TOO_MUCH, f"SELECT DISTINCT * {{ {ALL} }}")
query("cross product, CONSTRUCT", CLEAR_TOO_MUCH, f"CONSTRUCT {{ ?a ?b ?f }} {{ {ALL} }}")
query("cross product, DESCRIBE", CLEAR_TOO_MUCH, f"DESCRIBE * {{ {ALL} }}")
query("ORDER BY", CLEAR_TOO_MUCH, f"SELECT * {{ {ALL} }} ORDER BY ?o ?a ?f LIMIT 1")
query("ORDER BY RAND()", CLEAR_TOO_MUCH, f"SELECT * {{ {ALL} }} ORDER BY RAND() LIMIT 1")
PATH = "(<x:a>|!<x:b>)*"
query("paths: (a|b)*", 503, f"SELECT (COUNT(*) AS ?n) {{ ?a {PATH} ?b . ?c {PATH} ?d . {ALL} }}")
query(
    "paths: nested stars", 503, f"SELECT (COUNT(*) AS ?x) {{ ?a (({PATH}/^{PATH})*)+ ?b . {ALL} }}"
)
query("paths: 5,000 stars", {422, 503}, f"SELECT * {{ ?a {nested('(', '<x:a>', ')*', 5000)} ?b }}")
query(
    "GROUP_CONCAT",
    CLEAR_TOO_MUCH,
    f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?o))) AS ?x) {{ {ALL} }}",
)
query("CONCAT that doubles", CLEAR_TOO_MUCH, chain("xxxxxxxxxx", "CONCAT({v}, {v}, {v}, {v})", 20))
query("REPLACE that grows", CLEAR_TOO_MUCH, chain("x", 'REPLACE({v}, "x", "xxxxxxxxxx")', 12))
query(
    "hash of a large value",
    CLEAR_TOO_MUCH,
    chain("x" * 10_000, "CONCAT({v}, {v}, STR(SHA1({v})))", 16),
)
VALUES = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(1000)))} }}" for n in range(6))
query("VALUES that multiply", 503, f"SELECT (COUNT(*) AS ?x) {{ {VALUES} }}")
query(
    "3,000 patterns",
    CLEAR_TOO_MUCH,
    "SELECT * {" + ".".join(f"?a ?b{n} ?c{n}" for n in range(3000)) + "}",
)
query(
    "10,000 variables",
    {200, *CLEAR_TOO_MUCH},
    "SELECT * { VALUES (" + " ".join(f"?v{n}" for n in range(10_000)) + ") {} }",
    why="no row, and 80 kB of names",
)
REGEX = 'SELECT * {{ BIND("{}" AS ?x) FILTER REGEX(?x, "{}") }}'
query(
    "regular expression: (a+)+$",
    {200, 503},
    REGEX.format("a" * 50_000, "^(a+)+$b"),
    why="the engine's expressions take linear time",
)
query(
    "regular expression: counts of counts",
    {200, *CLEAR_TOO_MUCH},
    REGEX.format("a" * 50_000, "((a{1,1000}){1,1000}){1,1000}"),
    why="the engine refuses to build it: no row",
)
query(
    "regular expression from the data",
    CLEAR_TOO_MUCH,
    f'SELECT (COUNT(*) AS ?x) {{ {ALL} FILTER REGEX(STR(?c), CONCAT("(.*)*", STR(?f))) }}',
)
query(
    "time limit of nothing",
    503,
    f"SELECT (COUNT(*) AS ?x) {{ {ALL} }}",
    timeout="1e-300",
)

# Nesting.
for what, text in {
    "braces": "SELECT * " + nested("{", "", "}"),
    "braces left open": "SELECT * " + "{" * 10_000,
    "parentheses": f"SELECT ({nested('(', '1', ')')} AS ?x) {{}}",
    "brackets": f"SELECT * {{ ?s ?p {nested('[ ?p ', '1', ']')} }}",
    "lists": f"SELECT * {{ ?s ?p {nested('(', '1', ')')} }}",
    "OPTIONAL": f"SELECT * {{ {nested('OPTIONAL{', '', '}')} }}",
    "subqueries": f"SELECT * {{ {nested('{SELECT*{', '', '}}', 9_000)} }}",
    "functions": f"SELECT ({nested('STR(', '1', ')')} AS ?x) {{}}",
    "unary !": f"SELECT ({'!' * 10_000}true AS ?x) {{}}",
    "unary -": f"SELECT ({'-' * 10_000}1 AS ?x) {{}}",
    "&&": f"SELECT * {{ FILTER({'true&&' * 15_000}true) }}",
}.items():
    query(f"10,000 deep: {what}", {400, 413, 422, 503}, text)

# Size.
wire("10 MB by GET", {414, 431}, request("GET", f"/sparql?query={'x' * 10_000_000}"), bare=True)
wire("70 kB by GET", 414, request("GET", f"/ask?q={'x' * 70_000}"), bare=True)
get("60 kB by GET", 400, f"/ask?q={'x' * 60_000}")
post("10 MB by POST", 413, QUERY, b"ASK{}#" + b"x" * 10_000_000)
post("10 MB by a form", 413, FORM, b"query=ASK{}%23" + b"x" * 10_000_000)
post("100,001 characters", 413, QUERY, b"ASK{}#" + b"x" * 100_000)
post("250,000 fields", 400, FORM, b"a=1&" * 250_000)
get("15,000 parameters", 400, "/sparql?" + "a=1&" * 15_000)
get("15,000 parameters of a named query", 400, "/queries/bodies?" + "a=1&" * 15_000)
for place in (
    "/ask.json?q=",
    "/queries/",
    "/queries/roles.json?person=",
    "/checks.json?body=",
    "/res/person/",
    "/def/",
):
    get(f"a name of 50,000 characters: {place}", {400, 404}, place + "x" * 50_000)
get("a name of 10,000 å", {400, 404}, "/queries/roles.json?person=" + quote("å" * 10_000))
post("gzip bomb", 415, QUERY, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
post("gzip bomb, form", 415, FORM, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip, gzip")
post("XML bomb", 415, "application/xml", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>')
post("multipart", 415, "multipart/form-data; boundary=x", b"--x\r\n" * 10_000)

# Characters.
query("null in a query", 400, "SELECT\0* {}")
query("null in a literal", 200, 'SELECT ("a\0b" AS ?x) {}', why="text in JSON, escaped")
query("null in XML", 406, 'SELECT ("a\0b" AS ?x) {}', format="xml")
get("null in a question", 400, "/ask?q=%00")
get("null in a name", {400, 404}, "/queries/roles.json?person=%00")
get("null in a path", 404, "/res/person/p0%00")
wire("null in a path, bare", 400, request("GET", "/res/person/p\0"), bare=True)
wire("null in a header", 400, request("GET", "/", {"X-A": "\0"}), bare=True)
query("surrogate by an escape", 400, r'SELECT ("\ud800" AS ?x) {}')
query("code point beyond the last", 400, r'SELECT ("\UFFFFFFFF" AS ?x) {}')
for what, octets in {
    "not UTF-8": "%ff%fe",
    "overlong": "%c0%af%c0%ae",
    "a surrogate": "%ed%a0%80",
    "cut short": "%c3",
}.items():
    get(f"{what} in a question", 400, f"/ask?q={octets}")
    get(f"{what} in a query", 400, f"/sparql?query=ASK%20%7B%7D%23{octets}")
    get(f"{what} in a path", 404, f"/res/person/{octets}")
    post(f"{what} in a form", 400, FORM, f"query=ASK%20%7B%7D%23{octets}".encode())
post("not UTF-8 in a body", 400, QUERY, b"ASK {} # \xff\xc0\xaf")
post("UTF-16 in a body", 400, f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16"))
wire("not UTF-8 in a path, bare", 400, request("GET", "/res/person/\xff"), bare=True)

# Headers of the answer.
CRLF = "%0d%0aX-Injected:%201%0d%0a%0d%0a"
get("CR LF in lang", 400, f"/?lang=sv{CRLF}")
get("CR LF in format", 400, f"/sparql?query=ASK%7B%7D&format=json{CRLF}")
get("CR LF in known_on", 400, f"/res/person/p0.ttl?known_on=2020-01-01{CRLF}")
get("CR LF in a parameter of a query", {400, 404}, f"/queries/roles.json?person={CRLF}")
get("CR LF in a path", 404, f"/id/person/p0{CRLF}")
get("CR LF in Location", 303, f"/id/person/p0?x={CRLF}", why="stays encoded")
get("CR LF in a slash redirect", 308, f"/def?x={CRLF}")
wire("another host in Location", 308, request("GET", "/def", {"Host": "evil.example"}))
get("// in a path", 404, "//evil.example/%2e%2e")
for what, number in {"markup": "<script>" * 1000, "a tab": "a\tb", "10 kB": "a" * 10_000}.items():
    get(f"X-Request-ID: {what}", 200, "/health/live", why="another is given", X_Request_ID=number)
wire("X-Request-ID folded", 400, request("GET", "/", {"X-Request-ID": "a\r\n b"}), bare=True)

# Headers of the request.
MANY = {f"X-{number}": "1" for number in range(10_000)}
wire("10,000 headers", 431, request("GET", "/", MANY), bare=True)
wire("a header of 1 MB", 431, request("GET", "/", {"X-A": "1" * 1_000_000}), bare=True)
get("Accept of 300 kB", 200, "/queries/bodies", why="as if there was none", Accept="a" * 300_000)
RANGES = ",".join(f"a/b{number};q=0.{number % 10}" for number in range(15_000))
get("Accept of 15,000 ranges", 200, "/queries/bodies", why="as if there was none", Accept=RANGES)
get("Accept with q=nan", 406, "/queries/bodies", Accept="text/html;q=nan, */*;q=-inf")
TAGS = ",".join(f"a{number};q=0.{number % 10}" for number in range(15_000))
get("15,000 languages", 200, "/", why="as if there was none", Accept_Language=TAGS, Accept=BROWSER)
get(
    "a language of 10,000 parts",
    200,
    "/",
    why="as if there was none",
    Accept_Language="a-" * 10_000,
    Accept=BROWSER,
)
get(
    "a language that is a path",
    200,
    "/",
    why="not known",
    Accept_Language="../../etc/passwd;q=nan",
    Accept=BROWSER,
)
ETAGS = ",".join(f'"{number}"' for number in range(10_000))
get(
    "If-None-Match of 10,000 tags",
    200,
    "/res/person/p0.ttl",
    why="none is ours",
    If_None_Match=ETAGS,
)
SPANS = ",".join(f"{number}-{number + 1}" for number in range(0, 20_000, 2))
get("Range of 10,000 parts", 416, "/data.trig", Range=f"bytes={SPANS}")
get("Range beyond the end", 416, "/data.trig", Range="bytes=99999999999999999999-")
get("Range backwards", 416, "/data.trig", Range="bytes=5-2")
for host in ("a@b", "evil.example/x?", "<script>", "[::1", "localhost:99999", "a b", "x" * 60_000):
    get(f"Host: {host[:20]}", 400, "/catalog.ttl", Host=host)
wire("no Host", 400, b"GET /catalog.ttl HTTP/1.1\r\nConnection: close\r\n\r\n")
wire(
    "two Hosts",
    400,
    b"GET /catalog.ttl HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
)

# Methods, paths, parameters.
for method in ("TRACE", "PUT", "DELETE", "PATCH", "FOO", "PROPFIND", "A" * 5_000):
    wire(f"{method[:8]} /sparql", 405, request(method, "/sparql"))
wire("CONNECT", 404, request("CONNECT", "localhost:22"))
wire("OPTIONS *", 404, request("OPTIONS", "*"))
for path in (
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2fetc%2fpasswd",
    "/static/..%5c..%5cetc%5cpasswd",
    "/static/style.css%00.png",
    "/queries/..%2f..%2fetc%2fpasswd.json",
    "/res/%2e%2e/passwd",
    "/def/../../etc/passwd",
    "/data.ttl%2f..%2f..",
):
    get(f"path {path[:32]}", 404, path)
for day in ("0000-01-01", "10000-01-01", "-0001-01-01", "2020-02-30", "9" * 5_000, "٢٠٢٠-01-01"):
    for at in ("/res/person/p0.html?on_date=", "/checks.json?on_date=", "/ask?q=x&known_on="):
        get(f"{at.partition('?')[0]} on {day[:11]}", 400, at + quote(day))
get("the last day that there is", 200, "/res/person/p0.html?on_date=9999-12-31", why="a day")
for value in ("-1", "1e9", "99999999999999999999", "NaN", "0x10", "٣"):
    get(f"limit={value}", 400, f"/queries/names.json?limit={quote(value)}")
    get(f"offset={value}", 400, f"/queries/names.json?offset={quote(value)}")
get("offset=999999999", 200, "/queries/names.json?offset=999999999", why="a page without rows")
get("openapi.json of a hostile language", 400, "/openapi.json?lang=%3Cscript%3E")
get("/docs with markup", 200, "/docs?%22%3E%3Chostile%3E=1", why="not shown", Accept=BROWSER)

# The wire.
HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
for lines in (
    b"Content-Length: 6\r\nContent-Length: 7",
    b"Content-Length: -6",
    b"Content-Length: +6",
    b"Content-Length: 1" + b"0" * 22,
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding : chunked",
):
    wire(lines.decode().replace("\r\n", ", "), 400, HEAD + lines + b"\r\n\r\nASK {}", bare=True)
wire("Content-Length of 10 MB, no body", 413, HEAD + b"Content-Length: 10000000\r\n\r\n")
wire("a chunk of no length", 400, HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK\r\n")
wire("HTTP/0.9", 400, b"GET /\r\n\r\n", bare=True)
wire("HTTP/9.9", 400, b"GET / HTTP/9.9\r\n\r\n", bare=True)
wire("HTTP/2", {400, None}, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", bare=True)
wire("TLS", 400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 99, bare=True)


# ---------- What is answered ----------


def make_sure(service: Service, neighbour: Neighbour, sent: Input) -> Answer:
    """The answer to *sent*, after a look at all that must hold of it and after it."""
    answer = sent.send(service)
    assert answer.status in sent.allowed, answer
    if answer.status is not None and answer.status >= 400 and not sent.bare:
        assert answer.kind == PROBLEM
        problem = json.loads(answer.body)
        assert problem["status"] == answer.status
        assert problem["detail"]
        assert problem["request_id"] == answer.headers["x-request-id"]
    assert "x-injected" not in answer.headers
    assert "evil.example" not in answer.headers.get("location", "")
    for secret in (b"Traceback", b"root:", b"pyoxigraph", str(Path.cwd()).encode()):
        assert secret not in answer.body
    assert service.get("/health/ready").status == 200
    neighbour.is_served()
    assert not select.select([service.listener], [], [], 0)[0]
    return answer


def line(sent: Input, answer: Answer) -> str:
    """A line of the table: what, status, what it says, seconds."""
    status = "–" if answer.status is None else str(answer.status)
    why = f" – {sent.why}" if sent.why and answer.status in {200, 303} else ""
    said = " ".join(answer.said.split())
    return f"{sent.name[:44]:44} | {status:3} | {said[:90]}{why} | {answer.seconds:.2f}\n"


@pytest.mark.parametrize("sent", INPUTS, ids=lambda each: each.name)
def test_a_hostile_input_is_answered_and_harms_nobody(
    service: Service, neighbour: Neighbour, sent: Input
) -> None:
    sys.stdout.write(line(sent, make_sure(service, neighbour, sent)))


# ---------- Labels of the content ----------

THINGS = [f"/res/person/{slug}" for slug in LABELS]
NAMED = [
    *("/queries/names", "/queries/stats", "/queries/sources", "/queries/statements"),
    *(f"/queries/roles?person={quote(PERSON + slug)}" for slug in LABELS),
    "/queries/representatives?body=" + quote("Rådet"),
]
LABELS_OF_ALL = f"SELECT ?s ?label {{ ?s <{LABEL}> ?label }}"
PAGES = [
    *("/", "/queries", "/checks", "/catalog", "/def/", "/docs", "/res/organization/council"),
    *("/res/source/s2020", "/res/membership/council-p0-representative-attested"),
    *THINGS,
    *NAMED,
    *(f"/ask?{urlencode({'q': f'Vem är {label}'})}" for label in LABELS.values()),
    f"/ask?{urlencode({'q': 'Vilka sitter i Rådet?'})}",
    *(f"/nowhere/{quote(label)}" for label in LABELS.values()),
    *(f"/checks?{urlencode({'body': label})}" for label in LABELS.values()),
    *(f"/res/person/p0?{urlencode({label: label})}" for label in LABELS.values()),
    f"/sparql?{urlencode({'query': LABELS_OF_ALL})}",
    f"/sparql?{urlencode({'query': f'CONSTRUCT WHERE {{ ?s <{LABEL}> ?label }}'})}",
]


class Markup(HTMLParser):
    """The elements, attributes and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses |= {
            value or "" for name, value in attrs if name in {"href", "src", "action"}
        }


def test_no_label_or_question_is_markup_on_a_page(service: Service) -> None:
    for path in PAGES:
        answer = service.get(path, Accept=BROWSER)
        assert answer.kind == "text/html", path
        assert "script-src" not in answer.headers["content-security-policy"]
        markup = Markup(answer.text)
        assert not markup.tags & {"script", "hostile", "iframe", "object", "embed", "base"}, path
        assert not [name for name in markup.attributes if name.startswith("on")], path
        for address in markup.addresses:
            assert not address.lower().startswith(("javascript:", "data:", "//")), path


@pytest.mark.filterwarnings("ignore:Dataset.default_context")  # by rdflib itself
@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf", "trig", "nq"])
def test_labels_are_the_same_in_each_format_of_rdf(service: Service, suffix: str) -> None:
    for slug, label in LABELS.items():
        answer = service.get(f"/res/person/{slug}.{suffix}")
        if suffix == "rdf" and answer.status == 406:
            assert slug in {"p11", "p12"}  # what XML cannot hold
            assert answer.kind == PROBLEM
            continue
        graph = rdflib.Dataset(default_union=True)
        graph.parse(data=answer.body, format=RDF_FORMATS.get(suffix, suffix))
        found = set(map(str, graph.objects(rdflib.URIRef(PERSON + slug), rdflib.URIRef(LABEL))))
        assert found == {label}


RDF_FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nq": "nquads"}


def test_labels_are_the_same_in_each_format_of_results(service: Service) -> None:
    for path in ("/queries/names.json", f"/sparql?{urlencode({'query': LABELS_OF_ALL})}"):
        rows = json.loads(service.get(path).body)["results"]["bindings"]
        assert set(LABELS.values()) <= {row["label"]["value"] for row in rows}
    told = service.get(f"/sparql?{urlencode({'query': LABELS_OF_ALL, 'format': 'csv'})}").text
    rows_of_csv = csv.DictReader(io.StringIO(told, newline=""))
    assert set(LABELS.values()) <= {row["label"] for row in rows_of_csv}
    for path in ("/queries/names.xml", f"/sparql?{urlencode({'query': LABELS_OF_ALL})}&format=xml"):
        assert service.get(path).status == 406  # XML holds no null


def test_no_cell_of_csv_for_people_is_a_formula(service: Service) -> None:
    for path in ("/queries/names.csv", "/queries/representatives.csv?body=council", "/checks.csv"):
        answer = service.get(path)
        assert answer.status == 200
        cells = [c for row in csv.reader(io.StringIO(answer.text, newline="")) for c in row]
        assert not [c for c in cells if c.lstrip()[:1] in set("=+-@") and not c.isdigit()], path
        assert any(LABELS["p4"] in cell for cell in cells), path


# ---------- Slow and cunning clients ----------


def head_of(*lines: str) -> bytes:
    return "\r\n".join([*lines, "Host: localhost", "", ""]).encode()


def test_who_says_nothing_or_says_it_slowly_is_let_go(
    service: Service, neighbour: Neighbour
) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(service.connected()) for _number in range(60)]
        for number, connection in enumerate(slow[20:]):
            connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: " if number % 2 else b"G")
        waiting = set(slow)
        while waiting:
            readable = select.select(list(waiting), [], [], 0.2)[0]
            for connection in readable:
                with suppress(OSError):
                    while connection.recv(65536):
                        pass
                waiting.discard(connection)
            for connection in waiting & set(slow[20:]):  # a byte at a time, without an end
                with suppress(OSError):
                    connection.sendall(b"x")
            neighbour.is_served()


def test_bodies_that_never_end_hold_up_only_bodies(service: Service, neighbour: Neighbour) -> None:
    begun = head_of("POST /sparql HTTP/1.1", f"Content-Type: {QUERY}", "Transfer-Encoding: chunked")
    with ExitStack() as stack:
        slow = [stack.enter_context(service.connected()) for _number in range(30)]
        for connection in slow:
            connection.sendall(begun)
        for _number in range(3):
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"1\r\n#\r\n")
            neighbour.is_served()
            assert service.get("/sparql?query=ASK%7B%7D").status == 200
        refused = service.query("ASK {}")
        assert (refused.status, refused.kind) == (503, PROBLEM)
        assert refused.headers["retry-after"]
    while service.query("ASK {}").status != 200:
        neighbour.is_served()


def test_who_never_reads_the_answer_holds_up_nobody(service: Service, neighbour: Neighbour) -> None:
    with ExitStack() as stack:
        for number in range(60):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.connect(("127.0.0.1", service.port))
            connection.sendall(
                head_of(f"GET {('/data.trig', '/def/vocabulary.ttl')[number % 2]} HTTP/1.1")
            )
        for _number in range(3):
            neighbour.is_served()
        assert service.query("ASK {}").status == 200


def test_nothing_is_smuggled_behind_a_request(service: Service) -> None:
    hidden = head_of("GET /health/live HTTP/1.1")
    kind = f"Content-Type: {QUERY}"
    both = head_of("POST /sparql HTTP/1.1", kind, "Content-Length: 6", "Transfer-Encoding: chunked")
    chunks = b"6\r\nASK {}\r\n0\r\n\r\n"
    for sent in (
        both + chunks + hidden,
        head_of("GET /health/ready HTTP/1.1", f"Content-Length: {len(hidden)}") + hidden,
        head_of("POST /queries HTTP/1.1", kind, f"Content-Length: {len(hidden)}") + hidden,
        head_of("POST /sparql HTTP/1.1", kind, "Transfer-Encoding: chunked") + b"zz\r\n" + hidden,
    ):
        told = service.all_of(sent)
        assert told.count(b"HTTP/1.1 ") == 1, told
        assert b'"live"' not in told


# ---------- Every route, every day, every host ----------


def routes(service: Service) -> list[str]:
    """An address of each route that the service describes."""
    told = json.loads(service.get("/openapi.json").body)["paths"]
    places = {"concept": "person", "slug": "p0", "name": "names"}
    found = []
    for path, operations in told.items():
        parameters = [p for p in operations["get"].get("parameters", []) if p.get("in") == "path"]
        suffixes = {p["name"]: p["schema"]["enum"][0] for p in parameters if "enum" in p["schema"]}
        found.append(path.format_map({**places, **suffixes}))
    return found


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "LINK"])
def test_no_route_takes_a_method_that_writes(service: Service, method: str) -> None:
    for path in [*routes(service), "/", "/static/style.css", "/health/live", "/metrics"]:
        answer = service.raw(request(method, path, {"Content-Type": "text/plain"}, b"x"))
        assert (answer.status, answer.kind) == (405, PROBLEM), path
        assert "GET" in answer.headers["allow"]
        assert b"text/plain" not in answer.body  # nothing of the request comes back (TRACE)


def test_many_days_of_checks_at_once_hold_up_nobody(service: Service, neighbour: Neighbour) -> None:
    answers: list[Answer] = []

    def ask(number: int) -> None:
        answers.append(service.get(f"/checks.json?on_date=2020-03-{number:02}"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 32)]
    for thread in threads:
        thread.start()
    neighbour.is_served()
    for thread in threads:
        thread.join(PATIENTLY)
    assert len(answers) == len(threads)
    assert {answer.status for answer in answers} <= {200, 503}
    for answer in answers:
        assert answer.status == 200 or answer.headers["retry-after"]


def test_a_hostile_host_is_in_no_address(tmp_path: Path) -> None:
    evil = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    ours = {"Host": "graf.example.org", **evil}
    with serving(tmp_path, "--public-url", "https://graf.example.org") as service:
        for path in ("/catalog.ttl", "/.well-known/void.ttl", "/def", "/id/person/p0", "/sparql"):
            answer = service.raw(request("GET", path, ours))
            assert answer.status in {200, 303, 308}
            assert b"evil" not in answer.body
            assert "evil" not in str(answer.headers)
            answer = service.raw(request("GET", path, {"Host": "evil.example"}))
            assert (answer.status, answer.kind) == (400, PROBLEM)
            assert b"evil" not in answer.body


# ---------- After it all ----------


def test_nothing_came_as_a_surprise_and_nobody_was_called(service: Service) -> None:
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    assert lines
    assert not [line for line in lines if line["level"] in {"error", "critical"}]
    assert not select.select([service.listener], [], [], 0)[0]
    assert service.query("ASK { <x:a> <x:b> 1 }").text == '{"head":{},"boolean":false}'


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as service:
        neighbour = Neighbour(service)
        for sent in INPUTS:
            sys.stdout.write(line(sent, make_sure(service, neighbour, sent)))
            sys.stdout.flush()
        neighbour.stop()


if __name__ == "__main__":
    main()
