"""The SHACL validation report (SHACL § 3.6), in Turtle."""

from __future__ import annotations

from collections.abc import Sequence

import rdflib
from rdflib import RDF, SH, BNode, Literal

from samverkan.checks import paths
from samverkan.checks.validation import Result
from samverkan.checks.wording import Teller
from samverkan.namespaces import PREFIXES


def turtle(results: Sequence[Result], tellers: Sequence[Teller]) -> str:
    """All *results*, each with a message from each of *tellers*; the same text each time."""
    shapes = tellers[0].shapes
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in {**PREFIXES, "sh": str(SH)}.items():
        graph.bind(prefix, iri)
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(not results)))
    severities = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
    for number, result in enumerate(results):
        node = BNode(f"result{number:06}")
        graph.add((report, SH.result, node))
        graph.add((node, RDF.type, SH.ValidationResult))
        graph.add((node, SH.focusNode, result.focus))
        graph.add((node, SH.resultSeverity, severities[result.severity]))
        graph.add((node, SH.sourceShape, result.shape))
        graph.add((node, SH.sourceConstraintComponent, result.component))
        if result.value is not None:
            graph.add((node, SH.value, result.value))
        if result.path is not None:
            path = paths.copied(shapes.graph, result.path, graph, f"path{number:06}")
            graph.add((node, SH.resultPath, path))
        for teller in tellers:
            graph.add((node, SH.resultMessage, Literal(teller.message(result), teller.code)))
    return graph.serialize(format="turtle")
