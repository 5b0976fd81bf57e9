"""Who may break a shape, and what is wrong with them: its constraints, put to the engine.

pyshacl looks at the targets of a shape one by one, and nearly all of them conform. The engine is
quick to say which do not. Where what breaks a shape leaves no doubt, it says what is wrong, too;
else pyshacl looks at these alone. A shape with a constraint that is not known here is left to
pyshacl altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rdflib
from rdflib import RDF, RDFS, SH, URIRef

from samverkan.checks.constraints import UnknownError, Writer, both, constraints, every, is_of_all

_TARGETS = {
    SH.targetClass: f"?kind <{RDFS.subClassOf}>* {{0}} . ?this <{RDF.type}> ?kind",
    SH.targetSubjectsOf: "?this {0} ?any",
    SH.targetObjectsOf: "?any {0} ?this",
    SH.targetNode: "VALUES ?this {{ {0} }}",
}
# The component of what has one result for each value, or for all together, that breaks it.
_COMPONENTS = {
    SH["class"]: SH.ClassConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["in"]: SH.InConstraintComponent,
    SH.node: SH.NodeConstraintComponent,
    SH["not"]: SH.NotConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH["and"]: SH.AndConstraintComponent,
    SH.xone: SH.XoneConstraintComponent,
    SH.minCount: SH.MinCountConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.qualifiedValueShape: SH.QualifiedMinCountConstraintComponent,
}
# What the engine and rdflib take alike to the letter. Not so the forms of numbers and days, the
# order of values, and what a regular expression fits: a suspect by one of these may yet conform.
_CERTAIN = {*_COMPONENTS, SH.hasValue, SH.property}


@dataclass(frozen=True)
class Demand:
    """One constraint: an expression that is true of ``?this``, or of each ``?value``.

    ``component`` is None where pyshacl has to say whether, and how, it is broken.
    """

    holds: str
    of_each: bool
    component: URIRef | None


@dataclass(frozen=True)
class Question:
    """How to ask who breaks a shape: the pattern of its targets, its step to values, demands."""

    targets: str
    step: str
    demands: tuple[Demand, ...]

    @property
    def is_certain(self) -> bool:
        """Whether the engine alone can tell what is wrong."""
        return all(demand.component for demand in self.demands)

    def of_all(self) -> str:
        """The SELECT of each target ``?this`` that does not conform."""
        return f"SELECT DISTINCT ?this WHERE {{ {self.targets} FILTER(!({self._conforms})) }}"

    def of_one(self) -> str:
        """The SELECT with a solution if what is put in the place of ``?this`` does not conform."""
        return f"SELECT ?this WHERE {{ FILTER(!({self._conforms})) }}"

    def breaking(self, demand: Demand, *, of_one: bool) -> str:
        """The SELECT of what breaks one demand: ``?this``, with each ``?value`` that does.

        Of all targets, or of what is put in the place of ``?this``.
        """
        targets = "" if of_one else self.targets
        shown, step = ("?this ?value", f"{self.step} ?value") if demand.of_each else ("?this", "")
        return f"SELECT DISTINCT {shown} WHERE {{ {targets} {step} FILTER(!({demand.holds})) }}"

    @property
    def _conforms(self) -> str:
        whole = [demand.holds for demand in self.demands if not demand.of_each]
        single = [demand.holds for demand in self.demands if demand.of_each]
        return both([*whole, every(self.step, "?value", single)] if single else whole)


def question(shapes: rdflib.Graph, shape: Any) -> Question | None:
    """How to ask for the targets that may break *shape*, its queries apart.

    None where *shape* has a constraint that it cannot be asked by.
    """
    targets = " UNION ".join(
        "{ " + pattern.format(target.n3()) + " }"
        for predicate, pattern in _TARGETS.items()
        for target in shapes.objects(shape, predicate)
    )
    try:
        step = Writer(shapes).step(shape, "?this")
        demands = (_demand(shapes, shape, step, *told) for told in constraints(shapes, shape))
        return Question(targets, step, tuple(demands))
    except (UnknownError, ValueError):
        return None  # what is no path and no number, pyshacl tells


def _demand(shapes: rdflib.Graph, shape: Any, step: str, predicate: Any, value: Any) -> Demand:
    writer = Writer(shapes)
    of_each = bool(step) and not is_of_all(predicate)
    if of_each:
        holds = writer.of_value(shape, predicate, value, "?value")
    else:
        holds = writer.holds(shape, predicate, value, step or "?this")
    certain = writer.used <= _CERTAIN
    return Demand(holds, of_each, _COMPONENTS.get(predicate) if certain else None)
