"""A fault of the content: what is wrong, what to do, and where in the files it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from samverkan.errors import ContentError
from samverkan.integrity.turtle import Turtle
from samverkan.language import mark as _
from samverkan.namespaces import PREFIXES

_SHOWN = 80
_PLAIN = {PREFIXES["xsd"] + name for name in ("boolean", "decimal", "double", "integer")}

Term = NamedNode | Literal | str | int
Files = Mapping[NamedNode, Sequence[Turtle]]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a graph, of which thing, and what to do.

    ``terms`` fill the places of the two messages; *property* and *value* among them lead to the
    line of the statement. ``spot`` is the file and the character where these are known already.
    Of the faults that have the same ``once``, the first is told.
    """

    graph: NamedNode
    problem: str
    remedy: str
    terms: Mapping[str, Term]
    spot: tuple[Turtle, int] | None = None
    once: Term | None = None


@dataclass(frozen=True, order=True)
class Placed:
    """A fault with its file and line, and how it is told; the same once where it is told twice."""

    path: Path
    line: int
    text: str
    error: ContentError = field(compare=False)


def select(store: Store, text: str) -> Iterator[QuerySolution]:
    """The rows of a SELECT over *store*; it may use the prefixes that are known here."""
    found = store.query(text, prefixes=PREFIXES)
    if isinstance(found, QuerySolutions):
        yield from found


def order(fault: Fault, files: Files) -> tuple[str, int, str, str]:
    """Where the thing is first described, and what is wrong: quick to say, the same each time."""
    subject = str(getattr(fault.terms.get("subject"), "value", ""))
    blocks = (
        (each, block) for each in files.get(fault.graph, ()) for block in each.blocks_of(subject)
    )
    turtle, block = next(blocks, (None, None))
    place = (str(turtle.path), block.start) if turtle and block else (fault.graph.value, 0)
    if fault.spot:
        place = (str(fault.spot[0].path), fault.spot[1])
    return (*place, fault.problem, " ".join(map(str, fault.terms.values())))


def placed(fault: Fault, files: Files) -> Placed:
    """*fault* with the file and line of its statement, or of the thing's first mention."""
    turtle, offset = fault.spot or _spot(fault, files.get(fault.graph, ()))
    values = {name: short(term, turtle.prefixes) for name, term in fault.terms.items()}
    error = ContentError(
        _("{path}, line {line}: {problem} {remedy}"),
        path=turtle.path,
        line=turtle.line(offset),
        problem=(ContentError(fault.problem, **values),),
        remedy=(ContentError(fault.remedy, **values),),
    )
    return Placed(turtle.path, turtle.line(offset), str(error), error)


def short(term: Term, prefixes: Mapping[str, str]) -> str:
    """*term* as one would write it in a file that has these *prefixes*."""
    if isinstance(term, Literal):
        text = term.value if len(term.value) <= _SHOWN else f"{term.value[:_SHOWN]}…"
        return text if term.datatype.value in _PLAIN else f'"{text}"'
    if not isinstance(term, NamedNode):
        return str(term)
    iri = term.value
    usual = {name: space for name, space in PREFIXES.items() if name not in prefixes}
    for names in (prefixes, usual):
        fitting = [name for name, space in names.items() if space and iri.startswith(space)]
        name = max(fitting, key=lambda name: len(names[name]), default=None)
        if name is not None and "/" not in (local := iri.removeprefix(names[name])) and local:
            return f"{name}:{local}"
    return f"<{iri}>"


def _spot(fault: Fault, turtles: Sequence[Turtle]) -> tuple[Turtle, int]:
    """Where the statement stands; else where the thing is described; else the first line."""
    subject, *terms = (
        getattr(fault.terms.get(name), "value", None) for name in ("subject", "property", "value")
    )
    wanted = [term for term in terms if term is not None]
    blocks = [(turtle, block) for turtle in turtles for block in turtle.blocks_of(str(subject))]
    for count in range(len(wanted), 0, -1):
        for turtle, block in blocks:
            if (offset := turtle.find(block, *wanted[:count])) is not None:
                return turtle, offset
    return next(((turtle, block.start) for turtle, block in blocks), (turtles[0], 0))
