"""The vocabulary: classes, properties, and lists of values, as pages and documents show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from samverkan.engine import Engine
from samverkan.errors import NotFoundError
from samverkan.language import CODES, DEFAULT
from samverkan.language import mark as _
from samverkan.namespaces import DEF, SCHEMES, VOCABULARY, compact, term
from samverkan.store import Dataset

_NAME = re.compile(r"[a-z][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?", re.ASCII | re.IGNORECASE)
_LABELS = (term("skos:prefLabel"), term("rdfs:label"))
_TEXTS = (term("rdfs:comment"), term("skos:definition"))
_IN_SCHEME = term("skos:inScheme")
_TYPE = term("rdf:type")
# What a term is, by its classes; one that is both property and list is shown as both.
_KINDS = {
    "owl:Class": _("class"),
    "owl:ObjectProperty": _("property, leads to a thing"),
    "owl:DatatypeProperty": _("property, has a value"),
    "skos:ConceptScheme": _("list of values"),
    "skos:Concept": _("value of a list"),
}
# What leads from a term to others, as its page tells them.
_LINKS = {
    "rdfs:subClassOf": _("Special case of"),
    "rdfs:subPropertyOf": _("Special case of"),
    "rdfs:domain": _("Of"),
    "rdfs:range": _("Leads to"),
    "skos:inScheme": _("In the list"),
    "skos:broader": _("Broader"),
}


@dataclass(frozen=True)
class Link:
    """From a term to another: in which way, and what that one is called."""

    relation: str
    iri: str
    labels: dict[str, str]


@dataclass(frozen=True)
class Term:
    """A term of the vocabulary. Labels and definitions are by code of language.

    ``name`` is the end of its address; ``concepts`` are the values, where it is a list of them.
    """

    iri: str
    name: str
    kinds: tuple[str, ...]
    labels: dict[str, str]
    definitions: dict[str, str]
    links: tuple[Link, ...] = ()
    concepts: tuple[Term, ...] = field(default=())


@dataclass(frozen=True)
class Vocabulary:
    """The whole of it, each part by name."""

    titles: dict[str, str]
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    schemes: tuple[Term, ...]


def vocabulary(dataset: Dataset) -> Vocabulary:
    """All terms of the house's own."""
    return Vocabulary(
        titles=_texts(dataset, NamedNode(DEF), (term("dcterms:title"),)),
        classes=_of_kind(dataset, "owl:Class"),
        properties=_of_kind(dataset, "owl:ObjectProperty", "owl:DatatypeProperty"),
        schemes=_of_kind(dataset, "skos:ConceptScheme"),
    )


def term_of(dataset: Dataset, name: str) -> Term:
    """The term at the address that ends in *name*: ``Activity``, ``role`` or ``role/chair``.

    Raises:
        NotFoundError: there is none.
    """
    iri = NamedNode(DEF + (name if _NAME.fullmatch(name) else ""))
    kinds = {compact(kind) for kind in _values(dataset, iri, _TYPE)}
    if iri.value == DEF or not kinds:
        raise NotFoundError(_("The vocabulary has no {name}."), name=name)
    concepts = sorted(_concepts(dataset, iri), key=lambda concept: concept.value)
    return Term(
        iri=iri.value,
        name=name,
        kinds=tuple(text for kind, text in _KINDS.items() if kind in kinds),
        labels=_texts(dataset, iri, _LABELS),
        definitions=_texts(dataset, iri, _TEXTS),
        links=tuple(_links(dataset, iri)),
        concepts=tuple(term_of(dataset, each.value.removeprefix(DEF)) for each in concepts),
    )


def whole(dataset: Dataset) -> Iterator[Quad]:
    """All statements of the vocabulary and of the lists of values."""
    for graph in (VOCABULARY, SCHEMES):
        yield from _engine(dataset).quads_for_pattern(None, None, None, graph)


def statements_of(dataset: Dataset, name: str) -> Iterator[Quad]:
    """The statements about the term at the address that ends in *name*, and about its values."""
    iri = NamedNode(DEF + name)
    for subject in (iri, *_concepts(dataset, iri)):
        for graph in (VOCABULARY, SCHEMES):
            yield from _engine(dataset).quads_for_pattern(subject, None, None, graph)


def _engine(dataset: Dataset) -> Engine:
    return dataset.held(VOCABULARY, SCHEMES)


def _of_kind(dataset: Dataset, *kinds: str) -> tuple[Term, ...]:
    found = {
        quad.subject.value
        for kind in kinds
        for quad in _engine(dataset).quads_for_pattern(None, _TYPE, term(kind), DefaultGraph())
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(DEF)
    }
    return tuple(term_of(dataset, iri.removeprefix(DEF)) for iri in sorted(found, key=str.lower))


def _concepts(dataset: Dataset, scheme: NamedNode) -> list[NamedNode]:
    found = _engine(dataset).quads_for_pattern(None, _IN_SCHEME, scheme, SCHEMES)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def _links(dataset: Dataset, iri: NamedNode) -> Iterator[Link]:
    for name, relation in _LINKS.items():
        for value in sorted(_values(dataset, iri, term(name))):
            labels = _texts(dataset, NamedNode(value), _LABELS)
            yield Link(relation, value, labels or dict.fromkeys(CODES, compact(value)))


def _values(dataset: Dataset, subject: NamedNode, predicate: NamedNode) -> list[str]:
    found = _engine(dataset).quads_for_pattern(subject, predicate, None, DefaultGraph())
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]


def _texts(dataset: Dataset, subject: NamedNode, predicates: Iterable[NamedNode]) -> dict[str, str]:
    """The texts in each language; where one of them has none, the Swedish or whichever there is."""
    found: dict[str, str] = {}
    for predicate in predicates:
        for quad in _engine(dataset).quads_for_pattern(subject, predicate, None, DefaultGraph()):
            if isinstance(quad.object, Literal):
                found.setdefault(quad.object.language or DEFAULT, quad.object.value)
    if not found:
        return {}
    other = found.get(DEFAULT) or next(iter(found.values()))
    return {code: found.get(code, other) for code in CODES}
