"""pyshacl by itself: a copy of the graph in rdflib, rdflib's SPARQL, each target of each shape."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

import pyshacl
import rdflib
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import RDF, SH, BNode, URIRef
from rdflib.term import Node

from samverkan.checks import Result
from samverkan.checks.shapes import SEVERITIES, SHAPE, TARGETS, Shapes
from samverkan.checks.window import theirs

# Source shape, focus, path, value, component, severity.
Told = tuple[object, ...]


def copied(statements: Iterable[Quad]) -> rdflib.Graph:
    """The statements as a graph of rdflib, in memory."""
    graph = rdflib.Graph()
    for each in statements:
        graph.add((theirs(each.subject), theirs(each.predicate), theirs(each.object)))
    return graph


def shapes_of(path: Path, day: date) -> rdflib.Graph:
    """The shapes of a file, with a day in the place of ``NOW()``."""
    now = f'"{day}T00:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    text = path.read_text(encoding="utf-8").replace("NOW()", now)
    return copied(parse(text, RdfFormat.TURTLE))


def report_on(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The validation report of pyshacl."""
    _conforms, report, _text = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", advanced=False
    )
    assert isinstance(report, rdflib.Graph)
    return report


def told_in(report: rdflib.Graph, shapes: rdflib.Graph) -> set[Told]:
    """The results in a validation report."""
    return {
        (
            _words(shapes, report.value(result, SH.sourceShape)),
            report.value(result, SH.focusNode),
            _words(report, report.value(result, SH.resultPath)),
            report.value(result, SH.value),
            report.value(result, SH.sourceConstraintComponent),
            SEVERITIES[cast(URIRef, report.value(result, SH.resultSeverity))],
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def told_by(results: Iterable[Result], shapes: Shapes) -> set[Told]:
    """Our *results*, so that they can be held against those of a report."""
    graph = shapes.graph
    return {
        (
            *(_words(graph, each.part), each.focus, _words(graph, each.path)),
            *(each.value, each.component, each.severity),
        )
        for each in results
    }


def _words(graph: rdflib.Graph, node: Node | None) -> object:
    """A shape or path as all that it says, where it has no name; its targets and parts apart."""
    if not isinstance(node, BNode) and not str(node).startswith(f"{SHAPE}part/"):
        return node
    left_out = {*TARGETS, SH.property}
    said = graph.predicate_objects(node)
    return frozenset((p, _words(graph, o)) for p, o in said if p not in left_out)
