"""The dataset as a file: the same triples in the same graphs, in the same order each time.

The house's identity graph, the graphs of the sources and the SKOS schemes; the vocabulary and the
shapes on request. The store's own default graph is a merge of all these and is left out: the
dataset formats keep the named graphs apart, Turtle has them merged.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from pyoxigraph import Dataset as Quads

from samverkan import formats
from samverkan.content import Content
from samverkan.errors import OutputError
from samverkan.integrity import slips
from samverkan.language import mark as _
from samverkan.namespaces import VOCABULARY, graph
from samverkan.store import Dataset

SHAPES = graph("shapes")
FORMATS = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "ttl": RdfFormat.TURTLE,
}
_PART_OF_NAME = 40  # a name may be as long as the folder allows
_WITH_PREFIXES = ("trig", "ttl")
# The formats that keep a default graph beside the named ones.
WITH_DEFAULT = ("nq", "trig")


def export(dataset: Dataset, content: Content, format_: str, *, with_ontology: bool) -> bytes:
    """*dataset*, made from *content*, in one of :data:`FORMATS`, UTF-8.

    Raises:
        ContentError: the shapes of *content* are no Turtle.
    """
    quads = list(_named(dataset) if with_ontology else exported(dataset))
    if with_ontology:
        quads += shapes(content)
    quads.sort(key=formats.order)
    prefixes = formats.prefixes_of(quads) if format_ in _WITH_PREFIXES else None
    statements: Iterable[Quad] | Iterable[Triple] = quads
    if format_ == "ttl":
        triples = {quad.triple for quad in quads}
        statements = sorted(triples, key=formats.order_in_graph)
    body = io.BytesIO()
    serialize(statements, body, FORMATS[format_], prefixes=prefixes)
    return body.getvalue()


def whole(dataset: Dataset, format_: str) -> bytes:
    """All that *dataset* is asked of, in one of :data:`WITH_DEFAULT`, UTF-8.

    That is its named graphs, the vocabulary too, and their merge as the default graph.
    """
    quads = list(_named(dataset))
    quads += [Quad(*triple) for triple in dict.fromkeys(quad.triple for quad in quads)]
    quads.sort(key=formats.order)
    prefixes = formats.prefixes_of(quads) if format_ in _WITH_PREFIXES else None
    body = io.BytesIO()
    serialize(quads, body, FORMATS[format_], prefixes=prefixes)
    return body.getvalue()


def exported(dataset: Dataset) -> Iterator[Quad]:
    """The statements of the export: identity, sources and schemes, in their graphs."""
    return (quad for quad in _named(dataset) if quad.graph_name != VOCABULARY)


def write(path: Path, body: bytes) -> None:
    """*body* into *path*: the whole of it, or nothing.

    Raises:
        OutputError: it cannot be written there.
    """
    target = Path(os.path.realpath(path))  # Path.resolve raises for a link that leads to itself
    partial = target.with_name(f".{target.name[:_PART_OF_NAME]}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():  # a pipe or device cannot be replaced
            target.write_bytes(body)
            return
        try:
            with partial.open("xb") as file:
                file.write(body)
            if target.exists():
                partial.chmod(target.stat().st_mode)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            _("{path} cannot be written: {reason}."), path=path, reason=error.strerror
        ) from error


def _named(dataset: Dataset) -> Iterator[Quad]:
    for name in dataset.engine.named_graphs():
        yield from dataset.engine.quads_for_pattern(None, None, None, name)


def shapes(content: Content) -> list[Quad]:
    """The shapes, if there are any, in a graph of their own; their blank nodes named alike."""
    path = content.ontology / "shapes.ttl"
    if not path.is_file():
        return []
    raw = path.read_bytes()
    try:
        text = raw.decode()
        quads = parse(raw, format=RdfFormat.TURTLE)
        shapes = Quads(Quad(q.subject, q.predicate, q.object, SHAPES) for q in quads)
    except UnicodeDecodeError as error:
        raise slips.not_utf8(path, raw, error) from error
    except SyntaxError as error:
        raise slips.told(path, text, error) from error
    shapes.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return list(shapes)
