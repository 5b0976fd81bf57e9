"""Running the service: its figures, its log, its health, its end, and how it is configured."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

import small
from samverkan import options
from samverkan.cli import main
from samverkan.errors import InputError
from samverkan.isolation import Limits
from samverkan.settings import Settings
from samverkan.web import create_app, logs
from samverkan.wire import Endpoint

PATIENTLY = 60.0  # seconds before a test that waits for a process gives up; no measure of speed
SECRET = "hemlig"
PAGE = {"Accept": "text/html"}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Some seconds of work, and a result that is known.
LONG = """SELECT (COUNT(*) AS ?n) {
  { SELECT ?a { ?a ?b ?c } LIMIT 1500 } { SELECT ?d { ?d ?e ?f } LIMIT 1500 }
}"""


# ---------- A service of the test's own ----------


@dataclass
class Running:
    """A service, which has written its log to a file."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def text(self, path: str, **headers: str) -> str:
        asked = urllib.request.Request(self.address + path, headers=headers)
        with urllib.request.urlopen(asked, timeout=PATIENTLY) as response:
            return str(response.read().decode())

    def status(self, path: str) -> int | None:
        """The status of the answer; None where nobody listens."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENTLY) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError as error:
            if isinstance(error.reason, ConnectionRefusedError):
                return None
            raise

    def ask(self, query: str) -> Any:
        """The result of *query*, or the problem that came in its place."""
        form = urllib.parse.urlencode({"query": query}).encode()
        try:
            with urllib.request.urlopen(f"{self.address}/sparql", form, PATIENTLY) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            return json.load(error)

    def connected(self) -> socket.socket:
        host, port = self.address.removeprefix("http://").split(":")
        return socket.create_connection((host, int(port)), PATIENTLY)

    def figures(self) -> dict[str, float]:
        return figures(self.text("/metrics"))

    def until(self, holds: Callable[[dict[str, float]], bool]) -> None:
        while not holds(self.figures()):
            assert self.process.poll() is None

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENTLY)


@contextmanager
def running(folder: Path, *given: str, **environment: str) -> Iterator[Running]:
    """A service on a small graph and a free port."""
    small.write(folder, [small.Source(2020).says("anna")])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "samverkan", "serve", "--port", str(port)),
                *("--content", str(folder), *given),
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "TMPDIR": str(folder), **environment},
        )
    service = Running(f"http://127.0.0.1:{port}", process, log)
    try:
        while service.status("/health/ready") != 200:
            assert process.poll() is None, log.read_text(encoding="utf-8")
        yield service
    finally:
        if process.poll() is None:
            service.stop()


def figures(text: str) -> dict[str, float]:
    """The samples of what Prometheus would read: name and labels → value."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            labels = ",".join(f"{key}={value}" for key, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def family_of(pid: int) -> list[int]:
    """*pid* and all processes below it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(stat.parent.name)] = int(told.rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def wait_for_the_end_of(pids: list[int]) -> None:
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            assert select.select([descriptor], [], [], PATIENTLY)[0], f"{pid} lives on"
        finally:
            os.close(descriptor)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service in two processes, which logs all that it can."""
    folder = tmp_path_factory.mktemp("operated")
    given = ("--workers", "2", "--log-format", "json", "--timeout", "30")
    with running(folder, *given) as started:
        yield started


def app_of(folder: Path, **values: Any) -> Flask:
    small.write(folder, [small.Source(2020).says("anna")])
    limits = values.pop("limits", Limits(workers=1))
    app = create_app(Settings(content=folder, limits=limits, **values))

    def fails() -> str:
        try:
            return os.environ[SECRET]
        except KeyError as error:
            raise ValueError(SECRET) from error

    app.add_url_rule("/fails", view_func=fails)
    return app


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    app = app_of(tmp_path)
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


@pytest.fixture
def logged() -> Iterator[Callable[..., str]]:
    """What is logged, as text or as JSON."""
    log = logging.getLogger("samverkan")
    streams: dict[str, logging.StreamHandler[io.StringIO]] = {}
    for style in (logs.Json(), logs.Text(), logs.Json(quoting=True)):
        handler = logging.StreamHandler(io.StringIO())
        handler.setFormatter(style)
        streams[f"{type(style).__name__}{len(streams)}"] = handler
        log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield lambda name="Json0": str(streams[name].stream.getvalue())
    for handler in streams.values():
        log.removeHandler(handler)
    log.setLevel(logging.NOTSET)


# ---------- Figures ----------


def test_prometheus_reads_the_figures_of_all_processes(service: Running) -> None:
    before = service.figures()
    for _number in range(8):
        assert service.ask("ASK { ?s ?p ?o }")["boolean"] is True
    after = service.figures()
    asked = "samverkan_requests_total{method=POST,route=/sparql,status=200}"
    assert after[asked] - before.get(asked, 0) == 8
    timed = "samverkan_request_seconds_count{route=/sparql}"
    assert after[timed] - before.get(timed, 0) == 8
    assert after["samverkan_requests_in_flight"] == 1  # the one that asks
    assert after["samverkan_query_workers"] == 2 * Limits.workers
    assert after["samverkan_query_workers_busy"] == after["samverkan_queries_waiting"] == 0
    (count,) = service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["results"]["bindings"]
    assert after["samverkan_dataset_triples"] == int(count["n"]["value"])
    version = json.loads(service.text("/health/ready"))["version"]
    assert after[f"samverkan_dataset_info{{version={version}}}"] == 1
    assert after["samverkan_uptime_seconds"] >= before["samverkan_uptime_seconds"] > 0
    assert after["samverkan_start_time_seconds"] == before["samverkan_start_time_seconds"]


def test_the_figures_come_in_the_newer_format_where_that_is_liked_best(service: Running) -> None:
    accept = "application/openmetrics-text; version=1.0.0"
    assert service.text("/metrics", Accept=accept).endswith("# EOF\n")


def test_no_word_that_somebody_wrote_is_in_the_figures(client: FlaskClient) -> None:
    client.get(f"/ask?q={SECRET}", headers={"User-Agent": SECRET, "X-Request-ID": SECRET})
    client.get(f"/res/person/{SECRET}")
    client.get(f"/{SECRET}")
    client.open("/", method=SECRET.upper())
    told = client.get("/metrics").text
    assert SECRET not in told.lower()
    found = figures(told)
    assert found["samverkan_requests_total{method=GET,route=none,status=404}"] == 1
    assert found["samverkan_requests_total{method=other,route=none,status=405}"] == 1


def test_refused_and_killed_queries_are_counted(tmp_path: Path) -> None:
    app = app_of(tmp_path, limits=Limits(workers=1, seconds=0.2, result=1000))
    client = app.test_client()
    for query in (
        ENDLESS,
        "nonsense",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o } LIMIT 1000",
        "#" * 100_001,
    ):
        assert client.post("/sparql", data={"query": query}).status_code >= 400
    app.extensions["samverkan"].adhoc.close()
    found = figures(client.get("/metrics").text)
    assert found["samverkan_queries_killed_total"] == 1
    refused = {
        reason: found[f"samverkan_queries_refused_total{{reason={reason}}}"]
        for reason in ("busy", "malformed", "forbidden", "too-large", "too-long")
    }
    expected = {"malformed": 1, "forbidden": 1, "too-large": 1, "too-long": 1, "busy": 0}
    assert refused == expected
    assert found["samverkan_query_workers_busy"] == 0


def test_a_worker_that_dies_is_counted_and_the_next_query_is_answered(service: Running) -> None:
    before = service.figures()["samverkan_query_workers_lost_total"]
    told: list[Any] = []
    asking = threading.Thread(target=lambda: told.append(service.ask(ENDLESS)))
    asking.start()
    service.until(lambda found: found["samverkan_query_workers_busy"] == 1)
    while not (running := busiest(family_of(service.process.pid))):
        assert asking.is_alive()
    for pid in running:
        os.kill(pid, signal.SIGKILL)
    asking.join(PATIENTLY)
    assert told[0]["status"] == 503
    assert service.figures()["samverkan_query_workers_lost_total"] == before + 1
    assert service.ask("ASK {}")["boolean"] is True


def busiest(pids: list[int]) -> list[int]:
    """The workers among *pids* that have run for long: those as polite as these become."""
    return [pid for pid in pids if os.getpriority(os.PRIO_PROCESS, pid) == 10]


# ---------- The log ----------


def test_each_request_is_a_line_of_json(service: Running) -> None:
    service.text("/?lang=en", **{"X-Request-ID": "line-of-json"})
    (line,) = [line for line in service.lines() if line.get("request_id") == "line-of-json"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("milliseconds") > 0
    assert line.pop("bytes") == len(service.text("/?lang=en").encode())
    assert line == {
        "level": "info",
        "message": "request",
        "request_id": "line-of-json",
        "route": "/",
        "method": "GET",
        "status": 200,
    }


def test_what_watches_the_service_fills_no_log(service: Running) -> None:
    service.text("/health/live")
    assert not any("/health" in str(line.get("route")) for line in service.lines())


def test_nothing_of_who_asks_or_what_is_logged(
    client: FlaskClient, logged: Callable[..., str]
) -> None:
    headers = {"User-Agent": SECRET, "Referer": f"http://x/{SECRET}", "Cookie": f"a={SECRET}"}
    for address in (f"/ask?q={SECRET}", f"/res/person/{SECRET}", f"/{SECRET}", f"/fails?{SECRET}"):
        client.get(address, headers={**headers, "X-Forwarded-For": "192.0.2.7"})
    client.post("/sparql", data={"query": f"ASK {{ ?s ?p '{SECRET}' }}"}, headers=headers)
    for told in (logged("Json0"), logged("Text1")):
        assert told.count("/sparql") == 1
        assert SECRET not in told
        assert "192.0.2.7" not in told
        assert "127.0.0.1" not in told


def test_an_unforeseen_error_is_logged_with_the_number_that_the_caller_sees(
    client: FlaskClient, logged: Callable[..., str]
) -> None:
    problem = client.get("/fails")
    assert problem.status_code == 500
    number = json.loads(problem.data)["request_id"]
    assert problem.headers["X-Request-ID"] == number
    assert SECRET not in problem.text
    error, request = (json.loads(line) for line in logged().splitlines())
    assert (error["level"], error["request_id"], error["route"]) == ("error", number, "/fails")
    trace = "\n".join(error["exc_info"])
    assert "Traceback" in trace
    assert trace.endswith("KeyError")
    assert "raise ValueError(SECRET) from error\nValueError\n" in trace
    assert (request["status"], request["request_id"]) == (500, number)
    assert f"[{number}]\nTraceback" in logged("Text1")
    page = client.get("/fails", headers={**PAGE, "X-Request-ID": "seen-by-people"}).text
    assert "<code>seen-by-people</code>" in page


def test_what_an_error_says_is_logged_for_those_who_search_for_it(
    client: FlaskClient, logged: Callable[..., str]
) -> None:
    client.get("/fails")
    assert f"ValueError: {SECRET}" in logged("Json2")


@pytest.mark.parametrize("number", ["a", "0af7651916cd43dd8448eb211c80319c", "A.b_c-1", "x" * 64])
def test_a_number_that_the_caller_gives_is_kept(client: FlaskClient, number: str) -> None:
    response = client.get("/nowhere", headers={"X-Request-ID": number})
    assert response.headers["X-Request-ID"] == number
    assert json.loads(response.data)["request_id"] == number


@pytest.mark.parametrize("number", ["", " ", "x" * 65, "a b", "<b>", "å", '"', "-", "../a"])
def test_a_number_that_is_none_is_replaced(client: FlaskClient, number: str) -> None:
    given = client.get("/", headers={"X-Request-ID": number}).headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", given)
    assert given != client.get("/").headers["X-Request-ID"]


# ---------- Health, and the end ----------


def test_the_service_is_alive_but_not_ready_once_told_to_stop(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    client = app_of(tmp_path, state=state).test_client()
    assert client.get("/health/ready").status_code == 200
    (state / "stopping").touch()
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json and ready.json["status"]) == (503, "stopping")
    assert client.get("/health/live").status_code == 200
    assert "no-store" in ready.headers["Cache-Control"]


def test_what_runs_is_finished_before_the_end(tmp_path: Path) -> None:
    with running(tmp_path, "--log-format", "text", "--timeout", "60") as service:
        assert service.ask("ASK {}")["boolean"] is True  # so that the workers are there
        processes = family_of(service.process.pid)
        assert len(processes) == 5  # the first, the web's, that of the checks, the nurse, a worker
        slow = service.connected()
        slow.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 20\r\n\r\nASK {"
        )
        told: list[Any] = []
        asking = threading.Thread(target=lambda: told.append(service.ask(LONG)))
        asking.start()
        service.until(
            lambda found: (
                found["samverkan_requests_in_flight"] == 3
                and found["samverkan_query_workers_busy"] == 1
            )
        )
        for pid in processes[2:]:
            os.kill(pid, signal.SIGTERM)  # as systemd does, where it ends the whole group
        service.process.send_signal(signal.SIGTERM)
        slow.sendall(b" ?s ?p ?o }    ")
        answer = b"".join(iter(lambda: slow.recv(65536), b""))
        slow.close()
        asking.join(PATIENTLY)
        assert service.process.wait(PATIENTLY) == 0
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b'{"head":{},"boolean":true}')
    assert told[0]["results"]["bindings"][0]["n"]["value"] == str(1500 * 1500)
    wait_for_the_end_of(processes)
    assert not list(tmp_path.glob("samverkan-*"))  # the folder that they shared
    log = service.log.read_text(encoding="utf-8")
    assert log.count("POST /sparql 200 ") == 3
    assert "Traceback" not in log


def test_a_service_that_drains_answers_on_and_is_not_ready(tmp_path: Path) -> None:
    with running(tmp_path, SAMVERKAN_SERVE_DRAIN="600") as service:
        service.process.send_signal(signal.SIGTERM)
        while (status := service.status("/health/ready")) == 200:
            assert service.process.poll() is None
        assert status == 503
        assert service.ask("ASK {}")["boolean"] is True
        assert service.stop() == 0  # told again, it does not wait


def test_without_the_first_process_none_lives_on(tmp_path: Path) -> None:
    with running(tmp_path, "--workers", "2") as service:
        assert service.ask("ASK {}")["boolean"] is True
        processes = family_of(service.process.pid)
        assert len(processes) >= 4
        service.process.kill()
        service.process.wait(PATIENTLY)
        wait_for_the_end_of(processes)


def test_without_the_first_process_none_lives_on_that_had_only_begun(tmp_path: Path) -> None:
    with running(tmp_path, "--workers", "6") as service:
        processes = family_of(service.process.pid)  # one of them answers, the others still load
        service.process.kill()
        service.process.wait(PATIENTLY)
        wait_for_the_end_of(processes)


def test_a_client_that_never_says_what_it_wants_is_let_go(tmp_path: Path) -> None:
    with running(tmp_path, "--header-timeout", "1") as service:
        with service.connected() as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            told = b"".join(iter(lambda: slow.recv(65536), b""))
        assert b"200" not in told.partition(b"\r\n")[0]
        assert service.ask("ASK {}")["boolean"] is True


# ---------- Configuration ----------


def test_a_service_that_knows_its_host_answers_by_no_other(tmp_path: Path) -> None:
    app = app_of(tmp_path, public_url="https://graf.example.org", trusted_hosts=(".example.net",))
    assert app.config["PUBLIC_URL"] == "https://graf.example.org"
    client = app.test_client()
    for host in ("graf.example.org", "graf.example.org:443", "example.net", "a.example.net"):
        assert client.get("/queries", headers={"Host": host}).status_code == 200
    for host in ("evil.example", "graf.example.org.evil.example", "localhost", "a@b", ""):
        assert client.get("/queries", headers={"Host": host}).status_code == 400
        assert client.get("/health/ready", headers={"Host": host}).status_code == 200
        assert client.get("/metrics", headers={"Host": host}).status_code == 200


def test_a_service_that_knows_no_host_answers_by_any(client: FlaskClient) -> None:
    assert client.get("/queries", headers={"Host": "any.example"}).status_code == 200


def test_a_body_may_be_as_large_as_is_said(tmp_path: Path) -> None:
    app = app_of(tmp_path, request_bytes=2000)
    form = {"query": "ASK {} #" + "x" * 2000}
    assert app.test_client().post("/sparql", data=form).status_code == 413
    app.extensions["samverkan"].adhoc.close()


@pytest.mark.parametrize(
    "url",
    [
        *("graf.example.org", "ftp://graf.example.org", "https://", "https://a/b", "https://a?b"),
        *("https://a#b", "https://a b", "https://u:p@a", "https://a:x", "", "javascript:alert(1)"),
    ],
)
def test_a_public_address_that_would_not_lead_here_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        Settings(public_url=url)
    done = CliRunner().invoke(main, ["serve", "--public-url", url])
    assert done.exit_code == 2
    assert "https://graf.example.org" in done.output


OPTIONS = (*options.OTHERS, *options.LIMITS, *options.ENGINE)


def test_every_setting_is_an_option_that_names_its_variable() -> None:
    apart = {"content", "limits", "endpoint", "state", "started"}
    assert {option.field for option in options.OTHERS} == {f.name for f in fields(Settings)} - apart
    assert {option.field for option in options.ENGINE} == {field.name for field in fields(Endpoint)}
    assert {option.field for option in options.LIMITS} == {field.name for field in fields(Limits)}
    told = " ".join(CliRunner().invoke(main, ["serve", "--help"]).output.split())
    for parameter in main.commands["serve"].params:
        (flag,) = parameter.opts
        variable = flag.removeprefix("--").replace("-", "_").upper()
        assert f"{flag} " in told
        assert f"[env var: SAMVERKAN_SERVE_{variable}" in told


def test_what_is_not_said_is_as_the_settings_have_it() -> None:
    given = {option.name: option.default for option in OPTIONS}
    made = options.settings(None, {**given, "log_format": "text"})
    assert replace(made, started=0) == Settings(started=0)


def test_options_become_settings() -> None:
    given = {option.name: option.default for option in OPTIONS}
    made = options.settings(
        Path("/x"), {**given, "workers": 3, "query_workers": 4, "timeout": 5.0, "result_bytes": 6}
    )
    assert (made.processes, made.content) == (3, Path("/x"))
    assert (made.limits.workers, made.limits.seconds, made.limits.result) == (4, 5.0, 6)


@pytest.mark.parametrize(
    ("written", "size"),
    [("65536", 65536), ("64KiB", 65536), ("1 MiB", 1 << 20), ("2g", 2 << 30), ("1MB", 1 << 20)],
)
def test_a_size_is_written_in_any_unit(written: str, size: int) -> None:
    assert options.Size(1).convert(written, None, None) == size
    assert options.Size(1).convert(options.shown(size), None, None) == size


@pytest.mark.parametrize(
    ("given", "variables", "told"),
    [
        (["--port", "0"], {}, "--port"),
        (["--query-memory", "much"], {}, "1MiB"),
        (["--query-memory", "1KiB"], {}, "64MiB"),
        (["--request-bytes", "9" * 30], {}, "no size"),
        (["--log-format", "xml"], {}, "json"),
        (["--drain", "-1"], {}, "--drain"),
        (["--nonsense"], {}, "--nonsense"),
        ([], {"PORT": "http"}, "--port"),
        ([], {"QUERY_WORKERS": "0"}, "--query-workers"),
        ([], {"LOG_LEVEL": "loud"}, "--log-level"),
        ([], {"PROT": "8000"}, "Did you mean SAMVERKAN_SERVE_PORT?"),
        ([], {"NONSENSE": ""}, "SAMVERKAN_SERVE_NONSENSE"),
    ],
)
def test_what_cannot_be_configured_so_is_told_and_exits_with_2(
    given: list[str], variables: dict[str, str], told: str
) -> None:
    environment = {f"SAMVERKAN_SERVE_{name}": value for name, value in variables.items()}
    done = CliRunner().invoke(main, ["serve", *given], env=environment)
    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output


def test_a_variable_that_tells_of_a_version_is_no_option() -> None:
    done = CliRunner().invoke(main, ["query", "--help"], env={"SAMVERKAN_VERSION": "0.1"})
    assert done.exit_code == 0
    assert "NAME" in done.output
