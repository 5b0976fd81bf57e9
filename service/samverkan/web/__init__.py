"""The web layer: everything that knows Flask."""

from __future__ import annotations

import atexit
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from samverkan import knowledge
from samverkan.isolation import Limits
from samverkan.sparql import AdHoc
from samverkan.web import (
    checks,
    documentation,
    endpoint,
    errors,
    headers,
    health,
    pages,
    queries,
    things,
)
from samverkan.web.house import House

MAX_REQUEST_BYTES = 1 << 20


@dataclass(frozen=True)
class Settings:
    """What the service is configured with; nothing is read from anywhere else."""

    content: Path | None = None
    limits: Limits = field(default_factory=Limits)


def create_app(settings: Settings | None = None) -> Flask:
    """The application, with its content loaded.

    Raises:
        ContentError: the content is missing or broken.
    """
    chosen = settings or Settings()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_REQUEST_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    adhoc = AdHoc(str(chosen.content) if chosen.content else None, chosen.limits)
    atexit.register(adhoc.close)
    app.extensions["samverkan"] = House(knowledge.load(chosen.content), adhoc)
    checks.register(app, chosen.content)
    for module in (pages, queries, endpoint, things, checks, health):
        app.register_blueprint(module.blueprint)
    app.register_blueprint(documentation.blueprint)
    for part in (errors, headers, pages):
        part.register(app)
    return app
