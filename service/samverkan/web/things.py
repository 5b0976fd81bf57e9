"""Linked data: ``/id/…`` is a thing, ``/res/…`` the document about it (Cool URIs, 303)."""

from __future__ import annotations

import re
from typing import cast

from flask import Blueprint, Response, redirect, render_template, request

from samverkan import profile
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import NotAcceptableError, NotFoundError
from samverkan.language import mark as _
from samverkan.namespaces import ID
from samverkan.sparql import GRAPH_FORMATS
from samverkan.web import checks
from samverkan.web.house import best, house, sent, spoken

blueprint = Blueprint("things", __name__)

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_BY_SUFFIX = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "html": "text/html",
}


@blueprint.get("/id/<concept>/<slug>")
def thing(concept: str, slug: str) -> Response:
    """To the document about the thing."""
    _make_sure_is_an_address(concept, slug)
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return cast(Response, redirect(f"/res/{concept}/{slug}{query}", 303, Response))


@blueprint.get("/res/<concept>/<slug>")
@blueprint.get("/res/<concept>/<slug>.<any(ttl, nt, rdf, jsonld, html):suffix>")
def document(concept: str, slug: str, suffix: str | None = None) -> Response:
    """The document about a thing: a page or RDF, by ``Accept`` or suffix."""
    _make_sure_is_an_address(concept, slug)
    media_type = _BY_SUFFIX[suffix] if suffix else best([*GRAPH_FORMATS, "text/html"])
    if media_type is None:
        raise NotAcceptableError(
            _("Results come as {formats}."), formats=", ".join(["text/html", *GRAPH_FORMATS])
        )
    iri = f"{ID}{concept}/{slug}"
    on_date, known_on = request.args.get(ON_DATE), request.args.get(KNOWN_ON)
    if media_type == "text/html":
        shown = profile.profile(
            house().knowledge, iri, spoken(), on_date=on_date, known_on=known_on
        )
        address = f"/res/{concept}/{slug}"
        amiss = checks.amiss(iri, spoken())
        page = render_template("thing.html", thing=shown, address=address, amiss=amiss)
        response = Response(page)
    else:
        response = sent(profile.described(house().knowledge, iri, media_type, known_on))
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return response


def _make_sure_is_an_address(concept: str, slug: str) -> None:
    if not (_SLUG.fullmatch(concept) and _SLUG.fullmatch(slug)):
        raise NotFoundError(_("There is no page at this address."))
