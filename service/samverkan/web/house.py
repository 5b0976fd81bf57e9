"""What a request needs of the application: the knowledge, its language, its times, its formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from flask import Response, current_app, g, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from samverkan.errors import NotAcceptableError, ParameterError
from samverkan.knowledge import Knowledge
from samverkan.language import CODES, DEFAULT, Language, language
from samverkan.language import mark as _
from samverkan.sparql import GRAPH_FORMATS, RESULT_FORMATS, AdHoc, Result, Wanted

# Names of a whole family that some clients ask by, and what they get of it (RDF 1.1 has its own).
_PLAIN_JSON, _PLAIN_XML = "application/json", "application/xml"
_RESULT_NAMES = {
    _PLAIN_JSON: "application/sparql-results+json",
    _PLAIN_XML: "application/sparql-results+xml",
}
_GRAPH_NAMES = {_PLAIN_JSON: "application/ld+json", _PLAIN_XML: "application/rdf+xml"}
PAGE = "text/html"
_PAGE_CELLS = 30_000
_ACCEPT_CHARACTERS = 1_000


@dataclass(frozen=True)
class House:
    """What every request may use: the knowledge, and the workers for queries from outside."""

    knowledge: Knowledge
    adhoc: AdHoc


@dataclass(frozen=True)
class Table:
    """Rows for a page: as many as a page bears, and how many there are."""

    names: list[str]
    rows: list[dict[str, Any]]
    count: int

    @classmethod
    def of(cls, found: dict[str, Any]) -> Table | None:
        """The table of a result in SPARQL JSON, or None where it holds no rows."""
        if "results" not in found:
            return None
        names, rows = found["head"]["vars"], found["results"]["bindings"]
        return cls(names, rows[: max(1, _PAGE_CELLS // max(1, len(names)))], len(rows))


def house() -> House:
    """The house of the application that serves this request."""
    return cast(House, current_app.extensions["samverkan"])


def chosen_language() -> str | None:
    """The language that the address asks for, or None.

    Raises:
        ParameterError: for a language that there is none of.
    """
    code = request.args.get("lang") or None
    if code is not None and code not in CODES:
        raise ParameterError(
            _("lang takes one of {codes}, not “{code}”."), codes=", ".join(CODES), code=code
        )
    return code


def spoken() -> Language:
    """The language to speak: the address's, the question's, the browser's best, or Swedish."""
    code = request.args.get("lang") or g.get("question_language")
    if code not in CODES and len(request.headers.get("Accept-Language", "")) <= _ACCEPT_CHARACTERS:
        code = request.accept_languages.best_match(CODES)
    if code not in CODES:
        code = DEFAULT
    return language(code)


def best(offered: Sequence[str]) -> str | None:
    """The media type among *offered* that the client likes best (RFC 9110 § 12.5.1).

    The first one for a client that says nothing, or takes anything; None where it takes none.
    Parameters of types (``;charset=utf-8``) do not matter.
    """
    return _best(request.headers.get("Accept", ""), tuple(offered))


def negotiated() -> Wanted:
    """The format of solutions and that of graphs which the client likes best.

    Raises:
        NotAcceptableError: it takes no format of either kind.
    """
    return negotiated_by(request.headers.get("Accept", ""))


def negotiated_by(accept: str) -> Wanted:
    """The same by the header ``Accept``, which may be empty.

    Raises:
        NotAcceptableError: it has no format of either kind.
    """
    results = _best(accept, (*RESULT_FORMATS, *_RESULT_NAMES))
    graph = _best(accept, (*GRAPH_FORMATS, *_GRAPH_NAMES))
    if results is None and graph is None:
        raise NotAcceptableError(
            _("Results come as {formats}."), formats=", ".join([*RESULT_FORMATS, *GRAPH_FORMATS])
        )
    return Wanted(
        _RESULT_NAMES.get(results, results) if results else None,
        _GRAPH_NAMES.get(graph, graph) if graph else None,
    )


def wants_page() -> bool:
    """Whether the client is a browser: it likes HTML better than any of our formats of data."""
    return wants_page_by(request.headers.get("Accept", ""))


def wants_page_by(accept: str) -> bool:
    """The same by the header ``Accept``, which may be empty."""
    return _best(accept, (_PLAIN_JSON, *RESULT_FORMATS, *GRAPH_FORMATS, PAGE)) == PAGE


@lru_cache(maxsize=1_000)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    """As :func:`best`. Most clients send one of few headers, and each takes a while to weigh."""
    if not accept or len(accept) > _ACCEPT_CHARACTERS:
        return offered[0]
    accepted = parse_accept_header(accept, MIMEAccept)
    plain = ((value.partition(";")[0], quality) for value, quality in accepted)
    return MIMEAccept(plain).best_match(offered)


def sent(result: Result) -> Response:
    """*result* as a response, with an ETag of its bytes (RFC 9110 § 8.8.3)."""
    response = Response(result.body, content_type=with_charset(result.media_type))
    response.add_etag()
    response.cache_control.no_cache = True
    return cast(Response, response.make_conditional(request))


def with_charset(media_type: str) -> str:
    """*media_type* with its charset, where the type has that parameter."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
