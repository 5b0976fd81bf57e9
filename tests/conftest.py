"""What the tests share: the knowledge, the application, a service on a port, the documents."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from samverkan import knowledge
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.web import Settings, create_app

for name in ("COLUMNS", "LINES"):  # what a command prints is not to hang on the tests' terminal
    os.environ.pop(name, None)
set_hypothesis_home_dir(tempfile.mkdtemp(prefix="hypothesis-"))  # not in the checkout
# A busy machine is no fault of what is tested.
settings.register_profile("samverkan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samverkan")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def known() -> Knowledge:
    """The bundled knowledge."""
    return knowledge.load()


@pytest.fixture(scope="session")
def client() -> Iterator[FlaskClient]:
    """A client of the application, without a server between."""
    app = create_app(Settings(limits=Limits(workers=1, seconds=5)))
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service on a free port of this machine.

    Its log goes to a file: a pipe that nobody reads is full after some hundred lines, and the
    service would wait for a reader.
    """
    log = tmp_path_factory.mktemp("service") / "log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "samverkan", "serve", "--port", str(port)],
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    _wait_until_ready(address, process, log)
    yield address
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=60)
    output = log.read_text(encoding="utf-8")
    assert code == 0, output
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
