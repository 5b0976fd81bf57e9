"""The dataset as crawlers and planners of queries read it: VoID (W3C Interest Group Note 2011)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from samverkan.export import FORMATS as DUMPS
from samverkan.export import exported
from samverkan.namespaces import (
    CONCEPTS,
    ID,
    IDENTITY,
    PREFIXES,
    SCHEMES,
    VOCABULARY,
    compact,
    term,
)
from samverkan.site import Site
from samverkan.store import Dataset

_VOID = "http://rdfs.org/ns/void#"
_TYPE = term("rdf:type")
_GRAPH_NAME = NamedNode("http://www.w3.org/ns/sparql-service-description#name")
# The formats that W3C has given an address to (void:feature).
_FEATURES = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "TriG", "N-Quads")


@dataclass(frozen=True)
class Statistics:
    """How much there is: in all, by class, by property, and by graph."""

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: Mapping[str, int]
    examples: tuple[str, ...]


def statistics(dataset: Dataset) -> Statistics:
    """Count what the export of *dataset* holds; a statement of several graphs once."""
    subjects, objects = set(), set()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for triple in _once(dataset):
        subjects.add(triple.subject)
        objects.add(triple.object)
        properties[triple.predicate.value] += 1
        if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
            classes[triple.object.value] += 1
    iris = (node.value for node in subjects if isinstance(node, NamedNode))
    things = sorted(iri for iri in iris if iri.startswith(ID))
    return Statistics(
        triples=properties.total(),
        subjects=len(subjects),
        objects=len(objects),
        entities=len(things),
        classes=classes,
        properties=properties,
        graphs=Counter(
            quad.graph_name.value
            for quad in exported(dataset)
            if isinstance(quad.graph_name, NamedNode)
        ),
        examples=tuple(_first_of_each(things)),
    )


def _once(dataset: Dataset) -> Iterator[Triple]:
    """The statements of the export, each once: the default graph is the merge of all graphs."""
    vocabulary = {q.triple for q in dataset.engine.quads_for_pattern(None, None, None, VOCABULARY)}
    elsewhere = {quad.triple for quad in exported(dataset) if quad.triple in vocabulary}
    for quad in dataset.engine.quads_for_pattern(None, None, None, DefaultGraph()):
        if quad.triple not in vocabulary or quad.triple in elsewhere:
            yield quad.triple


def described(dataset: Dataset, counted: Statistics, site: Site) -> tuple[Triple, ...]:
    """The description of *dataset* as served at *site*; it is the dataset of the catalogue."""
    return (
        *_document(site),
        *_whole(counted, site),
        *_partitions(counted, site),
        *(triple for slug in _slugs(counted) for triple in _subset(dataset, counted, slug, site)),
    )


def _document(site: Site) -> Iterator[Triple]:
    node = NamedNode(site.void)
    yield Triple(node, _TYPE, _void("DatasetDescription"))
    yield Triple(node, term("foaf:primaryTopic"), NamedNode(site.dataset))
    yield Triple(node, term("rdfs:seeAlso"), NamedNode(site.catalog))


def _whole(counted: Statistics, site: Site) -> Iterator[Triple]:
    node = NamedNode(site.dataset)
    yield Triple(node, _TYPE, _void("Dataset"))
    yield Triple(node, term("foaf:homepage"), NamedNode(site.root))
    yield Triple(node, _void("sparqlEndpoint"), NamedNode(site.endpoint))
    yield Triple(node, _void("uriSpace"), Literal(ID))
    for suffix in DUMPS:
        yield Triple(node, _void("dataDump"), NamedNode(site.dump(suffix)))
    for name in _FEATURES:
        yield Triple(node, _void("feature"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    for name, number in (
        ("triples", counted.triples),
        ("entities", counted.entities),
        ("distinctSubjects", counted.subjects),
        ("distinctObjects", counted.objects),
        ("classes", len(counted.classes)),
        ("properties", len(counted.properties)),
    ):
        yield _count(node, name, number)
    for namespace in _namespaces(counted):
        yield Triple(node, _void("vocabulary"), NamedNode(namespace))
    for iri in counted.examples:
        yield Triple(node, _void("exampleResource"), NamedNode(iri))


def _partitions(counted: Statistics, site: Site) -> Iterator[Triple]:
    whole = NamedNode(site.dataset)
    for iri, number in sorted(counted.classes.items()):
        part = _part(site, "class", iri)
        yield Triple(whole, _void("classPartition"), part)
        yield Triple(part, _void("class"), NamedNode(iri))
        yield _count(part, "entities", number)
    for iri, number in sorted(counted.properties.items()):
        part = _part(site, "property", iri)
        yield Triple(whole, _void("propertyPartition"), part)
        yield Triple(part, _void("property"), NamedNode(iri))
        yield _count(part, "triples", number)


def _subset(dataset: Dataset, counted: Statistics, graph: str, site: Site) -> Iterator[Triple]:
    """What one source says, as a dataset of its own, with the day on which it became known."""
    node = NamedNode(f"{site.void}#{graph.removeprefix(ID).replace('/', '-')}")
    yield Triple(NamedNode(site.dataset), _void("subset"), node)
    yield Triple(node, _TYPE, _void("Dataset"))
    yield _count(node, "triples", counted.graphs[graph])
    yield Triple(node, _GRAPH_NAME, NamedNode(graph))
    source = dataset.source(graph)
    if source:
        day = Literal(source.issued.isoformat(), datatype=term("xsd:date"))
        yield Triple(node, term("dcterms:issued"), day)
        yield Triple(node, term("dcterms:source"), NamedNode(graph))
        yield Triple(node, term("dcterms:title"), Literal(source.label, language="sv"))


def _slugs(counted: Statistics) -> list[str]:
    house = [node.value for node in (IDENTITY, SCHEMES) if node.value in counted.graphs]
    return house + sorted(counted.graphs.keys() - set(house))


def _first_of_each(things: list[str]) -> Iterator[str]:
    """The first thing of each concept that has one."""
    for concept in CONCEPTS:
        start = f"{ID}{concept}/"
        yield from [iri for iri in things if iri.startswith(start)][:1]


def _namespaces(counted: Statistics) -> list[str]:
    """The namespaces of the terms in use."""
    terms = {*counted.classes, *counted.properties}
    return sorted(
        space for space in PREFIXES.values() if any(iri.startswith(space) for iri in terms)
    )


def _part(site: Site, kind: str, iri: str) -> NamedNode:
    name = compact(iri).replace(":", "-").replace("/", "-").replace("#", "-")
    return NamedNode(f"{site.void}#{kind}-{name}")


def _count(node: NamedNode, name: str, number: int) -> Triple:
    return Triple(node, _void(name), Literal(number))


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)
