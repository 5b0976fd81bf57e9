"""Whether the service lives, and whether it can answer.

A process listens only when its content is loaded: until then, a connection is refused.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, current_app, jsonify

from samverkan.settings import Settings
from samverkan.sparql import select
from samverkan.web.house import house

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> Response:
    """The process answers."""
    return _told(HTTPStatus.OK, status="live")


@blueprint.get("/ready")
def ready() -> Response:
    """The graph answers: 200.

    503 where it is empty, its engine is elsewhere and does not answer, or the service has been told
    to stop.
    """
    dataset = house().knowledge.dataset
    settings = cast(Settings, current_app.extensions["samverkan.settings"])
    status = "ready"
    if not dataset.is_reachable:
        status = "without-engine"
    elif not list(select(dataset, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")):
        status = "empty"
    if settings.stopping and settings.stopping.exists():
        status = "stopping"
    return _told(
        HTTPStatus.OK if status == "ready" else HTTPStatus.SERVICE_UNAVAILABLE,
        status=status,
        version=dataset.version,
    )


def _told(code: HTTPStatus, **values: str) -> Response:
    response = jsonify(values)
    response.status_code = code
    response.cache_control.no_store = True
    return response
