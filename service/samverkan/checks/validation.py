"""Shapes and graph → what the shapes find: the results of a SHACL validation (SHACL § 3.6).

The engine says which targets of a shape may break it (:mod:`samverkan.checks.suspects`), and what
is wrong with these where there is no doubt; else pyshacl does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import rdflib
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

from samverkan.checks.shapes import TARGETS, PlainNames, Shapes
from samverkan.checks.suspects import Question
from samverkan.checks.window import Window
from samverkan.engine import Engine
from samverkan.language import mark as _

Progress = Callable[[int, int], None]
_OF_CLASS, _SUBJECTS_OF, _OBJECTS_OF = TARGETS[:3]
_THIS, _VALUE, _PATH = map(rdflib.Variable, ("this", "value", "path"))
_BROKEN = (
    *(ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, ValidationFailure),
    *(SyntaxError, ValueError, re.error),
)


@dataclass(frozen=True, slots=True)
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
    shapes: Shapes, store: Engine, on_date: date, progress: Progress | None = None
) -> list[Result]:
    """All results over *store*, as of a day; *progress* hears how many shapes are done, of all.

    Raises:
        ContentError: a shape cannot be used; its file and line are told.
    """
    run = _Run(shapes, Window(store, on_date))
    every = list(shapes.sg.shapes)
    found: list[Result] = []
    for done, shape in enumerate(every, 1):
        found += run.results(shape, None)
        if progress:
            progress(done, len(every))
    return sorted(set(found), key=_order)


def validate_thing(shapes: Shapes, store: Engine, on_date: date, iri: str) -> list[Result]:
    """The results that :func:`validate` has for one thing, found without looking at the rest."""
    run = _Run(shapes, Window(store, on_date))
    thing = URIRef(iri)
    targeting = run.targeting(thing)
    targeted = (shape for shape in shapes.sg.shapes if shape.node in targeting)
    found = (result for shape in targeted for result in run.results(shape, thing))
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
        self._supers: dict[Any, set[Any]] = {}
        self._executor: SHACLExecutor = self._validator.make_executor()

    def results(self, shape: Shape, thing: URIRef | None) -> Iterator[Result]:
        """What *shape* finds, in all that it targets or in *thing* alone."""
        try:
            yield from self._answers(shape, thing)
            suspects = self._suspects(shape, thing)
            if suspects == []:
                return
            question = self._shapes.questions.get(shape.node)
            if question and question.is_certain:
                yield from self._breaches(shape, question, thing)
                return
            data = self._validator.data_graph
            _conforms, reports = shape.validate(self._executor, data, focus=suspects)
        except _BROKEN as error:
            raise self._shapes.fault(
                shape.node,
                _("It cannot be used: {reason}"),
                reason=str(error).strip().splitlines()[0] if str(error) else type(error).__name__,
            ) from error
        for _text, node, triples in reports:
            yield self._result({p: o for s, p, o in triples if s == node})

    def targeting(self, thing: URIRef) -> set[Any]:
        """The shapes that *thing* is a target of (SHACL § 2.1.3)."""
        found = (s for target, s in self._shapes.targeting.items() if self._hits(*target, thing))
        return set[Any]().union(*found)

    def _is_target(self, shape: Any, thing: Any) -> bool:
        return any(self._hits(*target, thing) for target in self._shapes.targets.get(shape, ()))

    def _hits(self, kind: URIRef, target: Any, thing: Any) -> bool:
        if kind == _OF_CLASS:
            kinds = self._window.objects(thing, RDF.type)
            return any(target in self._above(kind) for kind in kinds)
        if kind == _SUBJECTS_OF:
            return (thing, target, None) in self._window
        if kind == _OBJECTS_OF:
            return (None, target, thing) in self._window
        return bool(target == thing)

    def _above(self, kind: Any) -> set[Any]:
        """The class *kind* and all that it is under."""
        if kind not in self._supers:
            self._supers[kind] = set(self._window.transitive_objects(kind, RDFS.subClassOf))
        return self._supers[kind]

    def _answers(self, shape: Shape, thing: URIRef | None) -> Iterator[Result]:
        """A result for each solution of the queries of *shape* (SHACL § 5.3.2)."""
        for query in self._shapes.queries.get(shape.node, ()):
            for row in self._rows(query, thing):
                if self._is_target(shape.node, row[_THIS]):
                    yield Result(
                        shape=self._shapes.root_of[shape.node],
                        part=shape.node,
                        severity=self._shapes.severity(shape.node),
                        focus=row[_THIS],
                        component=SH.SPARQLConstraintComponent,
                        value=row.get(_VALUE, row[_THIS]),
                        path=row.get(_PATH),
                    )

    def _suspects(self, shape: Shape, thing: URIRef | None) -> list[Any] | None:
        """Of all things, or of *thing* alone, those that may break *shape*; None: all targets."""
        question = self._shapes.questions.get(shape.node)
        if question is None:
            return None if thing is None else [thing]
        query = question.of_one() if thing else question.of_all()
        return sorted({row[_THIS] for row in self._rows(query, thing)})

    def _breaches(self, shape: Shape, question: Question, thing: URIRef | None) -> Iterator[Result]:
        """A result for each thing, or each value of it, that breaks a demand of *shape*."""
        part = shape.node
        path = self._shapes.graph.value(part, SH.path)
        for demand in question.demands:
            for row in self._rows(question.breaking(demand, of_one=thing is not None), thing):
                yield Result(
                    shape=self._shapes.root_of[part],
                    part=part,
                    severity=self._shapes.severity(part),
                    focus=row[_THIS],
                    component=cast(URIRef, demand.component),
                    value=row[_THIS] if path is None else row.get(_VALUE),
                    path=path,
                )

    def _rows(self, query: str, thing: URIRef | None) -> Iterator[dict[Any, Any]]:
        """The solutions of *query* for all things, or for *thing* in the place of ``$this``."""
        given = {} if thing is None else {_THIS: thing}
        for row in self._window.solutions(query, given, self._shapes.prefixes):
            yield {**row, **given}

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
