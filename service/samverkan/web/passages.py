"""``/passages/…``: what a source's text says, where the service has been given the texts."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, json, render_template, request

from samverkan.documents import texts
from samverkan.documents.passages import Span
from samverkan.documents.quotation import Quotation
from samverkan.documents.texts import AROUND, MOST_AROUND, Texts
from samverkan.errors import NotAcceptableError, NotFoundError, ParameterError
from samverkan.findings import Evidence
from samverkan.language import mark as _
from samverkan.namespaces import ID
from samverkan.store import Source
from samverkan.web import asked
from samverkan.web.house import PAGE, best, house, with_charset
from samverkan.web.pages import link

blueprint = Blueprint("passages", __name__)

_PARAMETERS = ("start", "end", "around", "lang")
_FARTHEST = 999_999_999
_SOURCE = f"{ID}source/"
_TYPES = {"json": "application/json", "html": PAGE, "txt": "text/plain"}
# How many times more lines are offered around a passage.
_MORE = 5


def register(app: Flask, folder: Path | None) -> None:
    """Read the texts in *folder*, which *app* may then show; without a folder, none.

    Raises:
        DocumentError: there is no such folder.
    """
    found = texts.load(app.extensions["samverkan"].knowledge.dataset, folder)
    app.extensions["samverkan.texts"] = found
    app.jinja_env.filters["quoted"] = quoted
    app.jinja_env.filters["whole"] = whole


@blueprint.get("/passages/<slug>")
@blueprint.get(f"/passages/<slug>.<any({', '.join(_TYPES)}):suffix>")
def passage(slug: str, suffix: str | None = None) -> Response:
    """A passage in its context, as a page or JSON; without ``start`` and ``end`` the whole text.

    As ``text/plain`` it is the passage alone, as it lies in the file.
    """
    asked.only(_PARAMETERS)
    around = asked.number("around", 0, MOST_AROUND)
    quotation = _quotation(_source(slug), AROUND if around is None else around)
    media_type = _TYPES[suffix] if suffix else best([*_TYPES.values()])
    if media_type is None:
        raise NotAcceptableError(
            _("Results come as {formats}."), formats=", ".join(_TYPES.values())
        )
    if media_type == PAGE:
        wider = min(MOST_AROUND, _MORE * (around or AROUND))
        body = render_template("passage.html", quotation=quotation, slug=slug, wider=wider)
    elif media_type == _TYPES["json"]:
        body = json.dumps(quotation.to_json())
    else:
        body = quotation.text
    response = Response(body, content_type=with_charset(media_type))
    response.add_etag()
    response.cache_control.no_cache = True
    return cast(Response, response.make_conditional(request))


def quoted(passage: Evidence) -> str:
    """The address of what *passage* says; nothing where its text is not at hand."""
    if not _texts().has(passage.source):
        return ""
    slug = passage.source.removeprefix(_SOURCE)
    return link(f"/passages/{slug}", start=str(passage.start), end=str(passage.end))


def whole(iri: str) -> str:
    """The address of the whole text of a source; nothing where it is not at hand."""
    return link(f"/passages/{iri.removeprefix(_SOURCE)}") if _texts().has(iri) else ""


def _quotation(source: Source, around: int) -> Quotation:
    start, end = (asked.number(name, 0, _FARTHEST) for name in ("start", "end"))
    if start is None and end is None:
        return _texts().whole(source)
    if start is None or end is None:
        missing = "end" if end is None else "start"
        raise ParameterError(_("start and end go together; {name} is missing."), name=missing)
    return _texts().quote(source, Span(start, end), around)


def _source(slug: str) -> Source:
    source = house().knowledge.dataset.source(_SOURCE + slug)
    if source is None:
        raise NotFoundError(_("There is no source “{name}” in the graph."), name=slug)
    return source


def _texts() -> Texts:
    return cast(Texts, current_app.extensions["samverkan.texts"])
