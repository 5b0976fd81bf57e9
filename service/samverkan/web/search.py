"""``/search``: things by what they are called, as one types."""

from __future__ import annotations

from flask import Blueprint, Response, json, render_template, request

from samverkan import search
from samverkan.search import Results
from samverkan.web import asked
from samverkan.web.house import house, spoken, wants_page

blueprint = Blueprint("search", __name__)

_PARAMETERS = ("q", "kind", "limit", "lang")
# The page may ask again, of this service alone, while somebody types.
_POLICY = "; ".join(
    [
        *("default-src 'none'", "style-src 'self'", "img-src 'self'", "script-src 'self'"),
        *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    ]
)


@blueprint.get("/search")
@blueprint.get("/search.<any(json):suffix>")
def page(suffix: str | None = None) -> Response:
    """The things that ``q``, as typed so far, may be the name of: a page, or JSON.

    The page without ``q`` is the empty form.
    """
    asked.only(_PARAMETERS)
    if suffix is not None or not wants_page():
        return Response(json.dumps(_results().to_json()), content_type="application/json")
    kinds = search.kinds(house().knowledge, spoken())
    results = _results() if "q" in request.args else None
    response = Response(render_template("search.html", results=results, kinds=kinds))
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _results() -> Results:
    """What this request asks for."""
    return search.search(
        house().knowledge,
        request.args.get("q", ""),
        spoken(),
        kind=request.args.get("kind") or None,
        limit=asked.hits(search.MOST_HITS, search.HITS),
    )
