"""The shapes: ``ontology/shapes.ttl`` read, made quick to validate with, and held to be complete.

What is nested is given an address and, where it can be, the targets of the shape that it stands in:
each property of a class is then asked for by itself, and the results are the same (SHACL § 4.7.1:
what a property shape finds is what ``sh:property`` finds).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import rdflib
from pyoxigraph import BlankNode, NamedNode, Store, Triple
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.errors import ConstraintLoadError, ShapeLoadError
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, URIRef
from rdflib.namespace import NamespaceManager

from samverkan.checks import suspects
from samverkan.checks.suspects import Question
from samverkan.checks.window import theirs
from samverkan.content import Content
from samverkan.errors import ContentError
from samverkan.integrity import turtle
from samverkan.integrity.turtle import Turtle
from samverkan.language import mark as _
from samverkan.namespaces import DEF
from samverkan.store import beside

SHAPE = DEF + "shape/"
SMV = rdflib.Namespace(DEF)
SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_TEXTS = ("sv", "en")
_PARAMETERS = frozenset(ALL_CONSTRAINT_PARAMETERS)
# What leads from a shape to the shapes in it: straight, and through a list.
_INNER = (SH.property, SH["not"], SH.node, SH.qualifiedValueShape)
_LISTS = (SH["or"], SH["and"], SH.xone)


@dataclass(frozen=True)
class Shapes:
    """The shapes as pyshacl takes them, and the file that they were read from.

    ``root_of``: of each part, the named shape that it stands in. ``questions``: of each shape, how
    to ask who may break it, its ``queries`` apart; without one, it has to be tried on each of its
    targets.
    """

    sg: ShapesGraph
    root_of: Mapping[Any, URIRef]
    questions: Mapping[Any, Question]
    queries: Mapping[Any, tuple[str, ...]]
    file: Turtle

    @property
    def graph(self) -> Frozen:
        """The triples of the shapes."""
        return cast(Frozen, self.sg.graph)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the queries in the shapes use (SHACL § 5.2.1)."""
        declared = self.graph.objects(URIRef(SHAPE), SH.declare)
        value = self.graph.value
        return {str(value(d, SH.prefix)): str(value(d, SH.namespace)) for d in declared}

    @cached_property
    def targeting(self) -> dict[tuple[URIRef, Any], set[Any]]:
        """The shapes that have a target: of which kind, and which (SHACL § 2.1.3)."""
        found: dict[tuple[URIRef, Any], set[Any]] = {}
        for kind in TARGETS:
            for shape, value in self.graph.subject_objects(kind):
                found.setdefault((kind, value), set()).add(shape)
        return found

    @cached_property
    def targets(self) -> dict[Any, list[tuple[URIRef, Any]]]:
        """The targets of each shape that has any: of which kind, and which."""
        found: dict[Any, list[tuple[URIRef, Any]]] = {}
        for target, shapes in self.targeting.items():
            for shape in shapes:
                found.setdefault(shape, []).append(target)
        return found

    def checks(self) -> list[URIRef]:
        """The named shapes that have a target, in the order of their names."""
        targeted = set[Any]().union(*self.targeting.values())
        return sorted(set(self.root_of.values()) & targeted)

    def severity(self, part: Any) -> str:
        """How serious what *part* finds is: its own severity, or that of the named shape."""
        root = self.root_of[part]
        own = self.graph.value(part, SH.severity) or self.graph.value(root, SH.severity)
        return SEVERITIES[own or SH.Violation]

    def fault(self, part: Any, problem: str, **values: str) -> ContentError:
        """The error that *problem* is in the shape that *part* stands in."""
        return _fault(self.root_of[part], problem, self.file, **values)

    def is_about_structure(self, root: URIRef) -> bool:
        """Whether the shape is worded by the kinds of its constraints."""
        return (root, SH.message, None) not in self.graph


class Frozen(rdflib.Graph):
    """A graph that is not changed any more, and is looked up in tables."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._values: dict[tuple[Any, Any], list[Any]] = {}
        self.parameters: dict[Any, list[tuple[Any, Any]]] = {}
        self.namespace_manager = PlainNames(self)

    def freeze(self) -> None:
        """Make the tables."""
        for subject, predicate, value in self:
            self._values.setdefault((subject, predicate), []).append(value)
            if predicate in _PARAMETERS:
                self.parameters.setdefault(subject, []).append((predicate, value))

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """The values, from the table."""
        if self._values and subject is not None and predicate is not None:
            return iter(self._values.get((subject, predicate), ()))
        return super().objects(subject, predicate, unique)

    def value(self, subject: Any = None, predicate: Any = None, *more: Any, **others: Any) -> Any:
        """One of the values, from the table, or None."""
        if self._values and not more and not others:
            return next(iter(self._values.get((subject, predicate), ())), None)
        return super().value(subject, predicate, *more, **others)


class PlainNames(NamespaceManager):
    """IRIs as they are: pyshacl shortens every one that it meets, and nobody reads that text."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(graph, bind_namespaces="none")

    def bind(self, *_arguments: Any, **_options: Any) -> None:
        """Nothing is kept."""

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803
        """*rdfTerm* in angle brackets."""
        return f"<{rdfTerm}>"


class _Quick(ShapesGraph):
    """pyshacl's own, which asks the tables for the constraints of a shape."""

    def predicate_objects(self, s: Any) -> Any:
        return cast(Frozen, self.graph).parameters.get(s, ())


def read(content: Content) -> Shapes:
    """The shapes of *content*.

    Raises:
        ContentError: naming file and line, for text that is no Turtle or a shape that is broken.
    """
    path = content.shapes
    graph = Frozen()
    triples, text = beside(path)
    for triple in _addressed(triples):
        graph.add(triple)
    file = turtle.read(path, text)
    root_of = _roots(graph)
    for root in sorted(set(root_of.values())):
        _make_sure_is_complete(graph, root, file)
    _hoist(graph)
    graph.freeze()
    sg = _Quick(graph)
    try:
        found = [shape.node for shape in sg.shapes]
    except (ShapeLoadError, ConstraintLoadError) as error:
        raise ContentError(
            _("{path}: {reason} See {address}."), path=path, reason=error.args[0], address=SHAPE
        ) from error
    shapes = Shapes(sg, root_of, _questions(graph, found), _queries(graph), file)
    _make_sure_queries_can_be_asked(shapes)
    return shapes


def _addressed(triples: list[Triple]) -> Iterator[tuple[Any, Any, Any]]:
    """The triples, with an address in the place of each blank node that is a shape."""
    inner = _inner(triples)
    for triple in triples:
        yield tuple(theirs(inner.get(term, term)) for term in triple)  # type: ignore[misc]


def _inner(triples: list[Triple]) -> dict[Any, NamedNode]:
    """The blank nodes that are shapes, each with the address that it gets, in their order."""
    direct = {NamedNode(str(predicate)) for predicate in _INNER}
    lists = {NamedNode(str(predicate)) for predicate in _LISTS}
    first, rest = NamedNode(str(RDF.first)), NamedNode(str(RDF.rest))
    of: dict[tuple[Any, NamedNode], Any] = {(t.subject, t.predicate): t.object for t in triples}
    found: list[Any] = []
    for triple in triples:
        if triple.predicate in direct:
            found.append(triple.object)
        elif triple.predicate in lists:
            item: Any = triple.object
            while (item, first) in of:
                found.append(of[item, first])
                item = of.get((item, rest))
    blank = dict.fromkeys(node for node in found if isinstance(node, BlankNode))
    return {node: NamedNode(f"{SHAPE}part/{n}") for n, node in enumerate(blank, 1)}


def _roots(graph: rdflib.Graph) -> dict[Any, URIRef]:
    """Of each shape, the named one that it stands in (itself, where it is one)."""
    roots: dict[Any, Any] = {node: node for node in graph.subjects(RDF.type, SH.NodeShape)}
    waiting = list(roots.items())
    while waiting:
        node, root = waiting.pop()
        inner = [value for predicate in _INNER for value in graph.objects(node, predicate)]
        for predicate in _LISTS:
            inner += [each for head in graph.objects(node, predicate) for each in graph.items(head)]
        for part in inner:
            if part not in roots:
                roots[part] = root
                waiting.append((part, root))
    return roots


def _hoist(graph: rdflib.Graph) -> None:
    """Give each property of a shape with targets these targets, in the place of being nested."""
    for shape in list(graph.subjects(RDF.type, SH.NodeShape)):
        targets = [(kind, value) for kind in TARGETS for value in graph.objects(shape, kind)]
        for part in list(graph.objects(shape, SH.property)) if targets else []:
            graph.remove((shape, SH.property, part))
            for kind, value in targets:
                graph.add((part, kind, value))


def _questions(graph: Frozen, shapes: Iterable[Any]) -> dict[Any, Question]:
    """Of each of *shapes* that has a target, what to ask, where it can be asked."""
    targeted = (s for s in shapes if any((s, target, None) in graph for target in TARGETS))
    questions = {shape: suspects.question(graph, shape) for shape in targeted}
    return {shape: question for shape, question in questions.items() if question is not None}


def _queries(graph: Frozen) -> dict[Any, tuple[str, ...]]:
    queries: dict[Any, tuple[str, ...]] = {}
    for shape, constraint in graph.subject_objects(SH.sparql):
        query = str(graph.value(constraint, SH.select))
        queries[shape] = (*queries.get(shape, ()), query)
    return queries


def _make_sure_queries_can_be_asked(shapes: Shapes) -> None:
    empty = Store()
    for shape, queries in shapes.queries.items():
        for query in queries:
            try:
                empty.query(query, prefixes=shapes.prefixes)
            except SyntaxError as error:
                start = shapes.file.line(max(shapes.file.text.find(query), 0))
                raise ContentError(
                    _("{path}, line {line}: {shape}. {problem}"),
                    path=shapes.file.path,
                    line=start + (error.lineno or 1) - 1,
                    shape=str(shapes.root_of[shape]).removeprefix(SHAPE),
                    problem=(ContentError(_("This is no SPARQL: {reason}"), reason=error.msg),),
                ) from error


def _make_sure_is_complete(graph: rdflib.Graph, root: URIRef, file: Turtle) -> None:
    """Each shape that is worded says so, and what to do, in both languages, at one severity."""
    severity = graph.value(root, SH.severity)
    if severity is not None and severity not in SEVERITIES:
        raise _fault(root, _("sh:severity is sh:Violation, sh:Warning or sh:Info."), file)
    if (root, SH.message, None) not in graph:
        return
    for name, predicate in (("sh:message", SH.message), ("smv:remedy", SMV.remedy)):
        languages = [getattr(value, "language", None) for value in graph.objects(root, predicate)]
        if sorted(map(str, languages)) != sorted(_TEXTS):
            problem = _("It needs one {name} in Swedish (@sv) and one in English (@en).")
            raise _fault(root, problem, file, name=name)


def _fault(root: URIRef, problem: str, file: Turtle, **values: str) -> ContentError:
    block = next(iter(file.blocks_of(str(root))), None)
    return ContentError(
        _("{path}, line {line}: {shape}. {problem}"),
        path=file.path,
        line=file.line(block.start) if block else 1,
        shape=str(root).removeprefix(SHAPE),
        problem=(ContentError(problem, **values),),
    )
