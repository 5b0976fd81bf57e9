"""Gaps that the office knows of and accepts, until a day: ``data/acknowledgements.ttl``.

They are no part of the graph, which holds what sources say. Without the file there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from samverkan.checks.shapes import SHAPE
from samverkan.content import Content
from samverkan.engine import Engine
from samverkan.errors import ContentError
from samverkan.integrity import turtle
from samverkan.integrity.turtle import Turtle
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID, compact, term
from samverkan.store import beside

_KIND = term("smv:Acknowledgement")
_NEEDED = ("smv:ofCheck", "smv:ofThing", "smv:acknowledgedBy", "smv:until", "rdfs:comment")
_TYPE = term("rdf:type")


@dataclass(frozen=True)
class Acknowledgement:
    """Which finding is accepted (of any value, where ``value`` is None), by whom, why, how long."""

    check: str
    thing: str
    value: str | None
    by: str
    reasons: tuple[tuple[str, str], ...]
    until: date

    def reason(self, code: str) -> str:
        """Why, in the language of *code*, or else in the one that it is written in."""
        return dict(self.reasons).get(code, self.reasons[0][1])

    def covers(self, check: str, thing: str, value: str | None, on_date: date) -> bool:
        """Whether it holds for that finding on that day: the last day counts."""
        return (
            (self.check, self.thing) == (check, thing)
            and self.value in {None, value}
            and on_date <= self.until
        )


def read(content: Content, store: Engine, checks: Iterable[str]) -> tuple[Acknowledgement, ...]:
    """The acknowledgements of *content*, whose graph is *store*, for the checks of these names.

    Raises:
        ContentError: naming file and line, for text that is no Turtle, a thing or check that there
            is none of, or something that lacks.
    """
    path = content.acknowledgements
    triples, text = beside(path)
    told: dict[Any, dict[str, list[Any]]] = {}
    for triple in triples:
        values = told.setdefault(triple.subject, {})
        values.setdefault(compact(triple.predicate.value), []).append(triple.object)
    reader = _Reader(path, turtle.read(path, text), store, frozenset(checks))
    return tuple(reader.acknowledgement(subject, told[subject]) for subject in told)


@dataclass(frozen=True)
class _Reader:
    path: Path
    turtle: Turtle
    store: Engine
    checks: frozenset[str]

    def acknowledgement(self, subject: Any, values: dict[str, list[Any]]) -> Acknowledgement:
        if _KIND not in values.get("rdf:type", []):
            raise self._fault(subject, _("It is no smv:Acknowledgement. Write a {kind} ;."))
        for name in _NEEDED:
            if not values.get(name) or (name != "rdfs:comment" and len(values[name]) > 1):
                raise self._fault(subject, _("It needs one {property}."), property=name)
        check = values["smv:ofCheck"][0].value.removeprefix(SHAPE)
        if check not in self.checks:
            known = ", ".join(sorted(self.checks))
            raise self._fault(
                subject,
                _("There is no check {check}. There are: {known}."),
                check=check,
                known=known,
            )
        for name in ("smv:ofThing", "smv:acknowledgedBy"):
            thing = values[name][0]
            if not isinstance(thing, NamedNode) or not any(
                self.store.quads_for_pattern(thing, _TYPE, None, None)
            ):
                problem = _("{property} names {iri}, which is nothing in the graph.")
                raise self._fault(subject, problem, property=name, iri=thing.value)
        value = next(iter(values.get("smv:ofValue", ())), None)
        return Acknowledgement(
            check=check,
            thing=values["smv:ofThing"][0].value,
            value=value.value if value else None,
            by=values["smv:acknowledgedBy"][0].value,
            reasons=_reasons(values["rdfs:comment"]),
            until=self._day(subject, values["smv:until"][0]),
        )

    def _day(self, subject: Any, value: Any) -> date:
        try:
            return date.fromisoformat(value.value)
        except ValueError as error:
            problem = _('smv:until is a day, as "2027-06-30"^^xsd:date.')
            raise self._fault(subject, problem) from error

    def _fault(self, subject: Any, problem: str, **values: str) -> ContentError:
        block = next(iter(self.turtle.blocks_of(subject.value)), None)
        return ContentError(
            _("{path}, line {line}: {shape}. {problem}"),
            path=self.path,
            line=self.turtle.line(block.start) if block else 1,
            shape=subject.value.removeprefix(ID),
            problem=(ContentError(problem, kind=_KIND.value.replace(DEF, "smv:"), **values),),
        )


def _reasons(comments: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (comment.language or "sv", comment.value)
        for comment in comments
        if isinstance(comment, Literal)
    ) or (("sv", str(comments[0].value)),)
