"""Workers that can be killed: real processes, that hang, die, grow and try to get out.

The functions that workers run are in this module; the workers import it by its name. They tell the
test what they do through two pipes with names, which the nurse opens before it forks: in *told*, a
worker writes its number when its work begins; from *leave*, it reads before it goes on.
"""

from __future__ import annotations

import errno
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions, Store

from samverkan.errors import BusyError, TimeLimitError, WorkerKilledError, WorkerLostError
from samverkan.isolation import Header, Limits, Pool, Reply, Task

HERE = Path(__file__).resolve().parent
PATIENTLY = 60.0  # seconds before a test that waits for a process gives up; no measure of speed
AT_ONCE = 0.2  # seconds that a task which never ends is given

Pipes = tuple[int, int]
Start = Callable[..., Pool]


@pytest.fixture(autouse=True)
def _workers_find_this_module(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = os.pathsep.join([str(HERE), str(HERE.parent)])
    monkeypatch.setenv("PYTHONPATH", folders, prepend=os.pathsep)


@pytest.fixture
def start() -> Iterator[Start]:
    """A pool for a task, closed at the end."""
    pools: list[Pool] = []

    def started(
        perform: Callable[[Any, Header, int], Reply], argument: Any = None, **limits: Any
    ) -> Pool:
        prepare = pipes_at if isinstance(argument, Path) else itself
        chosen = Limits(**{"workers": 1, "seconds": PATIENTLY, **limits})
        pools.append(Pool(Task(prepare, argument, perform), chosen))
        return pools[-1]

    yield started
    for pool in pools:
        pool.close()


class Signals:
    """The test's ends of the two pipes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("told", "leave"):
            os.mkfifo(folder / name)
        self._told, self._leave = pipes_at(folder)

    def begun(self) -> int:
        """The number of the worker that has begun, when one has."""
        assert select.select([self._told], [], [], PATIENTLY)[0], "no worker began"
        return int.from_bytes(os.read(self._told, 4), "big")

    def go_on(self) -> None:
        os.write(self._leave, b"!")

    def close(self) -> None:
        os.close(self._told)
        os.close(self._leave)


@pytest.fixture
def signals(tmp_path: Path) -> Iterator[Signals]:
    given = Signals(tmp_path)
    yield given
    given.close()


# What the workers do.


def itself(argument: Any) -> Any:
    return argument


def pipes_at(folder: Path) -> Pipes:
    told, leave = (os.open(folder / name, os.O_RDWR) for name in ("told", "leave"))
    return told, leave


def echo(state: Any, request: Header, limit: int) -> Reply:
    header = {"state": state, "request": request, "limit": limit, "pid": os.getpid()}
    return {**header, "nurse": os.getppid()}, str(request.get("text", "")).encode()


def hang_when_told(state: Any, request: Header, limit: int) -> Reply:
    if request.get("hang"):
        for_ever()
    return echo(state, request, limit)


def hang_having_begun(pipes: Pipes, request: Header, limit: int) -> Reply:
    if request.get("hang"):
        begin(pipes)
        for_ever()
    return echo(None, request, limit)


def wait_to_go_on(pipes: Pipes, request: Header, limit: int) -> Reply:
    begin(pipes)
    os.read(pipes[1], 1)
    return echo(None, request, limit)


def spin_having_begun(pipes: Pipes, request: Header, limit: int) -> Reply:
    begin(pipes)
    while True:
        pass


def die(state: Any, request: Header, limit: int) -> Reply:
    how = request.get("how")
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "segmentation fault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "abort":
        os.abort()
    if how == "exit":
        os._exit(0)
    if how == "error":
        raise ValueError(how)
    if how == "reply that is no JSON":
        return {"set": {1}}, b""
    return echo(state, request, limit)


def take_memory(state: Any, request: Header, limit: int) -> Reply:
    return {"taken": len(bytearray(request["bytes"]))}, b""


def give_bytes(state: Any, request: Header, limit: int) -> Reply:
    return {}, b"x" * request["bytes"]


def try_to_get_out(folder: str, request: Header, limit: int) -> Reply:
    """Each way out that was tried → the name of the error, or None where it was open."""
    ways: dict[str, Callable[[], Any]] = {
        "read a file": lambda: os.open(__file__, os.O_RDONLY),
        "write a file": lambda: os.open(Path(folder) / "written", os.O_CREAT | os.O_WRONLY),
        "list a folder": lambda: list(Path(folder).iterdir()),
        "open a socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "open a pipe": os.pipe,
        "copy a descriptor": lambda: os.dup(0),
    }
    return {way: outcome(attempt) for way, attempt in ways.items()}, b""


def outcome(attempt: Callable[[], Any]) -> str | None:
    try:
        opened = attempt()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    for one in opened if isinstance(opened, tuple) else (opened,):
        if isinstance(one, int):
            os.close(one)
        elif isinstance(one, socket.socket):
            one.close()
    return None


def ask_engine(state: Any, request: Header, limit: int) -> Reply:
    try:
        solutions = Store().query(request["query"])
        assert isinstance(solutions, QuerySolutions)
        return {"rows": len(list(solutions))}, b""
    except (OSError, RuntimeError) as error:
        return {"error": type(error).__name__}, b""


def hang_for(folder: str) -> None:
    """Be a process that asks a worker for what never comes."""
    Pool(Task(pipes_at, Path(folder), hang_having_begun), Limits()).run({"hang": True}, PATIENTLY)


def begin(pipes: Pipes) -> None:
    os.write(pipes[0], os.getpid().to_bytes(4, "big"))


def for_ever() -> None:
    while True:
        signal.pause()


# The tests.


def test_a_reply_comes_back_with_its_header_and_its_bytes(start: Start) -> None:
    pool = start(echo, {"graph": "å"}, result=12345)

    header, body = pool.run({"text": "å\n\u0000😀", "list": [1, None]})

    assert header["state"] == {"graph": "å"}
    assert header["request"] == {"text": "å\n\u0000😀", "list": [1, None]}
    assert header["limit"] == 12345
    assert body == "å\n\u0000😀".encode()


def test_a_reply_may_be_empty_or_large(start: Start) -> None:
    pool = start(give_bytes, result=32_000_000)

    assert pool.run({"bytes": 0}) == ({}, b"")
    assert pool.run({"bytes": 20_000_000}) == ({}, b"x" * 20_000_000)


def test_the_work_is_done_in_another_process_that_stays_for_the_next_request(start: Start) -> None:
    pool = start(echo)

    first, _body = pool.run({})
    second, _body = pool.run({})

    assert os.getpid() not in {first["pid"], first["nurse"]}
    assert first["pid"] != first["nurse"]
    assert (second["pid"], second["nurse"]) == (first["pid"], first["nurse"])


def test_a_task_that_runs_too_long_is_stopped_and_the_next_request_works(start: Start) -> None:
    pool = start(hang_when_told)

    with pytest.raises(TimeLimitError):
        pool.run({"hang": True}, seconds=AT_ONCE)

    assert pool.run({"text": "next"})[1] == b"next"


def test_the_process_of_a_task_that_runs_too_long_is_ended(start: Start, signals: Signals) -> None:
    pool = start(spin_having_begun, signals.folder)

    with ThreadPoolExecutor() as threads:
        running = threads.submit(pool.run, {}, 1.0)
        with watched(signals.begun()) as ended:
            with pytest.raises(TimeLimitError):
                running.result()
            assert ended()


def test_the_caller_may_ask_for_less_time(start: Start) -> None:
    pool = start(hang_when_told)

    with pytest.raises(TimeLimitError) as caught:
        pool.run({"hang": True}, seconds=AT_ONCE)

    assert caught.value.values == {"seconds": AT_ONCE}


def test_the_caller_may_not_ask_for_more_time(start: Start) -> None:
    pool = start(hang_when_told, seconds=AT_ONCE)

    with pytest.raises(TimeLimitError) as caught:
        pool.run({"hang": True}, seconds=PATIENTLY)

    assert caught.value.values == {"seconds": AT_ONCE}


@pytest.mark.parametrize(
    "how", ["killed", "segmentation fault", "abort", "exit", "error", "reply that is no JSON"]
)
def test_a_worker_that_dies_takes_only_its_own_request_with_it(start: Start, how: str) -> None:
    pool = start(die)
    before, _body = pool.run({})

    with pytest.raises(WorkerLostError):
        pool.run({"how": how})

    after, body = pool.run({"text": "next"})
    assert body == b"next"
    assert after["pid"] != before["pid"]
    assert after["nurse"] == before["nurse"]


def test_a_worker_killed_from_outside_while_it_works_is_lost_and_the_next_request_works(
    start: Start, signals: Signals
) -> None:
    pool = start(hang_having_begun, signals.folder)

    with ThreadPoolExecutor() as threads:
        running = threads.submit(pool.run, {"hang": True})
        os.kill(signals.begun(), signal.SIGKILL)
        with pytest.raises(WorkerKilledError):
            running.result()

    assert pool.run({"text": "next"})[1] == b"next"


@pytest.mark.parametrize("how", ["segmentation fault", "abort", "exit", "error"])
def test_a_worker_that_dies_of_its_task_was_not_killed_by_anybody_else(
    start: Start, how: str
) -> None:
    with pytest.raises(WorkerLostError) as caught:
        start(die).run({"how": how})

    assert not isinstance(caught.value, WorkerKilledError)


def test_a_worker_whose_nurse_is_killed_was_killed_too(start: Start, signals: Signals) -> None:
    pool = start(hang_having_begun, signals.folder)
    nurse = pool.run({})[0]["nurse"]

    with ThreadPoolExecutor() as threads:
        running = threads.submit(pool.run, {"hang": True})
        signals.begun()
        os.kill(nurse, signal.SIGKILL)
        with pytest.raises(WorkerKilledError):
            running.result()

    assert pool.run({"text": "next"})[1] == b"next"


def test_who_runs_for_long_goes_last_and_the_next_one_does_not(start: Start) -> None:
    pool = start(run_until_put_last)
    at_first = pool.run({"until": 0})[0]
    put_last = pool.run({"until": 10})[0]
    afterwards = pool.run({"until": 0})[0]
    assert at_first["niceness"] == afterwards["niceness"] == 0
    assert put_last["niceness"] == 10
    assert at_first["pid"] == put_last["pid"] != afterwards["pid"]


def test_a_worker_that_died_while_it_was_idle_costs_nobody_a_request(start: Start) -> None:
    pool = start(echo)
    worker = pool.run({})[0]["pid"]

    with watched(worker) as ended:
        os.kill(worker, signal.SIGKILL)
        assert ended()

    assert pool.run({})[0]["pid"] != worker


def test_a_worker_that_dies_leaves_the_request_beside_it_alone(
    start: Start, signals: Signals
) -> None:
    pool = start(wait_to_go_on, signals.folder, workers=2)

    with ThreadPoolExecutor() as threads:
        spared = threads.submit(pool.run, {"text": "spared"})
        signals.begun()
        struck = threads.submit(pool.run, {"text": "struck"})
        os.kill(signals.begun(), signal.SIGKILL)
        with pytest.raises(WorkerLostError):
            struck.result()
        signals.go_on()
        assert spared.result()[1] == b"spared"


def test_a_nurse_killed_from_outside_is_replaced(start: Start) -> None:
    pool = start(die)
    before, _body = pool.run({})
    with watched(before["nurse"]) as ended:
        os.kill(before["nurse"], signal.SIGKILL)
        assert ended()

    with pytest.raises(WorkerLostError):
        pool.run({"how": "killed"})

    after, body = pool.run({"text": "next"})
    assert body == b"next"
    assert after["nurse"] != before["nurse"]


def test_a_task_that_takes_too_much_memory_is_lost_and_the_next_request_works(
    start: Start,
) -> None:
    pool = start(take_memory, memory=64 << 20)

    assert pool.run({"bytes": 16 << 20})[0] == {"taken": 16 << 20}
    with pytest.raises(WorkerLostError):
        pool.run({"bytes": 128 << 20})
    assert pool.run({"bytes": 16 << 20})[0] == {"taken": 16 << 20}


def test_memory_is_counted_beyond_the_state_that_a_worker_is_born_with(start: Start) -> None:
    pool = start(take_memory, bytearray(96 << 20), memory=64 << 20)

    assert pool.run({"bytes": 16 << 20})[0] == {"taken": 16 << 20}


def test_a_worker_opens_no_file_and_no_socket(start: Start, tmp_path: Path) -> None:
    tried, _body = start(try_to_get_out, str(tmp_path)).run({})

    assert len(tried) == 7
    assert [way for way, error in tried.items() if error is None] == []
    assert list(tmp_path.iterdir()) == []


def test_the_ways_out_are_open_where_nobody_closes_them(tmp_path: Path) -> None:
    tried, _body = try_to_get_out(str(tmp_path), {}, 0)

    assert set(tried.values()) == {None}


def test_the_engine_in_a_worker_reaches_no_address(start: Start) -> None:
    with listening() as (listener, address):
        query = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        reply, _body = start(ask_engine).run({"query": query})
        assert "error" in reply
        silent = query.replace("SERVICE", "SERVICE SILENT")
        start(ask_engine).run({"query": silent})
        assert not connected(listener)

        # The same engine in this process does reach it: the listener would have seen the worker.
        with ThreadPoolExecutor() as threads:
            asked = threads.submit(ask_engine, None, {"query": query}, 0)
            hang_up(listener)
            assert "error" in asked.result()[0]


def test_a_request_is_turned_away_when_too_many_wait(start: Start, signals: Signals) -> None:
    pool = start(wait_to_go_on, signals.folder, workers=1, waiting=0)

    with ThreadPoolExecutor() as threads:
        running = threads.submit(pool.run, {"text": "first"})
        signals.begun()
        with pytest.raises(BusyError, match="waiting"):
            pool.run({})
        signals.go_on()
        assert running.result()[1] == b"first"

        # Its place is free again.
        following = threads.submit(pool.run, {"text": "second"})
        signals.begun()
        signals.go_on()
        assert following.result()[1] == b"second"


def test_a_request_waits_for_a_worker_only_as_long_as_its_patience(
    start: Start, signals: Signals
) -> None:
    pool = start(wait_to_go_on, signals.folder, workers=1, waiting=1, patience=AT_ONCE)

    with ThreadPoolExecutor() as threads:
        running = threads.submit(pool.run, {"text": "first"})
        signals.begun()
        with pytest.raises(BusyError, match="busy"):
            pool.run({})
        signals.go_on()
        assert running.result()[1] == b"first"


def test_a_request_that_waits_gets_the_worker_that_becomes_free(
    start: Start, signals: Signals
) -> None:
    pool = start(wait_to_go_on, signals.folder, workers=1, waiting=1, patience=PATIENTLY)

    with ThreadPoolExecutor() as threads:
        running = [threads.submit(pool.run, {"text": text}) for text in ("one", "two")]
        for _turn in running:
            signals.begun()
            signals.go_on()
        headers = [future.result()[0] for future in running]

    assert {header["request"]["text"] for header in headers} == {"one", "two"}
    assert len({header["pid"] for header in headers}) == 1


def test_requests_run_beside_each_other_on_as_many_workers_as_there_are(
    start: Start, signals: Signals
) -> None:
    pool = start(wait_to_go_on, signals.folder, workers=3, waiting=0)

    with ThreadPoolExecutor() as threads:
        running = [threads.submit(pool.run, {}) for _number in range(3)]
        begun = {signals.begun() for _future in running}  # all three, before any goes on
        for _future in running:
            signals.go_on()
        assert {future.result()[0]["pid"] for future in running} == begun
    assert len(begun) == 3


def test_no_process_is_left_after_the_end(start: Start, signals: Signals) -> None:
    pool = start(hang_having_begun, signals.folder, workers=2)
    idle, _body = pool.run({})

    with ThreadPoolExecutor() as threads:
        both = [threads.submit(pool.run, {"hang": True}) for _number in range(2)]
        one, other = signals.begun(), signals.begun()
        assert idle["pid"] in {one, other}
        with watched(idle["nurse"]) as nurse, watched(one) as first, watched(other) as second:
            pool.close()
            assert nurse()
            assert first()
            assert second()
            for running in both:
                with pytest.raises(WorkerLostError):
                    running.result()
    assert not [pid for pid in (idle["nurse"], one, other) if Path(f"/proc/{pid}").exists()]


def test_the_workers_end_when_the_process_that_asks_them_is_killed(signals: Signals) -> None:
    program = f"from {__name__} import hang_for; hang_for(sys.argv[1])"
    command = [sys.executable, "-c", f"import sys; {program}", str(signals.folder)]
    with subprocess.Popen(command) as asking:
        try:
            with watched(signals.begun()) as ended:
                asking.kill()
                assert ended()
        finally:
            asking.kill()


def test_a_pool_that_never_ran_closes_and_closing_twice_is_no_error(start: Start) -> None:
    pool = start(echo)
    pool.close()
    pool.close()


def test_threads_that_share_a_pool_all_get_their_own_replies(start: Start) -> None:
    pool = start(echo, workers=3, waiting=400, patience=PATIENTLY)
    texts = [f"{number} " * (number % 50) for number in range(400)]

    with ThreadPoolExecutor(max_workers=24) as threads:
        replies = list(threads.map(lambda text: pool.run({"text": text}), texts))

    assert [body.decode() for _header, body in replies] == texts
    assert [header["request"]["text"] for header, _body in replies] == texts
    assert len({header["pid"] for header, _body in replies}) <= 3
    assert len({header["nurse"] for header, _body in replies}) == 1


def test_threads_get_their_own_replies_while_others_lose_their_workers(start: Start) -> None:
    pool = start(die, workers=3, waiting=100, patience=PATIENTLY)

    def ask(number: int) -> bytes | None:
        with suppress(WorkerLostError):
            how = "killed" if number % 5 == 0 else None
            return pool.run({"text": str(number), "how": how})[1]
        return None

    with ThreadPoolExecutor(max_workers=12) as threads:
        replies = list(threads.map(ask, range(100)))

    assert replies == [None if n % 5 == 0 else str(n).encode() for n in range(100)]


@contextmanager
def watched(pid: int) -> Iterator[Callable[[], bool]]:
    """Whether the process *pid*, alive when this is entered, ends: waits until it has."""
    descriptor = os.pidfd_open(pid)
    try:
        yield lambda: bool(select.select([descriptor], [], [], PATIENTLY)[0])
    finally:
        os.close(descriptor)


@contextmanager
def listening() -> Iterator[tuple[socket.socket, str]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener, f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"


def connected(listener: socket.socket) -> bool:
    """Whether anybody has connected to *listener* by now."""
    return bool(select.select([listener], [], [], 0)[0])


def hang_up(listener: socket.socket) -> None:
    """Take the one connection that comes, and end it."""
    listener.settimeout(PATIENTLY)
    connection, _address = listener.accept()
    connection.close()


def run_until_put_last(_state: Any, request: Header, _limit: int) -> Reply:
    """Run until this process is as polite as asked."""
    while os.getpriority(os.PRIO_PROCESS, 0) < request["until"]:
        pass
    return {"pid": os.getpid(), "niceness": os.getpriority(os.PRIO_PROCESS, 0)}, b""
