"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from samverkan.sparql import select
from samverkan.web.house import house

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> Response:
    """The process answers."""
    return jsonify(status="live")


@blueprint.get("/ready")
def ready() -> tuple[Response, int]:
    """The graph answers: 200, or 503 where it is empty."""
    dataset = house().knowledge.dataset
    found = list(select(dataset, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"))
    body = jsonify(status="ready" if found else "empty", version=dataset.version)
    return body, 200 if found else 503
