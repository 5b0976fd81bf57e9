"""The vocabulary and the lists of values: what is used is defined, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.term import Node

from graphs import (
    ONTOLOGY_FILE,
    QUERY_FILES,
    SCHEMES_FILE,
    SMV,
    data,
    graph_of,
    is_concept,
    is_of_vocabulary,
    languages_of,
    one,
    things,
)
from samverkan import tokens


def terms_of_queries() -> set[URIRef]:
    """Every IRI that a query names, written out or by prefix."""
    found = set()
    for path in QUERY_FILES:
        text = path.read_text()
        prefixes = dict(re.findall(r"(?m)^PREFIX\s+([\w-]*):\s*<([^>]*)>", text))
        for kind, token in tokens.tokens(text):
            prefix, _colon, local = token.partition(":")
            if kind == "iri":
                found.add(URIRef(token[1:-1]))
            elif kind == "name" and local:
                found.add(URIRef(prefixes[prefix] + local))
    return found


def test_every_term_of_ours_that_is_used_is_defined_in_both_languages() -> None:
    used = {node for triple in data() for node in triple} | terms_of_queries()
    terms = {node for node in used if is_of_vocabulary(node) and not is_concept(node)}
    ontology = graph_of(ONTOLOGY_FILE)

    assert SMV.represents in terms
    assert SMV.Source in terms
    for term in terms:
        kinds = set(ontology.objects(term, RDF.type))
        assert kinds & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}, term
        assert languages_of(ontology, term, RDFS.label) == ["en", "sv"]
        explained = chain(*(ontology.objects(term, p) for p in (RDFS.comment, SKOS.definition)))
        assert {getattr(text, "language", None) for text in explained} >= {"en", "sv"}, term


def test_a_property_is_used_as_one_and_a_class_as_one() -> None:
    ontology = graph_of(ONTOLOGY_FILE)
    properties = {*things(OWL.ObjectProperty, ontology), *things(OWL.DatatypeProperty, ontology)}
    classes = set(things(OWL.Class, ontology))
    used = {node for node in data().predicates() if is_of_vocabulary(node)}
    kinds = {node for node in data().objects(None, RDF.type) if is_of_vocabulary(node)}

    assert used <= properties
    assert kinds <= classes
    assert not properties & classes


def test_a_property_of_things_has_things_and_one_of_values_has_values() -> None:
    ontology = graph_of(ONTOLOGY_FILE)
    for _subject, predicate, value in data():
        if (predicate, RDF.type, OWL.ObjectProperty) in ontology:
            assert isinstance(value, URIRef), (predicate, value)
        if (predicate, RDF.type, OWL.DatatypeProperty) in ontology:
            assert isinstance(value, rdflib.Literal), (predicate, value)


def test_every_concept_that_is_used_exists_with_a_label_in_both_languages() -> None:
    used = {node for triple in data() for node in triple} | terms_of_queries()
    concepts = {node for node in used if is_concept(node) and not str(node).endswith("/")}
    schemes = graph_of(SCHEMES_FILE)

    assert SMV["status/attested"] in concepts
    for concept in concepts:
        assert (concept, RDF.type, SKOS.Concept) in schemes, concept
        assert one(concept, SKOS.inScheme, schemes) == URIRef(str(concept).rpartition("/")[0])
        assert languages_of(schemes, concept, SKOS.prefLabel) == ["en", "sv"]


def test_every_concept_has_a_scheme_and_labels_that_no_other_of_it_has() -> None:
    schemes = graph_of(SCHEMES_FILE)
    labels: Counter[tuple[Node, Node]] = Counter()
    for concept in things(SKOS.Concept, schemes):
        scheme = one(concept, SKOS.inScheme, schemes)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in schemes, concept
        labels.update((scheme, label) for label in schemes.objects(concept, SKOS.prefLabel))

    assert len(labels) > 100
    assert [label for label, count in labels.items() if count > 1] == []
