"""Work on untrusted input, in processes that can be killed.

::

    this process ──control──> nurse: loads once, has one thread, forks
         │                      ├── worker   (a few, each on a socket of its own)
         └──────request/reply───┴── worker

The *nurse* (:mod:`samverkan.nurse`) is a fresh interpreter that prepares a state once and then only
forks; a worker is born with that state in a few milliseconds. A worker that runs over its time is
killed and replaced; one that dies takes only its own request with it. One that runs for long goes
last in line for the processor, and is replaced when it is done, since nobody may move it forward
again. Workers open no file and no connection: their limit of open descriptors is zero. Replies are
JSON and bytes, never pickles, so that a subverted worker cannot reach back.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from typing import Any

from samverkan.errors import (
    BusyError,
    InputError,
    TimeLimitError,
    WorkerKilledError,
    WorkerLostError,
)
from samverkan.frames import Frames
from samverkan.language import mark as _

Header = dict[str, Any]
Reply = tuple[Header, bytes]


_HEADER_BYTES = 1 << 20
# Who runs for longer than so many seconds goes last in line for the processor.
_SHORT, _NICENESS = 0.2, 10


@dataclass(frozen=True)
class Limits:
    """What a request may take, and how many run or wait at a time.

    ``seconds``: of running; ``patience``: seconds of waiting for a worker; ``waiting``: requests
    that may wait; ``memory``: bytes that a worker may take beyond the state that it was born with;
    ``result``: bytes of a reply; ``rows``: of solutions, or triples, that a reply may hold.
    """

    workers: int = 2
    seconds: float = 10.0
    patience: float = 5.0
    waiting: int = 16
    memory: int = 1 << 30
    result: int = 8 << 20
    rows: int = 100_000

    def __post_init__(self) -> None:
        """Refuse a time that is none.

        Raises:
            InputError: ``seconds`` is not more than 0.
        """
        if not 0 < self.seconds < float("inf"):
            raise InputError(_("A time limit is a number of seconds, more than 0."))


@dataclass(frozen=True)
class Task:
    """What the workers do: ``perform(prepare(argument), request, result_limit)`` per request.

    All three travel to the nurse by pickle: functions of modules, and plain data.
    ``perform`` gives a header that JSON can hold, and the body of the reply.
    """

    prepare: Callable[[Any], Any]
    argument: Any
    perform: Callable[[Any, Header, int], Reply]


@dataclass
class _Worker:
    pid: int
    connection: Frames
    is_buried: bool = False
    is_last: bool = False

    def put_last(self) -> None:
        """Have everybody else go before it from now on."""
        self.is_last = True
        with suppress(OSError):  # it may have ended
            os.setpriority(os.PRIO_PROCESS, self.pid, _NICENESS)


class Pool:
    """A few workers for one task. Threads may share it; it starts on its first request."""

    def __init__(self, task: Task, limits: Limits) -> None:
        self.limits = limits
        self._task = task
        self._lock = threading.Lock()
        self._nurse: _Nurse | None = None
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _number in range(limits.workers):
            self._idle.put(None)  # a place, whose worker is born when it is first needed
        self._places = threading.BoundedSemaphore(limits.workers + limits.waiting)

    def run(self, request: Header, seconds: float | None = None) -> Reply:
        """The header and body of the reply to *request*.

        Args:
            request: anything that JSON can hold.
            seconds: the caller's own time limit; the pool's is the upper bound.

        Raises:
            TimeLimitError: it ran over its time and was killed.
            WorkerLostError: its worker died, for want of memory or of the engine's own accord.
            WorkerKilledError: somebody else ended its worker.
            BusyError: no worker became free in time, or too many were waiting already.
        """
        limit = self.limits.seconds if seconds is None else min(seconds, self.limits.seconds)
        if not self._places.acquire(blocking=False):
            raise BusyError(_("Too many queries are waiting. Try again in a moment."))
        try:
            return self._run_on_idle(json.dumps(request).encode(), limit)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the nurse and all workers."""
        with self._lock:
            nurse, self._nurse = self._nurse, None
        if nurse is not None:
            nurse.close()
        idle: list[_Worker | None] = []
        with suppress(queue.Empty):
            while True:
                idle.append(self._idle.get_nowait())
        for worker in idle:
            if worker is not None:
                worker.connection.close()
            self._idle.put(None)

    def _run_on_idle(self, request: bytes, limit: float) -> Reply:
        try:
            worker = self._idle.get(timeout=self.limits.patience)
        except queue.Empty:
            raise BusyError(_("All workers are busy. Try again in a moment.")) from None
        try:
            if worker is not None and worker.connection.is_over():
                self._bury(worker)  # it died while it was idle: nobody's query is to blame
                worker = None
            if worker is None:
                worker = self._birth()
            reply = self._ask(worker, request, limit)
        except BaseException:
            if worker is not None:
                self._bury(worker)
            self._idle.put(None)
            raise
        if worker.is_last:
            self._bury(worker)
            worker = None
        self._idle.put(worker)
        return reply

    def _ask(self, worker: _Worker, request: bytes, limit: float) -> Reply:
        end = time.monotonic() + limit
        try:
            worker.connection.send(request)
            try:
                header, body = self._reply(worker, min(limit, _SHORT))
            except TimeoutError:
                worker.put_last()
                header, body = self._reply(worker, end - time.monotonic())
        except TimeoutError:
            raise TimeLimitError(
                _("The query ran for more than {seconds:g} seconds and was stopped."),
                seconds=limit,
            ) from None
        except (EOFError, OSError) as error:
            raise self._loss_of(worker) from error
        return json.loads(header), body

    def _reply(self, worker: _Worker, seconds: float) -> tuple[bytes, bytes]:
        """What the worker says within so many seconds."""
        if seconds <= 0:
            raise TimeoutError
        return worker.connection.receive((_HEADER_BYTES, self.limits.result), seconds)

    def _loss_of(self, worker: _Worker) -> WorkerLostError:
        """What became of a worker that is not there any more: was it its own doing?"""
        ended_by: int | None = signal.SIGKILL  # what ends the nurse ends the worker with it
        with self._lock, suppress(EOFError, OSError):
            worker.is_buried = True
            if self._nurse is not None:
                ended_by = self._nurse.inquest(worker.pid)
        if ended_by == signal.SIGKILL:
            return WorkerKilledError(
                _("The query was interrupted before it was done. Try again in a moment.")
            )
        return WorkerLostError(
            _("The query took more memory than it may, or broke the engine. Ask for less.")
        )

    def _birth(self) -> _Worker:
        with self._lock:
            if self._nurse is None or not self._nurse.alive():
                self._nurse = _Nurse(self._task, self.limits)
            try:
                return self._nurse.birth()
            except (EOFError, OSError) as error:
                self._nurse.close()
                self._nurse = None
                raise WorkerLostError(_("The workers could not be started.")) from error

    def _bury(self, worker: _Worker) -> None:
        worker.connection.close()
        with self._lock, suppress(EOFError, OSError):
            if self._nurse is not None and not worker.is_buried:
                self._nurse.bury(worker.pid)


class _Nurse:
    """This process's end of the nurse."""

    def __init__(self, task: Task, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                [sys.executable, "-P", "-c", _NURSE_PROGRAM, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C at the terminal is for this process only
            )
        self._control = Connection(ours.detach())
        self._control.send_bytes(pickle.dumps((task, limits)))

    def alive(self) -> bool:
        return self._process.poll() is None

    def birth(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._control.send_bytes(b"birth")
            send_handle(self._control, theirs.fileno(), self._process.pid)
            pid = int(self._control.recv_bytes())
            return _Worker(pid, Frames(ours.detach()))

    def bury(self, pid: int) -> None:
        self._control.send_bytes(b"bury %d" % pid)

    def inquest(self, pid: int) -> int:
        """Bury *pid*, and tell the signal that it had ended by: 0 where it was none."""
        self._control.send_bytes(b"inquest %d" % pid)
        return int(self._control.recv_bytes())

    def close(self) -> None:
        self._control.close()
        self._process.wait()


_NURSE_PROGRAM = "import sys; from samverkan.nurse import nurse; nurse(int(sys.argv[1]))"
