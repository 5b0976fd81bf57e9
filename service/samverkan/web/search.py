"""``/search``: things by what they are called, as one types."""

from __future__ import annotations

from flask import Blueprint, Response, json, render_template, request

from samverkan import search
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
    limit = asked.hits(search.MOST_HITS, search.HITS)
    known = house().knowledge
    is_page = suffix is None and wants_page()
    results = None
    if not is_page or "q" in request.args:
        results = search.search(
            known,
            request.args.get("q", ""),
            spoken(),
            kind=request.args.get("kind") or None,
            limit=limit,
        )
    if not is_page:
        body = json.dumps(results.to_json() if results else None)
        return Response(body, content_type="application/json")
    response = Response(
        render_template("search.html", results=results, kinds=search.kinds(known, spoken()))
    )
    response.headers["Content-Security-Policy"] = _POLICY
    return response
