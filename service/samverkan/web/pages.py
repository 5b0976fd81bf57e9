"""The answer to a question, and what all pages share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Flask, Response, g, json, render_template, request

from samverkan import questions, times
from samverkan.answers import NOT_UNDERSTOOD, UNKNOWN_NAME, Answer
from samverkan.errors import ParameterError
from samverkan.language import CODES
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID
from samverkan.phrases import state_name
from samverkan.web.errors import PROBLEM
from samverkan.web.house import chosen_language, house, spoken, wants_page
from samverkan.web.representations import root

blueprint = Blueprint("pages", __name__)

_STATUSES = {
    UNKNOWN_NAME: HTTPStatus.NOT_FOUND,
    NOT_UNDERSTOOD: HTTPStatus.UNPROCESSABLE_ENTITY,
}
_PARAMETERS = ("q", "on_date", "known_on", "lang", "format")
_FORMATS = ("html", "json")


@blueprint.get("/ask")
@blueprint.get("/ask.<any(json):suffix>")
def ask(suffix: str | None = None) -> Response:
    """The answer to the question ``q``, as a page or as JSON.

    404 where a name in it is not known, 422 where it was not understood: as JSON, the problem
    (RFC 9457) then holds all members of the answer.
    """
    _refuse_other_parameters()
    answer = questions.ask(
        house().knowledge,
        request.args.get("q", ""),
        lang=chosen_language(),
        on_date=request.args.get("on_date") or None,
        known_on=request.args.get("known_on") or None,
    )
    g.question_language = answer.lang
    status = _STATUSES.get(answer.state, HTTPStatus.OK)
    wanted = suffix or request.args.get("format") or None
    if wanted == "html" or (wanted is None and wants_page()):
        return Response(_page(answer), status)
    return _as_json(answer, status)


def _page(answer: Answer) -> str:
    """The answer as a page, with a link that gives it again, and days on which it may differ."""
    times = {name: request.args[name] for name in ("on_date", "known_on") if request.args.get(name)}
    kept = {"q": answer.question, **times, "on_date": answer.on_date.isoformat()}
    issued = {source.issued for source in house().knowledge.dataset.sources}
    return render_template(
        "answer.html",
        answer=answer,
        times=times,
        days=sorted({*issued, answer.on_date, date.today()}),
        permanent=root() + link("ask", **kept),
    )


def _refuse_other_parameters() -> None:
    """A misspelt parameter must not be passed over: the answer would be to another question."""
    for name, given in request.args.lists():
        if name not in _PARAMETERS or len(given) > 1:
            raise ParameterError(
                _("/ask takes {names}, each once; not “{name}”."),
                names=", ".join(_PARAMETERS),
                name=name,
            )
    if (request.args.get("format") or "json") not in _FORMATS:
        raise ParameterError(
            _("{name} takes one of {choices}, not “{value}”."),
            name="format",
            choices=", ".join(_FORMATS),
            value=request.args["format"],
        )


def _as_json(answer: Answer, status: HTTPStatus) -> Response:
    body = answer.to_json()
    media_type = "application/json"
    if status != HTTPStatus.OK:
        media_type = PROBLEM
        body = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status,
            "detail": answer.answer,
            **body,
        }
    return Response(json.dumps(body), status, content_type=media_type)


def register(app: Flask) -> None:
    """Hold requests to the languages; give templates of *app* the words and links they need."""
    app.before_request(_refuse_other_languages)
    app.context_processor(_shared)
    app.jinja_env.filters["local"] = local
    app.jinja_env.filters["unbroken"] = unbroken
    app.jinja_env.filters["groupby_in_order"] = grouped


def _refuse_other_languages() -> None:
    """A language that there is none of must not be passed over, whatever the address."""
    chosen_language()


def local(iri: str) -> str:
    """The address in this service of a thing of the graph or a term; nothing for any other IRI."""
    if iri.startswith(DEF):
        return link("/def/" + iri.removeprefix(DEF))
    return "" if not iri.startswith(ID) else link("/res/" + iri.removeprefix(ID))


def unbroken(text: str) -> str:
    """*text* with no line break between ``§`` and its number."""
    return text.replace("§ ", "§\N{NO-BREAK SPACE}")


def grouped(things: Iterable[object], attribute: str) -> list[tuple[str, list[object]]]:
    """*things* by an attribute of theirs, in the order in which its values first come."""
    found: dict[str, list[object]] = {}
    for thing in things:
        found.setdefault(getattr(thing, attribute), []).append(thing)
    return list(found.items())


def _shared() -> dict[str, Any]:
    language = spoken()
    other = next(code for code in CODES if code != language.code)
    values = {name: value for name, value in request.args.items() if name != "lang"}
    return {
        "say": language.say,
        "language": language,
        "state_name": lambda state: state_name(state, language),
        "said": lambda words: times.said(words, language),
        "other": other,
        "other_address": f"{quote(request.path)}?{urlencode({**values, 'lang': other})}",
        "link": link,
        "newest": house().knowledge.dataset.sources[-1:],
    }


def link(path: str, /, **values: str) -> str:
    """An address in this service, which stays in the language that was chosen."""
    if request.args.get("lang") in CODES:
        values["lang"] = request.args["lang"]
    return f"{path}?{urlencode(values)}" if values else path
