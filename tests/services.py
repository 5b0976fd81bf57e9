"""A service of the tests' own, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(folder: Path, *options: str, killed: bool = False) -> Iterator[str]:
    """The address of a service with those options, which ends well when it is no longer needed.

    Or is *killed*: all of its processes at once, with no moment for a last word.

    Its log goes to a file in *folder*: a pipe that nobody reads is full after some hundred lines,
    and the service would wait for a reader.
    """
    log = folder / "log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "samverkan", "serve", "--port", str(port), *options],
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=killed,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process, log)
        yield address
    finally:
        if killed:
            os.killpg(process.pid, signal.SIGKILL)
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=60)
    output = log.read_text(encoding="utf-8")
    assert code == (-signal.SIGKILL if killed else 0), output
    assert "Traceback" not in output, output


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as response:
                assert response.status == 200
                return
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
    raise AssertionError(f"the service ended: {log.read_text(encoding='utf-8')}")
