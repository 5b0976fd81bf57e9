"""The dataset as a whole: ``/catalog`` (DCAT-AP-SE), VoID, example queries, files of all data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import cast
from weakref import finalize

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request

from samverkan import content as content_
from samverkan import dcat, examples, export, void
from samverkan.content import Content
from samverkan.errors import BusyError
from samverkan.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format, Quads
from samverkan.language import mark as _
from samverkan.site import Site
from samverkan.void import Statistics
from samverkan.web import representations
from samverkan.web.house import house, with_charset
from samverkan.web.representations import ANY, HTML, SUFFIXES, alternates, link_to

blueprint = Blueprint("dataset", __name__)

_OFFERED = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML)
_DUMPS = (TRIG, N_QUADS, JSON_LD, TURTLE)
_OF_DUMPS = f"any({', '.join(each.suffix for each in _DUMPS)})"
_SECONDS_OF_WAITING = 5
_PIECE = 1 << 16


@dataclass
class Shelf:
    """What the content says of the dataset, and what is worked out of it once."""

    content: Content
    said: str
    folder: Path
    counted: Statistics | None = None
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def statistics(self) -> Statistics:
        """How much there is in the dataset that this request is served from.

        Raises:
            BusyError: it is being counted, and that takes long.
        """
        with self._alone():
            if self.counted is None:
                self.counted = void.statistics(house().knowledge.dataset)
            return self.counted

    def dump(self, suffix: str) -> Path:
        """A file with all data in a format: what ``samverkan export`` writes.

        Raises:
            BusyError: it is being made, and that takes long.
        """
        path = self.folder / f"data.{suffix}"
        if path.exists():
            return path
        with self._alone():
            if not path.exists():
                dataset = house().knowledge.dataset
                body = export.export(dataset, self.content, suffix, with_ontology=False)
                export.write(path, body)
        return path

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time, and nobody waits long: whoever waits holds a thread."""
        if not self.lock.acquire(timeout=_SECONDS_OF_WAITING):
            raise BusyError(_("This is being worked out. Try again in a moment."))
        try:
            yield
        finally:
            self.lock.release()


def register(app: Flask, folder: Path | None) -> None:
    """Read what the content that *app* serves says of the dataset.

    Raises:
        ContentError: it is no Turtle.
    """
    found = content_.find(folder)
    # Within what the processes share, which the first one does away with in the end.
    shared = app.extensions["samverkan.settings"].state
    files = Path(mkdtemp(prefix="samverkan-", dir=shared))
    app.extensions["samverkan.dataset"] = Shelf(found, dcat.read(found), files)


@blueprint.get("/catalog")
@blueprint.get(f"/catalog.<{ANY}:suffix>")
def catalog(suffix: str | None = None) -> Response:
    """The dataset as a data portal reads it, or as a page."""
    site = _site()
    format_ = representations.wanted(suffix, _OFFERED)
    triples = dcat.catalog(house().knowledge.dataset, _shelf().said, site)
    others = alternates("/catalog", _OFFERED)
    if format_ == HTML:
        page = render_template(
            "catalog.html",
            card=dcat.card(triples, site),
            dumps=[(f"/data.{each.suffix}", each) for each in _DUMPS],
            sources=house().knowledge.dataset.sources,
            alternates=others,
        )
        response = representations.sent(page.encode(), HTML)
    else:
        body = representations.body_of(dcat.quads_of(triples), format_, site.part("catalog"))
        response = representations.sent(body, format_)
    response.headers["Link"] = link_to(others, ("describedby", "/.well-known/void"))
    return response


@blueprint.get("/.well-known/void")
@blueprint.get(f"/.well-known/void.<{ANY}:suffix>")
def statistics(suffix: str | None = None) -> Response:
    """The dataset as crawlers read it; people find the same on the page of the catalogue."""
    site, dataset = _site(), house().knowledge.dataset
    counted = _shelf().statistics()
    quads = dcat.quads_of(void.described(dataset, counted, site))
    return _document("/.well-known/void", suffix, quads, site.dataset, "/catalog")


@blueprint.get("/.well-known/sparql-examples")
@blueprint.get(f"/.well-known/sparql-examples.<{ANY}:suffix>")
def sparql_examples(suffix: str | None = None) -> Response:
    """The catalogue of queries as examples for other tools; people have ``/queries``."""
    quads = dcat.quads_of(examples.examples(house().knowledge, _site()))
    return _document("/.well-known/sparql-examples", suffix, quads, None, "/queries")


@blueprint.get("/data")
@blueprint.get(f"/data.<{_OF_DUMPS}:suffix>")
def dump(suffix: str | None = None) -> Response:
    """All data as a file: the bytes that ``samverkan export`` writes."""
    format_ = SUFFIXES[suffix] if suffix else representations.wanted(None, _DUMPS)
    path = _shelf().dump(format_.suffix)
    length = path.stat().st_size
    response = Response(_pieces_of(path), content_type=with_charset(format_.media_type))
    response.content_length = length
    response.set_etag(representations.tag_of("data", format_.suffix))
    response.cache_control.no_cache = True
    response.make_conditional(request, accept_ranges=True, complete_length=length)
    response.headers["Link"] = link_to(
        alternates("/data", _DUMPS), ("describedby", "/.well-known/void")
    )
    return response


def _document(path: str, suffix: str | None, quads: Quads, main: str | None, page: str) -> Response:
    """A document of RDF; the page that tells people the same is elsewhere."""
    format_: Format = representations.wanted(suffix, _OFFERED)
    if format_ == HTML:
        return cast(Response, redirect(page, HTTPStatus.SEE_OTHER, Response))
    body = representations.body_of(quads, format_, main)
    response = representations.sent(body, format_)
    response.headers["Link"] = link_to(alternates(path, _OFFERED))
    return response


def _pieces_of(path: Path) -> Iterator[bytes]:
    """The file, a piece at a time: it is opened when the first one is sent."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _site() -> Site:
    return Site(representations.root())


def _shelf() -> Shelf:
    return cast(Shelf, current_app.extensions["samverkan.dataset"])
