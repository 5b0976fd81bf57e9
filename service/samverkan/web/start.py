"""The start page: one box, examples, what is in the graph, what needs attention."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Flask, Response, redirect, render_template, request

from samverkan import overview, questions, search
from samverkan.answers import AMBIGUOUS, NOT_UNDERSTOOD, UNKNOWN_NAME
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.errors import AmbiguousNameError, UnknownNameError
from samverkan.language import CODES
from samverkan.language import mark as _
from samverkan.namespaces import ID
from samverkan.web import asked, checks
from samverkan.web.house import chosen_language, house, spoken
from samverkan.web.pages import link

blueprint = Blueprint("start", __name__)

_PARAMETERS = ("q", ON_DATE, KNOWN_ON, "lang")
_UNANSWERED = {AMBIGUOUS, NOT_UNDERSTOOD, UNKNOWN_NAME}
# Where the things of a kind are listed.
_LISTS = {
    "organization": "/organizations",
    "person": "/people",
    "activity": "/activities",
    "meeting": "/meetings",
}
# What findings of each severity are called, many of them.
_SEVERITIES = {"violation": _("violations"), "warning": _("warnings"), "info": _("notices")}


def prepare(app: Flask) -> None:
    """Find the questions that are offered: each is asked, which takes long in a large graph."""
    for code in CODES:
        questions.examples(app.extensions["samverkan"].knowledge, code)


@blueprint.get("/")
def start() -> str:
    """One box for a name or a question, and what there is to find."""
    known, language = house().knowledge, spoken()
    return render_template(
        "start.html",
        examples=questions.examples(known, language.code),
        overview=overview.overview(known),
        todo=checks.at_hand(language),
        severities=_SEVERITIES,
        lists=_LISTS,
    )


@blueprint.get("/find")
def find() -> Response:
    """To the thing that ``q`` names, the answer to the question that it is, or what comes near.

    Raises:
        QuestionError: ``q`` is empty, too long, or no text.
        ParameterError: a parameter is not known, or given twice, or a date is none.
    """
    asked.only(_PARAMETERS)
    typed = questions.readable(request.args.get("q", ""))
    times = {name: value for name in (ON_DATE, KNOWN_ON) if (value := request.args.get(name))}
    if page := _page_of(typed):
        return _to(link(page, **times))
    answer = questions.ask(house().knowledge, typed, lang=chosen_language(), **times)
    if answer.state in _UNANSWERED and _is_found(typed):
        return _to(link("/search", q=typed))
    return _to(link("/ask", q=typed, **times))


def _page_of(name: str) -> str | None:
    """The page of the one thing that *name* names; None for none, several, or a word of a list."""
    try:
        iri = house().knowledge.names.find(name).iri
    except (AmbiguousNameError, UnknownNameError):
        return None
    return iri.replace(ID, "/res/") if iri.startswith(ID) else None


def _is_found(typed: str) -> bool:
    """Whether something is called like *typed*."""
    if len(typed) > search.MAX_CHARACTERS:
        return False
    return bool(search.search(house().knowledge, typed, spoken(), limit=1).hits)


def _to(address: str) -> Response:
    return cast(Response, redirect(address, HTTPStatus.SEE_OTHER, Response))
