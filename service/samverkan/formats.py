"""The formats of RDF that documents come in, and statements → bytes.

Statements come out in the same order each time: by graph, by subject, what a thing is before all
else that is said of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from samverkan.errors import NotAcceptableError
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID, PREFIXES, term

_TYPE = term("rdf:type")
# Of documents about the dataset: no terms of the graph itself.
_OF_DOCUMENTS = {
    "dcatap": "http://data.europa.eu/r5r/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}


@dataclass(frozen=True)
class Format:
    """A format: its media type, the ending of addresses and files, and what people call it.

    ``keeps_graphs`` tells whether it holds which graph a statement stands in.
    """

    media_type: str
    suffix: str
    name: str
    keeps_graphs: bool = False


TURTLE = Format("text/turtle", "ttl", "Turtle")
JSON_LD = Format("application/ld+json", "jsonld", "JSON-LD")
N_TRIPLES = Format("application/n-triples", "nt", "N-Triples")
RDF_XML = Format("application/rdf+xml", "rdf", "RDF/XML")
TRIG = Format("application/trig", "trig", "TriG", keeps_graphs=True)
N_QUADS = Format("application/n-quads", "nq", "N-Quads", keeps_graphs=True)
# Plain JSON for who knows no other: it is the same text as JSON-LD.
JSON = Format("application/json", "json", "JSON")
# The best for somebody who says nothing first.
FORMATS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS)

Quads = Iterable[Quad]

_WITH_PREFIXES = {TURTLE, TRIG, RDF_XML}


def serialised(quads: Iterable[Quad], format_: Format) -> bytes:
    """*quads* in a format, UTF-8; where that keeps no graphs, each statement once.

    Raises:
        NotAcceptableError: they hold what the format cannot write.
    """
    found = sorted(set(quads), key=order)
    prefixes = prefixes_of(found) if format_ in _WITH_PREFIXES else None
    statements: Iterable[Quad] | Iterable[Triple] = found
    if not format_.keeps_graphs:
        statements = sorted({quad.triple for quad in found}, key=order_in_graph)
    body = io.BytesIO()
    engine = RdfFormat.from_media_type(format_.media_type)
    if engine is None:
        raise ValueError(format_.media_type)
    serialize(statements, body, engine, prefixes=prefixes)
    return as_xml(body.getvalue()) if format_ == RDF_XML else body.getvalue()


def as_xml(body: bytes) -> bytes:
    """*body* as XML that every reader reads alike.

    The engine writes what XML cannot hold, such as U+0000 or a name for a predicate that ends in a
    sign; and a carriage return as such, which readers take for a line feed (XML 1.0 § 2.11).

    Raises:
        NotAcceptableError: it is not well formed.
    """
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(body, True)
    except expat.ExpatError as error:
        raise NotAcceptableError(
            _("The result holds what XML cannot write. Ask for another format, such as {format}."),
            format="JSON",
        ) from error
    return body.replace(b"\r", b"&#13;")


def order(quad: Quad) -> tuple[str, str, bool, str, str]:
    """The place of *quad* among others: by graph first."""
    return (str(quad.graph_name), *order_in_graph(quad.triple))


def order_in_graph(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject, what it is before all else that is said of it."""
    predicate = triple.predicate
    return str(triple.subject), predicate != _TYPE, str(predicate), str(triple.object)


def prefixes_of(quads: Quads) -> dict[str, str]:
    """The house's prefixes, and one for each concept of things and each scheme that occurs."""
    found = dict(PREFIXES)
    iris = {
        node.value
        for quad in quads
        for node in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(node, NamedNode)
    }
    for prefix, space in _OF_DOCUMENTS.items():
        if any(iri.startswith(space) for iri in iris):
            found[prefix] = space
    for base in (ID, DEF):
        for iri in sorted(iri for iri in iris if iri.startswith(base)):
            segment, slash, slug = iri.removeprefix(base).partition("/")
            if slash and slug and "/" not in slug:
                found.setdefault(segment, f"{base}{segment}/")
    return found
