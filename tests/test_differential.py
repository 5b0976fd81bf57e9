"""What we find beside what pyshacl finds by itself: a copy in rdflib, its SPARQL, every target.

pyshacl takes up to a second for an example, so some are drawn by a fixed seed: as they are, and
with a statement of each kind taken away or spoilt, as in :mod:`test_mutations`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib import RDF, SH, BNode
from rdflib.term import Node

from graphs import ROOT
from samverkan.checks import validation
from samverkan.checks.shapes import SEVERITIES, SHAPE, TARGETS
from samverkan.checks.window import theirs
from samverkan.namespaces import PREFIXES
from test_mutations import DROPPED, PUT
from test_shapes import DAY, EXAMPLES, bundled, store_of

SEED = 8
AS_THEY_ARE, SPOILT = 6, 8
OTHER = Literal("Samverkansnämnden", language="sv")
Told = tuple[object, ...]


def rdf(statements: Iterable[Quad]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for each in statements:
        graph.add((theirs(each.subject), theirs(each.predicate), theirs(each.object)))
    return graph


def words(graph: rdflib.Graph, node: Node | None) -> object:
    """A shape or path as all that it says, where it has no name; its targets and parts apart."""
    if not isinstance(node, BNode) and not str(node).startswith(f"{SHAPE}part/"):
        return node
    said = graph.predicate_objects(node)
    left_out = {*TARGETS, SH.property}
    return frozenset((p, words(graph, o)) for p, o in said if p not in left_out)


def ours(store: Store) -> set[Told]:
    graph = bundled().graph
    return {
        (
            *(words(graph, r.part), r.focus, words(graph, r.path)),
            *(r.value, r.component, r.severity),
        )
        for r in validation.validate(bundled(), store, DAY)
    }


def of_pyshacl(store: Store) -> set[Told]:
    now = f'"{DAY}T00:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    text = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8").replace("NOW()", now)
    shapes = rdf(parse(text, RdfFormat.TURTLE))
    data = rdf(store.quads_for_pattern(None, None, None, DefaultGraph()))
    _conforms, report, _text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return {
        (
            words(shapes, report.value(r, SH.sourceShape)),
            report.value(r, SH.focusNode),
            words(report, report.value(r, SH.resultPath)),
            report.value(r, SH.value),
            report.value(r, SH.sourceConstraintComponent),
            SEVERITIES[report.value(r, SH.resultSeverity)],
        )
        for r in report.subjects(RDF.type, SH.ValidationResult)
    }


def spoilt(store: Store) -> Store:
    """A statement of each kind gone, or with another value, all at once."""
    kinds: list[tuple[str, Any, bool]] = [(pattern, None, True) for pattern in DROPPED.values()]
    kinds += [(pattern, value or OTHER, False) for pattern, value in PUT.values()]
    for pattern, value, drop in kinds:
        text = f"SELECT ?s ?p ?o {{ {pattern} . ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT 1"
        found = store.query(text.replace("} . ?s", "} ?s"), prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        for row in found:
            store.remove(Quad(row["s"], row["p"], row["o"], DefaultGraph()))
            if not drop:
                store.add(Quad(row["s"], row["p"], value, DefaultGraph()))
    return store


def drawn(kind: str, number: int) -> list[Path]:
    return random.Random(SEED).sample(sorted(EXAMPLES.glob(f"*.{kind}.ttl")), number)


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
def test_the_examples_have_the_results_that_pyshacl_has_for_them() -> None:
    for path in drawn("invalid", AS_THEY_ARE):
        store = store_of(path)
        found = ours(store)
        assert found, path.name
        assert found == of_pyshacl(store), path.name


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
def test_what_was_spoilt_has_the_results_that_pyshacl_has_for_it() -> None:
    noticed = 0
    for path in drawn("valid", SPOILT):
        store = spoilt(store_of(path))
        found = ours(store)
        assert found == of_pyshacl(store), path.name
        noticed += found != ours(store_of(path))
    assert noticed > SPOILT / 2
