"""The nurse of :mod:`samverkan.isolation`, and the workers that it forks: their side of it all."""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import resource
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import Any

from samverkan.frames import Frames
from samverkan.isolation import Limits, Task

_REQUEST_BYTES = 1 << 24


def nurse(descriptor: int) -> None:
    """The life of the nurse, whose control socket is *descriptor*: ends when that closes."""
    control = Connection(descriptor)
    # Whoever ends the whole group (systemd) is not to end what runs: the parent closes the control.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    task, limits = pickle.loads(control.recv_bytes())  # noqa: S301 - from our own parent
    state = task.prepare(task.argument)
    children: set[int] = set()
    with suppress(EOFError, OSError):
        while True:
            order = control.recv_bytes().split()
            if order[0] == b"birth":
                children.add(_fork(control, task, state, limits))
            else:
                ended_by = _end(children, int(order[1]))
                if order[0] == b"inquest":
                    control.send_bytes(b"%d" % ended_by)
    for pid in tuple(children):
        _end(children, pid)


def _fork(control: Connection, task: Task, state: Any, limits: Limits) -> int:
    descriptor = recv_handle(control)
    pid = os.fork()
    if pid == 0:
        control.close()
        try:
            _work(Frames(descriptor), task, state, limits)
        finally:
            os._exit(0)
    os.close(descriptor)
    control.send_bytes(b"%d" % pid)
    return pid


def _end(children: set[int], pid: int) -> int:
    """End a child; the signal that it has ended by, which is an earlier one where it had ended."""
    if pid not in children:  # waited for already: the number may be another's by now
        return 0
    os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    children.discard(pid)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _work(connection: Frames, task: Task, state: Any, limits: Limits) -> None:
    _confine(limits)
    with suppress(EOFError, OSError):
        while True:
            request, _body = connection.receive((_REQUEST_BYTES, 0))
            header, body = task.perform(state, json.loads(request), limits.result)
            connection.send(json.dumps(header).encode(), body)


def _confine(limits: Limits) -> None:
    """Bounded memory; no core, no file, no descriptor more."""
    with suppress(OSError, AttributeError):  # Linux: die with the nurse (prctl, PR_SET_PDEATHSIG)
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    size = _address_space() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _address_space() -> int:
    """Bytes of address space in use (Linux tells; elsewhere what is resident)."""
    statm = Path("/proc/self/statm")
    if statm.is_file():
        return int(statm.read_text().split()[0]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
