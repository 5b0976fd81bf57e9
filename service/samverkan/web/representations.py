"""Documents of RDF over HTTP: the format that is wanted, the bytes, and where the others are.

One way for all linked data here: things, the vocabulary, and what describes the dataset.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, request

from samverkan import content as content_
from samverkan import formats, jsonld, retirement
from samverkan.content import Content
from samverkan.errors import InputError, NotAcceptableError
from samverkan.formats import FORMATS, JSON, JSON_LD, Format, Quads
from samverkan.jsonld import Context
from samverkan.language import mark as _
from samverkan.retirement import Retired
from samverkan.web.house import PAGE, best, house, with_charset

HTML = Format(PAGE, "html", "HTML")
# All endings that an address of a document may have.
SUFFIXES = {each.suffix: each for each in (*FORMATS, JSON, HTML)}
ANY = f"any({', '.join(SUFFIXES)})"


@dataclass(frozen=True)
class Linked:
    """What linked data needs besides the graph: content, JSON-LD context, retired addresses."""

    content: Content
    context: Context
    retired: Mapping[str, Retired]


def register(app: Flask, folder: Path | None) -> None:
    """Load what linked data needs of the content that *app* serves.

    Raises:
        ContentError: the JSON-LD context or the retired addresses are broken.
    """
    found = content_.find(folder)
    dataset = app.extensions["samverkan"].knowledge.dataset
    app.extensions["samverkan.linked"] = Linked(
        found, jsonld.load(found), retirement.load(found, dataset)
    )


def linked() -> Linked:
    """What the application that serves this request has for linked data."""
    return cast(Linked, current_app.extensions["samverkan.linked"])


def root() -> str:
    """The address of this service, with a slash at its end.

    It is the one that whoever runs the service says (``PUBLIC_URL``), else the one that the request
    was sent to.

    Raises:
        InputError: the request was sent to something that is no host.
    """
    said = current_app.config.get("PUBLIC_URL")
    if not (said or request.host):
        raise InputError(_("The request names no host."))
    return str(said or request.url_root).rstrip("/") + "/"


def wanted(suffix: str | None, offered: Sequence[Format] = (*FORMATS, JSON, HTML)) -> Format:
    """The format that the ending of the address, or else the client, asks for.

    Raises:
        NotAcceptableError: the client takes none of those *offered*.
    """
    if suffix is not None:
        return SUFFIXES[suffix]
    media_type = best([each.media_type for each in offered])
    for each in offered:
        if each.media_type == media_type:
            return each
    raise NotAcceptableError(
        _("Results come as {formats}."), formats=", ".join(each.media_type for each in offered)
    )


def body_of(quads: Quads, format_: Format, main: str | None = None) -> bytes:
    """The bytes of a document; in JSON-LD with the thing *main* on top."""
    if format_ in {JSON_LD, JSON}:
        triples = {quad.triple for quad in quads}
        return linked().context.tidied(triples, main)
    return formats.serialised(quads, format_)


def tag_of(*parts: object) -> str:
    """An entity tag for what is made of *parts* and the dataset alone."""
    made_of = (house().knowledge.dataset.version, root(), *parts)
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]


def is_had(tag: str) -> bool:
    """Whether the client has what the tag stands for: then it need not be made again."""
    return request.method in {"GET", "HEAD"} and request.if_none_match.contains(tag)


def sent(body: bytes, format_: Format, tag: str | None = None) -> Response:
    """The response with *body*, or 304 for a client that has it."""
    response = Response(body, content_type=with_charset(format_.media_type))
    if tag:
        response.set_etag(tag)
    else:
        response.add_etag()
    response.cache_control.no_cache = True
    return cast(Response, response.make_conditional(request))


def alternates(
    path: str, offered: Iterable[Format] = (HTML, *FORMATS), **values: str | None
) -> list[tuple[str, Format]]:
    """The address of the document at *path* in each of the formats."""
    given = {name: value for name, value in values.items() if value}
    query = f"?{urlencode(given)}" if given else ""
    return [(f"{path}.{each.suffix}{query}", each) for each in offered]


def link_to(addresses: Iterable[tuple[str, Format]], *others: tuple[str, str]) -> str:
    """A ``Link`` field (RFC 8288): the alternates, and *others* as pairs of relation and target."""
    told = [f'<{target}>; rel="{relation}"' for relation, target in others]
    told += [f'<{at}>; rel="alternate"; type="{each.media_type}"' for at, each in addresses]
    return ", ".join(told)
