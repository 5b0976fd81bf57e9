"""``/def/``: the vocabulary, each term at its address (Best Practice Recipes, slash namespaces).

The address of a term leads (303) to the document about it in the format that the client likes best.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, render_template, request

from samverkan import export, profile, vocabulary
from samverkan.errors import NotFoundError
from samverkan.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from samverkan.language import mark as _
from samverkan.namespaces import DEF
from samverkan.web import representations
from samverkan.web.house import house, spoken
from samverkan.web.representations import ANY, HTML, alternates, link_to, linked

blueprint = Blueprint("vocabulary", __name__)

_OFFERED = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)
# The shapes have blank nodes, which the tidy JSON has no place for.
_SHAPES_OFFERED = (TURTLE, N_TRIPLES, RDF_XML)
_ALL = "vocabulary"


@blueprint.get("/def/")
@blueprint.get(f"/def/{_ALL}.<{ANY}:suffix>")
def whole(suffix: str | None = None) -> Response:
    """The whole vocabulary with the lists of values: a page, or RDF."""
    format_ = representations.wanted(suffix, _OFFERED)
    others = alternates(f"/def/{_ALL}", _OFFERED)
    dataset = house().knowledge.dataset
    if format_ == HTML:
        page = render_template(
            "vocabulary.html", vocabulary=vocabulary.vocabulary(dataset), alternates=others
        )
        response = representations.sent(page.encode(), HTML)
    else:
        tag = representations.tag_of(DEF, format_.suffix)
        body = b""
        if not representations.is_had(tag):
            body = representations.body_of(vocabulary.whole(dataset), format_, DEF)
        response = representations.sent(body, format_, tag)
    response.headers["Link"] = link_to(others, ("describes", DEF))
    return response


@blueprint.get("/def/context.jsonld")
def context() -> Response:
    """The JSON-LD context; each document of the service holds the part of it that it uses."""
    return representations.sent(linked().context.text, JSON_LD)


@blueprint.get("/def/shape/")
def shapes() -> Response:
    """The checks: how the graph should be, in SHACL."""
    format_ = representations.wanted(None, _SHAPES_OFFERED)
    return representations.sent(
        representations.body_of(export.shapes(linked().content), format_), format_
    )


@blueprint.get("/def/shape/<name>")
def shape(name: str) -> Response:
    """To the checks, among which the one of that name is."""
    iri = f"{DEF}shape/{name}"
    found = export.shapes(linked().content)
    if not any(getattr(quad.subject, "value", None) == iri for quad in found):
        raise NotFoundError(_("The vocabulary has no {name}."), name=f"shape/{name}")
    return cast(Response, redirect("/def/shape/", HTTPStatus.SEE_OTHER, Response))


@blueprint.get("/def/<path:name>")
def term(name: str) -> Response:
    """To the document about the term, in the format that the client likes best."""
    vocabulary.term_of(house().knowledge.dataset, name)
    format_ = representations.wanted(None, _OFFERED)
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    address = f"/def/{name}.{format_.suffix}"
    response = cast(Response, redirect(address + query, HTTPStatus.SEE_OTHER, Response))
    response.headers["Link"] = link_to(
        alternates(f"/def/{name}", _OFFERED), ("describedby", address)
    )
    return response


@blueprint.get(f"/def/<path:name>.<{ANY}:suffix>")
def document(name: str, suffix: str) -> Response:
    """The document about a term: a page, or RDF."""
    dataset = house().knowledge.dataset
    found = vocabulary.term_of(dataset, name)
    format_ = representations.wanted(suffix)
    others = alternates(f"/def/{name}", _OFFERED)
    if format_ == HTML:
        uses = profile.uses(house().knowledge, found.iri, spoken())
        page = render_template("term.html", term=found, uses=uses, alternates=others)
        response = representations.sent(page.encode(), HTML)
    else:
        quads = vocabulary.statements_of(dataset, name)
        body = representations.body_of(quads, format_, found.iri)
        response = representations.sent(body, format_)
    response.headers["Link"] = link_to(others, ("describes", found.iri))
    return response
