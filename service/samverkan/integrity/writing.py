"""Faults of the text itself, which no pattern finds: repeats, blank nodes, mistaken prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store
from rapidfuzz import fuzz

from samverkan.integrity.faults import Fault, Files, select
from samverkan.integrity.turtle import Turtle
from samverkan.language import mark as _
from samverkan.namespaces import PREFIXES, SCHEMES, VOCABULARY

_NEAR = 75
_BLANK = ("[", "(", "_:")
_GRAPHS_WITH_BLANKS = (
    "SELECT DISTINCT ?graph { GRAPH ?graph { ?one ?property ?other }"
    " FILTER(isBlank(?one) || isBlank(?other)) }"
)


def faults(store: Store, files: Files) -> Iterator[Fault]:
    """What is wrong with the writing of *files*, from which *store* was loaded."""
    for graph, turtles in files.items():
        if graph not in {VOCABULARY, SCHEMES}:
            yield from _repeats(graph, turtles)
    for row in select(store, _GRAPHS_WITH_BLANKS):
        for turtle in files.get(row["graph"], ()):
            yield from _blanks(row["graph"], turtle)


def _repeats(graph: NamedNode, turtles: Iterable[Turtle]) -> Iterator[Fault]:
    """Things that a graph's files describe twice: Turtle makes one of them without a word."""
    seen: dict[str, tuple[str, int]] = {}
    for turtle in turtles:
        for block in turtle.blocks:
            if block.subject in seen:
                file, line = seen[block.subject]
                yield Fault(
                    graph,
                    _("{subject} is described already in {file}, line {first}."),
                    _("Put the two together, or give one of them an address of its own."),
                    {"subject": NamedNode(block.subject), "file": file, "first": line},
                    (turtle, block.start),
                )
            elif not block.subject.startswith(_BLANK):
                seen[block.subject] = turtle.path.name, turtle.line(block.start)


def _blanks(graph: NamedNode, turtle: Turtle) -> Iterator[Fault]:
    """Things without an address, where they stand."""
    for block in turtle.blocks:
        for token in turtle.tokens(block):
            if token.kind in {"mark", "name"} and token.value.startswith(_BLANK):
                yield Fault(
                    graph,
                    _("There is a blank node here: {mark}"),
                    _("Give it an IRI, so that it can be opened, and a block of its own."),
                    {"mark": token.value},
                    (turtle, token.start),
                )


def mistaken_prefixes(files: Files) -> Iterator[Fault]:
    """Prefixes of something that is nearly known: all that is written with them would be silent."""
    for graph, turtles in files.items():
        for turtle in turtles:
            yield from _mistaken(graph, turtle)


def _mistaken(graph: NamedNode, turtle: Turtle) -> Iterator[Fault]:
    for name, space in turtle.prefixes.items():
        meant = _BARE.get(_bare(space)) or PREFIXES.get(name)
        if meant and meant != space and fuzz.ratio(space, meant) > _NEAR:
            yield Fault(
                graph,
                _("The prefix {name}: stands for <{space}>, which is not known here."),
                _("Write <{meant}>."),
                {"name": name, "space": space, "meant": meant},
                (turtle, turtle.declaration(name)),
            )


def _bare(space: str) -> str:
    return space.casefold().partition("://")[2].rstrip("/#")


_BARE = {_bare(space): space for space in PREFIXES.values()}
