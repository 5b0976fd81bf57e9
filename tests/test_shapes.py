"""Each shape finds what is wrong in the example that breaks it, nothing in the other."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import OWL, RDF, SH, SKOS, URIRef
from rdflib.term import Node

from graphs import ONTOLOGY_FILE, ROOT, SCHEMES_FILE, SMV, graph_of
from samverkan import content
from samverkan.checks import shapes, validation
from samverkan.checks.shapes import Shapes
from samverkan.checks.validation import Result

EXAMPLES = ROOT / "tests" / "shapes"
DAY = date(2026, 11, 25)


@cache
def bundled() -> Shapes:
    return shapes.read(content.find())


NAMES = [str(check).removeprefix(shapes.SHAPE) for check in bundled().checks()]
STRUCTURE = [name for name in NAMES if bundled().is_about_structure(URIRef(shapes.SHAPE + name))]


def store_of(path: Path) -> Store:
    """An example with the lists of values."""
    store = Store()
    for each in (SCHEMES_FILE, path):
        store.bulk_load(path=str(each), format=RdfFormat.TURTLE, to_graph=DefaultGraph())
    return store


def found(name: str, store: Store) -> list[Result]:
    """What one shape finds."""
    shape = URIRef(shapes.SHAPE + name)
    return [each for each in validation.validate(bundled(), store, DAY) if each.shape == shape]


def example(name: str, kind: str) -> Path:
    return EXAMPLES / f"{name}.{kind}.ttl"


def test_each_shape_has_a_valid_and_an_invalid_example_and_each_example_a_shape() -> None:
    there = {path.name for path in EXAMPLES.iterdir()}
    assert there == {f"{name}.{kind}.ttl" for name in NAMES for kind in ("valid", "invalid")}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found_in_the_valid_example(name: str) -> None:
    assert found(name, store_of(example(name, "valid"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_just_what_is_wrong_is_found_in_the_invalid_example(name: str) -> None:
    graph = graph_of(example(name, "invalid"))
    slugs = {str(node).rpartition("/")[2]: node for node in graph.all_nodes()}
    wrong = {
        slug
        for slug, node in slugs.items()
        if slug.startswith("wrong") and (node, RDF.type, None) in graph
    }
    results = found(name, store_of(example(name, "invalid")))
    assert wrong
    assert {str(each.focus).rpartition("/")[2] for each in results} == wrong


def test_each_class_of_the_vocabulary_has_a_shape_of_its_structure() -> None:
    classes = set(graph_of(ONTOLOGY_FILE).subjects(RDF.type, OWL.Class))
    used = {
        target
        for name in STRUCTURE
        for target in graph_of(ROOT / "ontology" / "shapes.ttl").objects(
            URIRef(shapes.SHAPE + name), SH.targetClass
        )
    }
    assert {node for node in classes if str(node).startswith(SMV)} <= used


def test_each_shape_has_a_severity_a_message_and_a_remedy_in_both_languages() -> None:
    graph = graph_of(ROOT / "ontology" / "shapes.ttl")
    for name in set(NAMES) - set(STRUCTURE):
        shape = URIRef(shapes.SHAPE + name)
        assert len(list(graph.objects(shape, SH.severity))) == 1, name
        for predicate in (SH.message, SMV.remedy):
            assert languages(graph, shape, predicate) == ["en", "sv"], name


def test_each_kind_of_constraint_that_a_structure_has_is_worded_in_both_languages() -> None:
    graph = graph_of(ROOT / "ontology" / "shapes.ttl")
    for name in STRUCTURE:
        for each in found(name, store_of(example(name, "invalid"))):
            for predicate in (SH.message, SMV.remedy):
                assert languages(graph, each.component, predicate) == ["en", "sv"], each


def test_every_concept_that_a_shape_names_exists() -> None:
    graph = graph_of(ROOT / "ontology" / "shapes.ttl")
    schemes = graph_of(SCHEMES_FILE)
    named = {
        node for node in graph.objects() if "/def/" in str(node) and "/shape/" not in str(node)
    }
    for node in named - set(graph_of(ONTOLOGY_FILE).subjects()):
        if isinstance(node, URIRef):
            assert (node, RDF.type, SKOS.Concept) in schemes, node


def languages(graph: rdflib.Graph, node: Node, predicate: Node) -> list[str]:
    return sorted(str(getattr(v, "language", "")) for v in graph.objects(node, predicate))
