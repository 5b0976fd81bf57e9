"""``/openapi.json`` and ``/docs``: the description of the service, and a page to try it on."""

from __future__ import annotations

import re
from threading import Lock
from typing import Any, cast

from flask import Blueprint, Response, current_app, json, render_template, request
from werkzeug.routing import AnyConverter

from samverkan import openapi
from samverkan.language import Language, language
from samverkan.lists import LISTINGS
from samverkan.openapi import Routes
from samverkan.web.house import chosen_language, house, spoken

blueprint = Blueprint("documentation", __name__)

_PLACE = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
_ASSETS = "static"
_lock = Lock()


@blueprint.get("/openapi.json")
def described() -> Response:
    """The description: in English, as tools expect, or in the language that is asked for."""
    told = _document(language(chosen_language() or "en"))
    response = Response(json.dumps(told), content_type="application/json")
    response.add_etag()
    response.cache_control.no_cache = True
    return cast(Response, response.make_conditional(request))


@blueprint.get("/docs")
def page() -> str:
    """The description as a page: a form for each address that has none on a page of its own."""
    queries = {f"/queries/{query.name}" for query in house().knowledge.catalogue}
    return render_template(
        "docs.html",
        document=_document(spoken()),
        resolved=_resolved,
        forms=queries | {f"/{name}" for name in LISTINGS},
    )


def routes() -> Routes:
    """The addresses of the application, as templates of OpenAPI, and what their places may hold."""
    found = {}
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint != _ASSETS:
            values = {
                name: sorted(converter.items)
                for name, converter in rule._converters.items()
                if isinstance(converter, AnyConverter)
            }
            found[_PLACE.sub(r"{\1}", rule.rule)] = values
    return found


def _document(spoken_in: Language) -> dict[str, Any]:
    """The document in a language; made once, as neither catalogue nor routes change."""
    made = current_app.extensions.setdefault("samverkan.openapi", {})
    with _lock:
        if spoken_in.code not in made:
            made[spoken_in.code] = openapi.document(house().knowledge, spoken_in, routes())
        return cast(dict[str, Any], made[spoken_in.code])


def _resolved(told: dict[str, Any]) -> dict[str, Any]:
    """A response, or the one that it refers to."""
    if "$ref" not in told:
        return told
    name = told["$ref"].rpartition("/")[2]
    components = _document(spoken())["components"]
    return cast(dict[str, Any], components["responses"][name])
