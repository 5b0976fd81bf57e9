"""Linked data: ``/id/…`` is a thing, ``/res/…`` the document about it (Cool URIs, 303)."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, render_template, request

from samverkan import catalogue, description, lists, profile
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import NotFoundError
from samverkan.formats import Format
from samverkan.language import mark as _
from samverkan.lists import Cells
from samverkan.namespaces import ID
from samverkan.profile import Profile
from samverkan.retirement import Retired
from samverkan.web import checks, representations, times
from samverkan.web.errors import problem
from samverkan.web.house import house, spoken
from samverkan.web.representations import ANY, HTML, alternates, link_to, linked

blueprint = Blueprint("things", __name__)

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
# The graphs of the house itself are things, too: where they are described.
_GRAPHS = {
    "identity": "/.well-known/void",
    "schemes": "/def/",
    "shapes": "/def/shape/",
    "vocabulary": "/def/",
}


@blueprint.get("/id/<concept>/<slug>")
def thing(concept: str, slug: str) -> Response:
    """To the document about the thing; or what has become of its address."""
    iri = _iri(concept, slug)
    if concept == "graph" and slug in _GRAPHS:
        return _to(_GRAPHS[slug], HTTPStatus.SEE_OTHER)
    if iri in linked().retired:
        return _told(linked().retired[iri], "/id/")
    if not house().knowledge.dataset.has(iri):
        raise NotFoundError(_("There is nothing at {iri} in the graph."), iri=iri)
    response = _to(f"/res/{concept}/{slug}", HTTPStatus.SEE_OTHER)
    response.headers["Link"] = link_to([], ("describedby", f"/res/{concept}/{slug}"))
    return response


@blueprint.get("/res/<concept>/<slug>")
@blueprint.get(f"/res/<concept>/<slug>.<{ANY}:suffix>")
def document(concept: str, slug: str, suffix: str | None = None) -> Response:
    """The document about a thing: a page or RDF, by ``Accept`` or suffix."""
    iri = _iri(concept, slug)
    if iri in linked().retired:
        return _told(linked().retired[iri], "/res/", f".{suffix}" if suffix else "")
    format_ = representations.wanted(suffix)
    path = f"/res/{concept}/{slug}"
    known_on = request.args.get(KNOWN_ON)
    others = alternates(path, known_on=known_on)
    if format_ == HTML:
        response = _page(iri, path, others)
    else:
        tag = representations.tag_of(iri, known_on, format_.suffix)
        body = b""
        if not representations.is_had(tag):
            quads = description.described(house().knowledge, iri, known_on)
            body = representations.body_of(quads, format_, iri)
        response = representations.sent(body, format_, tag)
    response.headers["Link"] = link_to(others, ("describes", iri))
    return response


def _page(iri: str, path: str, others: list[tuple[str, Format]]) -> Response:
    given = {name: request.args.get(name, "") for name in (ON_DATE, KNOWN_ON)}
    thing = profile.profile(house().knowledge, iri, spoken(), **given)
    amiss = checks.amiss(iri, spoken())
    seats = _national_seats(iri, given[ON_DATE], given[KNOWN_ON])
    page = render_template(
        "thing.html",
        thing=thing,
        shown=times.shown(thing, path, spoken(), **given),
        seats=seats,
        contents=_contents(thing, bool(seats), bool(amiss)),
        address=path,
        amiss=amiss,
        alternates=others,
    )
    return representations.sent(page.encode(), HTML)


def _national_seats(iri: str, on_date: str, known_on: str) -> tuple[Cells, ...]:
    """Where a person or a body sits nationally, or is represented."""
    day = catalogue.day(ON_DATE, on_date) if on_date else date.today()
    return lists.national_seats(house().knowledge, iri, spoken(), day, known_on)


def _contents(thing: Profile, seated: bool, amiss: bool) -> list[tuple[str, str]]:
    """The headings of the page, by the place that each has on it."""
    say = spoken().say
    people = say(_("People and roles") if thing.identity else _("Roles"))
    parts = [("people", people)] if thing.findings else []
    if seated:
        parts.append(("national-seats", say(_("In national bodies"))))
    parts += [(section.key, section.title) for section in thing.sections]
    if thing.discrepancies:
        parts.append(("disagreements", say(_("What does not agree"))))
    if thing.unsaid:
        parts.append(("unsaid", say(_("What the graph does not have"))))
    if amiss:
        parts.append(("amiss", say(_("What is amiss with it"))))
    return (
        [*parts, ("passages", say(_("Where the sources mention it")))] if thing.evidence else parts
    )


def _told(retired: Retired, base: str, ending: str = "") -> Response:
    """What has become of an address: gone (410), replaced (308), or one of several (300)."""
    if len(retired.replaced_by) == 1:
        ahead = retired.replaced_by[0].removeprefix(ID)
        return _to(f"{base}{ahead}{ending}", HTTPStatus.PERMANENT_REDIRECT)
    reason, since = retired.reason(spoken().code), retired.since
    told = spoken().say(_("This address is used no more.") if retired.replaced_by else _GONE)
    detail = " ".join(part for part in (told, reason, since and f"({since})") if part)
    if not retired.replaced_by:
        return problem(HTTPStatus.GONE, detail)
    names = house().knowledge.names
    choices = [{"iri": x, "label": names.label(x, spoken().code)} for x in retired.replaced_by]
    response = problem(HTTPStatus.MULTIPLE_CHOICES, detail, candidates=choices)
    response.headers["Link"] = ", ".join(
        f'<{base}{each.removeprefix(ID)}{ending}>; rel="alternate"' for each in retired.replaced_by
    )
    return response


_GONE = _("What was at this address is gone, and nothing has taken its place.")


def _to(path: str, status: HTTPStatus) -> Response:
    """A redirect that keeps what was asked for besides."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return cast(Response, redirect(path + query, status, Response))


def is_slug(text: str) -> bool:
    """Whether *text* is written as a part of an address of ours."""
    return _SLUG.fullmatch(text) is not None


def _iri(concept: str, slug: str) -> str:
    if not (is_slug(concept) and is_slug(slug)):
        raise NotFoundError(_("There is no page at this address."))
    return f"{ID}{concept}/{slug}"
