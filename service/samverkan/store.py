"""Content into a store: which graphs there are, and which of them are known on a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from samverkan import integrity
from samverkan.cache import Cache
from samverkan.content import Content, version
from samverkan.engine import Engine
from samverkan.errors import ContentError
from samverkan.integrity import slips, turtle
from samverkan.language import mark as _
from samverkan.namespaces import ID, IDENTITY, SCHEMES, VOCABULARY, term
from samverkan.shelf import Shelf

# Hears, while a graph is loaded, what is being done, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]
READING, CHECKING = _("The content is read"), _("It is looked through for faults")

_CACHE_BYTES = 32 << 20
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOUSE_GRAPHS = {
    "organizations.ttl": IDENTITY,
    "people.ttl": IDENTITY,
    "samverkan.ttl": VOCABULARY,
    "schemes.ttl": SCHEMES,
}


def quietly(_step: str, _done: int, _count: int) -> None:
    """Progress that nobody hears of."""


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

    ``version`` is the digest of the files that it was made from. The engine's default graph is the
    merge of all named ones, each triple once (the engine's own union counts a triple as often as it
    finds it): that is what a query sees unless it names graphs. ``shelf`` is where what was worked
    out from a graph on disk is kept for the next start.
    """

    engine: Engine
    version: str
    sources: tuple[Source, ...]
    shelf: Shelf | None = None
    # What was asked before, by the text of the query.
    answers: Cache[Any] = field(default_factory=lambda: Cache(_CACHE_BYTES), compare=False)

    @property
    def is_reachable(self) -> bool:
        """Whether the engine is there at the moment."""
        return True

    def held(self, *graphs: NamedNode) -> Engine:
        """An engine in this process that has those graphs, or all: to be read piece by piece."""
        del graphs
        return self.engine

    def placed(self, triples: Iterable[Triple]) -> Iterator[Quad]:
        """Each of *triples* in each graph that has it."""
        for subject, predicate, value in triples:
            yield from self.engine.quads_for_pattern(subject, predicate, value, None)

    def graphs_known_on(self, day: date) -> tuple[NamedNode, ...]:
        """The house's own graphs, and those of the sources issued up to and including *day*."""
        known = (NamedNode(source.iri) for source in self.sources if source.issued <= day)
        return (IDENTITY, SCHEMES, VOCABULARY, *known)

    def has(self, iri: str) -> bool:
        """Whether something in the graph has that IRI.

        Raises:
            ValueError: it is no IRI.
        """
        found = self.engine.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
        return next(found, None) is not None

    def source(self, iri: str) -> Source | None:
        """The source of that IRI, or None where its statements are not in the graph."""
        return self._by_iri.get(iri)

    @cached_property
    def _by_iri(self) -> dict[str, Source]:
        return {source.iri: source for source in self.sources}


def load(content: Content, checked: str | None = None, progress: Progress = quietly) -> Dataset:
    """The dataset of *content*, in memory.

    Args:
        content: where it is.
        checked: the version of it that is known to have no faults, and is not looked at again.
        progress: hears how far it is.

    Raises:
        ContentError: naming file and line, for text that is no Turtle, or a fault that
            :mod:`samverkan.integrity` finds.
    """
    return Dataset(*graph(content, checked, progress))


def graph(
    content: Content, checked: str | None = None, progress: Progress = quietly
) -> tuple[Store, str, tuple[Source, ...]]:
    """The graph of *content*, its version and its sources; as :func:`load`."""
    store = Store()
    files, broken = _read(store, content, progress)
    if broken := [*unread(content), *broken]:
        integrity.refuse(broken)
    texts = [(path.name, text.encode()) for each in files.values() for path, text in each]
    found = version(texts)  # of what was read: the files may have been changed since
    if found != checked:
        read = {g: [turtle.read(path, text) for path, text in t] for g, t in files.items()}
        integrity.check(store, read, partial(progress, CHECKING))
    sources = sorted(_sources(store, files), key=lambda source: source.issued)
    return store, found, tuple(sources)


def _read(
    store: Store, content: Content, progress: Progress
) -> tuple[dict[NamedNode, list[tuple[Path, str]]], list[ContentError]]:
    """Load all files: their texts by graph, and what is wrong with those that cannot be read."""
    files: dict[NamedNode, list[tuple[Path, str]]] = {}
    broken = []
    paths = list(content.graph_files())
    for number, path in enumerate(paths):
        progress(READING, number, len(paths))
        try:
            text = _load_file(store, path)
        except ContentError as error:
            broken.append(error)
        else:
            files.setdefault(_graph_of(path), []).append((path, text))
    progress(READING, len(paths), len(paths))
    return files, broken


@lru_cache(maxsize=4)
def merged(
    engine: Engine, default: tuple[NamedNode, ...], named: tuple[NamedNode, ...] = ()
) -> Store:
    """The graphs *default* as one, in which each triple is once, and *named* beside it.

    SPARQL 1.1 Query § 13.2.1. The engine on its own finds a triple as often as there are graphs
    that hold it. By way of text, as that costs a quarter of what objects in Python do.
    """
    merged = Store()
    placed: list[tuple[NamedNode, NamedNode | DefaultGraph]]
    placed = [*((graph, DefaultGraph()) for graph in default), *((graph, graph) for graph in named)]
    for graph, into in placed:
        triples = engine.dump(format=RdfFormat.N_TRIPLES, from_graph=graph)
        merged.bulk_load(input=triples, format=RdfFormat.N_TRIPLES, to_graph=into, lenient=True)
    return merged


def beside(path: Path, base: str | None = None) -> tuple[list[Triple], str]:
    """The statements of a file that is no part of the graph and need not be there, and its text.

    Args:
        path: the file.
        base: what the relative IRIs in it are relative to.

    Raises:
        ContentError: it cannot be read, or is no Turtle.
    """
    if not path.exists():
        return [], ""
    try:
        raw = path.read_bytes()
        text = raw.decode()
        return [quad.triple for quad in parse(text, RdfFormat.TURTLE, base_iri=base)], text
    except OSError as error:
        raise ContentError(
            _("{path} cannot be read: {reason}."), path=path, reason=error.strerror
        ) from error
    except UnicodeDecodeError as error:
        raise slips.not_utf8(path, raw, error) from error
    except SyntaxError as error:
        raise slips.told(path, text, error) from error


def unread(content: Content) -> Iterator[ContentError]:
    """What is said of files that look as if they were part of the graph, and are not read."""
    for path, by_name in content.unread_files():
        if by_name:
            yield ContentError(
                _("{path} is not read: its name must end in .ttl. Rename the file."), path=path
            )
        else:
            yield ContentError(_("{path} is not read: move it to data/sources/."), path=path)


def _graph_of(path: Path) -> NamedNode:
    """The graph that a file's statements stand in, by its name.

    Raises:
        ContentError: for the name of a source's file that could not be part of an address.
    """
    if path.parent.name != "sources":
        return _HOUSE_GRAPHS[path.name]
    if not _SLUG.fullmatch(path.stem):
        raise ContentError(
            _("{path}: name the file as its source, with a to z, figures and single hyphens."),
            path=path,
        )
    return NamedNode(f"{ID}source/{path.stem}")


def _load_file(store: Store, path: Path) -> str:
    """Load a file into its graph and into the merged one; its text."""
    graph = _graph_of(path)
    if path.exists() and not path.is_file():  # to open a pipe would wait for ever
        raise ContentError(_("{path} is no file."), path=path)
    try:
        raw = path.read_bytes()
        text = raw.decode()
        for into in (graph, DefaultGraph()):
            store.bulk_load(input=raw, format=RdfFormat.TURTLE, to_graph=into)
    except UnicodeDecodeError as error:
        raise slips.not_utf8(path, raw, error) from error
    except SyntaxError as error:
        raise slips.told(path, text, error) from error
    except (OSError, ValueError) as error:
        raise ContentError(
            _("{path} cannot be read: {reason}."), path=path, reason=error
        ) from error
    return text


def _sources(store: Store, files: Iterable[NamedNode]) -> Iterator[Source]:
    for iri in files:
        issued = _value(store, iri, "dcterms:issued")
        if issued is not None and iri not in _HOUSE_GRAPHS.values():
            label = _value(store, iri, "skos:prefLabel") or iri.value.rpartition("/")[2]
            title = _value(store, iri, "dcterms:title") or label
            yield Source(iri.value, label, title, date.fromisoformat(issued))


def _value(store: Store, subject: NamedNode, curie: str) -> str | None:
    for quad in store.quads_for_pattern(subject, term(curie), None, subject):
        if isinstance(quad.object, Literal):
            return quad.object.value
    return None
