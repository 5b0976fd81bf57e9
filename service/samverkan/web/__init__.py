"""The web layer: everything that knows Flask."""

from __future__ import annotations

import atexit
from multiprocessing.util import Finalize

from flask import Flask

from samverkan import knowledge
from samverkan.knowledge import Knowledge
from samverkan.settings import Settings
from samverkan.web import (
    checks,
    dataset,
    documentation,
    endpoint,
    errors,
    headers,
    health,
    lists,
    logs,
    metrics,
    network,
    onboarding,
    pages,
    passages,
    persondata,
    queries,
    representations,
    requests,
    search,
    start,
    statements,
    things,
    vocabulary,
)
from samverkan.web.house import House
from samverkan.web.metrics import Metrics, Watched
from samverkan.web.shortcut import Shortcut

__all__ = ["Settings", "close", "create_app"]


def create_app(
    settings: Settings | None = None,
    known: Knowledge | None = None,
    figures: Metrics | None = None,
) -> Flask:
    """The application, with its content loaded, unless that is *known* already.

    Its *figures* are new ones, unless it takes the place of an application that has some.

    Raises:
        ContentError: the content is missing or broken.
        DocumentError: there is no folder where the documents' texts should be.
    """
    chosen = settings or Settings()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = chosen.request_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = chosen.request_bytes
    app.config["PUBLIC_URL"] = chosen.public_url
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    figures = figures or Metrics(chosen)
    knows = known or knowledge.of(chosen.origin)
    adhoc = Watched(chosen, figures, knows.dataset)
    atexit.register(adhoc.close)
    # A child process runs these, and not the above.
    app.extensions["samverkan.end"] = Finalize(None, adhoc.close, exitpriority=1)
    house = House(knows, adhoc)
    figures.serves(house.knowledge.dataset)
    app.extensions["samverkan"] = house
    app.extensions["samverkan.settings"] = chosen
    checks.register(app, chosen.content)
    representations.register(app, chosen.content)
    dataset.register(app, chosen.content)
    passages.register(app, chosen.sources)
    for module in (
        *(start, pages, queries, endpoint, things, vocabulary, dataset, checks),
        *(documentation, health, metrics, network, search, passages, statements),
        *(onboarding, persondata, lists),
    ):
        app.register_blueprint(module.blueprint)
    # The first to be registered hears of a request first, and of its response last.
    for part in (requests, logs):
        part.register(app)
    metrics.register(app, figures)
    for part in (errors, headers, network, pages):
        part.register(app)
    app.wsgi_app = Shortcut(app.wsgi_app, house, figures, chosen)  # type: ignore[method-assign]
    return app


def close(app: Flask) -> None:
    """End the workers of *app*, which is served no more."""
    atexit.unregister(app.extensions["samverkan"].adhoc.close)
    app.extensions["samverkan.end"]()
