"""Who may break a shape: its constraints, put to the engine as one question.

pyshacl looks at the targets of a shape one by one, and nearly all of them conform. The engine is
quick to say which do not; pyshacl then looks at these alone, and what it finds is what counts. A
shape with a constraint that is not known here is left to pyshacl altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations, count
from typing import Any

import rdflib
from rdflib import RDF, RDFS, SH, XSD, URIRef

from samverkan.checks import paths

_TARGETS = {
    SH.targetClass: f"?kind <{RDFS.subClassOf}>* {{0}} . ?this <{RDF.type}> ?kind",
    SH.targetSubjectsOf: "?this {0} ?any",
    SH.targetObjectsOf: "?any {0} ?this",
    SH.targetNode: "VALUES ?this {{ {0} }}",
}
# What is said of a shape that no target can break, or that is asked by itself or with another.
_NOT_ASKED = {
    *(SH.path, SH.severity, SH.message, SH.name, SH.description, SH.order, SH.group),
    *(SH.sparql, SH.qualifiedMinCount),
    *_TARGETS,
}
_KINDS = {SH.IRI: "isIRI({0})", SH.Literal: "isLiteral({0})", SH.BlankNode: "isBlank({0})"}
# Words of any form are values of these; of the others, only those that the engine can read.
_ANY_WORDS = {XSD.string, RDF.langString}
_READ = {XSD.boolean, XSD.date, XSD.dateTime, XSD.decimal, XSD.gYear, XSD.integer}
_MOST_COUNTED = 3


class _UnknownError(Exception):
    """A constraint is not known here."""


@dataclass(frozen=True)
class Question:
    """How to ask who breaks a shape: the pattern of its targets, and what is true of the others."""

    targets: str
    conforms: str

    def of_all(self) -> str:
        """The SELECT of each target ``?this`` that does not conform."""
        return f"SELECT DISTINCT ?this WHERE {{ {self.targets} FILTER(!({self.conforms})) }}"

    def of_one(self) -> str:
        """The SELECT with a solution if what is put in the place of ``?this`` does not conform."""
        return f"SELECT ?this WHERE {{ FILTER(!({self.conforms})) }}"


def question(shapes: rdflib.Graph, shape: Any) -> Question | None:
    """How to ask for the targets that may break *shape*, its queries apart.

    None where *shape* has a constraint that it cannot be asked by.
    """
    try:
        conforms = _Asker(shapes).conforms(shape, "?this")
    except (_UnknownError, ValueError):
        return None  # what is no path and no number, pyshacl tells
    targets = " UNION ".join(
        "{ " + pattern.format(target.n3()) + " }"
        for predicate, pattern in _TARGETS.items()
        for target in shapes.objects(shape, predicate)
    )
    return Question(targets, conforms)


class _Asker:
    """Writes shapes as expressions that are true of what conforms, and never an error."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self.shapes = shapes
        self._numbers = count()

    def conforms(self, shape: Any, subject: str) -> str:
        """That *subject* conforms to *shape* (SHACL § 3.4.3)."""
        told = [
            (predicate, _Constraint(self, shape, value))
            for predicate, value in sorted(self.shapes.predicate_objects(shape))
            if predicate not in _NOT_ASKED and str(predicate).startswith(str(SH))
        ]
        along = self.shapes.value(shape, SH.path)
        if along is None:
            return _all(self._of_value(*each, subject) for each in told)
        step = f"{subject} {paths.path(self.shapes, along).n3()}"
        return _all(self._of_values(*each, step) for each in told)

    def fresh(self) -> str:
        """A variable that is nowhere else."""
        return f"?v{next(self._numbers)}"

    def _of_values(self, predicate: Any, constraint: _Constraint, step: str) -> str:
        """One constraint on all values that *step* leads to."""
        if predicate in _OF_ALL:
            return _OF_ALL[predicate](constraint, step)
        each = self.fresh()
        holds = self._of_value(predicate, constraint, each)
        return f"NOT EXISTS {{ {step} {each} FILTER(!({holds})) }}"

    def _of_value(self, predicate: Any, constraint: _Constraint, each: str) -> str:
        """One constraint on one value."""
        if predicate not in _OF_ONE:
            raise _UnknownError(predicate)
        return _OF_ONE[predicate](constraint, each)


@dataclass(frozen=True)
class _Constraint:
    """What a shape says by one of its properties."""

    asker: _Asker
    shape: Any
    value: Any

    @property
    def items(self) -> list[Any]:
        """The members of the list that it is."""
        return list(self.asker.shapes.items(self.value))

    @property
    def number(self) -> int:
        """The number that it is."""
        return int(self.value)

    @property
    def term(self) -> str:
        """The term that it is, as SPARQL writes it."""
        return str(self.value.n3())


def _all(expressions: Iterable[str]) -> str:
    return " && ".join(f"({each})" for each in expressions) or "true"


def _any(expressions: Iterable[str]) -> str:
    return " || ".join(f"({each})" for each in expressions) or "false"


# ---------- Constraints on one value (SHACL § 4.1, 4.3, 4.4, 4.6 to 4.8) ----------


def _class(told: _Constraint, each: str) -> str:
    return f"EXISTS {{ {each} <{RDF.type}>/<{RDFS.subClassOf}>* {told.term} }}"


def _datatype(told: _Constraint, each: str) -> str:
    is_of_it = f"DATATYPE({each}) = {told.term}"
    if told.value in _READ:
        is_of_it += f" && {told.term}(STR({each})) = {told.term}(STR({each}))"
    elif told.value not in _ANY_WORDS:
        raise _UnknownError(told.value)
    return f"COALESCE({is_of_it}, false)"


def _node_kind(told: _Constraint, each: str) -> str:
    if told.value not in _KINDS:
        raise _UnknownError(told.value)
    return _KINDS[told.value].format(each)


def _pattern(told: _Constraint, each: str) -> str:
    return f"COALESCE(REGEX(STR({each}), {told.term}), false)"


def _in(told: _Constraint, each: str) -> str:
    return _any(f"SAMETERM({each}, {item.n3()})" for item in told.items)


def _is_value(told: _Constraint, each: str) -> str:
    return f"SAMETERM({each}, {told.term})"


def _min_inclusive(told: _Constraint, each: str) -> str:
    return f"COALESCE({each} >= {told.term}, false)"


def _language_in(told: _Constraint, each: str) -> str:
    spoken = _any(f"LANGMATCHES(LANG({each}), {tag.n3()})" for tag in told.items)
    return f"COALESCE({spoken}, false)"


def _shape(told: _Constraint, each: str) -> str:
    return told.asker.conforms(told.value, each)


def _not(told: _Constraint, each: str) -> str:
    return f"!({told.asker.conforms(told.value, each)})"


def _or(told: _Constraint, each: str) -> str:
    return _any(told.asker.conforms(item, each) for item in told.items)


def _and(told: _Constraint, each: str) -> str:
    return _all(told.asker.conforms(item, each) for item in told.items)


def _xone(told: _Constraint, each: str) -> str:
    conform = (f"IF({told.asker.conforms(item, each)}, 1, 0)" for item in told.items)
    return f"{' + '.join(conform)} = 1"


# ---------- Constraints on all values of a property (SHACL § 4.2, 4.4.5, 4.5, 4.7.3, 4.8.2) -------


def _min_count(told: _Constraint, step: str) -> str:
    return f"EXISTS {_several(told.asker, told.number, step)}" if told.number else "true"


def _max_count(told: _Constraint, step: str) -> str:
    return f"NOT EXISTS {_several(told.asker, told.number + 1, step)}"


def _several(asker: _Asker, number: int, step: str) -> str:
    """That many values, each another."""
    if number > _MOST_COUNTED:
        raise _UnknownError(number)
    names = [asker.fresh() for _ in range(number)]
    apart = "".join(f" FILTER(!SAMETERM({a}, {b}))" for a, b in combinations(names, 2))
    return f"{{ {step} {', '.join(names)}{apart} }}"


def _has_value(told: _Constraint, step: str) -> str:
    return f"EXISTS {{ {step} {told.term} }}"


def _less_than(told: _Constraint, step: str) -> str:
    one, other = told.asker.fresh(), told.asker.fresh()
    both = f"{step} {one} . {step.partition(' ')[0]} {told.term} {other}"
    return f"NOT EXISTS {{ {both} FILTER(!COALESCE({one} < {other}, false)) }}"


def _unique_lang(told: _Constraint, step: str) -> str:
    one, other = told.asker.fresh(), told.asker.fresh()
    alike = f"LANG({one}) != '' && LCASE(LANG({one})) = LCASE(LANG({other}))"
    both = f"{step} {one}, {other}"
    return f"NOT EXISTS {{ {both} FILTER({alike} && !SAMETERM({one}, {other})) }}"


def _qualified(told: _Constraint, step: str) -> str:
    """A value of that shape, of which one is enough: no other number is known here."""
    if told.asker.shapes.value(told.shape, SH.qualifiedMinCount) != rdflib.Literal(1):
        raise _UnknownError(told.shape)
    each = told.asker.fresh()
    return f"EXISTS {{ {step} {each} FILTER({told.asker.conforms(told.value, each)}) }}"


_Writer = Callable[[_Constraint, str], str]
_OF_ONE: dict[URIRef, _Writer] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.pattern: _pattern,
    SH["in"]: _in,
    SH.hasValue: _is_value,
    SH.minInclusive: _min_inclusive,
    SH.languageIn: _language_in,
    SH.node: _shape,
    SH.property: _shape,
    SH["not"]: _not,
    SH["or"]: _or,
    SH["and"]: _and,
    SH.xone: _xone,
}
_OF_ALL: dict[URIRef, _Writer] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.hasValue: _has_value,
    SH.lessThan: _less_than,
    SH.uniqueLang: _unique_lang,
    SH.qualifiedValueShape: _qualified,
}
