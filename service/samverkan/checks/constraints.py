"""Constraints of SHACL as expressions of SPARQL: true of what conforms, and never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, count
from typing import Any

import rdflib
from rdflib import RDF, RDFS, SH, XSD, URIRef

from samverkan.checks import paths

_KINDS = {SH.IRI: "isIRI({0})", SH.Literal: "isLiteral({0})", SH.BlankNode: "isBlank({0})"}
# What is said of a shape that no value can break, or that is asked by itself or with another.
_NOT_ASKED = {
    *(SH.path, SH.severity, SH.message, SH.name, SH.description, SH.order, SH.group),
    *(SH.sparql, SH.qualifiedMinCount),
    *(SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode),
}
# Words of any form are values of these; of the others, only those that the engine can read.
_ANY_WORDS = {XSD.string, RDF.langString}
_READ = {XSD.boolean, XSD.date, XSD.dateTime, XSD.decimal, XSD.gYear, XSD.integer}
_MOST_COUNTED = 3


class UnknownError(Exception):
    """A constraint is not known here."""


class Writer:
    """Writes the constraints of shapes as expressions; ``used`` is what kinds it has met."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self.shapes = shapes
        self.used: set[URIRef] = set()
        self._numbers = count()

    def conforms(self, shape: Any, subject: str) -> str:
        """That *subject* conforms to *shape* (SHACL § 3.4.3).

        Raises:
            UnknownError: it has a constraint that is not known here.
            ValueError: it has a path that is none.
        """
        step = self.step(shape, subject)
        whole, single, each = [], [], self.fresh()
        for predicate, value in constraints(self.shapes, shape):
            if step and not is_of_all(predicate):
                single.append(self.of_value(shape, predicate, value, each))
            else:
                whole.append(self.holds(shape, predicate, value, step or subject))
        if single:
            whole.append(every(step, each, single))
        return both(whole)

    def step(self, shape: Any, subject: str) -> str:
        """*subject* and the path of *shape*, before the value; nothing where it has no path."""
        along = self.shapes.value(shape, SH.path)
        return "" if along is None else f"{subject} {paths.path(self.shapes, along).n3()}"

    def holds(self, shape: Any, predicate: URIRef, value: Any, where: str) -> str:
        """That one constraint of *shape* holds: of all that a step leads to, or of a node."""
        of_step = self.shapes.value(shape, SH.path) is not None
        return self._written(_OF_ALL if of_step else _OF_ONE, shape, predicate, value, where)

    def of_value(self, shape: Any, predicate: URIRef, value: Any, each: str) -> str:
        """That one constraint of *shape* holds of one value."""
        return self._written(_OF_ONE, shape, predicate, value, each)

    def fresh(self) -> str:
        """A variable that is nowhere else."""
        return f"?v{next(self._numbers)}"

    def _written(
        self, known: Mapping[URIRef, _Way], shape: Any, predicate: URIRef, value: Any, where: str
    ) -> str:
        if predicate not in known:
            raise UnknownError(predicate)
        self.used.add(predicate)
        return known[predicate](_Constraint(self, shape, value), where)


def constraints(shapes: rdflib.Graph, shape: Any) -> list[tuple[Any, Any]]:
    """What *shape* says that something can break, its queries apart."""
    return [
        (predicate, value)
        for predicate, value in sorted(shapes.predicate_objects(shape))
        if predicate not in _NOT_ASKED and str(predicate).startswith(str(SH))
    ]


def is_of_all(predicate: Any) -> bool:
    """Whether it is about all values of a property together."""
    return predicate in _OF_ALL


def every(step: str, each: str, holds: Iterable[str]) -> str:
    """That all of *holds* is true of *each* value that *step* leads to."""
    return f"NOT EXISTS {{ {step} {each} FILTER(!({both(holds)})) }}"


def both(expressions: Iterable[str]) -> str:
    """That all of *expressions* are true."""
    return " && ".join(f"({each})" for each in expressions) or "true"


@dataclass(frozen=True)
class _Constraint:
    """What a shape says by one of its properties."""

    writer: Writer
    shape: Any
    value: Any

    @property
    def items(self) -> list[Any]:
        """The members of the list that it is."""
        return list(self.writer.shapes.items(self.value))

    @property
    def number(self) -> int:
        """The number that it is."""
        return int(self.value)

    @property
    def term(self) -> str:
        """The term that it is, as SPARQL writes it."""
        return str(self.value.n3())


def _any(expressions: Iterable[str]) -> str:
    return " || ".join(f"({each})" for each in expressions) or "false"


# ---------- Constraints on one value (SHACL § 4.1, 4.3, 4.4, 4.6 to 4.8) ----------


def _class(told: _Constraint, each: str) -> str:
    # Nearly always of that very class, which is one look-up.
    of_it = f"EXISTS {{ {each} <{RDF.type}> {told.term} }}"
    return f"{of_it} || EXISTS {{ {each} <{RDF.type}>/<{RDFS.subClassOf}>* {told.term} }}"


def _datatype(told: _Constraint, each: str) -> str:
    is_of_it = f"DATATYPE({each}) = {told.term}"
    if told.value in _READ:
        is_of_it += f" && {told.term}(STR({each})) = {told.term}(STR({each}))"
    elif told.value not in _ANY_WORDS:
        raise UnknownError(told.value)
    return f"COALESCE({is_of_it}, false)"


def _node_kind(told: _Constraint, each: str) -> str:
    if told.value not in _KINDS:
        raise UnknownError(told.value)
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
    return told.writer.conforms(told.value, each)


def _not(told: _Constraint, each: str) -> str:
    return f"!({told.writer.conforms(told.value, each)})"


def _or(told: _Constraint, each: str) -> str:
    return _any(told.writer.conforms(item, each) for item in told.items)


def _and(told: _Constraint, each: str) -> str:
    return both(told.writer.conforms(item, each) for item in told.items)


def _xone(told: _Constraint, each: str) -> str:
    conform = (f"IF({told.writer.conforms(item, each)}, 1, 0)" for item in told.items)
    return f"{' + '.join(conform)} = 1"


# ---------- Constraints on all values of a property (SHACL § 4.2, 4.4.5, 4.5, 4.7.3, 4.8.2) -------


def _min_count(told: _Constraint, step: str) -> str:
    return f"EXISTS {_several(told.writer, told.number, step)}" if told.number else "true"


def _max_count(told: _Constraint, step: str) -> str:
    return f"NOT EXISTS {_several(told.writer, told.number + 1, step)}"


def _several(writer: Writer, number: int, step: str) -> str:
    """That many values, each another."""
    if number > _MOST_COUNTED:
        raise UnknownError(number)
    names = [writer.fresh() for _ in range(number)]
    apart = "".join(f" FILTER(!SAMETERM({a}, {b}))" for a, b in combinations(names, 2))
    return f"{{ {step} {', '.join(names)}{apart} }}"


def _has_value(told: _Constraint, step: str) -> str:
    return f"EXISTS {{ {step} {told.term} }}"


def _less_than(told: _Constraint, step: str) -> str:
    one, other = told.writer.fresh(), told.writer.fresh()
    both = f"{step} {one} . {step.partition(' ')[0]} {told.term} {other}"
    return f"NOT EXISTS {{ {both} FILTER(!COALESCE({one} < {other}, false)) }}"


def _unique_lang(told: _Constraint, step: str) -> str:
    one, other = told.writer.fresh(), told.writer.fresh()
    alike = f"LANG({one}) != '' && LCASE(LANG({one})) = LCASE(LANG({other}))"
    both = f"{step} {one}, {other}"
    return f"NOT EXISTS {{ {both} FILTER({alike} && !SAMETERM({one}, {other})) }}"


def _qualified(told: _Constraint, step: str) -> str:
    """A value of that shape, of which one is enough: no other number is known here."""
    if told.writer.shapes.value(told.shape, SH.qualifiedMinCount) != rdflib.Literal(1):
        raise UnknownError(told.shape)
    each = told.writer.fresh()
    return f"EXISTS {{ {step} {each} FILTER({told.writer.conforms(told.value, each)}) }}"


_Way = Callable[[_Constraint, str], str]
_OF_ONE: dict[URIRef, _Way] = {
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
_OF_ALL: dict[URIRef, _Way] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.hasValue: _has_value,
    SH.lessThan: _less_than,
    SH.uniqueLang: _unique_lang,
    SH.qualifiedValueShape: _qualified,
}
