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
def service() -> Iterator[str]:
    """The address of a service on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "samverkan", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    address = f"http://127.0.0.1:{port}"
    _wait_until_ready(address, process)
    yield address
    process.send_signal(signal.SIGTERM)
    output = process.communicate(timeout=30)[0].decode()
    assert process.returncode == 0, output
    assert "Traceback" not in output, output


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as response:
                assert response.status == 200
                return
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
    raise AssertionError(f"the service ended: {process.communicate()[0].decode()}")
