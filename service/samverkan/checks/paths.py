"""Property paths of SHACL (§ 2.3.1), as the shapes write them, followed in a graph."""

from __future__ import annotations

from functools import reduce
from typing import Any, cast

import rdflib
from rdflib import RDF, SH, BNode, URIRef
from rdflib.paths import AlternativePath, Path, SequencePath


def path(shapes: rdflib.Graph, node: Any) -> URIRef | Path:
    """The path that *node* of *shapes* describes.

    Raises:
        ValueError: it describes none that is known here.
    """
    if isinstance(node, URIRef):
        return node
    if (node, RDF.first, None) in shapes:
        return cast(Path, reduce(lambda one, next_: one / next_, _items(shapes, node)))
    if (inverse := shapes.value(node, SH.inversePath)) is not None:
        return ~path(shapes, inverse)
    if (choices := shapes.value(node, SH.alternativePath)) is not None:
        return cast(Path, reduce(lambda one, other: one | other, _items(shapes, choices)))
    raise ValueError(node)


def predicates(shapes: rdflib.Graph, node: Any) -> list[URIRef]:
    """The properties that the path goes along."""
    if isinstance(node, URIRef):
        return [node]
    inner = [shapes.value(node, SH.inversePath), shapes.value(node, SH.alternativePath)]
    heads = [each for each in inner if each is not None] or list(shapes.items(node))
    return [found for head in heads for found in predicates(shapes, head)]


def follow(graph: rdflib.Graph, start: Any, along: URIRef | Path) -> list[Any]:
    """Where *along* leads from *start*, each end once, in the order of their names."""
    return sorted(_ends(graph, {start}, along), key=str)


def _ends(graph: rdflib.Graph, starts: set[Any], along: URIRef | Path) -> set[Any]:
    """Where *along* leads, a step at a time: rdflib goes each way by itself, again and again."""
    if isinstance(along, SequencePath):
        return reduce(lambda ends, step: _ends(graph, ends, step), along.args, starts)
    if isinstance(along, AlternativePath):
        return set[Any]().union(*(_ends(graph, starts, way) for way in along.args))
    return {end for start in starts for end in graph.objects(start, along)}


def copied(shapes: rdflib.Graph, node: Any, into: rdflib.Graph, name: str) -> Any:
    """The path of *node* as a node of another graph, where its blank nodes begin with *name*."""
    if not isinstance(node, BNode):
        return node
    copy = BNode(name)
    for number, (predicate, value) in enumerate(sorted(shapes.predicate_objects(node))):
        into.add((copy, predicate, copied(shapes, value, into, f"{name}x{number}")))
    return copy


def _items(shapes: rdflib.Graph, head: Any) -> Any:
    return (path(shapes, each) for each in shapes.items(head))
