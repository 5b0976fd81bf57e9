"""``/onboarding/…``: the pack for who is new, as a page that prints well, Markdown or JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, json, redirect, render_template, request
from markupsafe import Markup, escape

from samverkan import onboarding
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import NotFoundError
from samverkan.findings import Thing
from samverkan.formats import JSON, Format
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.namespaces import ID
from samverkan.onboarding import FOR, Pack
from samverkan.onboarding.markdown import markdown
from samverkan.onboarding.text import READING
from samverkan.web import asked, checks, representations
from samverkan.web.house import house, spoken
from samverkan.web.pages import local, unbroken
from samverkan.web.representations import HTML, alternates, link_to, linked
from samverkan.web.things import is_slug

blueprint = Blueprint("onboarding", __name__)

MARKDOWN = Format("text/markdown", "md", "Markdown")
_OFFERED = (HTML, MARKDOWN, JSON)
_BY_SUFFIX = {each.suffix: each for each in _OFFERED}
_ANY = f"any({', '.join(_BY_SUFFIX)})"
_PARAMETERS = (FOR, ON_DATE, KNOWN_ON, "lang")
_STYLES = ("style.css", "onboarding.css")
_PACKS_KEPT = 64
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


@blueprint.get("/onboarding/<concept>/<slug>")
@blueprint.get(f"/onboarding/<concept>/<slug>.<{_ANY}:suffix>")
def page(concept: str, slug: str, suffix: str | None = None) -> Response:
    """The pack of a body or a person: a page, Markdown or JSON, by ``Accept`` or suffix."""
    asked.only(_PARAMETERS)
    if not (is_slug(concept) and is_slug(slug)):
        raise NotFoundError(_("There is no page at this address."))
    iri, path = f"{ID}{concept}/{slug}", f"/onboarding/{concept}/{slug}"
    if iri in linked().retired:  # the address of the thing tells what has become of it
        return cast(Response, redirect(f"/id/{concept}/{slug}", HTTPStatus.SEE_OTHER, Response))
    format_ = _BY_SUFFIX[suffix] if suffix else representations.wanted(None, _OFFERED)
    pack, language = _pack(iri), spoken()
    others = alternates(path, _OFFERED, **{name: request.args.get(name) for name in _PARAMETERS})
    if format_ == HTML:
        body = render_template("onboarding.html", **_shown(pack), address=path, alternates=others)
    elif format_ == MARKDOWN:
        body = markdown(pack, language)
    else:
        body = json.dumps(pack.to_json())
    response = representations.sent(body.encode(), format_)
    response.headers["Link"] = link_to(others, ("describes", iri))
    return response


def document(pack: Pack, app: Flask, language: Language) -> str:
    """The pack as a page that stands by itself, to be saved or sent: its style is in it.

    It has no links: where it is read, there may be no service.
    """
    folder = Path(app.static_folder or "")
    style = "\n".join((folder / name).read_text(encoding="utf-8") for name in _STYLES)
    with app.test_request_context(f"/?lang={language.code}"):
        return render_template("onboarding_alone.html", **_shown(pack), style=Markup(style))  # noqa: S704  our own files


@blueprint.app_template_filter("whole")
def with_whole_days(text: str) -> Markup:
    """*text* in which no line breaks within a day, or between ``§`` and its number."""
    parts = _DAY.split(unbroken(text))
    days = Markup('<span class="day">{}</span>')
    told = (days.format(part) if n % 2 else escape(part) for n, part in enumerate(parts))
    return Markup("").join(told)


@blueprint.app_template_filter("linked")
def with_links(text: str, things: Iterable[Thing]) -> Markup:
    """*text* with a link in the place of the name of each of *things*, where it first stands."""
    addresses = {thing.label: local(thing.iri) for thing in things if thing.label}
    if not addresses:
        return with_whole_days(text)
    names = sorted(addresses, key=len, reverse=True)
    told = []
    for part in re.split("(" + "|".join(map(re.escape, names)) + ")", text):
        address, shown = addresses.pop(part, ""), with_whole_days(part)
        told.append(Markup('<a href="{}">{}</a>').format(address, shown) if address else shown)
    return Markup("").join(told)


def _pack(iri: str) -> Pack:
    known = house().knowledge
    if known.names.thing(iri) is None:
        raise NotFoundError(_("There is nothing at {iri} in the graph."), iri=iri)
    return _made(
        known,
        iri,
        spoken(),
        onboarding.day(request.args.get(ON_DATE)),
        request.args.get(KNOWN_ON) or None,
        request.args.get(FOR, "").strip() or None,
    )


@lru_cache(maxsize=_PACKS_KEPT)
def _made(
    knowledge: Knowledge,
    iri: str,
    language: Language,
    day: date,
    known_on: str | None,
    party: str | None,
) -> Pack:
    return onboarding.pack(
        knowledge,
        iri,
        language,
        amiss=checks.findings(day, language),
        on_date=day,
        known_on=known_on,
        party=party,
    )


def _shown(pack: Pack) -> dict[str, object]:
    return {"pack": pack, "reading": READING}
