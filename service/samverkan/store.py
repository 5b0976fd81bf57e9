"""Content into a store: which graphs there are, and which of them are known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store

from samverkan import integrity
from samverkan.content import Content
from samverkan.errors import ContentError
from samverkan.language import mark as _
from samverkan.namespaces import ID, IDENTITY, SCHEMES, VOCABULARY, term

_HOUSE_GRAPHS = {
    "organizations.ttl": IDENTITY,
    "people.ttl": IDENTITY,
    "samverkan.ttl": VOCABULARY,
    "schemes.ttl": SCHEMES,
}


@dataclass(frozen=True)
class Source:
    """A document whose statements are in the graph."""

    iri: str
    label: str
    title: str
    issued: date


@dataclass(frozen=True)
class Dataset:
    """The graph, loaded and not changed afterwards.

    ``version`` is the digest of the files that it was made from. The store's default graph is the
    merge of all named ones, each triple once (the engine's own union counts a triple as often as it
    finds it): that is what a query sees unless it names graphs.
    """

    store: Store
    version: str
    sources: tuple[Source, ...]

    def graphs_known_on(self, day: date) -> tuple[NamedNode, ...]:
        """The house's own graphs, and those of the sources issued up to and including *day*."""
        known = (NamedNode(source.iri) for source in self.sources if source.issued <= day)
        return (IDENTITY, SCHEMES, VOCABULARY, *known)

    def source(self, iri: str) -> Source | None:
        """The source of that IRI, or None where its statements are not in the graph."""
        return self._by_iri.get(iri)

    @cached_property
    def _by_iri(self) -> dict[str, Source]:
        return {source.iri: source for source in self.sources}


def load(content: Content) -> Dataset:
    """The dataset of *content*, in memory.

    Raises:
        ContentError: naming file and line, for Turtle that does not parse, a source file that
            does not say when its document was issued, or a fault of :mod:`samverkan.integrity`.
    """
    store = Store()
    files: dict[NamedNode, list[Path]] = {}
    for path in content.graph_files():
        _load_file(store, path)
        files.setdefault(_graph_of(path), []).append(path)
    integrity.check(store, files)
    sources = tuple(sorted(_sources(store, content), key=lambda source: source.issued))
    return Dataset(store, content.version(), sources)


def _graph_of(path: Path) -> NamedNode:
    return _HOUSE_GRAPHS.get(path.name) or NamedNode(f"{ID}source/{path.stem}")


def _load_file(store: Store, path: Path) -> None:
    try:
        for graph in (_graph_of(path), DefaultGraph()):
            store.bulk_load(path=str(path), format=RdfFormat.TURTLE, to_graph=graph)
    except SyntaxError as error:
        raise ContentError(
            _("{path}, line {line}: this is not Turtle. {reason}"),
            path=path,
            line=error.lineno,
            reason=error.msg,
        ) from error
    except (OSError, ValueError) as error:
        raise ContentError(
            _("{path} cannot be read: {reason}."), path=path, reason=error
        ) from error


def _sources(store: Store, content: Content) -> Iterable[Source]:
    for path in sorted((content.data / "sources").glob("*.ttl")):
        iri = _graph_of(path)
        issued = _value(store, iri, "dcterms:issued")
        if issued is None:
            raise ContentError(
                _("{path}: <{iri}> needs a dcterms:issued, the day on which it became known."),
                path=path,
                iri=iri.value,
            )
        try:
            day = date.fromisoformat(issued)
        except ValueError as error:
            raise ContentError(
                _("{path}: dcterms:issued {value} is no date (YYYY-MM-DD)."),
                path=path,
                value=issued,
            ) from error
        label = _value(store, iri, "skos:prefLabel") or path.stem
        yield Source(iri.value, label, _value(store, iri, "dcterms:title") or label, day)


def _value(store: Store, subject: NamedNode, curie: str) -> str | None:
    for quad in store.quads_for_pattern(subject, term(curie), None, subject):
        if isinstance(quad.object, Literal):
            return quad.object.value
    return None
