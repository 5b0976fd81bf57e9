"""What the tests share: the knowledge, the application, services on ports, a browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser

import browsers
import quotable
from samverkan import knowledge
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.web import Settings, create_app
from services import serving

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
    """The address of a service on a free port of this machine."""
    with serving(tmp_path_factory.mktemp("service")) as address:
        yield address


@pytest.fixture(scope="session")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service of two small sources, one of which has its text at hand."""
    folder = tmp_path_factory.mktemp("quoting")
    quotable.write(folder)
    options = ("--content", str(folder), "--sources", str(folder / "texts"))
    with serving(folder, *options) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all tests of pages."""
    with browsers.launched() as found:
        yield found
