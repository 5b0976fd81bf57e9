"""Shapes and graph → what the shapes find: the results of a SHACL validation (SHACL § 3.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import rdflib
from pyoxigraph import Store
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    ShapeLoadError,
    ValidationFailure,
)
from pyshacl.graph_abstraction import DataGraph
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shape import Shape
from pyshacl.validator import Validator
from rdflib import RDF, RDFS, SH, URIRef

from samverkan.checks.shapes import PlainNames, Shapes
from samverkan.checks.window import Window
from samverkan.errors import ContentError
from samverkan.language import mark as _

Progress = Callable[[int, int], None]
_THIS = rdflib.Variable("this")
_BROKEN = (
    *(ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, ValidationFailure),
    *(SyntaxError, ValueError, re.error),
)


@dataclass(frozen=True)
class Result:
    """One validation result. ``part`` is the shape that found it, ``shape`` the named one."""

    shape: URIRef
    part: Any
    severity: str
    focus: Any
    component: URIRef
    value: Any = None
    path: Any = None


def validate(
    shapes: Shapes, store: Store, on_date: date, progress: Progress | None = None
) -> list[Result]:
    """All results over *store*, as of a day; *progress* hears how many shapes are done, of all.

    Raises:
        ContentError: a shape cannot be used; its name is told.
    """
    run = _Run(shapes, Window(store, on_date))
    every = list(shapes.sg.shapes)
    found: list[Result] = []
    for done, shape in enumerate(every, 1):
        found += run.results(shape, None)
        if progress:
            progress(done, len(every))
    return sorted(set(found), key=_order)


def validate_thing(shapes: Shapes, store: Store, on_date: date, iri: str) -> list[Result]:
    """The results that :func:`validate` has for one thing, found without looking at the rest."""
    run = _Run(shapes, Window(store, on_date))
    thing = URIRef(iri)
    targeted = (shape for shape in shapes.sg.shapes if run.targets(shape, thing))
    found = (result for shape in targeted for result in run.results(shape, [thing]))
    return sorted(set(found), key=_order)


class _Run:
    def __init__(self, shapes: Shapes, window: Window) -> None:
        window.namespace_manager = PlainNames(window)
        self._shapes = shapes
        self._window = window
        self._validator = Validator(
            DataGraph.from_rdflib(window), shacl_graph=rdflib.Graph(), options={"inplace": True}
        )
        self._validator.shacl_graph = shapes.sg
        self._executor: SHACLExecutor = self._validator.make_executor()

    def candidates(self, shape: Shape) -> list[Any] | None:
        """The targets of *shape* for which its queries find anything; None: all its targets.

        A query is asked once, of all things, as each of ours binds ``$this`` in its patterns;
        pyshacl asks it again for every target, most of which it finds nothing for.
        """
        graph = self._shapes.graph
        queries = [graph.value(node, SH.select) for node in graph.objects(shape.node, SH.sparql)]
        if not queries or len(queries) < len(graph.parameters[shape.node]):
            return None
        found = (
            row
            for text in queries
            for row in self._window.solutions(str(text), {}, self._shapes.prefixes)
        )
        targets: set[Any] = shape.focus_nodes(self._validator.data_graph)  # type: ignore[no-untyped-call]
        return sorted({row[_THIS] for row in found} & targets)

    def results(self, shape: Shape, focus: list[Any] | None) -> Iterator[Result]:
        """What *shape* finds, in all that it targets or in *focus*."""
        try:
            chosen = self.candidates(shape) if focus is None else focus
            if chosen == []:
                return
            data = self._validator.data_graph
            _conforms, reports = shape.validate(self._executor, data, focus=chosen)
        except _BROKEN as error:
            raise ContentError(
                _("shapes.ttl: the shape {shape} cannot be used: {reason}"),
                shape=str(self._shapes.root_of[shape.node]).rpartition("/")[2],
                reason=str(error).strip().splitlines()[0] if str(error) else type(error).__name__,
            ) from error
        for _text, node, triples in reports:
            yield self._result({p: o for s, p, o in triples if s == node})

    def targets(self, shape: Shape, thing: URIRef) -> bool:
        """Whether *thing* is a target of *shape* (SHACL § 2.1.3)."""
        graph = self._shapes.graph
        of_subjects = graph.objects(shape.node, SH.targetSubjectsOf)
        of_objects = graph.objects(shape.node, SH.targetObjectsOf)
        of_classes = graph.objects(shape.node, SH.targetClass)
        return (
            any(target in self._classes(thing) for target in of_classes)
            or any((thing, predicate, None) in self._window for predicate in of_subjects)
            or any((None, predicate, thing) in self._window for predicate in of_objects)
        )

    def _classes(self, thing: URIRef) -> set[Any]:
        own = self._window.objects(thing, RDF.type)
        supers = self._window.transitive_objects
        return {up for kind in own for up in supers(kind, RDFS.subClassOf)}

    def _result(self, told: dict[Any, Any]) -> Result:
        part = _term(told[SH.sourceShape])
        return Result(
            shape=self._shapes.root_of[part],
            part=part,
            severity=self._shapes.severity(part),
            focus=_term(told[SH.focusNode]),
            component=_term(told[SH.sourceConstraintComponent]),
            value=_term(told.get(SH.value)),
            path=_term(told.get(SH.resultPath)),
        )


def _term(told: Any) -> Any:
    """A term of a report; pyshacl has the graph beside it where it may be a blank node."""
    return told[1] if isinstance(told, tuple) else told


def _order(result: Result) -> tuple[str, ...]:
    terms = (result.shape, result.focus, result.value, result.part, result.component, result.path)
    return tuple(str(term) for term in terms)
